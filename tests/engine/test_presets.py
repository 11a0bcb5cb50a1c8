"""Presets as owners write them, and the numbers of a render that follow from them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import numbers, presets
from engine.presets import PresetError
from engine.presets.shape import Frames, Lengths, Preset
from storage.clips import Clip, ClipKind
from storage.plan import Aspect, Plan

RIGHT = """
title = "Mine"
family = "my_family.wan"
checkpoint = "weights"
kinds = ["create"]
fps = 16
steps = 4
expected = 30
sizes = { "16:9" = [832, 480] }
frames = { every = 4, plus = 1 }
lengths = { shortest = 1, usual = 3, longest = 5 }
"""


def test_every_bundled_preset_is_valid(tmp_path: Path) -> None:
    found = presets.load_all(tmp_path)

    assert "pocket" in found
    assert found["pocket"].folder.is_absolute()


def test_a_room_adds_presets_and_replaces_ours_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "presets"
    folder.mkdir()
    (folder / "mine.toml").write_text(RIGHT)
    (folder / "pocket.toml").write_text(RIGHT)

    found = presets.load_all(tmp_path)

    assert found["mine"].offer().title == "Mine"
    assert found["pocket"].family == "my_family.wan"
    assert found["mine"].checkpoint == folder / "weights"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("stepz = 4", "The preset mine.toml has a key that Reelroom does not know: 'stepz'."),
        ("steps = 0", "The preset mine.toml has a wrong 'steps': input should be greater than"),
        ('sizes = { "16:9" = [833, 480] }', "The preset mine.toml has a wrong 'sizes.16:9.0'"),
        ('sizes = { "4:3" = [640, 480] }', "The preset mine.toml has a wrong 'sizes.4:3.[key]'"),
        ("lengths = { shortest = 4, usual = 3, longest = 5 }", "should come in that order."),
        ('name = "other"', "The preset mine.toml can't set 'name'"),
        ("title", "The preset mine.toml can't be read"),
    ],
)
def test_a_wrong_key_is_one_sentence_that_names_it(
    tmp_path: Path, line: str, sentence: str
) -> None:
    key = line.split(" =")[0]
    rest = "\n".join(other for other in RIGHT.splitlines() if not other.startswith(f"{key} ="))
    (tmp_path / "mine.toml").write_text(f"{line}\n{rest}")

    with pytest.raises(PresetError) as caught:
        presets.load(tmp_path / "mine.toml", models=tmp_path)

    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(RIGHT.replace("fps = 16", ""))

    with pytest.raises(PresetError, match=r"The preset mine\.toml lacks 'fps'\."):
        presets.load(tmp_path / "mine.toml", models=tmp_path)


@pytest.mark.parametrize(
    ("seconds", "frames"), [(2, 33), (3, 49), (5, 81), (0.1, 17), (60, 81), (2.1, 33)]
)
def test_a_length_becomes_the_nearest_count_that_the_model_makes(
    seconds: float, frames: int
) -> None:
    assert numbers.request(a_clip(Plan("a fox", seconds)), _preset(), None).frames == frames


@given(
    seconds=st.floats(0.01, 1000),
    every=st.integers(1, 64),
    plus=st.integers(0, 64),
    fps=st.integers(1, 120),
)
def test_every_count_is_one_that_the_model_makes(
    seconds: float, every: int, plus: int, fps: int
) -> None:
    preset = _preset().model_copy(update={"frames": Frames(every=every, plus=plus), "fps": fps})

    frames = numbers.request(a_clip(Plan("a fox", seconds)), preset, None).frames

    assert frames > 0
    assert (frames - plus) % every == 0


def test_a_shape_that_is_not_offered_becomes_one_that_is() -> None:
    request = numbers.request(a_clip(Plan("a fox", 2, aspect=Aspect.TALL)), _preset(), None)

    assert (request.width, request.height) == (832, 480)


def _preset() -> Preset:
    return Preset(
        name="mine",
        title="Mine",
        family="wan",
        checkpoint=Path("weights"),
        kinds=frozenset({ClipKind.CREATE}),
        sizes={Aspect.WIDE: (832, 480)},
        fps=16,
        steps=4,
        frames=Frames(every=4, plus=1),
        lengths=Lengths(shortest=1, usual=3, longest=5),
        expected=30,
    )


def a_clip(plan: Plan) -> Clip:
    return Clip(
        id=1,
        code="7K3F",
        member_id=1,
        space_id=1,
        kind=ClipKind.CREATE,
        parent_id=None,
        root_id=1,
        depth=0,
        words=plan.prompt,
        plan=plan,
        preset="mine",
        seed=4,
        width=None,
        height=None,
        seconds=None,
        master=None,
        poster=None,
        latents=None,
        created_at=0.0,
        deleted_at=None,
    )


def test_the_examples_in_the_readme_are_presets(tmp_path: Path) -> None:
    readme = Path(presets.__file__).with_name("README.md").read_text()
    examples = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    for number, example in enumerate(examples):
        (tmp_path / f"example{number}.toml").write_text(example)

    found = [
        presets.load(tmp_path / f"example{number}.toml", models=tmp_path)
        for number in range(len(examples))
    ]

    assert [preset.family for preset in found] == ["wan", "remote"]


def test_every_size_of_a_bundled_preset_is_one_that_its_model_makes(tmp_path: Path) -> None:
    """Wan takes multiples of 16 (32 for the 5B), LTX-2 of 32: others would be cut silently."""
    multiples = {"wan": 16, "vace": 16, "ltx2": 32}

    for preset in presets.load_all(tmp_path).values():
        multiple = multiples.get(preset.family, 2)
        if preset.name == "wan-2.2-ti2v-5b":
            multiple = 32
        if preset.refine:
            multiple *= 2
        for size in preset.sizes.values():
            assert [side % multiple for side in size] == [0, 0], preset.name


def test_every_bundled_checkpoint_and_adapter_is_pinned_to_a_commit(tmp_path: Path) -> None:
    for preset in presets.load_all(tmp_path).values():
        pinned = [preset.revision] if preset.repository else []
        pinned += [adapter.revision for adapter in preset.adapters]
        assert all(presets.is_commit(revision) for revision in pinned), preset.name


def test_a_preset_needs_one_source_of_pictures(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(f'{RIGHT}\nrepository = "a/b"'.replace("\n[", "\n\n["))

    with pytest.raises(PresetError, match="one of checkpoint, repository and servers"):
        presets.load(tmp_path / "mine.toml", models=tmp_path)
