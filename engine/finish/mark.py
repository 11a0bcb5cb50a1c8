"""The maker's mark: their handle, small, in a corner of what is posted, and soon in another.

It moves so that it covers nothing for long and no crop takes it out. The master has none: what is
made from a clip is not made from its mark.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ffmpeg
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
from ffmpeg.nodes import FilterableStream

#: The letters' height and the way to the edges, as shares of the picture's shorter side.
HEIGHT, MARGIN = 0.045, 0.03
#: Pixels of the letters' height below which nobody reads them.
LEAST_HEIGHT = 11
#: How much of the picture's width it takes at most.
MOST_WIDTH = 0.45
#: Opacity, 0 to 255.
OPACITY = 190
#: Seconds in one corner: a third of the clip, within these.
SHORTEST_STAY, LONGEST_STAY = 1.2, 3.0


@dataclass(frozen=True)
class Mark:
    """Whose clip it is."""

    #: As their platform shows it, without "@".
    handle: str
    #: The clip's code, where no letter of the handle can be drawn.
    code: str


def write(mark: Mark, path: Path, *, width: int, height: int) -> None:
    """Write the mark for a film of that size as a PNG with transparency."""
    letters = max(LEAST_HEIGHT, round(min(width, height) * HEIGHT))
    picture = _drawn(text(mark), letters)
    most = int(width * MOST_WIDTH)
    if picture.width > most:
        picture = picture.crop((0, 0, most, picture.height))
    picture.save(path, "PNG")


def over(
    picture: FilterableStream, path: Path, *, seconds: float, corner: int = 0
) -> FilterableStream:
    """The film of `seconds` under the mark at `path`, which begins in `corner`, 0 to 3."""
    stay = min(max(seconds / 3, SHORTEST_STAY), LONGEST_STAY)
    # 0 is at the bottom left, then the top right, the bottom right, the top left.
    at = f"mod(floor(t/{stay:.3f})+{corner},4)"
    margin = f"{MARGIN}*min(W,H)"
    return ffmpeg.overlay(
        picture,
        ffmpeg.input(str(path)),
        x=f"if(eq({at},0)+eq({at},3),{margin},W-w-{margin})",
        y=f"if(mod({at},2),{margin},H-h-{margin})",
        eval="frame",
    )


def text(mark: Mark) -> str:
    """What is written: the letters of the handle that can be drawn, else the clip's code."""
    # Accents come off: "Zoé" is written "Zoe" rather than "Zo".
    letters = unicodedata.normalize("NFKD", mark.handle)
    drawable = "".join(letter for letter in letters if _is_drawable(letter)).strip("@ ")
    return f"@{drawable}" if drawable else mark.code


def _drawn(words: str, height: int) -> PIL.Image.Image:
    """White letters with a dark edge, so that they are read on anything."""
    font = PIL.ImageFont.load_default(height)
    edge = max(1, height // 10)
    left, top, right, bottom = font.getbbox(words, stroke_width=edge)
    size = (round(right - left), round(bottom - top))
    picture = PIL.Image.new("RGBA", size, (0, 0, 0, 0))
    PIL.ImageDraw.Draw(picture).text(
        (-left, -top), words, font=font, fill=(255, 255, 255, OPACITY),
        stroke_width=edge, stroke_fill=(0, 0, 0, OPACITY),
    )  # fmt: skip
    return picture


@cache
def _is_drawable(letter: str) -> bool:
    """Whether Pillow's own font has it: it draws the same box for all that it has not."""
    if letter == " ":
        return True
    font = PIL.ImageFont.load_default(24)
    drawn, missing = (font.getmask(each) for each in (letter, "\uffff"))
    return drawn.getbbox() is not None and bytes(drawn) != bytes(missing)
