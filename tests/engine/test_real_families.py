"""The families of real checkpoints, on small random weights of diffusers' own classes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file

from engine import presets
from engine.families import CannotLoad, Families
from engine.pipelines.family import (
    Batching,
    Cancelled,
    Family,
    OnStep,
    Parent,
    Player,
    Preview,
    Relieving,
    Rendered,
    Request,
)
from engine.pipelines.few_steps import FewSteps
from engine.presets.checkpoints import CheckpointError
from storage.cameos import CameoKind
from storage.clips import ClipKind
from storage.plan import Plan, Shot
from tests.engine import tiny_models
from tests.rooms import a_film

WAN = """
text = "WanPipeline"
video = "WanVideoToVideoPipeline"
"""
WAN_5B = """
text = "WanPipeline"
picture = "WanImageToVideoPipeline"
"""
VACE = """
control = "WanVACEPipeline"
"""
LTX2 = """
text = "LTX2Pipeline"
control = "LTX2ConditionPipeline"
"""
REFINE = """
sampler = { sigmas = [1.0, 0.7] }
refine = { sigmas = [0.9, 0.4] }
"""
PRESET = """
title = "Tiny"
family = "{family}"
checkpoint = "../checkpoint"
kinds = [{kinds}]
fps = 8
steps = 4
expected = 1
sizes = {{ "16:9" = {size} }}
lengths = {{ shortest = 0.5, usual = 2, longest = 4 }}
frames = {{ every = {every}, plus = 1 }}
strength = 0.6
sound = {sound}
{more}
[pipelines]
{pipelines}
[weights]
dtype = "float32"
{weights}
"""

Make = Callable[[Path], None]


def _family(
    room: Path,
    make: Make,
    family: str,
    pipelines: str,
    *,
    more: str = "",
    weights: str = "",
    size: str = "[128, 64]",
    every: int | None = None,
) -> Family:
    """The family, loaded as an engine loads it."""
    make(room / "checkpoint")
    (room / "presets").mkdir(exist_ok=True)
    rule, sound = (8, "true") if family == "ltx2" else (4, "false")
    kinds = '"create", "remix", "variation"'
    if pipelines != WAN:
        kinds += ', "extension"'
    text = PRESET.format(
        family=family, pipelines=pipelines, kinds=kinds, every=every or rule, size=size,
        sound=sound, more=more,
        weights=weights,
    )  # fmt: skip
    (room / "presets" / "tiny.toml").write_text(text)
    return Families(presets.load_all(room), "cpu").get("tiny")


@pytest.fixture
def wan(tmp_path: Path) -> Family:
    return _family(tmp_path, tiny_models.wan, "wan", WAN)


@pytest.fixture
def wan_5b(tmp_path: Path) -> Family:
    return _family(tmp_path, tiny_models.wan_5b, "wan", WAN_5B)


@pytest.fixture
def vace(tmp_path: Path) -> Family:
    return _family(tmp_path, tiny_models.vace, "vace", VACE)


@pytest.fixture
def ltx2(tmp_path: Path) -> Family:
    return _family(tmp_path, tiny_models.ltx2, "ltx2", LTX2)


@pytest.fixture
def ltx2_refined(tmp_path: Path) -> Family:
    make = partial(tiny_models.ltx2, refined=True)
    return _family(tmp_path, make, "ltx2", LTX2, more=REFINE)


FAMILIES = ["wan", "wan_5b", "vace", "ltx2", "ltx2_refined"]


def _request(kind: ClipKind = ClipKind.CREATE, words: str = "a red fox", **more: object) -> Request:
    request = Request(kind, Plan(words, 2.0), 7, 4, 1.0, 128, 64, 8, 17)
    return replace(request, **more)  # type: ignore[arg-type]


def _parent(folder: Path, seed: int = 3) -> Parent:
    master = folder / "master.mp4"
    master.write_bytes(a_film()[0])
    return Parent(Plan("a cat", 1.0), seed, master, None)


def _render(family: Family, request: Request, on_step: OnStep = lambda *_: None) -> Rendered:
    return family.render(request, family.encode(request), on_step)


def _pixels(rendered: Rendered) -> NDArray[np.uint8]:
    frames = np.stack(list(rendered.frames))
    assert len(frames) == rendered.count
    assert frames.shape[1:3] == (rendered.height, rendered.width)
    return frames


@pytest.mark.parametrize("name", FAMILIES)
def test_words_become_the_frames_asked_for_the_same_for_the_same_seed(
    name: str, request: pytest.FixtureRequest
) -> None:
    family: Family = request.getfixturevalue(name)

    first, again = _pixels(_render(family, _request())), _pixels(_render(family, _request()))
    other = _pixels(_render(family, _request(seed=8)))

    assert first.shape == (17, 64, 128, 3)
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize("name", FAMILIES)
def test_each_step_is_told_with_a_small_picture(name: str, request: pytest.FixtureRequest) -> None:
    family: Family = request.getfixturevalue(name)
    told: list[tuple[int, Preview | None]] = []

    _render(family, _request(), lambda step, preview: told.append((step, preview)))

    assert [step for step, _ in told] == [1, 2, 3, 4]
    preview = told[1][1]
    assert preview
    assert max(preview().size) == 320


@pytest.mark.parametrize("name", FAMILIES)
def test_a_render_stops_between_two_steps_and_the_next_one_is_as_if_it_had_not_been(
    name: str, request: pytest.FixtureRequest
) -> None:
    family: Family = request.getfixturevalue(name)
    before = _pixels(_render(family, _request()))

    def stop(step: int, preview: Preview | None) -> None:
        if step == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        _render(family, _request(seed=9), stop)

    assert (_pixels(_render(family, _request())) == before).all()


@pytest.mark.parametrize("name", ["wan", "vace", "ltx2", "ltx2_refined"])
def test_a_remix_follows_its_parents_film_the_closer_the_less_it_may_leave_it(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    family: Family = request.getfixturevalue(name)
    parent = _parent(tmp_path)
    other = Parent(parent.plan, 3, tmp_path / "other.mp4", None)
    _grey_film(other.master)

    def remixed(of: Parent, strength: float) -> NDArray[np.uint8]:
        plan = Plan("a red fox", 2.0, instruction="at night", strength=strength)
        return _pixels(_render(family, _request(ClipKind.REMIX, plan=plan, parent=of)))

    near, far = (_distance(remixed(parent, s), remixed(other, s)) for s in (0.3, 1.0))

    assert near > 0
    assert near >= far


@pytest.mark.parametrize("name", ["wan", "vace", "ltx2"])
def test_a_remix_without_somebody_does_not_start_from_the_film_that_shows_them(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    family: Family = request.getfixturevalue(name)
    parent = replace(_parent(tmp_path), has_others=True)
    other = replace(parent, master=tmp_path / "other.mp4")
    _grey_film(other.master)

    one, same = (
        _pixels(_render(family, _request(ClipKind.REMIX, parent=each))) for each in (parent, other)
    )

    assert (one == same).all()


def test_a_remix_without_a_pipeline_for_films_keeps_its_parents_seed(
    wan_5b: Family, tmp_path: Path
) -> None:
    parent = _parent(tmp_path, seed=3)

    remix = _pixels(_render(wan_5b, _request(ClipKind.REMIX, parent=parent)))

    assert (remix == _pixels(_render(wan_5b, _request(seed=3)))).all()


@pytest.mark.parametrize("name", ["wan_5b", "vace", "ltx2", "ltx2_refined"])
def test_an_extension_goes_on_from_the_last_frames_and_brings_none_of_them_again(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    family: Family = request.getfixturevalue(name)
    parent, other = _parent(tmp_path), Parent(Plan("x", 1.0), 3, tmp_path / "other.mp4", None)
    _grey_film(other.master)

    rendered = _render(family, _request(ClipKind.EXTENSION, parent=parent))
    else_ = _render(family, _request(ClipKind.EXTENSION, parent=other))

    assert rendered.count == 17
    assert (_pixels(rendered) != _pixels(else_)).any()


@pytest.mark.parametrize("name", ["wan_5b", "vace", "ltx2", "ltx2_refined"])
def test_a_picture_changes_what_the_clip_starts_from(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    family: Family = request.getfixturevalue(name)
    picture = tmp_path / "picture.png"
    PIL.Image.new("RGBA", (300, 500), (250, 20, 20, 255)).save(picture)

    started = _pixels(_render(family, _request(picture=picture)))

    assert (started != _pixels(_render(family, _request()))).any()


@pytest.mark.parametrize("name", FAMILIES)
def test_shots_fill_the_clip_exactly_and_each_has_its_words(
    name: str, request: pytest.FixtureRequest
) -> None:
    family: Family = request.getfixturevalue(name)
    shots = (Shot("a red fox", 0.0), Shot("a cat in the snow", 0.9))
    plan = Plan("a red fox, then a cat", 2.125, shots=shots)
    other = replace(plan, shots=(shots[0], Shot("night", 0.9)))

    both, changed = (_pixels(_render(family, _request(plan=one))) for one in (plan, other))

    assert len(both) == 17
    assert (both[:7] == changed[:7]).all()
    assert (both[7:] != changed[7:]).any()


def test_vace_puts_the_cast_into_the_scene(vace: Family) -> None:
    someone = np.full((40, 20, 4), 255, np.uint8)
    someone[:, :, 1] = 40
    else_ = np.zeros_like(someone)

    alone = _pixels(_render(vace, _request()))
    players = tuple(Player(h, CameoKind.PERSON, (p,)) for h, p in (("a", someone), ("b", else_)))
    together = _pixels(_render(vace, _request(players=players)))

    assert together.shape == alone.shape
    assert (together != alone).any()


def test_a_second_stage_works_on_what_the_first_one_made(ltx2_refined: Family) -> None:
    made = _pixels(_render(ltx2_refined, _request()))
    upsampler = ltx2_refined._upsampler.latent_upsampler  # type: ignore[attr-defined]
    sizes: list[tuple[int, ...]] = []
    upsampler.register_forward_hook(
        lambda _, given, out: sizes.extend((given[0].shape[-2:], out.shape[-2:]))
    )
    assert (_pixels(_render(ltx2_refined, _request())) == made).all()
    assert sizes == [(1, 2), (2, 4)]

    torch.nn.init.zeros_(upsampler.final_conv.weight)

    assert (_pixels(_render(ltx2_refined, _request())) != made).any()


def test_a_second_stage_without_its_part_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotLoad, match="has no latent_upsampler that can be read"):
        _family(tmp_path, tiny_models.ltx2, "ltx2", LTX2, more=REFINE)


@pytest.mark.parametrize("refined", [False, True])
def test_ltx_puts_the_cast_into_the_scene_where_the_preset_has_a_pipeline_for_it(
    tmp_path: Path, refined: bool
) -> None:
    ltx2 = _family(
        tmp_path, partial(tiny_models.ltx2, refined=refined), "ltx2",
        LTX2 + 'reference = "LTX2InContextPipeline"\n',
        more="cast = 2" + (REFINE if refined else ""),
    )  # fmt: skip
    ana, bob = (
        Player(handle, CameoKind.PERSON, (np.full((40, 30, 4), shade, np.uint8),))
        for handle, shade in (("ana", 250), ("bob", 30))
    )
    told: list[Preview | None] = []

    alone = _pixels(_render(ltx2, _request()))
    one = _pixels(_render(ltx2, _request(players=(ana,)), lambda _, seen: told.append(seen)))
    both = _pixels(_render(ltx2, _request(players=(ana, bob))))
    onward = _request(ClipKind.EXTENSION, players=(ana,), parent=_parent(tmp_path))

    assert alone.shape == one.shape == both.shape
    assert (one != alone).any()
    assert (both != one).any()
    assert told == [None] * 4
    assert len(_pixels(_render(ltx2, onward))) == 17


@pytest.mark.parametrize(("make", "family", "pipelines"), [
    (tiny_models.ltx2, "ltx2", LTX2), (tiny_models.wan_5b, "wan", WAN_5B),
])  # fmt: skip
def test_a_cast_is_not_offered_by_who_can_not_show_it(
    tmp_path: Path, make: Make, family: str, pipelines: str
) -> None:
    with pytest.raises(CannotLoad, match="offers a cast"):
        _family(tmp_path, make, family, pipelines, more="cast = 1")


@pytest.mark.parametrize("name", ["ltx2", "ltx2_refined"])
def test_ltx_makes_sound_as_long_as_its_picture(name: str, request: pytest.FixtureRequest) -> None:
    rendered = _render(request.getfixturevalue(name), _request())

    assert rendered.sound
    sound = rendered.sound()
    assert sound.samples.shape[0] == 2
    assert abs(sound.samples.shape[1] / sound.rate - 17 / 8) < 1 / 8
    assert np.abs(sound.samples).max() > 0


@pytest.mark.parametrize("name", ["wan", "wan_5b", "vace"])
def test_a_model_without_sound_gets_a_track_as_long_as_its_picture_from_the_words(
    name: str, request: pytest.FixtureRequest
) -> None:
    family: Family = request.getfixturevalue(name)
    plan = Plan("a red fox by the sea in the rain", 2.125)

    rendered = _render(family, _request(plan=plan))

    assert rendered.sound
    sound = rendered.sound()
    assert sound.samples.shape == (2, round(17 / 8 * sound.rate))
    assert np.abs(sound.samples).max() > 0.01


@pytest.mark.parametrize("name", ["wan", "ltx2"])
def test_a_clip_that_shall_be_silent_is(name: str, request: pytest.FixtureRequest) -> None:
    family: Family = request.getfixturevalue(name)

    rendered = _render(family, _request(plan=Plan("a red fox", 2.0, silent=True)))

    assert rendered.sound is None


def test_the_sound_of_an_extension_begins_before_its_picture(ltx2: Family, tmp_path: Path) -> None:
    rendered = _render(ltx2, _request(ClipKind.EXTENSION, parent=_parent(tmp_path)))

    assert rendered.sound
    sound = rendered.sound()
    assert sound.lead / sound.rate == pytest.approx(17 / 8)
    assert abs((sound.samples.shape[1] - sound.lead) / sound.rate - 17 / 8) < 1 / 8


def test_clips_made_together_are_those_made_alone(wan: Family) -> None:
    assert isinstance(wan, Batching)
    pair = [_request(seed=1), _request(words="a cat in the snow", seed=2)]
    told: list[tuple[int, int]] = []

    def on_steps(step: int, previews: Sequence[Preview]) -> None:
        told.append((step, len(previews)))

    together = wan.render_together(pair, [wan.encode(one) for one in pair], on_steps)

    assert told == [(step, 2) for step in (1, 2, 3, 4)]
    for one, rendered in zip(pair, together, strict=True):
        alone = _pixels(_render(wan, one)).astype(int)
        # Sums in another order: the last bit of a byte at most.
        assert np.abs(_pixels(rendered).astype(int) - alone).max() <= 1


def test_only_clips_alike_are_made_together(wan: Family, tmp_path: Path) -> None:
    assert isinstance(wan, Batching)
    one = _request()

    assert wan.together(one, _request(seed=99, words="a cat"))
    assert not wan.together(one, _request(frames=21))
    assert not wan.together(one, _request(ClipKind.REMIX, parent=_parent(tmp_path)))


def test_two_experts_share_the_steps_and_a_remix_goes_to_the_second(tmp_path: Path) -> None:
    sampler = "sampler = { sigmas = [1.0, 0.9375, 0.8333, 0.625] }"

    def make(folder: Path) -> None:
        tiny_models.wan(folder, experts=2)

    family = _family(tmp_path, make, "wan", WAN, more=sampler)
    used = _watched(family)
    _render(family, _request())
    assert used == ["first"] * 2 + ["second"] * 2
    used.clear()
    remix = Plan("a red fox", 2.0, instruction="at night", strength=0.5)
    _render(family, _request(ClipKind.REMIX, plan=remix, parent=_parent(tmp_path)))

    assert used == ["second"] * 2


def test_fresh_noise_between_the_steps_is_the_clips_own(tmp_path: Path) -> None:
    sampler = "sampler = { sigmas = [1.0, 0.757, 0.522], renoise = true }"
    family = _family(tmp_path, tiny_models.wan, "wan", WAN, more=sampler)
    assert isinstance(family, Batching)
    pair = [_request(seed=1, steps=3), _request(seed=2, steps=3)]

    together = family.render_together(pair, [family.encode(one) for one in pair], lambda *_: None)

    for one, rendered in zip(pair, together, strict=True):
        alone = _pixels(_render(family, one)).astype(int)
        assert np.abs(_pixels(rendered).astype(int) - alone).max() <= 1


def test_the_sampler_ends_at_the_clean_guess() -> None:
    """With a model that knows the answer, each step's guess is it, and so is the end."""
    scheduler = FewSteps(levels=(1.0, 0.5), renoise=True)
    scheduler.generators = [torch.Generator().manual_seed(1)]
    scheduler.set_timesteps(2)
    clean = torch.full((1, 2, 3), 0.25)
    sample = torch.randn(clean.shape, generator=torch.Generator().manual_seed(2))

    for time, level in zip(scheduler.timesteps, (1.0, 0.5), strict=True):
        velocity = (sample - clean) / level
        [sample] = scheduler.step(velocity, time, sample, return_dict=False)

    assert torch.allclose(sample, clean, atol=1e-5)


