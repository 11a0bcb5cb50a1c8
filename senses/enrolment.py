"""Watching a person enrol: one film against one challenge, from file to stills, face and voice.

It runs in the decoding process. What it refuses, it refuses for the first reason that it meets:
what is cheap to see comes first.
"""

from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np

from senses import faces, film, light, likeness, liveness, picture, speech
from senses.faces import Found, Frame, Points
from senses.liveness import Sight
from senses.pose import Pose, pose_of
from senses.spoiled import Spoiled
from senses.values import Angle, Challenge, Enrolment, Reason

#: Seconds of a film.
SHORTEST, LONGEST = 4.0, 60.0
#: Of the frames looked at, those that show the face at least: a turn may hide it for a moment.
LEAST_SHARE = 0.7
#: Pixels from temple to temple at least, of a frame of at most `film.LONG_SIDE`.
LEAST_WIDTH = 60.0
#: A second face counts from this part of the first one's width, in this share of the frames.
_OTHER_SIZE, _OTHER_SHARE = 0.3, 0.04
#: Distance of a turned face from the front's own: it grows with the turn even for one person.
_SAME_TURNED = 0.75
#: One frame in so many gives its face's numbers, and one in so many is searched anew for faces.
_EMBED_EVERY, _FIND_EVERY = 3, 2
#: A still is this many times the face's width wide, and this many pixels at most.
_STILL_ROOM, _STILL_SIDE = 2.6, 640


@dataclass(frozen=True, eq=False)
class _Look:
    """What one frame showed of the person."""

    sight: Sight
    light: float
    sharpness: float
    #: Head and shoulders, JPEG: as frames, a minute of them would fill the memory.
    still: bytes
    face: np.ndarray | None


@dataclass
class _Watched:
    """All that a film showed."""

    frames: int = 0
    others: int = 0
    darkness: list[float] = field(default_factory=list)
    looks: list[_Look] = field(default_factory=list)
    end: float = 0.0


def watch(path: Path, challenge: Challenge) -> Enrolment:
    """The enrolment that the film makes. Raises Spoiled where it makes none."""
    sound = _sound(path)
    heard = speech.heard(sound, challenge.digits)
    if heard < len(challenge.digits) - speech.FORGIVEN:
        raise Spoiled(
            Reason.DIGITS_NOT_HEARD, heard=float(heard), asked=float(len(challenge.digits))
        )
    watched = _watch(path)
    front, scores = _seen_well(watched)
    sights = [look.sight for look in watched.looks]
    liveness.check_unbroken(sights)
    face, apart = _one_person(watched.looks, front)
    depth, mouth = liveness.depth_of(sights, front), liveness.mouth_of(sights, front)
    seen = liveness.turns_of([one.pose for one in sights], front)
    if mouth < liveness.LEAST_MOUTH or (seen and depth < liveness.LEAST_DEPTH):
        raise Spoiled(
            Reason.STILL,
            depth=depth,
            least_depth=liveness.LEAST_DEPTH,
            mouth=mouth,
            least_mouth=liveness.LEAST_MOUTH,
        )
    flipped = liveness.check_turns(seen, challenge.turns)
    return Enrolment(
        stills=_stills(watched.looks, front, flipped=flipped),
        face=tuple(float(number) for number in face),
        voice=speech.voice(sound),
        scores={
            **scores,
            "apart": apart,
            "depth": depth,
            "mouth": mouth,
            "heard": float(heard),
            "loudness": speech.loudness(sound),
            "mirrored": float(flipped),
        },
    )


def _sound(path: Path) -> speech.Samples:
    said = film.length(path)
    if said > LONGEST:
        raise Spoiled(Reason.TOO_LONG, seconds=said, most=LONGEST)
    sound = film.sound(path, longest=LONGEST)
    if sound is None or not sound.any():
        raise Spoiled(Reason.NO_SOUND)
    if len(sound) < SHORTEST * film.RATE and said < SHORTEST:
        raise Spoiled(Reason.TOO_SHORT, seconds=len(sound) / film.RATE, least=SHORTEST)
    loudness = speech.loudness(sound)
    if loudness < speech.LEAST_LOUDNESS:
        raise Spoiled(Reason.TOO_QUIET, loudness=loudness, least=speech.LEAST_LOUDNESS)
    return sound


def _watch(path: Path) -> _Watched:
    watched = _Watched()
    before: Points | None = None
    for moment in film.moments(path, longest=LONGEST):
        found = _searched(moment.frame, anew=before is None or watched.frames % _FIND_EVERY == 0)
        watched.frames += 1
        watched.end = moment.at
        points = None if before is None else faces.follow(moment.frame, before)
        if points is None and found:
            points = faces.landmarks(moment.frame, found[0])
        before = points
        if points is None:
            watched.darkness.append(float(light.luma(moment.frame[::4, ::4]).mean()))
            continue
        pose = pose_of(points)
        watched.others += any(_another(each, pose) for each in found)
        embedded = len(watched.looks) % _EMBED_EVERY == 0
        watched.looks.append(_look(moment, points, pose, embedded=embedded))
    return watched


