"""Short codes that people read aloud and type on a phone: no letters and digits that look alike."""

import random

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(length: int, source: random.Random) -> str:
    """A code of `length` characters of ALPHABET."""
    return "".join(source.choices(ALPHABET, k=length))


def tidy(text: str) -> str:
    """A code as people type it, as it is kept: upper case, without # or spaces around it."""
    return text.strip().removeprefix("#").upper()


def looks_like_code(text: str) -> bool:
    """Whether `text` could be the code of a clip (not whether there is one)."""
    code = tidy(text)
    return 4 <= len(code) <= 8 and set(code) <= set(ALPHABET)
