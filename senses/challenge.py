"""A fresh challenge: digits to say and turns to make, so that no film made earlier will do.

There are 100,000 digit strings and 24 orders of three turns out of four.
"""

import random
import secrets

from senses.values import Challenge, Turn

DIGITS = 5
TURNS = 3


def challenge(rng: random.Random | None = None) -> Challenge:
    """A challenge that can't be foreseen; `rng` is for tests and benchmarks alone."""
    chance = rng or secrets.SystemRandom()
    digits = "".join(chance.choice("0123456789") for _ in range(DIGITS))
    return Challenge(digits=digits, turns=tuple(chance.sample(list(Turn), TURNS)))
