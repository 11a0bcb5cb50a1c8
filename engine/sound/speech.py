"""Who says what, when, and how it sounds: a plan's lines as samples with their moments.

A voice fits the words that name its speaker ("the old robot"), and is the same wherever that name
speaks. Whoever of the cast speaks has the one neutral voice, which is nobody's: it must never pass
for theirs. Real words where espeak-ng is installed, a small game's babble elsewhere.
"""

import re
import zlib
from dataclasses import dataclass

import numpy as np

from engine.cast_words import speaks_as
from engine.sound import babble, espeak
from engine.sound.score import RATE, Mono
from engine.sound.span import passed
from engine.sound.words import folded
from storage.plan import Line, Plan

#: Seconds before the first line that has no time of its own, and between two.
FIRST, BETWEEN = 0.35, 0.3
#: Seconds of silence kept after the last line.
LAST = 0.25
#: How much faster than usual a line may be said so that all fit.
FASTEST = 1.7
#: Characters of a line at most: what is longer could not be said in a clip.
MOST_WORDS = 240
#: Deviation of spoken samples.
LEVEL = 0.16


@dataclass(frozen=True)
class Voice:
    """How somebody speaks."""

    #: Of the babble, and of espeak-ng on its scale of 0 to 99.
    hertz: float
    pitch: int
    #: espeak-ng's variant; "" for its plain voice.
    variant: str
    #: The mouth: 1 grown up, more is smaller.
    size: float
    #: 1 as usual.
    speed: float = 1.0
    #: Ring-modulated, as robots are.
    metal: bool = False


@dataclass(frozen=True)
class Said:
    """A line as it is heard."""

    line: Line
    #: Seconds from the clip's beginning.
    start: float
    samples: Mono

    @property
    def end(self) -> float:
        """Seconds from the clip's beginning."""
        return self.start + len(self.samples) / RATE


#: Between high and low, and the same for everyone.
NEUTRAL = Voice(160, 50, "", 1.08)
_SMALL = Voice(330, 92, "f4", 1.4, 1.15)
_GIANT = Voice(78, 4, "m7", 0.78, 0.85)
_VOICES: tuple[tuple[str, Voice], ...] = (
    (
        r"robots?|android|machine|computer|droid|ordinateur|androide",
        Voice(120, 30, "m1", 1, 1, True),
    ),
    (r"ghost\w*|spirit|fantome|spectre", Voice(170, 40, "whisper", 1.1, 0.8)),
    (r"alien|martian|martien|extraterrestre|ufo|ovni", Voice(240, 80, "m4", 1.25, 1.1, True)),
    (
        r"giant|dinosaurs?|dino|dragon|monster|elephant|whale|bear|king|god|troll"
        r"|geant|dinosaure|monstre|baleine|ours|roi|dieu",
        _GIANT,
    ),
    (
        r"child\w*|kid|baby|boy|girl|mouse|kitten|puppy|rabbit|bunny|bird|duck|chick|fairy|butterfly|frog"
        r"|enfant|bebe|garcon|fille|souris|chaton|chiot|lapin|oiseau|canard|poussin|fee|papillon|grenouille",
        _SMALL,
    ),
    (
        r"woman|lady|mother|mom|queen|princess|witch|mermaid|she|grandma|cat|barista"
        r"|femme|dame|mere|maman|reine|princesse|sorciere|sirene|elle|mamie|chat|chatte",
        Voice(215, 62, "f2", 1.15),
    ),
    (
        r"man|guy|father|dad|wizard|he|grandpa|old|pirate|captain|dog|horse"
        r"|homme|pere|papa|magicien|sorcier|il|papi|vieux|vieil|capitaine|chien|cheval",
        Voice(115, 32, "m3", 0.95, 0.95),
    ),
)
_VARIANTS = ("m2", "f1", "m3", "f3", "m4", "f2", "m6", "f5")
_FRENCH = re.compile(
    r"\b(le|la|les|un|une|des|du|je|tu|il|elle|nous|vous|est|et|pas|ne|que|qui|dans|sur|avec|bonjour"
    r"|salut|merci|oui|non|au|aux|mon|ma|mes|ton|ta|c|j|l|qu|d|on|ca|dit|quoi|allez|adieu|bonsoir)\b"
)
_ENGLISH = re.compile(
    r"\b(the|a|an|i|you|he|she|we|they|is|are|and|not|of|to|in|on|it|my|your|hello|hi|yes|no|thanks"
    r"|what|who|this|that|let|go|says|with|at|m|s|t|re|good|goodbye|do|be)\b"
)


