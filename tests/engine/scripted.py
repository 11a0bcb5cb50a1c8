"""A family that does what its prompt says, without a model: for tests of what the engine does.

"render waits for dawn" stops there until the gate of that name is opened; "kills the engine",
"breaks", "breaks once", "breaks the device" and "is too large" do so in the render, and "is too
large for 100" above that width; what "takes its time" does so at each step, and what "flickers" is
noise, which makes large files. What happened is written to the file `notes` of its folder, a line
an event, so that tests of real processes can read it too.
"""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import PIL.Image

from engine.pipelines.family import Cancelled, Frame, OnStep, OnSteps, Rendered, Request

_GATE = re.compile(r"(encode|render|frames) waits for (\w+)")
#: Seconds after which a gate that nobody opens fails its render.
PATIENCE = 60.0


class Scripted:
    """The family. Its folder holds the gates and the notes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def encode(self, request: Request) -> object:
        """Wait where the prompt says so."""
        if request.parent:
            request.parent.master.read_bytes()
        self._note("encode", request)
        self._gate("encode", request, lambda: None)
        for player in request.players:
            self._note("plays", player.handle)
        self._note("encoded", request)
        return request.plan.prompt

    def render(self, request: Request, encoded: object, on_step: OnStep) -> Rendered:
        """Go through the steps, doing what the prompt says in the first."""
        assert encoded == request.plan.prompt
        self._note("render", request)
        for step in range(1, request.steps + 1):
            picture = partial(_picture, request, step)
            if "takes its time" in request.plan.prompt:
                time.sleep(0.01)
            try:
                on_step(step, picture)
                if step == 1:
                    self._act(request)
                    self._gate("render", request, partial(on_step, 1, picture))
            except Cancelled:
                self._note("stopped", request)
                raise
        self._note("rendered", request)
        frames = self._frames(request)
        size = request.width, request.height
        return Rendered(frames, request.frames, request.fps, *size, latents=b"latents")

    def together(self, one: Request, other: Request) -> bool:
        """Whether neither is to be made "alone", and they are of one length."""
        apart = any("alone" in request.plan.prompt for request in (one, other))
        return one.frames == other.frames and not apart

    def render_together(
        self, requests: Sequence[Request], encoded: Sequence[object], on_steps: OnSteps
    ) -> list[Rendered]:
        """One note for all; it breaks where one of them does."""
        self._note("together", " | ".join(request.plan.prompt for request in requests))
        for step in range(1, requests[0].steps + 1):
            on_steps(step, [partial(_picture, request, step) for request in requests])
            for request in requests if step == 1 else ():
                self._act(request)
                on_step = partial(on_steps, 1, [partial(_picture, one, 1) for one in requests])
                self._gate("render", request, on_step)
        return [
            Rendered(self._frames(one), one.frames, one.fps, one.width, one.height)
            for one in requests
        ]

    def _act(self, request: Request) -> None:
        prompt = request.plan.prompt
        if "kills the engine" in prompt:
            os.kill(os.getpid(), signal.SIGKILL)
        if limit := re.search(r"is too large for (\d+)", prompt):
            if request.width > int(limit[1]):
                raise MemoryError
        elif "is too large" in prompt:
            raise MemoryError
        if "breaks the device" in prompt:
            raise RuntimeError("CUDA error: an illegal memory access was encountered")
        if "breaks" in prompt and not ("breaks once" in prompt and self._seen("render", request)):
            raise RuntimeError("as the script says")

    def _seen(self, event: str, request: Request) -> bool:
        return notes(self._folder).count(f"{event} {request.plan.prompt}") > 1

    def _frames(self, request: Request) -> Iterator[Frame]:
        self._note("frames", request)
        self._gate("frames", request, lambda: None)
        source = np.random.default_rng(request.seed)
        for number in range(request.frames):
            if "flickers" in request.plan.prompt:
                yield source.integers(0, 256, (request.height, request.width, 3), np.uint8)
            else:
                yield np.asarray(_picture(request, number))

    def _gate(self, where: str, request: Request, meanwhile: Callable[[], None]) -> None:
        for place, name in _GATE.findall(request.plan.prompt):
            until = time.monotonic() + PATIENCE
            while place == where and not (self._folder / f"gate {name}").exists():
                meanwhile()
                if time.monotonic() > until:
                    raise TimeoutError(f"nobody opened the gate {name}")
                time.sleep(0.005)

    def _note(self, event: str, request: Request | str) -> None:
        words = request if isinstance(request, str) else request.plan.prompt
        with (self._folder / "notes").open("a") as file:
            file.write(f"{event} {words}\n")


def load(checkpoint: Path, device: str) -> Scripted:
    """As every family module has it."""
    checkpoint.mkdir(parents=True, exist_ok=True)
    return Scripted(checkpoint)


def notes(folder: Path) -> list[str]:
    """What happened, oldest first: "render a red fox"."""
    file = folder / "notes"
    return file.read_text().splitlines() if file.exists() else []


def _picture(request: Request, number: int) -> PIL.Image.Image:
    shade = (request.seed * 40 + number * 7) % 256
    return PIL.Image.new("RGB", (request.width, request.height), (shade, 90, 255 - shade))
