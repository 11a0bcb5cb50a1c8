"""The shape of a preset: every key that its file may have, with its range.

Values only; engine/presets/__init__.py reads the files. README.md beside it explains each key by
an example.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from storage.clips import ClipKind
from storage.offers import Offer
from storage.plan import Aspect

#: H.264 as yuv420p has no odd sizes.
Pixels = Annotated[int, Field(ge=64, le=4096, multiple_of=2)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
#: "owner/name" as a Hugging Face hub has it.
Repository = Annotated[str, Field(pattern=r"^[\w.-]+/[\w.-]+$")]
#: A part of a pipeline, by its name in model_index.json.
Part = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+(/[^\s]*)?$")]
#: The name of an environment variable.
Variable = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]


class Shape(BaseModel):
    """A table of a preset's file: an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Quality(StrEnum):
    """What a preset is for, as members ask for it."""

    DRAFT = "draft"
    STANDARD = "standard"
    PRO = "pro"


class Task(StrEnum):
    """What a pipeline starts from."""

    #: Words alone.
    TEXT = "text"
    #: Words and a first picture.
    PICTURE = "picture"
    #: Words and a film that is partly noised, by strength.
    VIDEO = "video"
    #: Words, a film that steers, a mask of what to make, and reference pictures.
    CONTROL = "control"
    #: Words, reference pictures, and what `control` starts from: what a cast needs of LTX-2.
    REFERENCE = "reference"


class Frames(Shape):
    """The frame counts that a model makes: `every` × k + `plus` (Wan: 4k + 1)."""

    every: int = Field(default=1, ge=1, le=64)
    plus: int = Field(default=0, ge=0, le=64)


class Lengths(Shape):
    """Seconds of a clip that the preset renders, and those of a prompt that names none."""

    shortest: Seconds
    usual: Seconds
    longest: Seconds

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.shortest <= self.usual <= self.longest:
            raise ValueError("shortest, usual and longest should come in that order")
        return self


class Look(Shape):
    """How the master is encoded."""

    #: x264's constant quality, 0 (lossless) to 51; 18 can hardly be told from the original.
    crf: int = Field(default=18, ge=0, le=40)
    #: x264's tuning: "animation" for flat colours, "film" for camera pictures.
    tune: Literal["film", "animation", "grain"] | None = None


class Adapter(Shape):
    """Low-rank weights added to a part of the pipeline when it is loaded."""

    repository: Repository
    revision: str = "main"
    #: The safetensors file in the repository.
    file: str = Field(pattern=r"^[^/].*\.safetensors$")
    part: Part = "transformer"
    #: How much of it, 0 (nothing) to 2; 1 as it was trained.
    scale: float = Field(default=1.0, ge=0, le=2)


class Weights(Shape):
    """How the checkpoint is brought into memory and run."""

    dtype: Literal["float32", "bfloat16", "float16"] = "bfloat16"
    #: Parts kept in another type than `dtype`: Wan's autoencoder wants float32.
    dtypes: dict[Part, Literal["float32", "bfloat16", "float16"]] = {}
    #: "fp8" keeps weights in 8 bits and computes in `dtype` (diffusers' layerwise casting);
    #: "int8" is torchao's, which has to be installed: pip install 'reelroom[int8]'.
    quantisation: Literal["none", "fp8", "int8"] = "none"
    #: The parts that are quantised.
    quantised: tuple[Part, ...] = ("transformer",)
    #: "model" moves whole parts to the GPU when it is their turn, "group" a few layers at a time.
    offload: Literal["none", "model", "group"] = "none"
    #: diffusers' name of an attention backend ("flash", "sage", …); none is PyTorch's own.
    attention: str | None = None
    #: Compile the transformers' repeated blocks: minutes at the start, faster after it.
    compile: bool = False
    #: A cache over steps; worth it from some 20 steps on.
    cache: Literal["none", "first-block"] = "none"
    #: Decode in tiles: slower, and much less memory at large sizes.
    tiled: bool = False


class Sampler(Shape):
    """Steps at fixed noise levels, as models distilled to few steps were trained on."""

    #: Noise levels from 1 (noise) downwards; the last step ends at 0.
    sigmas: tuple[Annotated[float, Field(gt=0, le=1)], ...] = Field(min_length=1, max_length=100)
    #: True makes fresh noise between the steps (DMD), False goes straight on (Euler).
    renoise: bool = False

    @model_validator(mode="after")
    def _downwards(self) -> Self:
        if list(self.sigmas) != sorted(set(self.sigmas), reverse=True):
            raise ValueError("sigmas should go down")
        return self


class Refine(Shape):
    """A second stage at twice the size of the first: latents are enlarged, noised again, denoised.

    Only LTX-2 has one.
    """

    #: The part of the checkpoint that enlarges latents; its folder's name.
    part: Part = "latent_upsampler"
    #: Noise levels of the second stage, as in `Sampler`.
    sigmas: tuple[Annotated[float, Field(gt=0, le=1)], ...] = Field(min_length=1, max_length=100)


