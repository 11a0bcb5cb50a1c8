"""A language model that words remixes: taken where it means the same to the rules, else not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from bots.studio import making
from bots.studio.asker import Arrival, sign_in
from bots.studio.director import rewriting
from bots.studio.making import Ask
from storage.people import Platform
from storage.room import Room
from storage.settings import SettingsError, load
from tests.rooms import a_room, an_engine_renders, room_environment

PARENT = 'a red fox in the snow, it says "hello there"'
CHANGE = "make it night"
RULES = 'a red fox in the snow, it says "hello there", at night'
GOOD = 'at night, a red fox in the snow, it says "hello there"'


def _model(folder: Path, answer: str | None) -> Path:
    """A small Llama: random, or one that was taught this one answer."""
    torch.manual_seed(0)
    letters = sorted({chr(code) for code in range(32, 127)} | set(answer or "") | {"\n"})
    vocabulary = {letter: n for n, letter in enumerate(["<end>", "<unknown>", *letters])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "<unknown>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.decoder = decoders.Fuse()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<end>", unk_token="<unknown>",
        clean_up_tokenization_spaces=False,
    )  # fmt: skip
    llama = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(vocabulary), hidden_size=64, intermediate_size=128,
            num_hidden_layers=2, num_attention_heads=2, max_position_embeddings=2048,
            eos_token_id=0, bos_token_id=None,
        )
    )  # fmt: skip
    fast.save_pretrained(folder)
    llama.save_pretrained(folder)
    if answer is not None:
        asked = fast(rewriting.asked(fast, PARENT, CHANGE))["input_ids"]
        _teach(llama, asked, [*fast(answer)["input_ids"], 0])
        llama.save_pretrained(folder)
    return folder


def _teach(llama: LlamaForCausalLM, asked: list[int], answer: list[int]) -> None:
    given = torch.tensor([asked + answer])
    wanted = given.clone()
    wanted[:, : len(asked)] = -100
    optimiser = torch.optim.Adam(llama.parameters(), lr=5e-3)
    for _ in range(200):
        loss = llama(input_ids=given, labels=wanted).loss
        if loss.item() < 0.01:
            break
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()


@pytest.fixture(params=[None])
async def room(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    """A room whose director has a model that gives this answer."""
    folder = _model(tmp_path / "model", request.param)
    async with a_room(tmp_path, REELROOM_DIRECTOR_MODEL=str(folder)) as room:
        assert await rewriting.writer(folder).loaded()
        yield room


async def _remixed(room: Room) -> str:
    """The prompt of a remix as it was accepted."""
    arrival = Arrival(Platform.ROOM, "ana", "ana", "en", "here", private=False, max_bytes=10 << 20)
    ana = await sign_in(room, arrival)
    await making.create(room, ana, PARENT, Ask("1"))
    parent = await an_engine_renders(room)
    assert parent
    return (await making.remix(room, ana, parent, CHANGE, Ask("2"))).clip.plan.prompt


@pytest.mark.parametrize("room", [GOOD], indirect=True)
async def test_an_answer_that_means_the_same_gives_the_remix_its_words(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "SECONDS", 60.0)

    assert await _remixed(room) == GOOD


@pytest.mark.parametrize(
    "room",
    [
        None,
        'at night, a red fox in the snow, it says "goodbye"',
        'at night, a red fox in the snow with @bob, it says "hello there"',
        'at night, Anna Smith rides big horses past a red fox in the snow, it says "hello there"',
        "at night",
    ],
    indirect=True,
    ids=["noise", "another line", "someone else", "made up", "too little"],
)
async def test_any_other_answer_leaves_the_rules_words(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "SECONDS", 60.0)

    assert await _remixed(room) == RULES


async def test_an_answer_that_is_late_leaves_the_rules_words(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "SECONDS", 0.0)

    assert await _remixed(room) == RULES


async def test_a_folder_without_a_model_that_can_be_loaded_leaves_the_rules_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "llama"}')
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    async with a_room(tmp_path, REELROOM_DIRECTOR_MODEL=str(folder)) as room:
        assert not await rewriting.writer(folder).loaded()
        assert await _remixed(room) == RULES

    assert "can't be loaded" in caplog.text


def test_a_folder_that_holds_no_model_is_one_sentence(tmp_path: Path) -> None:
    environment = room_environment(tmp_path, REELROOM_DIRECTOR_MODEL=str(tmp_path))

    with pytest.raises(SettingsError, match=r"REELROOM_DIRECTOR_MODEL.*folder of a model"):
        load(environment)
