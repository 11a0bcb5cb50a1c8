"""Finishing: from a render to the files of a finished clip, in the media folder.

It runs on its own thread beside the next render, and knows neither jobs nor the database.
"""

from dataclasses import dataclass
from functools import partial

from engine.finish.encode import Posted, encode_master
from engine.finish.ffmpeg import Check
from engine.finish.mark import Mark, over, write
from engine.finish.poster import Poster
from engine.finish.seal import Seal
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
    rendered: Rendered,
    folder: MediaFolder,
    *,
    look: Look,
    title: str,
    check: Check,
    mark: Mark | None = None,
    seal: Seal | None = None,
) -> Made:
    """Encode the clip, picture its poster, keep its latents. Blocks; `check` raises to stop it.

    With a `mark` a second film is made that bears it, to be posted. With a `seal` both are signed,
    and what it raises is raised.
    """
    poster = Poster(rendered.count)
    path, sound_path = folder.scratch(".mp4"), folder.scratch(".f32")
    posted_path, mark_path = folder.scratch(".mp4"), folder.scratch(".png")
    posted = None
    try:
        if mark:
            write(mark, mark_path, width=rendered.width, height=rendered.height)
            seconds = rendered.count / rendered.fps
            posted = Posted(posted_path, partial(over, path=mark_path, seconds=seconds))
        encode_master(
            rendered,
            poster.watch(rendered.frames),
            path,
            look=look,
            title=title,
            comment=seal.comment if seal else "",
            sound_path=sound_path,
            check=check,
            posted=posted,
        )
        if seal:
            seal.clip(path, source=rendered.source)
            if posted:
                seal.encoding(posted_path, master=path)
        film = folder.take(path, "video/mp4")
        marked = folder.take(posted_path, "video/mp4") if posted else None
    finally:
        for left in (path, sound_path, posted_path, mark_path):
            left.unlink(missing_ok=True)
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
        posted=marked.sha256 if marked else None,
    )
    return Made(master, [file for file in (film, picture, latents, marked) if file])