def _searched(frame: Frame, *, anew: bool) -> list[Found]:
    return faces.find(frame) if anew else []


def _another(found: Found, pose: Pose) -> bool:
    """Whether that is a second person and not the one whose pose this is."""
    away = np.hypot(found.centre[0] - pose.centre[0], found.centre[1] - pose.centre[1])
    return bool(away > 0.6 * pose.width and found.width > _OTHER_SIZE * pose.width)


def _look(moment: film.Moment, points: Points, pose: Pose, *, embedded: bool) -> _Look:
    chip = faces.chip_of(moment.frame, points)
    return _Look(
        sight=Sight(at=moment.at, pose=pose, points=points),
        light=light.light(chip),
        sharpness=light.sharpness(chip),
        still=picture.jpeg(_head_and_shoulders(moment.frame, pose), longest=_STILL_SIDE),
        face=faces.embed(moment.frame, points) if embedded else None,
    )


def _head_and_shoulders(frame: Frame, pose: Pose) -> Frame:
    reach = _STILL_ROOM / 2 * pose.width
    (x, y), (height, width) = pose.centre, frame.shape[:2]
    top, bottom = max(0, int(y - 0.9 * reach)), min(height, int(y + 1.3 * reach))
    left, right = max(0, int(x - reach)), min(width, int(x + reach))
    return np.ascontiguousarray(frame[top:bottom, left:right])


def _seen_well(watched: _Watched) -> tuple[tuple[float, float], dict[str, float]]:
    """Which way the front is, and how well it was seen. Raises Spoiled where that won't do."""
    if watched.end < SHORTEST - 0.5:
        raise Spoiled(Reason.TOO_SHORT, seconds=watched.end, least=SHORTEST)
    looks = watched.looks
    share = len(looks) / max(1, watched.frames)
    if share < LEAST_SHARE:
        if watched.darkness and np.median(watched.darkness) < light.LEAST_LIGHT / 2:
            raise Spoiled(
                Reason.TOO_DARK, light=float(np.median(watched.darkness)), least=light.LEAST_LIGHT
            )
        raise Spoiled(Reason.NO_FACE, share=share, least=LEAST_SHARE)
    width = float(np.median([look.sight.pose.width for look in looks]))
    if width < LEAST_WIDTH:
        raise Spoiled(Reason.TOO_FAR, width=width, least=LEAST_WIDTH)
    lit = float(np.median([look.light for look in looks]))
    if lit < light.LEAST_LIGHT:
        raise Spoiled(Reason.TOO_DARK, light=lit, least=light.LEAST_LIGHT)
    front = liveness.front_of([look.sight.pose for look in looks])
    sharp = float(np.median([look.sharpness for look in looks]))
    if sharp < light.LEAST_SHARPNESS:
        raise Spoiled(Reason.TOO_BLURRY, sharpness=sharp, least=light.LEAST_SHARPNESS)
    others = watched.others / watched.frames
    if others > _OTHER_SHARE:
        raise Spoiled(Reason.TWO_FACES, share=others)
    return front, {"share": share, "light": lit, "sharpness": sharp, "width": width}


def _one_person(looks: list[_Look], front: tuple[float, float]) -> tuple[np.ndarray, float]:
    """The face's numbers, and how far it is from itself. Raises Spoiled for two people.

    Each time that the face is back at the front it must be the one that it was before, and between,
    turned, one that could be it.
    """
    told = [(_turned(look, front), look.face) for look in looks if look.face is not None]
    ahead = [np.mean(stretch, axis=0) for stretch in _stretches(told)]
    known = np.mean(ahead, axis=0)
    apart = max(_far(one, other, likeness.SAME_DISTANCE) for one in ahead for other in ahead)
    for _, face in told:
        _far(face, known, _SAME_TURNED)
    return known, apart


def _stretches(told: list[tuple[Angle | None, np.ndarray]]) -> list[list[np.ndarray]]:
    """The faces from one turn to the next, where they are to the front."""
    runs = groupby(told, key=lambda one: one[0] is Angle.FRONT)
    stretches = [[face for _, face in run] for ahead, run in runs if ahead]
    return stretches or [[face for _, face in told]]


def _far(one: np.ndarray, other: np.ndarray, most: float) -> float:
    far = likeness.distance(one.tolist(), other.tolist())
    if far > most:
        raise Spoiled(Reason.FACE_CHANGED, distance=far, most=most)
    return far


def _turned(look: _Look, front: tuple[float, float]) -> Angle | None:
    return liveness.angle_of(look.sight.pose, front)


def _stills(looks: list[_Look], front: tuple[float, float], *, flipped: bool) -> dict[Angle, bytes]:
    """The sharpest look at each angle, as JPEG."""
    best: dict[Angle, _Look] = {}
    for look in looks:
        angle = _turned(look, front)
        if angle is not None and (angle not in best or look.sharpness > best[angle].sharpness):
            best[angle] = look
    other = {Angle.LEFT: Angle.RIGHT, Angle.RIGHT: Angle.LEFT} if flipped else {}
    return {other.get(angle, angle): look.still for angle, look in best.items()}