@pytest.mark.parametrize(
    "weights",
    [
        'quantisation = "fp8"',
        'quantisation = "fp8"\nquantised = ["transformer", "text_encoder"]',
        'cache = "first-block"',
        "tiled = true",
        'attention = "native"',
    ],
)
def test_ways_to_run_a_checkpoint_still_make_clips(tmp_path: Path, weights: str) -> None:
    family = _family(tmp_path, tiny_models.wan, "wan", WAN, weights=weights)

    assert _pixels(_render(family, _request())).std() > 0


def test_integers_of_8_bits_make_clips_close_to_the_whole_ones(tmp_path: Path) -> None:
    pytest.importorskip("torchao")
    (tmp_path / "8").mkdir()
    (tmp_path / "32").mkdir()
    small = _family(tmp_path / "8", tiny_models.wan, "wan", WAN, weights='quantisation = "int8"')
    whole = _family(tmp_path / "32", tiny_models.wan, "wan", WAN)

    assert _distance(_pixels(_render(small, _request())), _pixels(_render(whole, _request()))) < 5


def test_adapters_change_the_clip_by_their_scale(tmp_path: Path) -> None:
    plain = _pixels(_render(_family(tmp_path, tiny_models.wan, "wan", WAN), _request()))
    file = tmp_path / "models" / "someone--adapters" / "fast.safetensors"
    file.parent.mkdir(parents=True)
    torch.manual_seed(1)
    name = "transformer.blocks.0.attn1.to_q.lora_{}.weight"
    save_file({name.format("A"): torch.randn(4, 24), name.format("B"): torch.randn(24, 4)}, file)
    adapter = '[[adapters]]\nrepository = "someone/adapters"\nfile = "fast.safetensors"\nscale = {}'

    nothing, whole = (
        _pixels(
            _render(
                _family(tmp_path, tiny_models.wan, "wan", WAN, more=adapter.format(scale)),
                _request(),
            )
        )
        for scale in (0.0, 1.0)
    )

    assert (nothing == plain).all()
    assert (whole != plain).any()


