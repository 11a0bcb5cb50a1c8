"""Looking at what is no enrolment: pets, things, start pictures, finished clips.

It runs in the decoding process.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from senses import faces, film, light, likeness, nudity, picture
from senses.faces import Found, Frame
from senses.spoiled import Spoiled
from senses.values import Exposure, Face, Reason, Thing

#: Seconds of a film of a pet or a thing, and of a film that a likeness is looked for in.
LONGEST_THING, LONGEST_FILM = 60.0, 600.0
#: Stills of a film, and pixels of their longer side.
STILLS, _STILL_SIDE = 5, 1024
#: Frames a second looked at where nobody is asked to move.
_PACE = 2.0
#: Mean luma of a whole frame under which nothing can be made out.
_LEAST_LIGHT = 16.0
#: A picture is also searched in this many overlapping parts a side, for people far away.
_PARTS = 3


def watch_thing(path: Path) -> Thing:
    """Stills of a pet or a thing. Raises Spoiled where a person's face is seen."""
    frames = [moment.frame for moment in _moments(path, longest=LONGEST_THING)]
    for frame in frames:
        people = _people(frame)
        if people:
            raise Spoiled(Reason.A_PERSON, people=float(len(people)))
    lit = float(np.median([light.luma(frame[::4, ::4]).mean() for frame in frames]))
    if lit < _LEAST_LIGHT:
        raise Spoiled(Reason.TOO_DARK, light=lit, least=_LEAST_LIGHT)
    return Thing(stills=tuple(picture.jpeg(frame, longest=_STILL_SIDE) for frame in _best(frames)))


def faces_in(path: Path) -> tuple[Face, ...]:
    """The faces in a picture, the largest first; small ones in a crowd may be missed."""
    frame = picture.read(path)
    height, width = frame.shape[:2]
    seen = []
    for found in _people(frame):
        points = faces.landmarks(frame, found)
        if points is None:
            continue
        seen.append(
            Face(
                box=(
                    found.left / width,
                    found.top / height,
                    found.width / width,
                    found.height / height,
                ),
                face=tuple(float(number) for number in faces.embed(frame, points)),
            )
        )
    return tuple(seen)


def likeness_in(path: Path, face: tuple[float, ...]) -> float | None:
    """The median likeness of the film's best matching faces; None where it shows no face."""
    best = []
    for moment in film.moments(path, longest=LONGEST_FILM, pace=_PACE):
        alike = [
            likeness.likeness([float(n) for n in faces.embed(moment.frame, points)], face)
            for found in faces.find(moment.frame)
            if (points := faces.landmarks(moment.frame, found)) is not None
        ]
        if alike:
            best.append(max(alike))
    return float(np.median(best)) if best else None


def frames_shown(path: Path) -> tuple[Exposure, ...]:
    """What a picture or a film shows, frame by frame."""
    return tuple(
        nudity.exposure(moment.frame, at=moment.at)
        for moment in _moments(path, longest=LONGEST_FILM)
    )


def _moments(path: Path, *, longest: float) -> Iterator[film.Moment]:
    """A picture's one frame, or a film's at a slow pace. Raises Spoiled where it is neither."""
    try:
        yield film.Moment(0.0, picture.read(path))
        return
    except Spoiled as refused:
        if refused.unfit.reason is not Reason.NOT_A_PICTURE:
            raise
    moments = film.moments(path, longest=longest, pace=_PACE)
    first = next(moments, None)
    if first is None:
        raise Spoiled(Reason.NOT_A_VIDEO)
    yield first
    yield from moments


def _people(frame: Frame) -> list[Found]:
    """The faces in the whole frame and in its parts: one network sees 192 pixels a side."""
    found = faces.find(frame)
    height, width = frame.shape[:2]
    side = min(height, width) // 2
    if side < 160:
        return found
    for top in np.linspace(0, height - side, _PARTS).astype(int):
        for left in np.linspace(0, width - side, _PARTS).astype(int):
            part = np.ascontiguousarray(frame[top : top + side, left : left + side])
            found += [faces.moved(each, float(left), float(top)) for each in faces.find(part)]
    return faces.one_each(found)


def _best(frames: list[Frame]) -> list[Frame]:
    """The sharpest frame of each part of the film, the sharpest first."""
    parts = [part for part in np.array_split(np.arange(len(frames)), STILLS) if len(part)]
    chosen = [max(part, key=lambda at: _sharp(frames[at])) for part in parts]
    return [frames[at] for at in sorted(chosen, key=lambda at: -_sharp(frames[at]))]


def _sharp(frame: Frame) -> float:
    return light.sharpness(frame[::2, ::2])
