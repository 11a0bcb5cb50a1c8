"""Telling a person from the wall behind them, by where they are and by the colours of both.

It is a small relative of GrabCut (Rother, Kolmogorov and Blake, 2004): the colours of what is
surely in and surely out are fitted, and fitted again to what that gives.
"""

import numpy as np
from scipy.ndimage import gaussian_filter

from engine.pocket.people.colours import clusters
from engine.pocket.people.grid import Floats, Mask, U, V

_ROUNDS = 4
#: Deviation of a colour's samples, in L*a*b*.
_SPREAD = 9.0
#: Log odds of what is sure.
_SURE = 6.0
#: Fewer samples than these tell nothing of a colour.
_FEW = 50


def person_in(lab: Floats, inside: Mask, oval: Mask) -> Mask:
    """The samples, (96, 96), that are the person's. `oval` is their face."""
    expected = _expected()
    core = oval | ((np.abs(U) < 0.3) & (V > -0.12) & (V < 0.2)) | ((np.abs(U) < 0.25) & (V > 1))
    out = ~inside | (expected <= -4.5)
    return separated(lab, expected, surely_in=core, surely_out=out) & inside


def separated(lab: Floats, expected: Floats, *, surely_in: Mask, surely_out: Mask) -> Mask:
    """What belongs together with what is surely in.

    `expected` are the log odds of each sample before its colour is looked at, (h, w).
    """
    sure = np.where(surely_in, _SURE, np.where(surely_out, -_SURE, 0.0))
    odds = np.where(sure != 0, sure, expected)
    for _ in range(_ROUNDS):
        ours, walls = odds > 0, odds < 0
        if ours.sum() < _FEW or walls.sum() < _FEW:
            break
        gain = _likelihood(lab, ours) - _likelihood(lab, walls)
        seen = gaussian_filter(np.clip(gain, -_SURE, _SURE), 1.0)
        odds = np.where(sure != 0, sure, expected * 0.8 + seen)
    return np.asarray(odds > 0)


def _expected() -> Floats:
    """Log odds by place alone: a head around the face, shoulders below it."""
    tall = np.where(V < 0.3, 0.72, 0.85)
    head = 1 - np.sqrt((U / 0.85) ** 2 + ((V - 0.3) / tall) ** 2)
    below = V - 1.0
    body = np.minimum(below, 1.25 - np.abs(U) / (0.4 + 1.1 * np.clip(below, 0, 1)))
    return np.asarray(np.clip(8 * np.maximum(head, body), -5, 5))


def _likelihood(lab: Floats, where: Mask) -> Floats:
    """Log likelihood of each sample's colour among those of `where`."""
    centres, shares = clusters(lab[where], 6)
    far = np.square(lab[:, :, None] - centres).sum(-1) / (2 * _SPREAD**2)
    return np.asarray(np.log((shares * np.exp(-far)).sum(-1) + 2e-3))
