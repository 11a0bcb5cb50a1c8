"""What a clip starts from, as a request names it: a picture, a parent's film or its last frames."""

from engine.pipelines import films
from engine.pipelines.family import Request
from engine.pipelines.films import Pixels
from engine.presets.shape import Preset
from storage.clips import ClipKind


def start_of(request: Request, *, extension: int) -> Pixels | None:
    """The picture sent, or the last `extension` frames of what an extension goes on from."""
    if request.kind is ClipKind.EXTENSION and request.parent:
        return films.ending(
            request.parent.master, width=request.width, height=request.height,
            fps=request.fps, count=extension,
        )  # fmt: skip
    if request.picture:
        return films.picture(request.picture, width=request.width, height=request.height)
    return None


def film_of(request: Request, count: int) -> Pixels | None:
    """The parent's film at the request's size and rate, for a remix; None for any other kind.

    None too where the film shows somebody who is to be in the remix no more.
    """
    if request.kind is not ClipKind.REMIX or request.parent is None or request.parent.has_others:
        return None
    return films.film(
        request.parent.master, width=request.width, height=request.height,
        fps=request.fps, count=count,
    )  # fmt: skip


def strength_of(request: Request, preset: Preset) -> float:
    """How far a remix may leave its parent, 0 to 1; at least so far that one step is made."""
    wanted = request.plan.strength if request.plan.strength is not None else preset.strength
    return min(1.0, max(wanted, 1.001 / request.steps))
