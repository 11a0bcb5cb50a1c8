"""What the presets on offer can draw: their names, and their pictures in the media folder.

It is asked of the families' modules, once, beside everything else; no model is loaded for it.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine.families import module_of
from engine.pipelines.family import Knowledge
from engine.presets.shape import Preset
from storage.media import Media, MediaFolder
from storage.offers import Known, Offer

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shown:
    """What a preset can draw, its pictures in the media folder."""

    knows: tuple[Known, ...]
    #: Language → the picture.
    pictures: Mapping[str, Media]

    def on(self, offer: Offer) -> Offer:
        """The offer, telling it."""
        hashes = {language: media.sha256 for language, media in self.pictures.items()}
        return replace(offer, knows=self.knows, pictures=hashes)


def gather(presets: Iterable[Preset], folder: MediaFolder) -> dict[str, Shown]:
    """What each preset can draw, by its name, where that can be listed. Blocks."""
    told: dict[str, Shown | None] = {}
    found: dict[str, Shown] = {}
    for preset in presets:
        if preset.family not in told:
            told[preset.family] = _of_family(preset, folder)
        if shown := told[preset.family]:
            found[preset.name] = shown
    return found


def _of_family(preset: Preset, folder: MediaFolder) -> Shown | None:
    try:
        tell = getattr(module_of(preset), "knowledge", None)
        return _shown(tell(), folder) if tell else None
    except Exception:
        # Its clips can be made all the same.
        log.exception("can't tell what %s knows", preset.name)
        return None


def _shown(known: Knowledge, folder: MediaFolder) -> Shown:
    pictures = {
        language: folder.put(content, "image/png") for language, content in known.pictures.items()
    }
    return Shown(known.knows, pictures)
