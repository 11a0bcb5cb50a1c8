"""The bundled model, loaded once for all its tests."""

from pathlib import Path

import pytest

from engine.pipelines.pocket import Pocket, load

WEIGHTS = Path(__file__).parents[3] / "engine" / "pocket" / "weights"


@pytest.fixture(scope="session")
def pocket() -> Pocket:
    return load(WEIGHTS, "cpu")
