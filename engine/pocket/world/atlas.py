"""Draws `sprites.png`, the atlas of subjects, from two permissively licensed icon sets and `own/`.

Run once when subjects are added (`python -m engine.pocket.world.atlas FOLDER`), with the npm
packages `@iconify-json/noto` and `@iconify-json/fluent-emoji-flat` unpacked in FOLDER/noto and
FOLDER/fluent and `resvg-py` installed. Training and rendering only read the committed atlas.
"""

import io
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
from numpy.typing import NDArray

from engine.pocket.world.sprites import ATLAS, COLUMNS, INK, SIZE
from engine.pocket.world.subjects import SUBJECTS

#: What no icon set has: drawings of our own.
_OWN = Path(__file__).parent / "own"
#: The art fills this many of the 32 pixels; a 1-pixel outline goes around it.
_FIT = 30
#: Colours a sprite is reduced to, before its outline.
_COLOURS = 11
#: Source pixels per sprite pixel when cells are voted on.
_OVERSAMPLE = 10


def draw_atlas(folder: Path) -> PIL.Image.Image:
    """All subjects in order, `COLUMNS` to a row, each 32 × 32 RGBA."""
    sets: dict[str, dict[str, Any]] = {
        name: json.loads((folder / name / "icons.json").read_text()) for name in ("noto", "fluent")
    }
    rows = -(-len(SUBJECTS) // COLUMNS)
    sheet = PIL.Image.new("RGBA", (COLUMNS * SIZE, rows * SIZE))
    for i, subject in enumerate(SUBJECTS):
        sprite = PIL.Image.fromarray(_pixelate(_drawn(_svg(sets, *subject.art))))
        if subject.flip:
            sprite = sprite.transpose(PIL.Image.Transpose.FLIP_LEFT_RIGHT)
        sheet.paste(sprite, (i % COLUMNS * SIZE, i // COLUMNS * SIZE))
    return sheet


def _svg(sets: dict[str, dict[str, Any]], kind: str, name: str) -> str:
    if kind == "own":
        return (_OWN / f"{name}.svg").read_text()
    icons = sets[kind]
    name = icons.get("aliases", {}).get(name, {}).get("parent", name)
    width, height = icons.get("width", 16), icons.get("height", 16)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width} {height}">{icons["icons"][name]["body"]}</svg>'
    )


def _drawn(svg: str) -> PIL.Image.Image:
    import resvg_py

    png = resvg_py.svg_to_bytes(svg_string=svg, width=512, height=512)
    return PIL.Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def _pixelate(icon: PIL.Image.Image) -> NDArray[np.uint8]:
    """The icon as 32 × 32 RGBA: each pixel the commonest of few colours, outlined in ink."""
    icon = icon.crop(icon.getchannel("A").point(lambda a: 255 * (a > 40)).getbbox())
    cell = max(icon.size) / _FIT
    w, h = (max(1, round(side / cell)) for side in icon.size)
    k = _OVERSAMPLE
    big = np.asarray(icon.resize((w * k, h * k), PIL.Image.Resampling.LANCZOS))
    solid = big[..., 3] > 127
    colours = PIL.Image.fromarray(big[solid][None, :, :3])
    reduced = colours.quantize(
        _COLOURS, method=PIL.Image.Quantize.MEDIANCUT, kmeans=3, dither=PIL.Image.Dither.NONE
    )
    palette = np.array(reduced.getpalette(), np.uint8).reshape(-1, 3)
    index = np.zeros(solid.shape, np.int64)
    index[solid] = np.asarray(reduced)[0]
    out = np.zeros((SIZE, SIZE, 4), np.uint8)
    top, left = SIZE - 1 - h, (SIZE - w) // 2
    for y in range(h):
        for x in range(w):
            cut = (slice(y * k, y * k + k), slice(x * k, x * k + k))
            if solid[cut].mean() >= 0.5:
                winner = np.bincount(index[cut][solid[cut]]).argmax()
                out[top + y, left + x] = (*palette[winner], 255)
    filled = np.pad(out[..., 3] > 0, 1)
    ring = filled[2:, 1:-1] | filled[:-2, 1:-1] | filled[1:-1, 2:] | filled[1:-1, :-2]
    out[ring & ~filled[1:-1, 1:-1]] = (*INK, 255)
    return out


if __name__ == "__main__":
    draw_atlas(Path(sys.argv[1])).save(ATLAS, optimize=True)
