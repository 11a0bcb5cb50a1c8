"""What people and files get wrong: each a clear sentence in the chat or on the console."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage import offers
from tests.engine import tiny_models
from tests.engine.running import ROOT, an_engine
from tests.fakes.videos_server import Shape, VideosServer, a_videos_server
from tests.films import an_odd_film, sound_alone
from tests.pictures import a_png_that_says
from tests.rooms import room_environment, until
from tests.whole.chats import Chat, on_discord, on_telegram

PRESET = """
title = "Mine"
family = "wan"
checkpoint = "../mine"
kinds = ["create"]
fps = 8
steps = 2
expected = 1
sizes = {{ "16:9" = {size} }}
lengths = {{ shortest = 1, usual = 1, longest = 4 }}
frames = {{ every = 4, plus = 1 }}
pipelines = {{ text = "WanPipeline" }}
weights = {{ dtype = "float32" }}
"""
REMOTE = """
title = "Elsewhere"
family = "remote"
servers = ["{address}"]
kinds = ["create"]
fps = 8
steps = 4
expected = 1
sizes = {{ "16:9" = [64, 64] }}
lengths = {{ shortest = 1, usual = 1, longest = 4 }}
"""

Spoil = Callable[[Path], object]


@pytest.fixture(params=[on_discord, on_telegram], ids=["discord", "telegram"])
async def chat(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Chat]:
    """A room on either platform, with no engine yet."""
    async with request.param(tmp_path) as chat:
        yield chat


@pytest.mark.parametrize("command", [["reelroom", "presets"], ["engine"]])
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("stepz = 4", "The preset mine.toml has a key that Reelroom does not know: 'stepz'."),
        ("guidance = -1", "The preset mine.toml has a wrong 'guidance': input should be greater"),
        ("nonsense", "The preset mine.toml can't be read: "),
    ],
)
def test_a_wrong_preset_stops_with_one_sentence_on_the_console(
    tmp_path: Path, command: list[str], line: str, sentence: str
) -> None:
    presets = tmp_path / "room" / "presets"
    presets.mkdir(parents=True)
    (presets / "mine.toml").write_text(f"{line}\n{PRESET.format(size=[96, 64])}")

    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=120,
        env={**os.environ, **room_environment(tmp_path)}, check=False,
    )  # fmt: skip

    assert ran.returncode == 2
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr


def _cut_short(folder: Path) -> None:
    [file] = (folder / "transformer").glob("*.safetensors")
    file.write_bytes(file.read_bytes()[:-100])


@pytest.mark.parametrize(
    ("spoil", "size", "why"),
    [
        (_cut_short, [96, 64], "diffusion_pytorch_model.safetensors can't be read"),
        (
            lambda folder: (folder / "vae" / "weights.bin").write_bytes(b"\x80\x04."),
            [96, 64],
            "vae/weights.bin may be a pickle",
        ),
        (
            lambda folder: (folder / "model_index.json").unlink(),
            [96, 64],
            "model_index.json is missing or can't be read",
        ),
        (lambda _: None, [100, 64], "its model makes sides that are multiples of 16"),
    ],
    ids=["corrupt", "pickle", "no index", "impossible size"],
)
async def test_a_preset_that_can_not_be_loaded_fails_its_jobs_with_words_and_tells_the_log_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, spoil: Spoil, size: list[int], why: str
) -> None:
    async with on_telegram(tmp_path) as chat:
        home = chat.room.settings.home
        tiny_models.wan(home / "mine")
        spoil(home / "mine")
        (home / "presets").mkdir()
        (home / "presets" / "mine.toml").write_text(PRESET.format(size=size))
        async with an_engine(chat.room):
            await until(lambda: offers.find(chat.room.database.read, "mine"))
            said = await chat.told("a red fox, preset mine")
            again = await chat.told("a red fox, preset wan-2.2-a14b-4step")

    assert "can't be made: this machine can't load mine" in said
    assert why in caplog.text
    assert "needs a GPU with 24 GB, which this machine has not. There is" in again


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
async def test_what_can_not_be_asked_for_is_said_at_once(chat: Chat) -> None:
    async with an_engine(chat.room):
        await until(lambda: offers.find(chat.room.database.read, "pocket"), within=60)

        assert "makes clips of 2 to 10 seconds, not 0" in await chat.told("a cat, 0s")
        assert "not 14400" in await chat.told("a cat, 14400s")
        assert "not 14400" in await chat.told("a cat, 4 hours")
        assert "can't open that as a picture" in await chat.told(
            "a cat hops", b"this is no picture"
        )
        assert "megapixels" in await chat.told("a cat", a_png_that_says(25_000, 20_000))

    assert not [path for path in chat.room.media.folder.rglob("*.png") if path.is_file()]


@pytest.mark.parametrize(
    "film",
    [
        lambda path: an_odd_film(path, [20, 60, 100, 140] * 2, size=(63, 47)),
        lambda path: an_odd_film(path, [20, 60, 100, 140] * 2, size=(48, 64), rotation=90),
        lambda path: an_odd_film(path, [20, 60, 100], times=[0, 750, 1000]),
    ],
    ids=["odd sizes", "rotated", "variable frame rate"],
)
async def test_an_odd_film_from_another_machine_is_a_clip_all_the_same(
    tmp_path: Path, film: Callable[[Path], Path]
) -> None:
    sent = film(tmp_path / "film.mp4").read_bytes()
    async with on_telegram(tmp_path) as chat, _elsewhere(chat, sent):
        assert await chat.create("a red fox, 1s, preset elsewhere")


@pytest.mark.parametrize("content", [b"", b"no film", None], ids=["empty", "words", "sound alone"])
async def test_what_is_no_film_from_another_machine_ends_in_words(
    tmp_path: Path, content: bytes | None
) -> None:
    sent = sound_alone(tmp_path / "sound.mp4").read_bytes() if content is None else content
    async with on_telegram(tmp_path) as chat, _elsewhere(chat, sent):
        said = await chat.told("a red fox, 1s, preset elsewhere")

    assert "I could not make" in said


@asynccontextmanager
async def _elsewhere(chat: Chat, film: bytes) -> AsyncIterator[None]:
    """An engine whose preset `elsewhere` is a server that sends this film."""
    async with a_videos_server(VideosServer(Shape.REELROOM, film=film)) as server:
        presets = chat.room.settings.home / "presets"
        presets.mkdir()
        (presets / "elsewhere.toml").write_text(REMOTE.format(address=server.address))
        async with an_engine(chat.room):
            await until(lambda: offers.find(chat.room.database.read, "elsewhere"))
            yield
