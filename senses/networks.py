"""Running the small networks of `senses/models/`, by ONNX Runtime on one thread of the CPU.

MODELS.md there says where they come from. They are data: no code of theirs is run.
"""

from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

_FOLDER = Path(__file__).parent / "models"
NAMES = ("detector", "landmarks", "embedding", "nudity")


def run(name: str, value: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """What the network of that name makes of a batch."""
    session = _session(name)
    outputs: list[NDArray[np.float32]] = session.run(None, {session.get_inputs()[0].name: value})
    return outputs


def warm_up(names: tuple[str, ...] = NAMES) -> None:
    """Load these networks, while files may still be opened at leisure."""
    for name in names:
        _session(name)


@cache
def _session(name: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        _FOLDER / f"{name}.onnx", options, providers=["CPUExecutionProvider"]
    )
