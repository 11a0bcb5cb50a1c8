"""Rendering on the device's thread: one job or several that fit together, and what to do when the
memory runs out: free what can be freed, use less, render smaller, and only then say so.
"""

import logging
import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace

from engine import numbers
from engine.errors import CannotRender, is_out_of_memory
from engine.families import free_memory
from engine.leases import Lease
from engine.likeness import Faces
from engine.pipelines.family import (
    Batching,
    Cancelled,
    Family,
    Parent,
    Preview,
    Relieving,
    Rendered,
    Request,
)
from engine.presets.shape import Preset
from engine.progress import on_step
from storage.clips import ClipKind
from storage.errors import ErrorCode
from storage.notes import Note, NoteCode

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prepared:
    """A job with all that its render needs."""

    lease: Lease
    preset: Preset
    family: Family
    request: Request
    #: What the family's `encode` gave.
    encoded: object

    @property
    def work(self) -> Hashable:
        """What its timings are comparable with."""
        asked = self.request
        return self.preset.name, asked.width, asked.height, asked.frames, asked.steps


@dataclass(frozen=True)
class Film:
    """A job that the device is done with."""

    lease: Lease
    preset: Preset
    rendered: Rendered
    #: The clip that this one goes on from; None for any kind but an extension.
    parent: Parent | None
    #: Those of the cast who have a face, by their handles.
    faces: Faces = field(default_factory=dict, repr=False)


def fit_together(one: Prepared, other: Prepared) -> bool:
    """Whether both can be rendered in one call. Suspects are rendered alone."""
    return (
        one.family is other.family
        and one.preset is other.preset
        and isinstance(one.family, Batching)
        and not one.lease.job.crashes
        and one.family.together(one.request, other.request)
    )


def render(prepared: Prepared) -> Film:
    """Denoise and decode on this thread; the device's seconds are counted, however it ends.

    Raises CannotRender where no memory is left after all that can be done, and what families do.
    """
    lease = prepared.lease
    lease.check()
    started = time.perf_counter()
    try:
        return _film(prepared, _rendered(prepared))
    finally:
        lease.seconds = time.perf_counter() - started


def render_together(batch: Sequence[Prepared]) -> list[Film]:
    """Denoise and decode jobs that fit together; each is charged its share of the seconds.

    Raises what families do, when nothing of the batch is made: its jobs can be tried alone.
    """
    leases = [prepared.lease for prepared in batch]
    family = batch[0].family
    assert isinstance(family, Batching)

    def on_steps(step: int, previews: Sequence[Preview]) -> None:
        wanted = [lease for lease in leases if not lease.lost.is_set()]
        if not wanted:
            raise Cancelled
        for lease, preview in zip(leases, previews, strict=True):
            if lease in wanted:
                on_step(lease)(step, preview)

    started = time.perf_counter()
    try:
        made = family.render_together(
            [prepared.request for prepared in batch],
            [prepared.encoded for prepared in batch],
            on_steps,
        )
    finally:
        for lease in leases:
            lease.seconds = (time.perf_counter() - started) / len(batch)
    return [_film(prepared, rendered) for prepared, rendered in zip(batch, made, strict=True)]


def _rendered(prepared: Prepared) -> Rendered:
    lease, family = prepared.lease, prepared.family
    request, encoded = prepared.request, prepared.encoded
    while True:
        try:
            rendered = family.render(request, encoded, on_step(lease))
        except Exception as error:
            if not is_out_of_memory(error):
                raise
        else:
            return _told(rendered, request, prepared.request)
        # Past the `except`, so that the error no longer holds what the render held.
        free_memory()
        if isinstance(family, Relieving) and family.relieve():
            log.warning("out of memory: using less of it", extra=lease.fields)
            continue
        smaller = numbers.smaller(request, prepared.preset, prepared.request)
        if smaller is None:
            raise CannotRender(ErrorCode.OUT_OF_MEMORY, numbers.size(prepared.request))
        log.warning("out of memory: rendering smaller", extra=lease.fields)
        request, encoded = smaller, family.encode(smaller)


def _told(rendered: Rendered, request: Request, asked: Request) -> Rendered:
    """With a note to the member where it is smaller than asked."""
    if request is asked:
        return rendered
    note = Note(NoteCode.SMALLER, {"width": str(request.width), "height": str(request.height)})
    return replace(rendered, notes=(*rendered.notes, note))


def _film(prepared: Prepared, rendered: Rendered) -> Film:
    extends = prepared.request.kind is ClipKind.EXTENSION
    parent = prepared.request.parent if extends else None
    players = prepared.request.players if prepared.preset.faces else ()
    faces = {each.handle: each.face for each in players if each.face}
    return Film(prepared.lease, prepared.preset, rendered, parent, faces)
