"""Each real family through the studio and the engine, on small weights of diffusers' own classes.

From a member's words to a delivery that is ready to be posted, with a sound track; posting itself
is the same for every clip and has its own tests.
"""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from bots.studio import making
from bots.studio.asker import Arrival, Asker, sign_in
from bots.studio.making import Ask
from storage import deliveries, offers
from storage.clips import Clip, ClipKind
from storage.deliveries import DeliveryState
from storage.jobs import JobState
from storage.people import Platform
from storage.requests import Accepted
from storage.room import Room
from tests.engine import tiny_models
from tests.engine.running import an_engine, clip_of, ended
from tests.rooms import until

PRESET = """
title = "Tiny"
family = "{family}"
checkpoint = "../checkpoint"
kinds = [{kinds}]
fps = 8
steps = 3
expected = 1
sizes = {{ "16:9" = [96, 64] }}
lengths = {{ shortest = 1, usual = 2, longest = 4 }}
frames = {{ every = {every}, plus = 1 }}
sound = {sound}
pipelines = {{ {pipelines} }}
weights = {{ dtype = "float32" }}
"""
PIPELINES = {
    "wan": 'text = "WanPipeline", video = "WanVideoToVideoPipeline"',
    "wan_5b": 'text = "WanPipeline", picture = "WanImageToVideoPipeline"',
    "vace": 'control = "WanVACEPipeline"',
    "ltx2": 'text = "LTX2Pipeline", control = "LTX2ConditionPipeline"',
}


def _preset(room: Room, model: str) -> None:
    """Let `pocket`, the usual preset, be rendered by this model."""
    make: Callable[[Path], None] = getattr(tiny_models, model)
    make(room.settings.home / "checkpoint")
    kinds = [kind for kind in ClipKind if model != "wan" or kind is not ClipKind.EXTENSION]
    folder = room.settings.home / "presets"
    folder.mkdir()
    (folder / "pocket.toml").write_text(
        PRESET.format(
            family=model.removesuffix("_5b"),
            kinds=", ".join(f'"{kind}"' for kind in kinds),
            every=8 if model == "ltx2" else 4,
            sound="true" if model == "ltx2" else "false",
            pipelines=PIPELINES[model],
        )
    )


@pytest.mark.parametrize("model", list(PIPELINES))
async def test_all_that_a_preset_offers_ends_in_a_clip_with_sound(room: Room, model: str) -> None:
    _preset(room, model)
    arrival = Arrival(Platform.ROOM, "ana", "ana", "en", "here", private=False, max_bytes=10 << 20)
    ana = await sign_in(room, arrival)

    async with an_engine(room):
        await until(lambda: offers.find(room.database.read, "pocket"), within=120)
        offer = await offers.find(room.database.read, "pocket")
        assert offer
        words = "a red fox by the sea in the rain, 2s"
        first = await _made(room, await making.create(room, ana, words, Ask("1")))
        for kind in sorted(offer.kinds - {ClipKind.CREATE}):
            clip = await _made(room, await _asked(room, ana, first, kind))
            assert first.seconds
            times = 2 if kind is ClipKind.EXTENSION else 1
            assert clip.seconds == pytest.approx(times * first.seconds)


async def _asked(room: Room, ana: Asker, parent: Clip, kind: ClipKind) -> Accepted:
    match kind:
        case ClipKind.REMIX:
            return await making.remix(room, ana, parent, "make it night", Ask(kind))
        case ClipKind.VARIATION:
            return await making.vary(room, ana, parent, Ask(kind))
        case ClipKind.EXTENSION:
            return await making.extend(room, ana, parent, "it hops", Ask(kind))
        case _:
            raise AssertionError(kind)


async def _made(room: Room, asked: Accepted) -> Clip:
    """The finished clip, whose film has pictures and a sound that is heard."""
    [job] = await ended(room, [asked], within=300)
    assert job.state is JobState.DONE
    [delivery] = await deliveries.of_clip(room.database.read, asked.clip.id)
    assert delivery.state is DeliveryState.READY
    clip = await clip_of(room, asked)
    assert clip.master
    with av.open(str(room.media.path(clip.master))) as film:
        loudest = max(float(np.abs(heard.to_ndarray()).max()) for heard in film.decode(audio=0))
    assert loudest > 0
    return clip
