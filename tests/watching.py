"""Stands in for the process that looks at films, where a test is about what comes before and after.

What is real: the challenge, the sealing, the rows. What a film has to show is tested in
tests/senses, and enrolling by a real one in tests/whole.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bots.studio.cameo.watcher import Senses
from senses.values import Angle, Challenge, Enrolment, Reason, Thing, Unfit
from tests.pictures import a_picture


def sees(monkeypatch: pytest.MonkeyPatch, *seen: Enrolment | Thing | Unfit) -> list[Path]:
    """Let the watcher see these in turn, the last one for ever; returns the films it got."""
    films: list[Path] = []

    def watch(path: Path) -> Enrolment | Thing | Unfit:
        films.append(path)
        return seen[min(len(films), len(seen)) - 1]

    async def person(_: Senses, path: Path, challenge: Challenge) -> Enrolment | Thing | Unfit:
        assert len(challenge.digits) == 5
        return watch(path)

    async def thing(_: Senses, path: Path) -> Enrolment | Thing | Unfit:
        return watch(path)

    monkeypatch.setattr(Senses, "person", person)
    monkeypatch.setattr(Senses, "thing", thing)
    return films


def someone() -> Enrolment:
    """A living person who did what the challenge asked."""
    return Enrolment({Angle.FRONT: a_picture()}, (0.1,) * 128, b"RIFF", {})


def a_pet() -> Thing:
    """A pet."""
    return Thing((a_picture(),))


def unfit(reason: str, figures: Mapping[str, float] | None = None) -> Unfit:
    """A film that won't do."""
    return Unfit(Reason(reason.replace("-", "_")), dict(figures or {}))
