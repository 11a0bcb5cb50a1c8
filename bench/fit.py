"""Fitting clips into budgets: 50 clips × 4 budgets. Is any over, is the room used, is it well?

The clips are drawn by ffmpeg's own sources, from still gradients to noise, in the sizes and shapes
that presets have, made smaller so that the bench ends. Each is fitted into four shares of its
master. Against it stands one pass at the rate that fills the same budget by arithmetic, as a plain
script would do it. `used` is the mean share of the budget over the files whose picture could still
gain (SSIM to the master under 0.99).

    python -m bench.fit [CLIPS]     fewer are spread evenly over the 50
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from engine.finish.fit import fit, probe
from storage.media import MediaFolder

#: Clips where the command names no other number.
CLIPS = 50
SHARES = (0.6, 0.35, 0.2, 0.1)
#: Shape → size, an eighth to a third of what presets render.
SIZES = ("384x216", "216x384", "288x288", "320x192", "416x240")
#: Sources, each drawn at five sizes and lengths.
SOURCES = (
    "testsrc2=size={size}:rate={fps}",
    "mandelbrot=size={size}:rate={fps}",
    "life=size={size}:rate={fps}:mold=10:ratio=0.3:death_color=#203060:life_color=#f0c020",
    "gradients=size={size}:rate={fps}:speed=0.05:nb_colors=6",
    "cellauto=size={size}:rate={fps}:rule=110",
    "smptebars=size={size}:rate={fps},rotate=t/3",
    "testsrc2=size={size}:rate={fps},noise=alls=20:allf=t",
    "mandelbrot=size={size}:rate={fps}:end_scale=0.01,hue=H=t",
    "gradients=size={size}:rate={fps}:speed=0.3,noise=alls=6:allf=t",
    "life=size={size}:rate={fps}:mold=3,gblur=sigma=2",
)
#: SSIM to the master from which a picture has nothing to gain that anybody sees.
GOOD_SSIM = 0.99


@dataclass(frozen=True)
class Fitted:
    """A clip in a budget."""

    bytes: int
    budget: int
    ssim: float
    #: SSIM of the plain script's file, and whether that was over.
    plain_ssim: float
    plain_over: bool

    @property
    def used(self) -> float:
        """The share of the budget."""
        return self.bytes / self.budget


def main(clips: int) -> None:
    """Measure and print; the last line is one JSON object."""
    found: list[Fitted] = []
    refused = 0
    with tempfile.TemporaryDirectory() as name:
        folder = MediaFolder(Path(name) / "media")
        for number in (index * CLIPS // clips for index in range(clips)):
            master = _master(Path(name), number)
            for share in SHARES:
                one = _fitted(master, folder, int(master.stat().st_size * share))
                refused += one is None
                found += [one] if one else []
            print(f"clip {number}: {', '.join(f'{one.used:.3f}' for one in found[-4:])}")
    gaining = [one for one in found if one.ssim < GOOD_SSIM]
    figures = {
        "over": sum(one.bytes > one.budget for one in found),
        "used": round(statistics.mean(one.used for one in gaining), 3),
        "used_least": round(min(one.used for one in gaining), 3),
        "refused": refused,
        "ssim": round(statistics.mean(one.ssim for one in found), 4),
        "plain_ssim": round(statistics.mean(one.plain_ssim for one in found), 4),
        "plain_over": sum(one.plain_over for one in found),
        "files": len(found),
    }
    print(json.dumps(figures))


def _master(folder: Path, number: int) -> Path:
    """The clip's master: 2 to 4 seconds with a tone, at constant quality."""
    size, fps = SIZES[number % len(SIZES)], (24, 16)[number % 2]
    source = SOURCES[number // len(SIZES)].format(size=size, fps=fps)
    path = folder / f"{number}.mp4"
    _ffmpeg(
        "-f", "lavfi", "-i", source, "-f", "lavfi", "-i", "sine=frequency=330",
        "-t", str(2 + number % 3), "-c:v", "libx264", "-crf", "16", "-preset", "veryfast",
        "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k", str(path),
    )  # fmt: skip
    return path


def _fitted(master: Path, folder: MediaFolder, budget: int) -> Fitted | None:
    made = fit(master, folder, max_bytes=budget, title="bench", check=lambda: None)
    if made is None:
        return None
    plain = master.with_suffix(".plain.mp4")
    bits = int(budget * 8 / probe(master).seconds) - 64_000
    _ffmpeg(
        "-i", str(master), "-c:v", "libx264", "-preset", "medium", "-b:v", str(max(8_000, bits)),
        "-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", str(plain),
    )  # fmt: skip
    return Fitted(
        bytes=made.bytes,
        budget=budget,
        ssim=_ssim(folder.path(made.sha256), master),
        plain_ssim=_ssim(plain, master),
        plain_over=plain.stat().st_size > budget,
    )


def _ssim(film: Path, master: Path) -> float:
    """Structural similarity to the master, 1 for the same; a smaller film is scaled up first."""
    graph = "[0:v][1:v]scale2ref=flags=bicubic[a][b];[a][b]ssim"
    said = _ffmpeg("-i", str(film), "-i", str(master), "-lavfi", graph, "-f", "null", "-")
    return float(re.findall(r"All:([\d.]+)", said)[-1])


def _ffmpeg(*arguments: str) -> str:
    ran = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-hide_banner", *arguments],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ran.stderr


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLIPS)
