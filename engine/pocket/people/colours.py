"""Colours as eyes tell them apart: CIE L*a*b*, and the commonest ones of many."""

import numpy as np

from engine.pocket.people.grid import Floats, Picture

Rgb = tuple[int, int, int]

#: sRGB to XYZ (IEC 61966-2-1), and the white of D65.
_XYZ = np.array([(0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)])
_D65 = (0.9505, 1.0, 1.089)
#: Rounds of k-means: its centres hardly move after these.
_ROUNDS = 8


def lab(rgb: Picture) -> Floats:
    """CIE L*a*b* of sRGB bytes, (…, 3)."""
    part = rgb.astype(np.float64) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    xyz = linear @ _XYZ.T / _D65
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], -1)


def apart(colours: Floats, one: Floats) -> Floats:
    """How far colours are from one, lightness counting half: light falls unevenly on a face."""
    return np.asarray(np.sqrt(np.square((colours - one) * (0.5, 1, 1)).sum(-1)))


def from_nearest(colours: Floats, others: Floats) -> Floats:
    """How far each of (n, 3) is from the nearest of the common ones among `others`."""
    centres, shares = clusters(others, 8)
    far = np.square(colours[:, None] - centres[shares > 0.04]).sum(-1)
    return np.asarray(np.sqrt(far.min(-1)))


def clusters(colours: Floats, count: int) -> tuple[Floats, Floats]:
    """The commonest of (n, 3) colours, (count, 3), and their shares.

    k-means that starts from evenly spread lightness, so that it needs no chance.
    """
    order = np.argsort(colours[:, 0], kind="stable")
    picked = np.linspace(0, len(order) - 1, count + 2).astype(int)[1:-1]
    centres = colours[order[picked]]
    for _ in range(_ROUNDS):
        nearest = np.square(colours[:, None] - centres).sum(-1).argmin(1)
        for i in range(count):
            if (nearest == i).any():
                centres[i] = colours[nearest == i].mean(0)
    return centres, np.bincount(nearest, minlength=count) / len(nearest)


def commonest(rgb: Picture) -> Rgb:
    """The commonest of (n, 3) colours."""
    centres, shares = clusters(rgb.astype(np.float64), 4)
    return _whole(centres[shares.argmax()])


def told_by(rgb: Picture) -> Rgb:
    """The colour that clothes of (n, 3) colours are told by: a common one, or a bright one."""
    centres, shares = clusters(rgb.astype(np.float64), 4)
    return _whole(centres[(shares * (0.4 + np.ptp(centres, 1) / 255)).argmax()])


def middle(rgb: Picture) -> Rgb:
    """The median of (n, 3) colours."""
    return _whole(np.median(rgb, 0))


def _whole(colour: Floats) -> Rgb:
    red, green, blue = colour.round().astype(int).tolist()
    return red, green, blue
