"""Finishing: from a render to the files of a finished clip, in the media folder.

It runs on its own thread beside the next render, and knows neither jobs nor the database.
"""

from dataclasses import dataclass

from engine.finish.encode import encode_master
from engine.finish.ffmpeg import Check
from engine.finish.poster import Poster
from engine.pipelines.family import Rendered
from engine.presets.shape import Look
from storage.clips import Master
from storage.media import Media, MediaFolder

LATENTS_TYPE = "application/x-safetensors"


@dataclass(frozen=True)
class Made:
    """The files of a finished clip."""

    master: Master
    #: All that `master` names, already in the media folder.
    files: list[Media]


def finish(
    rendered: Rendered, folder: MediaFolder, *, look: Look, title: str, check: Check
) -> Made:
    """Encode the clip, picture its poster, keep its latents. Blocks; `check` raises to stop it."""
    poster = Poster(rendered.count)
    path, sound_path = folder.scratch(".mp4"), folder.scratch(".f32")
    try:
        encode_master(
            rendered,
            poster.watch(rendered.frames),
            path,
            look=look,
            title=title,
            sound_path=sound_path,
            check=check,
        )
        film = folder.take(path, "video/mp4")
    finally:
        path.unlink(missing_ok=True)
        sound_path.unlink(missing_ok=True)
    picture = folder.put(poster.jpeg(), "image/jpeg")
    latents = folder.put(rendered.latents, LATENTS_TYPE) if rendered.latents else None
    master = Master(
        master=film.sha256,
        poster=picture.sha256,
        latents=latents.sha256 if latents else None,
        width=rendered.width,
        height=rendered.height,
        seconds=rendered.count / rendered.fps,
        notes=rendered.notes,
    )
    return Made(master, [film, picture, *([latents] if latents else [])])
