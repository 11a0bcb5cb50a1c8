"""Presets: the ways of rendering that an engine offers, one TOML file each.

The files here come with Reelroom; an owner adds others, or replaces these by name, in the room's
`presets` folder. Each is validated as a whole, and a wrong key or value becomes one sentence.
"""

import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from storage.clips import ClipKind
from storage.offers import Offer
from storage.plan import Aspect

#: H.264 as yuv420p has no odd sizes.
Pixels = Annotated[int, Field(ge=64, le=4096, multiple_of=2)]
Seconds = Annotated[float, Field(gt=0, le=3600)]


class PresetError(Exception):
    """A preset's file is wrong; the message is one sentence that names the file and the key."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Frames(_Part):
    """The frame counts that a model makes: `every` × k + `plus` (Wan: 4k + 1)."""

    every: int = Field(default=1, ge=1, le=64)
    plus: int = Field(default=0, ge=0, le=64)


class Lengths(_Part):
    """Seconds of a clip that the preset renders, and those of a prompt that names none."""

    shortest: Seconds
    usual: Seconds
    longest: Seconds

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.shortest <= self.usual <= self.longest:
            raise ValueError("shortest, usual and longest should come in that order")
        return self


class Look(_Part):
    """How the master is encoded."""

    #: x264's constant quality, 0 (lossless) to 51; 18 can hardly be told from the original.
    crf: int = Field(default=18, ge=0, le=40)
    #: x264's tuning: "animation" for flat colours, "film" for camera pictures.
    tune: Literal["film", "animation", "grain"] | None = None


class Preset(_Part):
    """A way of rendering."""

    #: What members type; the file's name.
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,31}$")
    #: What members read.
    title: str = Field(min_length=1, max_length=60)
    #: A module of engine/pipelines, or the dotted name of an owner's own.
    family: str = Field(min_length=1)
    #: The folder of the checkpoint, as seen from the preset's file.
    checkpoint: Path
    kinds: frozenset[ClipKind] = Field(min_length=1)
    #: Aspect → width and height in pixels.
    sizes: dict[Aspect, tuple[Pixels, Pixels]] = Field(min_length=1)
    fps: int = Field(ge=1, le=120)
    #: Denoising steps.
    steps: int = Field(ge=1, le=1000)
    #: Classifier-free guidance scale; 1 means none.
    guidance: float = Field(default=1.0, ge=0, le=50)
    frames: Frames = Frames()
    lengths: Lengths
    #: GPU seconds for the usual clip, before any was timed here.
    expected: Seconds
    #: Looks that can be asked for by name.
    styles: tuple[str, ...] = ()
    look: Look = Look()

    def offer(self) -> Offer:
        """What chat is told of it."""
        return Offer(
            preset=self.name,
            title=self.title,
            kinds=self.kinds,
            sizes=self.sizes,
            fps=self.fps,
            steps=self.steps,
            shortest=self.lengths.shortest,
            longest=self.lengths.longest,
            usual=self.lengths.usual,
            expected=self.expected,
            styles=self.styles,
        )


def load_all(room_folder: Path) -> Mapping[str, Preset]:
    """Every preset by its name: Reelroom's, and those in `room_folder`/presets, which win.

    Raises PresetError.
    """
    bundled = Path(str(resources.files("engine.presets")))
    files = {path.stem: path for path in sorted(bundled.glob("*.toml"))}
    files |= {path.stem: path for path in sorted((room_folder / "presets").glob("*.toml"))}
    return {name: load(path) for name, path in files.items()}


def load(path: Path) -> Preset:
    """The preset in the file at `path`. Raises PresetError."""
    try:
        values = tomllib.loads(path.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PresetError(f"The preset {path.name} can't be read: {error}.") from None
    if "name" in values:
        raise PresetError(f"The preset {path.name} can't set 'name': its file's name is its name.")
    try:
        preset = Preset(name=path.stem, **values)
    except ValidationError as error:
        raise PresetError(_sentence(path, error)) from None
    return preset.model_copy(update={"checkpoint": (path.parent / preset.checkpoint).resolve()})


def _sentence(path: Path, error: ValidationError) -> str:
    first: Mapping[str, Any] = error.errors(include_input=False, include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"The preset {path.name} has a key that Reelroom does not know: '{key}'."
    if first["type"] == "missing":
        return f"The preset {path.name} lacks '{key}'."
    reason = str(first["msg"]).removeprefix("Value error, ")
    return f"The preset {path.name} has a wrong '{key}': {reason[0].lower()}{reason[1:]}."
