"""Reading the bodies of the /v1/videos API: JSON or multipart, into validated values.

The fields are OpenAI's, and those that SGLang Diffusion and vLLM-Omni added. A preset decides its
own steps, guidance and sound for now: those three are taken and not used, so that code written for
the other servers runs.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from aiohttp import BodyPartReader, web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bots.room import forms, uploads
from bots.room.forms import MOST_TEXT, BrokenForm, TooLong
from bots.studio.options import SEEDS, Options
from storage.plan import Aspect

#: Bytes of a picture that is written in a text field.
MOST_PICTURE = 1 << 25


class BadRequest(Exception):
    """The body can't be understood: a sentence, and the field it is about."""

    def __init__(self, sentence: str, param: str | None = None) -> None:
        super().__init__(sentence)
        self.param = param


class Wish(BaseModel):
    """What a request asks for."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    prompt: str = ""
    #: A preset of this room; names it does not know ("sora-2") mean its usual one.
    model: str | None = None
    seconds: Annotated[float, Field(gt=0, le=100_000)] | None = None
    size: Annotated[str, Field(pattern=r"^\d{2,5}x\d{2,5}$")] | None = None
    seed: int | None = None
    fps: Annotated[float, Field(gt=0, le=240)] | None = None
    num_frames: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    num_inference_steps: Annotated[int, Field(ge=1, le=1000)] | None = None
    guidance_scale: Annotated[float, Field(ge=0, le=100)] | None = None
    generate_sound: bool | None = None

    def options(self, *, fps: int) -> Options:
        """The wish as options of the studio; `fps` is the preset's, for a length in frames."""
        seconds = self.seconds
        if seconds is None and self.num_frames is not None:
            seconds = self.num_frames / (self.fps or fps)
        return Options(
            seconds=seconds,
            aspect=_aspect(self.size) if self.size else None,
            seed=self.seed % SEEDS if self.seed is not None else None,
        )


@dataclass(frozen=True)
class Body:
    """A request's body."""

    wish: Wish
    #: The id of the video that it names, or the SHA-256 of the one it brings along.
    video_id: str | None = None
    video_sha256: str | None = None
    #: The picture that came along to start from, as it was sent.
    picture: bytes | None = None


async def read(request: web.Request) -> Body:
    """The body of the request. Raises BadRequest."""
    if request.content_type.startswith("multipart/"):
        return await _multipart(request)
    try:
        fields = await forms.json(request) if request.body_exists else {}
    except BrokenForm:
        raise BadRequest("The body is not JSON.") from None
    if not isinstance(fields, dict):
        raise BadRequest("The body should be a JSON object.")
    video = fields.get("video")
    named = video.get("id") if isinstance(video, dict) else video
    return Body(_wish(fields), str(named) if named else None, picture=_reference(fields))


async def _multipart(request: web.Request) -> Body:
    fields: dict[str, str] = {}
    brought: str | None = None
    picture: bytes | None = None
    try:
        async for part in forms.parts(request):
            if part.name == "video" and part.filename is not None:
                brought = await _sha256(part)
            elif part.filename is not None:
                picture = await uploads.of_part(part)
            elif part.name:
                fields[part.name] = await _text(part)
    except BrokenForm:
        raise BadRequest("The form is broken off or not a form.") from None
    named = fields.get("video[id]") or fields.get("video") or None
    if picture is None:
        picture = _reference(fields)
    return Body(_wish(fields), named, brought, picture)


def _reference(fields: Mapping[str, object]) -> bytes | None:
    """The picture in `input_reference`, written as a data: address. Raises BadRequest."""
    given = fields.get("input_reference", fields.get("input_reference[image_url]"))
    address = given.get("image_url") if isinstance(given, dict) else given
    if given is None:
        return None
    if not isinstance(address, str) or not address.startswith("data:"):
        raise BadRequest("Send the picture itself, as a file or a data: URL.", "input_reference")
    return uploads.of_address(address)


def _wish(fields: Mapping[str, object]) -> Wish:
    try:
        return Wish.model_validate({k: v for k, v in fields.items() if v is not None})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        param = ".".join(str(step) for step in first["loc"])
        raise BadRequest(f"{param}: {first['msg']}.", param) from None


async def _text(part: BodyPartReader) -> str:
    picture = (part.name or "").startswith("input_reference")
    try:
        return await forms.text(part, most=MOST_PICTURE if picture else MOST_TEXT)
    except TooLong:
        raise BadRequest(f"{part.name} is too long.", part.name) from None


async def _sha256(part: BodyPartReader) -> str:
    """Read an uploaded file away; of it we need to know only which one it is."""
    digest = hashlib.sha256()
    async for chunk in forms.chunks(part):
        digest.update(chunk)
    return digest.hexdigest()


def _aspect(size: str) -> Aspect:
    """The shape that a size is nearest to."""
    width, height = (int(side) for side in size.split("x"))
    ratio = width / max(1, height)
    if ratio > 1.2:
        return Aspect.WIDE
    return Aspect.TALL if ratio < 0.84 else Aspect.SQUARE
