"""Speech bubbles: what is said, letter by letter, beside who says it, while it is heard.

Drawn over finished frames in the font that Pillow brings, at a whole number of pixels a dot, so
that it sits in the picture as everything else does.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
from numpy.typing import NDArray

from engine.pocket.render import Frame, Grid, spot
from engine.pocket.sound import Shown
from engine.pocket.vocabulary import parse
from engine.sound.speech import Said

#: Seconds that a bubble stays when its line has been said.
STAYS = 0.3
#: Lines at most; what does not fit in them is shown in the next bubble.
MOST_LINES = 3
#: Dots of a letter's cell in Pillow's font.
_WIDE, _HIGH = 6, 11
#: Dots around the words, and those of the tail.
_PADDING, _TAIL = 3, 5
#: Share of the frame's width that a bubble may take.
_SHARE = 0.84
_PAPER, _INK = (250, 248, 240), (28, 24, 44)
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "-"})
_PLAIN_WIDE = {"œ": "oe", "Œ": "OE", "\u202f": " ", "\xa0": " "}


@dataclass(frozen=True)
class Bubble:
    """A part of a line with its place in time."""

    lines: tuple[str, ...]
    #: Seconds from the clip's beginning: begins, all is written, and gone.
    start: float
    written: float
    end: float
    speaker: str | None


def over(
    frames: Iterator[Frame],
    said: Sequence[Said],
    shots: Sequence[Shown],
    *,
    grid: Grid,
    fps: int,
    clock: float,
) -> Iterator[Frame]:
    """The frames, with bubbles while somebody speaks; `clock` seconds were shown before."""
    if not said:
        yield from frames
        return
    scale = max(1, grid.scale // 2)
    columns = int(grid.width * grid.scale * _SHARE / scale - 2 * _PADDING) // _WIDE
    bubbles = [bubble for line in said for bubble in _bubbles(line, columns)]
    for number, frame in enumerate(frames):
        at = number / fps
        # The later of two that overlap.
        shown = [bubble for bubble in bubbles if bubble.start <= at < bubble.end][-1:]
        for bubble in shown:
            shot = [shot for shot in shots if shot.start <= at + 1e-6][-1]
            head = _head(bubble.speaker, shot, grid, at=at, clock=clock)
            frame = _with(frame, bubble, at, head, grid.scale, scale)
        yield frame


def wrapped(words: str, columns: int) -> list[str]:
    """The words in lines of at most `columns` letters; a longer word is cut."""
    lines = [""]
    for word in words.split():
        for part in (word[i : i + columns] for i in range(0, len(word), columns)):
            if lines[-1] and len(lines[-1]) + 1 + len(part) > columns:
                lines.append(part)
            else:
                lines[-1] = f"{lines[-1]} {part}".strip()
    return lines


def _bubbles(said: Said, columns: int) -> Iterator[Bubble]:
    """The line as one bubble, or several where it is long, each for its share of the time."""
    lines = wrapped(_drawable(said.line.words), columns)
    parts = [lines[i : i + MOST_LINES] for i in range(0, len(lines), MOST_LINES)]
    letters = sum(len(line) for line in lines)
    at, each = said.start, (said.end - said.start) / max(letters, 1)
    for number, part in enumerate(parts):
        written = at + each * sum(len(line) for line in part)
        stays = STAYS if number == len(parts) - 1 else 0.0
        yield Bubble(tuple(part), at, written, written + stays, said.line.speaker)
        at = written


def _drawable(words: str) -> str:
    """The words in letters that the font has: those of Latin-1."""
    for letter, plain in _PLAIN_WIDE.items():
        words = words.replace(letter, plain)
    flat = unicodedata.normalize("NFKC", words.translate(_PLAIN))
    return flat.encode("latin-1", "replace").decode("latin-1")


@dataclass(frozen=True)
class _Head:
    """The top and the bottom of who speaks, in pixels of the frame."""

    x: float
    top: float
    bottom: float


def _head(speaker: str | None, shot: Shown, grid: Grid, *, at: float, clock: float) -> _Head | None:
    """Where who speaks is seen; None where nobody is in the picture."""
    cast = [actor.subject for actor in shot.scene.actors]
    if not cast:
        return None
    named = parse(speaker or "").scene.actors
    slot = cast.index(named[0].subject) if named and named[0].subject in cast else 0
    share = min(max((at - shot.start) / shot.seconds, 0.0), 1.0)
    seen = spot(shot.layers, grid, slot, share=share, at=clock + at)
    rows = np.flatnonzero((shot.layers.sprites[slot][..., 3] > 127).any(1))
    top, bottom = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 32)
    return _Head(
        seen.x * grid.scale,
        (seen.y + (top / 32 - 0.5) * seen.side) * grid.scale,
        (seen.y + (bottom / 32 - 0.5) * seen.side) * grid.scale,
    )


def _with(
    frame: Frame, bubble: Bubble, at: float, head: _Head | None, dot: int, scale: int
) -> Frame:
    share = (at - bubble.start) / max(bubble.written - bubble.start, 1e-6)
    paper = _paper(bubble.lines, share).repeat(scale, 0).repeat(scale, 1)
    height, width = paper.shape[:2]
    rows, columns = frame.shape[:2]
    tail = _TAIL * scale
    x = head.x if head else columns / 2
    left = int(np.clip(x - width / 2, scale, max(columns - width - scale, scale)))
    above = head is None or head.top - tail - height >= scale
    if head is None:
        top = rows - height - 2 * dot
    elif above:
        top = int(head.top - tail - height)
    else:
        # No room above: below, or else at the top and over the head.
        top = int(head.bottom + tail)
        if top + height > rows - scale:
            top, above = scale, True
    drawn = frame.copy()
    # Moves by whole dots, as the picture does.
    left, top = left // scale * scale, max(top // scale * scale, 0)
    _lay(drawn, paper, left, top)
    if head:
        _tail(
            drawn,
            int(np.clip(x, left + 3 * tail / 2, left + width - 3 * tail / 2)),
            top,
            height,
            above=above,
            scale=scale,
        )
    return drawn


def _paper(lines: Sequence[str], share: float) -> NDArray[np.uint8]:
    """The bubble in dots, RGBA, with the first `share` of its letters."""
    width = _WIDE * max(len(line) for line in lines) + 2 * _PADDING
    height = _HIGH * len(lines) + 2 * _PADDING
    image = PIL.Image.new("RGBA", (width, height))
    draw = PIL.ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, width - 1, height - 1), 3, fill=_PAPER, outline=_INK)
    left = max(1, round(share * sum(len(line) for line in lines)))
    draw.fontmode = "1"
    for number, line in enumerate(lines):
        here = (_PADDING, _PADDING + number * _HIGH)
        draw.text(
            here, line[: max(left, 0)], fill=_INK, font=PIL.ImageFont.load_default_imagefont()
        )
        left -= len(line)
    return np.asarray(image)


def _lay(frame: Frame, paper: NDArray[np.uint8], left: int, top: int) -> None:
    area = frame[top : top + paper.shape[0], left : left + paper.shape[1]]
    kept = paper[: area.shape[0], : area.shape[1]]
    solid = kept[..., 3] > 127
    area[solid] = kept[solid][:, :3]


def _tail(frame: Frame, x: int, top: int, height: int, *, above: bool, scale: int) -> None:
    """Steps from the bubble's edge towards who speaks."""
    for step in range(-1, _TAIL):
        half = max(_TAIL - 1 - step, 0) // 2 + 1
        y = top + height + step * scale if above else top - (step + 1) * scale
        row = slice(max(y, 0), max(y + scale, 0))
        frame[row, max(x - (half + 1) * scale, 0) : x + (half + 2) * scale] = _INK
        if step < _TAIL - 1:
            frame[row, max(x - half * scale, 0) : x + (half + 1) * scale] = _PAPER
