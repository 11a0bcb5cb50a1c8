"""Films that should and should not pass as an enrolment, each made from a portrait and a voice.

Every one is a function of a `Scene`; `HONEST` should be accepted and `ATTACKS` refused, each for
one of the reasons named with it. The tests run each once, `bench/liveness.py` many times.
"""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from senses import liveness
from senses.challenge import challenge
from senses.values import Challenge, Reason
from tests.senses import acting, films
from tests.senses.acting import Actor, Frame, Pose
from tests.senses.speaking import RATE, Samples

Film = tuple[list[Frame], Samples | None]


@dataclass(frozen=True)
class Scene:
    """Who films themselves for which challenge; what they do well is made once."""

    actor: Actor
    #: Someone else.
    other: Actor
    asked: Challenge
    seed: int = 0
    #: As espeak-ng names it.
    voice: str = "en-us"
    #: Words a minute.
    speed: int = 130

    @cached_property
    def sound(self) -> Samples:
        """The digits that were asked for."""
        return self.saying(self.asked)

    @cached_property
    def poses(self) -> list[Pose]:
        """What was asked for."""
        return films.poses(self.asked, self.sound)

    @cached_property
    def frames(self) -> list[Frame]:
        """The honest film's."""
        return acting.act(self.actor, self.poses)

    @property
    def rng(self) -> np.random.Generator:
        """Chance that is the same each time."""
        return np.random.default_rng(self.seed)

    @cached_property
    def another(self) -> Challenge:
        """A challenge made for someone else: no digit in its place, other turns."""
        chance = random.Random(self.seed + 1)
        while True:
            other = challenge(chance)
            apart = all(a != b for a, b in zip(other.digits, self.asked.digits, strict=True))
            if apart and set(other.turns) != set(self.asked.turns):
                return other

    def saying(self, asked: Challenge) -> Samples:
        """That challenge's digits in this scene's voice."""
        return films.talk(asked, voice=self.voice, speed=self.speed)


def honest(scene: Scene) -> Film:
    """Someone who does as asked."""
    return scene.frames, scene.sound


def by_a_lamp(scene: Scene) -> Film:
    """Half the light, warm, with a dim sensor's noise."""
    warm = np.array([0.5, 0.42, 0.3])
    return [_noisy(frame * warm, scene.rng, 5) for frame in scene.frames], scene.sound


def by_a_window(scene: Scene) -> Film:
    """Light from one side."""
    fall = np.linspace(1.25, 0.4, acting.WIDTH)[None, :, None]
    return [_frame(frame * fall) for frame in scene.frames], scene.sound


def held_in_the_hand(scene: Scene) -> Film:
    """The whole picture shakes."""
    steps = np.cumsum(scene.rng.normal(0, 1.6, (len(scene.frames), 2)), axis=0) * 0.7
    moved = [
        np.roll(frame, tuple(np.rint(step).astype(int)), (0, 1))
        for frame, step in zip(scene.frames, steps, strict=True)
    ]
    return moved, scene.sound


def mirrored(scene: Scene) -> Film:
    """A front camera that mirrors."""
    return [np.ascontiguousarray(frame[:, ::-1]) for frame in scene.frames], scene.sound


def one_digit_wrong(scene: Scene) -> Film:
    """One digit misspoken."""
    return scene.frames, scene.saying(_misspoken(scene.asked, 1))


def in_a_noisy_room(scene: Scene) -> Film:
    """A hum and a hiss behind the voice, 20 dB under it."""
    at = np.arange(len(scene.sound)) / RATE
    noise = scene.rng.normal(0, 0.006, len(at)) + 0.008 * np.sin(2 * np.pi * 100 * at)
    return scene.frames, (scene.sound + noise).astype(np.float32)


HONEST: tuple[Callable[[Scene], Film], ...] = (
    honest,
    by_a_lamp,
    by_a_window,
    held_in_the_hand,
    mirrored,
    one_digit_wrong,
    in_a_noisy_room,
)


def photo_held_still(scene: Scene) -> Film:
    """A photo in front of the camera, the digits said from behind it."""
    photo = acting.act(scene.actor, [Pose()])[0]
    return [_noisy(photo, scene.rng, 2) for _ in scene.frames], scene.sound


