"""Who plays whom in Pocket: each of the cast takes the part of one of Pocket's own people, animals
or things, which moves as they would, and is drawn as they look.

A part is kept from a clip to its remixes, so that each of the cast stays in their place.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from engine.cast_words import with_names
from engine.pipelines.family import Player
from engine.pocket.vocabulary import parse
from engine.pocket.world.scene import Actor, Reading
from engine.pocket.world.subjects import BY_NAME, SUBJECTS, Gait
from storage.cameos import CameoKind
from storage.plan import Plan

#: What moves as they do, and makes no sound of its own.
_PARTS: Mapping[CameoKind, tuple[str, ...]] = {
    CameoKind.PERSON: ("man", "woman", "astronaut", "ninja"),
    CameoKind.PET: ("rabbit", "turtle", "elephant"),
    CameoKind.THING: ("apple", "cupcake", "mushroom"),
}
#: "@ana and @bob wave", "@ana salue": no waves of the sea.
_WAVES = re.compile(
    r"(@[\w.-]*\w(?:\s*(?:,|and|et|&)\s*@[\w.-]*\w)*)\s+(?:is\s+|are\s+)?"
    r"(?:wav(?:e|es|ed|ing)|salue(?:nt)?|fait\s+coucou|font\s+coucou|agite(?:nt)?\s+la\s+main)"
    r"(?:\s+(?:hello|hi|goodbye|bye))?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cast:
    """Who plays in a clip, and whom they play."""

    plan: Plan
    #: Part, a subject's name → who plays it, in the order of the plan's cast.
    parts: Mapping[str, Player]
    #: Those of `parts` that nobody played in the parent.
    new: frozenset[str] = frozenset()
    #: Parts that somebody played in the parent who is to be in the clip no more.
    gone: frozenset[str] = frozenset()

    @property
    def by_handle(self) -> dict[str, str]:
        """Handle → part."""
        return {player.handle: part for part, player in self.parts.items()}

    def told(self, words: str) -> str:
        """The words with each of the cast called by their part."""
        names = {handle: f"the {part}" for handle, part in self.by_handle.items()}
        # Who waves sways with the arm up: see pocket_looks.
        return with_names(self.plan, _WAVES.sub(r"\1 sways", words), names)

    def read(self, words: str) -> Reading:
        """What told words say. Where they name more than a scene holds, the cast is in it."""
        reading = parse(words)
        actors, left_out = list(reading.scene.actors), list(reading.left_out)
        for part in [part for part in self.parts if part in left_out]:
            others = [actor for actor in actors if actor.subject not in self.parts]
            if others:
                actors[actors.index(others[-1])] = Actor(part)
                left_out[left_out.index(part)] = others[-1].subject
        scene = replace(reading.scene, actors=tuple(actors))
        return replace(reading, scene=scene, left_out=tuple(left_out))

    def waving(self) -> set[str]:
        """Handles of those of whom the plan says that they wave."""
        said = " ".join((self.plan.prompt, *(shot.prompt for shot in self.plan.shots)))
        groups = " ".join(match[1] for match in _WAVES.finditer(said)).lower()
        named = set(re.findall(r"@([\w.-]*\w)", groups))
        return {handle for handle in self.by_handle if handle.lower() in named}

    def worked_in(self, reading: Reading) -> Reading:
        """What a remix's words mean for its cast: who is new comes in, who is gone goes."""
        named = {actor.subject for actor in reading.scene.actors}
        unnamed = [Actor(part) for part in self.parts if part in self.new - named]
        actors = (*reading.scene.actors, *unnamed)
        return replace(
            reading,
            scene=replace(reading.scene, actors=actors),
            removed=(*reading.removed, *self.gone),
            # Nobody of the cast is put in another's place.
            adds=reading.adds or any(actor.subject in self.new for actor in actors),
        )


def of(
    plan: Plan,
    players: Sequence[Player],
    *,
    before: Mapping[str, str],
    shown: Collection[str],
    words: str,
) -> Cast:
    """The cast of a clip.

    `before` is handle → part in the parent, `shown` the subjects that it shows, `words` what is
    said of the clip: those who are played by nobody there keep their names to themselves.
    """
    parts: dict[str, Player] = {}
    free = {a.subject for a in parse(with_names(plan, words, {})).scene.actors} | {*shown}
    for player in players:
        part = before.get(player.handle)
        if part is None:
            taken = free | {*parts} | {*before.values()}
            part = next(each for each in _wanted(player) if each not in taken)
        parts[part] = player
    handles = {player.handle for player in players}
    kept = {part for handle, part in before.items() if handle in handles}
    return Cast(
        plan,
        parts,
        new=frozenset(parts) - kept,
        gone=frozenset(part for handle, part in before.items() if handle not in handles),
    )


def _wanted(player: Player) -> chain[str]:
    """Subjects that the player may be, the best first: "my old dog" is a dog where that is told."""
    told = [actor.subject for actor in parse(player.looks).scene.actors]
    own = told if player.kind is not CameoKind.PERSON else []
    gait = Gait.GLIDE if player.kind is CameoKind.THING else Gait.WALK
    others = (subject.name for subject in SUBJECTS if subject.gait is gait)
    return chain((each for each in own if BY_NAME[each].gait is gait), _PARTS[player.kind], others)
