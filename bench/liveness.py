"""How often an honest enrolment is accepted and a trick refused, over films acted by portraits.

Each scene draws a challenge, one of two portraits, a synthetic voice in English or French and a
pace of speech; its films are those of `tests/senses/attacks.py`. Nothing here is a real person's
film, so the figures say how the rules behave, not how people fare.

    python -m bench.liveness [scenes]
"""

import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from senses import enrolment
from senses.challenge import challenge
from senses.spoiled import Spoiled
from senses.values import Reason
from tests.senses import acting, films
from tests.senses.attacks import ATTACKS, HONEST, Film, Scene

SCENES = 12
#: Two in three speak English, as espeak-ng names voices.
VOICES = ("en-us", "en", "en-us+f2", "en-us+m3", "en-gb-scotland", "en-us+f4")
VOICES_FR = ("fr", "fr+m3", "fr-be")


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SCENES
    ended: dict[str, list[Reason | None]] = defaultdict(list)
    right: Counter[str] = Counter()
    heard: dict[str, list[bool]] = {"en": [], "fr": []}
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            scene = _scene(seed)
            for film in (*HONEST, *ATTACKS):
                name = film.__name__
                path = films.write(Path(folder) / "film.mp4", *film(scene))
                began = time.perf_counter()
                reason = _watched(path, scene)
                seconds.append(time.perf_counter() - began)
                ended[name].append(reason)
                right[name] += reason in ATTACKS.get(film, {None})
                if film in HONEST:
                    heard[scene.voice[:2]].append(reason is not Reason.DIGITS_NOT_HEARD)
            print(f"{seed + 1} of {count} scenes", file=sys.stderr, flush=True)
    _tell(ended, right)
    accepted = _share(ended, HONEST, lambda reason: reason is None)
    refused = _share(ended, ATTACKS, lambda reason: reason is not None)
    print(
        json.dumps(
            {
                "accepted": accepted,
                "accepted_if_heard": _share_of(
                    [
                        reason is None
                        for film in HONEST
                        for reason in ended[film.__name__]
                        if reason is not Reason.DIGITS_NOT_HEARD
                    ]
                ),
                "refused": refused,
                "refused_for_the_right_reason": round(
                    sum(right[film.__name__] for film in ATTACKS) / (count * len(ATTACKS)), 4
                ),
                "heard_en": _share_of(heard["en"]),
                "heard_fr": _share_of(heard["fr"]),
                "films": count * (len(HONEST) + len(ATTACKS)),
                "seconds_a_film": round(sorted(seconds)[len(seconds) // 2], 2),
            }
        )
    )


def _scene(seed: int) -> Scene:
    chance = random.Random(seed)
    two = [acting.astronaut(), acting.admiral()]
    return Scene(
        actor=two[seed % 2],
        other=two[1 - seed % 2],
        asked=challenge(chance),
        seed=seed,
        voice=chance.choice(VOICES_FR if seed % 3 == 2 else VOICES),
        speed=chance.choice((110, 130, 150)),
    )


def _watched(path: Path, scene: Scene) -> Reason | None:
    try:
        enrolment.watch(path, scene.asked)
    except Spoiled as spoiled:
        return spoiled.unfit.reason
    return None


def _tell(ended: dict[str, list[Reason | None]], right: Counter[str]) -> None:
    for kind, reasons in ended.items():
        told = Counter("accepted" if reason is None else str(reason) for reason in reasons)
        shares = ", ".join(f"{count} {name}" for name, count in told.most_common())
        print(f"{kind:28} as wanted {right[kind]} of {len(reasons)}: {shares}")


def _share(
    ended: dict[str, list[Reason | None]],
    kinds: "tuple[Callable[[Scene], Film], ...] | dict[Callable[[Scene], Film], set[Reason]]",
    fits: Callable[[Reason | None], bool],
) -> float:
    return _share_of([fits(reason) for film in kinds for reason in ended[film.__name__]])


def _share_of(fits: list[bool]) -> float:
    return round(sum(fits) / max(1, len(fits)), 4)


if __name__ == "__main__":
    main()