def photo_tilted(scene: Scene) -> Film:
    """A photo tilted by hand the way the head should turn."""
    photo = acting.act(scene.actor, [Pose()])[0]
    return [_tilted(photo, 1.5 * pose.yaw, 1.5 * pose.pitch) for pose in scene.poses], scene.sound


def photo_moved(scene: Scene) -> Film:
    """A photo moved about and brought nearer."""
    photo = acting.act(scene.actor, [Pose()])[0]
    count = len(scene.frames)
    return [_shifted(photo, pose, at / count) for at, pose in enumerate(scene.poses)], scene.sound


def wrong_order(scene: Scene) -> Film:
    """The right turns, in another order; a mirrored one would pass for the right one."""
    orders = itertools.permutations(scene.asked.turns)
    right = (scene.asked.turns, liveness.mirrored(scene.asked.turns))
    asked = replace(scene.asked, turns=next(order for order in orders if order not in right))
    return acting.act(scene.actor, films.poses(asked, scene.sound)), scene.sound


def a_turn_left_out(scene: Scene) -> Film:
    """Two of the three turns."""
    asked = replace(scene.asked, turns=scene.asked.turns[:2])
    return acting.act(scene.actor, films.poses(asked, scene.sound)), scene.sound


def recorded_earlier(scene: Scene) -> Film:
    """An honest film of another challenge."""
    sound = scene.saying(scene.another)
    return acting.act(scene.actor, films.poses(scene.another, sound)), sound


def recorded_earlier_new_sound(scene: Scene) -> Film:
    """The picture of another challenge under this one's digits."""
    return acting.act(scene.actor, films.poses(scene.another, scene.sound)), scene.sound


def found_on_the_web(scene: Scene) -> Film:
    """Someone talks to the camera; no challenge was asked."""
    poses = [replace(pose, yaw=pose.yaw / 8, pitch=pose.pitch / 8) for pose in scene.poses]
    return acting.act(scene.actor, poses), films.talk(scene.another, voice=scene.voice)


def second_person(scene: Scene) -> Film:
    """Someone else looks over the shoulder."""
    small = Image.fromarray(scene.other.portrait).crop((70, 50, 220, 230)).resize((90, 108))
    added = []
    for frame in scene.frames:
        both = frame.copy()
        both[-128:-20, -92:-2] = np.asarray(small)
        added.append(both)
    return added, scene.sound


def face_swapped(scene: Scene) -> Film:
    """Someone else from the middle on."""
    half = len(scene.poses) // 2
    return scene.frames[:half] + acting.act(scene.other, scene.poses[half:]), scene.sound


def looped(scene: Scene) -> Film:
    """One second of an honest film over and over, under the right digits."""
    second = scene.frames[: acting.FPS]
    return [second[at % len(second)] for at in range(len(scene.frames))], scene.sound


def no_sound(scene: Scene) -> Film:
    """Filmed without a microphone."""
    return scene.frames, None


def silence(scene: Scene) -> Film:
    """The microphone was muted."""
    return scene.frames, np.zeros_like(scene.sound)


def whispered(scene: Scene) -> Film:
    """So quiet that it can't be told from the room."""
    return scene.frames, scene.sound * np.float32(0.004)


def two_digits_wrong(scene: Scene) -> Film:
    """Two digits misspoken."""
    return scene.frames, scene.saying(_misspoken(scene.asked, 2))


