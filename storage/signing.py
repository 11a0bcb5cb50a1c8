"""Signing files of the room with content credentials (C2PA): clips, their encodings, pictures.

What a file was made of goes along as ingredients, whole chains of them, so that anyone can read
where it comes from without asking the room. Signed last: whatever rewrites a file drops them.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from c2pa import Builder, Context, Settings, Signer
from c2pa import C2paSignerInfo as SignerInfo
from c2pa import C2paSigningAlg as Algorithm

from storage.credentials import SETTINGS, STORY, Story
from storage.room_key import RoomKey

MP4, PNG = "video/mp4", "image/png"
#: Bytes of credentials in a file. A chain that makes them more begins anew: some 80 clips.
MOST_BYTES = 512 << 10
#: Source of the terms: https://cv.iptc.org/newscodes/digitalsourcetype/
_BY_A_MODEL = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


@dataclass(frozen=True)
class Made:
    """What a clip or picture was made of."""

    title: str
    #: The file, or what it holds.
    content: Path | bytes
    #: MIME type.
    type: str = MP4

    def open(self) -> BinaryIO:
        """Raises OSError where the file is gone."""
        return (
            io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open("rb")
        )


def sign_clip(
    path: Path,
    key: RoomKey,
    story: Story,
    *,
    parent: Made | None = None,
    picture: Made | None = None,
    source: Made | None = None,
) -> None:
    """Sign a freshly made clip at `path`, in place; `source` is the film that it is an encoding of.

    Blocks. Raises OSError where a file is gone, and C2paError.
    """
    by = {"softwareAgent": {"name": story.model}, "digitalSourceType": _BY_A_MODEL}
    inputs = {"picture": picture, "source": source}
    ingredients = [_Ingredient(id, "inputTo", made) for id, made in inputs.items() if made]
    if ingredients:
        by["parameters"] = {"ingredientIds": [each.id for each in ingredients]}
    if parent:
        ingredients.append(_Ingredient("parent", "parentOf", parent))
        actions = [_opened("parent"), {"action": "c2pa.edited", **by}]
    else:
        actions = [{"action": "c2pa.created", **by}]
    _replace(path, MP4, key, _manifest(story.code, MP4, actions, story), ingredients)


def sign_encoding(path: Path, key: RoomKey, story: Story, *, master: Path) -> None:
    """Sign another encoding of a clip, in place; its master's credentials go along.

    Blocks. Raises OSError where a file is gone, and C2paError.
    """
    actions = [_opened("master"), {"action": "c2pa.transcoded"}]
    made = _Ingredient("master", "parentOf", Made(story.code, master))
    _replace(path, MP4, key, _manifest(story.code, MP4, actions, story), [made])


def sign_picture(path: Path, key: RoomKey, *, original: Made, type: str = PNG) -> None:
    """Sign the picture that was made from one with credentials, in place, and keep those.

    Blocks. Raises OSError where a file is gone, and C2paError.
    """
    actions = [_opened("original"), {"action": "c2pa.resized.proportional"}]
    made = _Ingredient("original", "parentOf", original)
    _replace(path, type, key, _manifest(original.title, type, actions), [made])


@dataclass(frozen=True)
class _Ingredient:
    id: str
    relationship: str
    made: Made


def _opened(ingredient: str) -> dict[str, Any]:
    return {"action": "c2pa.opened", "parameters": {"ingredientIds": [ingredient]}}


def _manifest(
    title: str, type: str, actions: list[dict[str, Any]], story: Story | None = None
) -> dict[str, Any]:
    assertions = [{"label": "c2pa.actions.v2", "data": {"actions": actions}}]
    if story:
        assertions.append({"label": STORY, "data": _data(story)})
    return {
        "claim_generator_info": [{"name": "Reelroom", "version": version("reelroom")}],
        "title": title,
        "format": type,
        "assertions": assertions,
    }


def _data(story: Story) -> dict[str, Any]:
    return {
        "code": story.code,
        "room": story.room,
        "kind": story.kind.value,
        "preset": story.preset,
        "model": story.model,
        "likeness": story.likeness,
    }


def _replace(
    path: Path,
    type: str,
    key: RoomKey,
    manifest: dict[str, Any],
    ingredients: Sequence[_Ingredient],
) -> None:
    """Put the signed file in the place of the one at `path`."""
    signed = path.with_name(f"{path.name}.signed")
    try:
        if _sign(path, signed, type, key, manifest, ingredients) > MOST_BYTES:
            named = {**manifest, "ingredients": [_described(each) for each in ingredients]}
            _sign(path, signed, type, key, named, [])
        signed.replace(path)
    finally:
        signed.unlink(missing_ok=True)


def _sign(
    source: Path,
    to: Path,
    type: str,
    key: RoomKey,
    manifest: dict[str, Any],
    ingredients: Sequence[_Ingredient],
) -> int:
    """Returns the bytes of the credentials."""
    anchors = {"trust": {"trust_anchors": key.anchor.decode()}}
    signer = Signer.from_info(SignerInfo(Algorithm.ES256, key.chain, key.private, None))
    with (
        Context(Settings.from_dict({**SETTINGS, **anchors}), signer) as context,
        Builder(manifest, context) as builder,
    ):
        for each in ingredients:
            with each.made.open() as file:
                builder.add_ingredient(_described(each), each.made.type, file)
        with source.open("rb") as unsigned, to.open("w+b") as signed:
            return len(builder.sign(type, unsigned, signed))


def _described(ingredient: _Ingredient) -> dict[str, Any]:
    return {
        "title": ingredient.made.title,
        "format": ingredient.made.type,
        "relationship": ingredient.relationship,
        # The actions name it by this.
        "label": ingredient.id,
        "instance_id": ingredient.id,
    }
