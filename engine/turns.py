"""Whose preset is next: jobs of what is loaded go first, within a bound, so that the device is not
busy with loading. Among the jobs of the presets named, fair share decides as always.
"""

from engine.families import Families

#: Jobs of loaded presets in a row that may overtake one whose preset would have to be loaded.
MOST_OVERTAKING = 4


class Turns:
    """Counts how long the loaded presets have been preferred."""

    def __init__(self, families: Families) -> None:
        self._families = families
        self._overtaking = 0

    def wanted(self) -> list[set[str]]:
        """Sets of presets to claim from, the first to be looked at first."""
        every = set(self._families.here())
        loaded = {name for name in every if self._families.is_loaded(name)}
        if loaded in (set(), every):
            return [every]
        if self._overtaking < MOST_OVERTAKING:
            return [loaded, every]
        return [every - loaded, every]

    def claimed(self, preset: str) -> None:
        """A job of the preset was claimed."""
        self._overtaking = self._overtaking + 1 if self._families.is_loaded(preset) else 0