def noise_for_digits(scene: Scene) -> Film:
    """Hands clapping, no digit."""
    beat = (np.arange(len(scene.sound)) % (RATE // 2) < RATE // 20).astype(np.float32)
    clap = scene.rng.normal(0, 0.2, len(beat)).astype(np.float32) * beat
    return scene.frames, clap


def in_the_dark(scene: Scene) -> Film:
    """By the light of the screen."""
    return [_noisy(frame * 0.1, scene.rng, 3) for frame in scene.frames], scene.sound


def out_of_focus(scene: Scene) -> Film:
    """A smeared lens."""
    return [_frame(gaussian_filter(frame, (3.5, 3.5, 0))) for frame in scene.frames], scene.sound


def too_short(scene: Scene) -> Film:
    """Stopped after two seconds."""
    return scene.frames[: 2 * acting.FPS], scene.sound[: 2 * RATE]


def nobody(scene: Scene) -> Film:
    """The room, and a voice."""
    return [scene.actor.behind for _ in scene.frames], scene.sound


def far_away(scene: Scene) -> Film:
    """From the other side of the room."""
    wide = []
    for frame in scene.frames:
        room = np.full_like(frame, 120)
        room[140:236, 108:180] = np.asarray(Image.fromarray(frame).resize((72, 96)))
        wide.append(room)
    return wide, scene.sound


#: What should be refused, and the reasons that are right for it.
ATTACKS: dict[Callable[[Scene], Film], set[Reason]] = {
    photo_held_still: {Reason.STILL},
    photo_tilted: {Reason.STILL, Reason.NOT_TURNED},
    photo_moved: {Reason.STILL, Reason.NOT_TURNED, Reason.CUT},
    wrong_order: {Reason.WRONG_ORDER},
    a_turn_left_out: {Reason.NOT_TURNED},
    recorded_earlier: {Reason.DIGITS_NOT_HEARD},
    recorded_earlier_new_sound: {Reason.NOT_TURNED, Reason.WRONG_ORDER},
    found_on_the_web: {Reason.DIGITS_NOT_HEARD},
    second_person: {Reason.TWO_FACES},
    face_swapped: {Reason.FACE_CHANGED, Reason.CUT},
    looped: {Reason.NOT_TURNED, Reason.STILL},
    no_sound: {Reason.NO_SOUND},
    silence: {Reason.NO_SOUND},
    whispered: {Reason.TOO_QUIET},
    two_digits_wrong: {Reason.DIGITS_NOT_HEARD},
    noise_for_digits: {Reason.DIGITS_NOT_HEARD},
    in_the_dark: {Reason.TOO_DARK},
    out_of_focus: {Reason.TOO_BLURRY},
    too_short: {Reason.TOO_SHORT, Reason.DIGITS_NOT_HEARD},
    nobody: {Reason.NO_FACE},
    far_away: {Reason.TOO_FAR, Reason.NO_FACE},
}


def _misspoken(asked: Challenge, count: int) -> Challenge:
    """The first, and the last where two are wrong, by another digit that sounds unlike it."""
    unlike = str.maketrans("0123456789", "8690137854")
    digits = asked.digits
    wrong = digits[0].translate(unlike) + digits[1:]
    if count == 2:
        wrong = wrong[:-1] + digits[-1].translate(unlike)
    return replace(asked, digits=wrong)


def _frame(values: np.ndarray) -> Frame:
    return np.asarray(np.clip(values, 0, 255), np.uint8)


def _noisy(values: np.ndarray, rng: np.random.Generator, level: float) -> Frame:
    return _frame(values + rng.normal(0, level, values.shape))


def _tilted(photo: Frame, yaw: float, pitch: float) -> Frame:
    """The photo as a flat thing, turned in front of a pinhole camera."""
    height, width = photo.shape[:2]
    far = 1.6 * width
    turn, lean = np.radians(yaw), np.radians(pitch)
    rows, right = [], []
    for x, y in ((0, 0), (width, 0), (width, height), (0, height)):
        across, up = x - width / 2, y - height / 2
        deep = across * np.sin(turn) + up * np.sin(lean)
        near = far / (far + deep)
        u = across * np.cos(turn) * near + width / 2
        v = up * np.cos(lean) * near + height / 2
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        right += [x, y]
    back = np.linalg.solve(np.array(rows, float), np.array(right, float))
    return np.asarray(
        Image.fromarray(photo).transform(
            (width, height), Image.Transform.PERSPECTIVE, back.tolist(), Image.Resampling.BICUBIC
        )
    )


def _shifted(photo: Frame, pose: Pose, done: float) -> Frame:
    grown = 1 + 0.3 * done
    x, y = 0.8 * pose.yaw, 0.8 * pose.pitch
    return np.asarray(
        Image.fromarray(photo).transform(
            (photo.shape[1], photo.shape[0]),
            Image.Transform.AFFINE,
            (1 / grown, 0, x, 0, 1 / grown, y),
            Image.Resampling.BILINEAR,
        )
    )
