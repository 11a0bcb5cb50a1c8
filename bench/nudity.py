"""How often harmless frames are taken for sexual ones, and what looking at one costs.

Harmless are the photographs that scikit-image ships, the acted films' frames and crops of their
skin, and the frames of Pocket's sheet in `docs/`. Sexual material is not collected or made for
this: what is missed is not measured.

    python -m bench.nudity
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data

from senses import networks
from senses.faces import Frame
from senses.nudity import EXPLICIT, REVEALING, exposure
from tests.senses import acting
from tests.senses.acting import Pose

PHOTOS = (
    data.astronaut,
    data.brick,
    data.camera,
    data.cat,
    data.coffee,
    data.coins,
    data.grass,
    data.gravel,
    data.hubble_deep_field,
    data.immunohistochemistry,
    data.moon,
    data.page,
    data.retina,
    data.rocket,
)
SHEET = Path(__file__).parent.parent / "docs" / "pocket-sheet.png"
#: Pixels of one frame in the sheet, and of the words above each row.
TILE, WORDS = (128, 72), 14


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    networks.warm_up(("nudity",))
    frames = {"photos": _photos(), "people": _people(), "pocket": _pocket()}
    wrong, number, seconds = 0, 0, list[float]()
    for kind, each in frames.items():
        worst = [0.0, 0.0]
        alarms = count = 0
        for frame in each:
            began = time.perf_counter()
            shown = exposure(frame)
            seconds.append(time.perf_counter() - began)
            count += 1
            alarms += shown.explicit >= EXPLICIT or shown.revealing >= REVEALING
            worst = [max(worst[0], shown.explicit), max(worst[1], shown.revealing)]
        print(
            f"{kind:8} {alarms} of {count} taken for explicit or revealing; "
            f"highest {worst[0]:.2f} and {worst[1]:.2f}"
        )
        wrong, number = wrong + alarms, number + count
    print(
        json.dumps(
            {
                "false_alarms": round(wrong / number, 4),
                "frames": number,
                "ms_a_frame": round(1000 * sorted(seconds)[len(seconds) // 2], 1),
            }
        )
    )


def _photos() -> Iterator[Frame]:
    for photo in PHOTOS:
        pixels = np.asarray(photo())
        yield np.asarray(Image.fromarray(pixels).convert("RGB"))


def _people() -> Iterator[Frame]:
    """Two people's heads turning, and crops that show little but their skin."""
    for actor in (acting.astronaut(), acting.admiral()):
        poses = [Pose(yaw=yaw, pitch=pitch) for yaw in (-24, 0, 24) for pitch in (-16, 0, 16)]
        for frame in acting.act(actor, poses):
            yield frame
            middle = actor.mesh[:, :2].mean(0).astype(int)
            for reach in (20, 40, 60):
                yield np.ascontiguousarray(
                    frame[
                        middle[1] - reach : middle[1] + reach, middle[0] - reach : middle[0] + reach
                    ]
                )


def _pocket() -> Iterator[Frame]:
    with Image.open(SHEET) as image:
        sheet = np.asarray(image.convert("RGB"))
    for top in range(WORDS, len(sheet), WORDS + TILE[1]):
        for left in range(0, sheet.shape[1], TILE[0]):
            yield np.ascontiguousarray(sheet[top : top + TILE[1], left : left + TILE[0]])


if __name__ == "__main__":
    main()
