"""A model of consent that knows nothing of the room: who owns, who allows, who said what of a clip.

It is told what people did, in the order in which they did it, and says whether a clip may be shown.
It is written from the rules as members read them, not from the code.
"""

from dataclasses import dataclass, field


@dataclass
class Person:
    """Somebody with a likeness."""

    owner: str
    policy: str = "me"
    ask_first: bool = False
    granted: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    spaces: set[str] = field(default_factory=set)
    erased: bool = False

    def allows(self, maker: str, space: str) -> bool:
        """Whether who asks there needs not ask the owner."""
        return {
            "me": False,
            "approved": maker in self.granted,
            "space": space in self.spaces,
            "everyone": True,
        }[self.policy]


@dataclass
class Film:
    """A clip: who made it where, who is in it, and what each asked owner has answered."""

    maker: str
    space: str
    cast: list[Person]
    #: Index in the cast → "asked", "yes" or "no", for the words and for the film.
    words: dict[int, str] = field(default_factory=dict)
    film: dict[int, str] = field(default_factory=dict)
    made: bool = False
    gone: bool = False

    def agreed(self) -> bool:
        """Whether everyone in it agrees that it is shown, now."""
        return not self.gone and all(
            self._agrees(at, person) for at, person in enumerate(self.cast)
        )

    def may_come(self) -> bool:
        """Whether nobody in it says no: those who are asked may still say yes."""
        return not self.gone and all(
            self._agrees(at, person) or self._is_asked(at, person)
            for at, person in enumerate(self.cast)
        )

    def _is_asked(self, at: int, person: Person) -> bool:
        said = (self.words.get(at), self.film.get(at))
        open_still = self.words.get(at) in ("asked", "yes") and self.film.get(at) != "no"
        return (
            open_still
            and "no" not in said
            and not person.erased
            and (self.maker not in person.blocked)
        )

    def _agrees(self, at: int, person: Person) -> bool:
        if person.erased:
            return False
        if person.owner == self.maker:
            return True
        if self.maker in person.blocked:
            return False
        if at in self.words:
            return self.words[at] == "yes" and self.film.get(at) == "yes"
        return person.allows(self.maker, self.space)