def test_memory_can_be_relieved_as_far_as_the_device_allows(wan: Family) -> None:
    assert isinstance(wan, Relieving)

    assert wan.relieve()
    assert not wan.relieve()
    assert _pixels(_render(wan, _request())).shape == (17, 64, 128, 3)


@pytest.mark.parametrize(
    ("pipelines", "sentence"),
    [
        ('picture = "NoPipeline"', "names NoPipeline, which diffusers lacks"),
        ('text = "WanPipeline"', "offers extensions: those need a pipeline for `picture`"),
    ],
)
def test_a_preset_that_its_checkpoint_can_not_follow_is_one_sentence(
    tmp_path: Path, pipelines: str, sentence: str
) -> None:
    with pytest.raises(CannotLoad, match=sentence) as caught:
        _family(tmp_path, tiny_models.wan, "wan", pipelines)

    assert isinstance(caught.value.__cause__, CheckpointError)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"size": "[96, 64]", "more": REFINE, "family": "ltx2"},
            "offers 96 × 64: its model makes sides that are multiples of 64",
        ),
        ({"size": "[100, 64]"}, "offers 100 × 64: its model makes sides that are multiples of 16"),
        ({"every": 6}, r"wrong frames rule: its model makes 4k \+ 1 frames"),
    ],
)
def test_numbers_that_the_model_would_change_silently_are_one_sentence(
    tmp_path: Path, options: dict[str, object], sentence: str
) -> None:
    options = {**options}
    family = str(options.pop("family", "wan"))
    make, pipelines = (tiny_models.wan, WAN) if family == "wan" else (tiny_models.ltx2, LTX2)

    with pytest.raises(CannotLoad, match=sentence):
        _family(tmp_path, make, family, pipelines, **options)  # type: ignore[arg-type]


def _watched(family: Family) -> list[str]:
    """Which expert is called, as it is called."""
    used: list[str] = []
    pipe = family._pipes.first  # type: ignore[attr-defined]
    pipe.transformer.register_forward_hook(lambda *_: used.append("first"))
    pipe.transformer_2.register_forward_hook(lambda *_: used.append("second"))
    return used


def _distance(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


def _grey_film(path: Path) -> None:
    import av

    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", 24)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for _ in range(24):
            frame = av.VideoFrame.from_ndarray(np.full((96, 160, 3), 90, np.uint8), format="rgb24")
            film.mux(stream.encode(frame))
        film.mux(stream.encode())
