"""What somebody looks like, read from a picture of their head and shoulders.

The picture is laid under the sprite's own grid by the points of the face, so that whatever is
around the face (hair, a hat, a beard) lands where it is drawn. Colours tell what is what: there is
no model here but the one that finds the face, and hair that looks like the wall behind it is lost.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.ndimage import binary_closing, binary_opening, gaussian_filter, label

from engine.pocket.people import colours, grid
from engine.pocket.people.colours import Rgb
from engine.pocket.people.grid import FINE, SIZE, TOP, Floats, Mask, Picture, U, V
from engine.pocket.people.person import person_in
from senses import faces

#: Points of MediaPipe's face mesh: around the face and around the lips, in order.
_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
_LIPS = (61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91)
#: On bare skin: cheeks, nose, between the brows.
_BARE = (50, 280, 101, 330, 205, 425, 4, 5, 195, 151, 9)
#: From between the brows down the nose, and from each lower lid to the cheek: across glasses.
_ACROSS = ((9, 5), (145, 119), (374, 348))
#: How much such a line changes its colour where frames cross it, in L*a*b*: on four portraits
#: without glasses 17 and 23 at most, on one with them 46 and 32 at least.
_BRIDGE, _RIMS = 24, 22
#: Clothes that are not in the picture.
_UNSEEN: Rgb = (96, 104, 132)


@dataclass(frozen=True)
class Face:
    """Somebody's looks, in the sprite's pixels."""

    skin: Rgb
    #: Where hair or a hat is, (32, 32), and its colours there, (32, 32, 3).
    hair: Mask = field(repr=False)
    shades: Picture = field(repr=False)
    #: The commonest of them; None for nobody's hair.
    hair_colour: Rgb | None
    #: Of the frames of glasses; None for no glasses.
    glasses: Rgb | None
    #: None for no beard.
    beard: Rgb | None
    clothes: Rgb
    #: What is worn in the middle, below the chin.
    collar: Rgb


@dataclass(frozen=True)
class _Samples:
    """The picture under the grid, (96, 96, …)."""

    rgb: Picture
    lab: Floats
    #: How far each colour is from the skin's.
    off_skin: Floats
    oval: Mask
    person: Mask


def read(picture: Picture) -> Face | None:
    """What is seen in the picture, (h, w, 3); None where no face is found in it. Blocks: 0.2 s."""
    found = faces.find(picture)
    points = faces.landmarks(picture, found[0]) if found else None
    if points is None:
        return None
    return _read(_exposed(picture), points[:, :2].astype(np.float64))


def _exposed(picture: Picture) -> Picture:
    """The picture in good light: what is brightest in it is nearly white."""
    gain = np.clip(240 / max(float(np.percentile(picture.max(-1), 95)), 1), 1, 1.25)
    return np.asarray(np.minimum(picture * gain, 255).astype(np.uint8))


def _read(picture: Picture, points: Floats) -> Face:
    rgb, inside = grid.laid(picture, points)
    lab, oval = colours.lab(rgb), grid.polygon(points, _OVAL)
    bare = colours.lab(grid.at_points(picture, points, _BARE))
    # The half that the light falls on.
    skin: Floats = np.median(bare[bare[:, 0] >= np.median(bare[:, 0])], 0)
    seen = _Samples(rgb, lab, colours.apart(lab, skin), oval, person_in(lab, inside, oval))
    hair = _hair(seen)
    beard = _beard(seen, seen.oval & ~grid.polygon(points, _LIPS), skin)
    clothes, collar = _clothes(seen, hair)
    plain = seen.oval & (seen.off_skin < 12)
    return Face(
        skin=colours.middle(rgb[plain]) if plain.any() else colours.middle(rgb[seen.oval]),
        hair=_on_the_head(grid.coarse(hair)),
        shades=_shades(rgb, hair),
        hair_colour=colours.commonest(rgb[hair]) if hair.any() else None,
        glasses=_glasses(picture, points),
        beard=colours.commonest(rgb[beard]) if beard.any() else None,
        clothes=clothes,
        collar=collar,
    )


def _hair(seen: _Samples) -> Mask:
    """Hair, or what is worn on it."""
    band = _roots(seen)
    if band.sum() < 12:
        return np.zeros_like(seen.person)
    centres, shares = colours.clusters(seen.lab[band], 4)
    # Shades of one colour: what else is there is the wall, seen over the head.
    off = np.abs(centres - centres[shares.argmax()])
    shades = centres[(off[:, 0] < 20) & (np.hypot(off[:, 1], off[:, 2]) < 13)]
    far = np.sqrt(np.square(seen.lab[:, :, None] - shades).sum(-1)).min(-1)
    alike = (far < 19) & (far < seen.off_skin * 1.1 + 2)
    possible = np.where(seen.oval, V < 0.24, V < 1.6) & ~((np.abs(U) < 0.46) & (V > 0.24))
    hair = binary_opening(alike & possible & seen.person)
    # Dark clothes or a dark wall below dark hair: only what hangs beside the cheek goes on there.
    for side in (U < 0, U > 0):
        cheek = side & (np.abs(U) > 0.5) & (np.abs(U) < 0.64) & (V > 0.4) & (V < 0.9)
        if hair[cheek].mean() < 0.5:
            hair &= ~(side & (V > 0.6))
    hair = binary_closing(hair, iterations=2) & seen.person
    parts, count = label(hair)
    large = np.flatnonzero(np.bincount(parts.ravel(), minlength=count + 1) > 150)
    kept = {*np.unique(parts[band]).tolist(), *large.tolist()} - {0}
    return np.asarray(np.isin(parts, list(kept)))


def _roots(seen: _Samples) -> Mask:
    """Samples that are surely hair: above the brow, or over the ears of who is bald there."""
    band = _above_the_brow(seen)
    walls = seen.lab[(np.abs(U) > 0.9) & (V < 0.6) | (V < -0.55)]
    if band.any() and (colours.from_nearest(seen.lab[band], walls) < 8).mean() <= 0.6:
        return band
    ears = (np.abs(U) > 0.44) & (np.abs(U) < 0.62) & (V > -0.1) & (V < 0.35)
    return np.asarray(ears & seen.person & ~seen.oval & (seen.off_skin > 14))


def _above_the_brow(seen: _Samples) -> Mask:
    """The first samples that are not skin any more, going up from the brow."""
    bare = gaussian_filter(seen.off_skin, 0.7) < 13
    band = np.zeros_like(bare)
    for column in np.flatnonzero(np.abs(U[0]) < 0.33):
        row = (TOP + 1) * FINE
        while row > FINE and bare[row, column]:
            row -= 1
        band[max(0, row - 4) : row, column] = True
    return np.asarray(band & seen.person)


def _on_the_head(hair: Mask) -> Mask:
    """The hair less what hangs on nothing above the eyes: that is a wall's."""
    parts, _ = label(hair)
    kept = [part for part in np.unique(parts[: TOP + 3]) if part]
    return np.asarray(np.isin(parts, kept))