def spoken(plan: Plan, seconds: float, seed: int) -> tuple[Said, ...]:
    """The plan's lines in the order they are heard, none past the clip's end."""
    lines = [line for line in plan.lines if any(c.isalnum() for c in line.words)]
    lines = [line for line in lines if line.at is None or line.at < seconds]
    read = [_read(line, plan, 1.0, seed) for line in lines]
    needed = sum(len(samples) / RATE + BETWEEN for samples in read)
    room = max(seconds - FIRST - LAST, 0.5)
    if needed > room:
        speed = min(needed / room, FASTEST)
        read = [_read(line, plan, speed, seed) for line in lines]
    return _placed(lines, read, seconds)


def voice_for(plan: Plan, line: Line) -> Voice:
    """The voice that says a line: the neutral one for whoever of the cast does."""
    return NEUTRAL if speaks_as(plan, line) else voice_of(line.speaker)


def voice_of(speaker: str | None) -> Voice:
    """The voice that fits who speaks."""
    name = folded(speaker or "")
    for pattern, voice in _VOICES:
        if re.search(rf"\b(?:{pattern})\b", name):
            return voice
    number = zlib.crc32(name.encode())
    variant = _VARIANTS[number % len(_VARIANTS)]
    low = variant.startswith("m")
    hertz = (105 if low else 190) + number // 8 % 60
    pitch = (30 if low else 55) + number // 512 % 25
    return Voice(hertz, pitch, variant, 1 + 0.2 * ((number >> 16) % 10) / 10)


def is_french(line: str, around: str) -> bool:
    """Whether a line is French, by its small words, or by those of what stands around it."""
    for text in (line, around):
        french = len(_FRENCH.findall(folded(text))) + 2 * len(
            re.findall("[àâçéèêëîïôùûœ]", text.lower())
        )
        english = len(_ENGLISH.findall(folded(text)))
        if french != english:
            return french > english
    return False


def _read(line: Line, plan: Plan, faster: float, seed: int) -> Mono:
    voice, words = voice_for(plan, line), line.words[:MOST_WORDS]
    samples = None
    if program := espeak.available():
        language = "fr" if is_french(line.words, plan.prompt) else "en"
        samples = espeak.read(
            words,
            voice="+".join(filter(None, (language, voice.variant))),
            pitch=voice.pitch,
            speed=round(165 * voice.speed * faster),
            program=program,
        )
    if samples is None:
        dice = np.random.default_rng((seed, zlib.crc32(words.encode())))
        samples = babble.read(
            words, hertz=voice.hertz, speed=voice.speed * faster, size=voice.size, dice=dice
        )
    return _even(_metal(samples) if voice.metal else samples)


def _metal(samples: Mono) -> Mono:
    t = np.arange(len(samples)) / RATE
    ring = 0.7 + 0.3 * np.sign(np.sin(2 * np.pi * 62 * t))
    return np.asarray(samples * ring, np.float32)


def _even(samples: Mono) -> Mono:
    """The samples without silence at the ends, at LEVEL, no lower than speech is."""
    heard = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max(initial=0))
    if not len(heard):
        return np.zeros(0, np.float32)
    kept = passed(samples[heard[0] : heard[-1] + 1], 80, RATE / 2)
    active = kept[np.abs(kept) > 0.05 * np.abs(kept).max()]
    return np.asarray(kept * (LEVEL / (active.std() + 1e-9)), np.float32)


def _placed(lines: list[Line], read: list[Mono], seconds: float) -> tuple[Said, ...]:
    """Lines with a time at their time; the others one after the other, evenly in what is left."""
    free = [len(s) / RATE for line, s in zip(lines, read, strict=True) if line.at is None]
    spare = max(seconds - LAST - FIRST - sum(free), 0.0)
    gap = min(spare / max(len(free), 1), 1.2)
    at, said = min(FIRST, max(seconds - LAST - sum(free), 0.0)), list[Said]()
    for line, samples in zip(lines, read, strict=True):
        start = line.at if line.at is not None else at
        count = max(round((seconds - 0.05 - start) * RATE), 0)
        said.append(Said(line, start, _cut(samples, count)))
        at = max(at, said[-1].end + min(gap, BETWEEN if len(free) > 2 else 1.2))
    return tuple(sorted((each for each in said if len(each.samples)), key=lambda each: each.start))


def _cut(samples: Mono, count: int) -> Mono:
    """At most `count` samples, the last ones fading when something was cut."""
    if len(samples) <= count:
        return samples
    kept = samples[:count].copy()
    soft = min(count, round(0.06 * RATE))
    kept[count - soft :] *= np.linspace(1, 0, soft, dtype=np.float32)
    return kept