class Server(Shape):
    """A server of /v1/videos. In a file it may be its address alone."""

    #: Up to `/v1`.
    address: Address
    #: The environment variable that holds its key, where it asks for one.
    key_variable: Variable | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_address(cls, value: object) -> object:
        return {"address": value} if isinstance(value, str) else value


class Licence(Shape):
    """Under what terms the checkpoint may be used."""

    name: str = Field(min_length=1, max_length=80)
    url: str = ""
    #: What it asks of the owner, a sentence each; shown before it is fetched.
    asks: tuple[str, ...] = ()


class Preset(Shape):
    """A way of rendering."""

    #: What members type; the file's name.
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,31}$")
    #: What members read.
    title: str = Field(min_length=1, max_length=60)
    quality: Quality = Quality.STANDARD
    #: A module of engine/pipelines, or the dotted name of an owner's own.
    family: str = Field(min_length=1)
    #: The folder of the checkpoint, as seen from the preset's file.
    checkpoint: Path | None = None
    #: Where `reelroom fetch` gets the checkpoint; then it lies in the room's `models` folder.
    repository: Repository | None = None
    revision: str = "main"
    adapters: tuple[Adapter, ...] = ()
    #: Where the adapters' files lie, one each; set when the file is read.
    adapter_files: tuple[Path, ...] = ()
    weights: Weights = Weights()
    #: diffusers' class for each task; they share one load of the weights.
    pipelines: dict[Task, str] = {}
    #: For the family `remote`: the servers that render.
    servers: tuple[Server, ...] = ()
    #: What those servers call the model; none leaves it to them.
    model: str | None = None
    #: The environment variable that holds the key of servers that name none of their own.
    key_variable: Variable | None = None
    #: Where what was asked of the servers is remembered; set when the file is read.
    ledger: Path | None = None
    kinds: frozenset[ClipKind] = Field(min_length=1)
    #: Cameos that it can show in one clip; 0 where the model takes no pictures of people.
    cast: int = Field(default=0, ge=0, le=8)
    #: Faces come out like a camera's: whether they are the cast's is measured, and told if not.
    faces: bool = False
    #: Aspect → width and height in pixels.
    sizes: dict[Aspect, tuple[Pixels, Pixels]] = Field(min_length=1)
    fps: int = Field(ge=1, le=120)
    #: Denoising steps, those of a second stage included.
    steps: int = Field(ge=1, le=1000)
    #: Classifier-free guidance scale; 1 means none.
    guidance: float = Field(default=1.0, ge=0, le=50)
    #: What the model is told to keep away from; only used where guidance is above 1.
    negative: str = ""
    sampler: Sampler | None = None
    refine: Refine | None = None
    #: How far a remix leaves its parent where the plan does not say, 0 (not at all) to 1.
    strength: float = Field(default=0.7, ge=0, le=1)
    #: How many steered clips follow their film, 0 to 2 (the task `control`).
    conditioning: float = Field(default=1.0, ge=0, le=2)
    frames: Frames = Frames()
    lengths: Lengths
    #: Compatible jobs rendered at once, at most; the engine does so where it is faster.
    batch: int = Field(default=1, ge=1, le=16)
    #: The model makes sound with the picture.
    sound: bool = False
    #: Finished frames are looked at before they are posted; false for a model that can't draw skin.
    looked_at: bool = True
    #: Memory of the GPU that it needs, in GB; 0 runs on a CPU.
    gpu_gb: float = Field(default=0.0, ge=0, le=1000)
    #: Bytes to fetch, in GB, as far as known.
    download_gb: float = Field(default=0.0, ge=0, le=10_000)
    licence: Licence | None = None
    #: GPU seconds for the usual clip, before any was timed here, and where the figure is from.
    expected: Seconds
    expected_source: str = ""
    #: Looks that can be asked for by name.
    styles: tuple[str, ...] = ()
    look: Look = Look()

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        given = [bool(self.checkpoint), bool(self.repository), bool(self.servers)]
        if sum(given) != 1:
            raise ValueError("it should have one of checkpoint, repository and servers")
        return self

    @model_validator(mode="after")
    def _keeps_likenesses_here(self) -> Self:
        if self.servers and self.cast:
            raise ValueError("a cast is not for other machines: likenesses stay on this one")
        return self

    @property
    def folder(self) -> Path:
        """Where its checkpoint lies. Raises ValueError for a preset of remote servers."""
        if self.checkpoint is None:
            raise ValueError(f"{self.name} has no checkpoint")
        return self.checkpoint

    @property
    def is_remote(self) -> bool:
        """Whether other machines render it."""
        return bool(self.servers)

    @property
    def _takes_picture(self) -> bool:
        """Whether a clip can start from a picture: elsewhere that is how extensions are made."""
        if self.is_remote:
            return ClipKind.EXTENSION in self.kinds
        return bool({Task.PICTURE, Task.CONTROL} & set(self.pipelines))

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
            quality=self.quality,
            takes_picture=self._takes_picture,
            takes_cast=self.cast,
        )