def _shades(rgb: Picture, hair: Mask) -> Picture:
    """The hair's colours, three of them, where each is commonest; (32, 32, 3)."""
    if not hair.any():
        return np.zeros((SIZE, SIZE, 3), np.uint8)
    centres, _ = colours.clusters(rgb[hair].astype(np.float64), 3)
    nearest = np.square(rgb[:, :, None].astype(np.float64) - centres).sum(-1).argmin(-1)
    votes = np.stack([grid.share((nearest == i) & hair) for i in range(len(centres))], -1)
    winners = gaussian_filter(votes, (0.6, 0.6, 0)).argmax(-1)
    return np.asarray(centres[winners].round().astype(np.uint8))


def _beard(seen: _Samples, face: Mask, skin: Floats) -> Mask:
    """A beard, where much of the jaw is darker than the skin."""
    jaw = face & seen.person & (V > 0.66) & (np.abs(U) < 0.42)
    hairy = jaw & (skin[0] - seen.lab[..., 0] > 22) & (seen.off_skin > 14)
    if hairy[jaw].mean() < 0.45 or hairy[jaw & (V > 0.8)].mean() < 0.5:
        return np.zeros_like(jaw)
    return np.asarray(hairy)


def _glasses(picture: Picture, points: Floats) -> Rgb | None:
    """The frames' colour, where something crosses the nose and lies below the eyes."""
    changes, darkest = [], []
    height, width = picture.shape[:2]
    for start, end in _ACROSS:
        line = np.linspace(points[start], points[end], 40).round().astype(int)
        rgb = picture[line[:, 1].clip(0, height - 1), line[:, 0].clip(0, width - 1)]
        lab = colours.lab(rgb)
        ends = np.median(np.concatenate([lab[:6], lab[-6:]]), 0)
        changes.append(float(np.sqrt(np.square(lab - ends).sum(-1))[6:-6].max()))
        darkest.append(rgb[6:-6][lab[6:-6, 0].argmin()])
    bridge, *rims = changes
    return colours.middle(np.stack(darkest)) if bridge > _BRIDGE and np.mean(rims) > _RIMS else None


def _clothes(seen: _Samples, hair: Mask) -> tuple[Rgb, Rgb]:
    worn = seen.person & ~hair
    body = worn & (V > 1.2) & (np.abs(U) > 0.3) & (seen.off_skin > 10)
    collar = worn & (V > 1.16) & (V < 1.6) & (np.abs(U) < 0.22)
    main = colours.told_by(seen.rgb[body]) if body.sum() > 60 else _UNSEEN
    neck = seen.off_skin < 20
    if not collar.any() or neck[collar].mean() > 0.5:
        return main, main
    return main, colours.commonest(seen.rgb[collar & ~neck])
