"""What the renderer adds to a background: sun, moon and stars behind, rain, snow and fog before.

All of it follows from the clock and the light's code, so that frames can be drawn in any order.
"""

import numpy as np
from numpy.typing import NDArray

from engine.pocket.world.motion import Code, L
from engine.pocket.world.palette import NUMBER
from engine.pocket.world.scene import Time, Weather

Frame = NDArray[np.uint8]
_SKY = [NUMBER[n] for n in ("sky high", "sky", "sky low")]
_SPACE = NUMBER["space"]
#: Radius of the disc in small pixels, its colour and its glow.
_BODIES = {
    Time.DAY: (6.5, (255, 240, 150), (255, 250, 205)),
    Time.SUNSET: (9.5, (255, 214, 106), (255, 176, 92)),
    Time.NIGHT: (6.5, (246, 242, 214), (40, 46, 100)),
    Time.DAWN: (7.5, (255, 236, 190), (255, 216, 176)),
}
_FOG = {
    Time.DAY: (222, 230, 238),
    Time.SUNSET: (226, 170, 160),
    Time.NIGHT: (66, 74, 116),
    Time.DAWN: (236, 216, 222),
}


#: The light under a sky full of snow, in which white flakes are seen.
_SNOWY = {
    Time.DAY: (112, 126, 160),
    Time.SUNSET: (116, 70, 92),
    Time.NIGHT: (30, 36, 74),
    Time.DAWN: (132, 118, 150),
}


def draw_sky(
    picture: Frame,
    materials: NDArray[np.uint8],
    light: Code,
    *,
    time: Time,
    drift: float,
    at: float,
) -> None:
    """Stars, then the sun or the moon, wherever the sky shows; `drift` is the camera's, in px."""
    height, width = materials.shape
    space = materials == _SPACE
    sky = np.isin(materials, _SKY)
    ys, xs = np.mgrid[0:height, 0:width]
    if time is Time.NIGHT or space.any():
        key = (xs + round(drift * 0.3)) * 374761 + ys * 668265 + int(light[L.STARS] * 50) * 9973
        noise = (key ^ (key >> 7)) * 1274126177 % 65536 / 65536
        shine = (noise < 0.008) & (np.sin(at * 3 + noise * 9000) > -0.7)
        picture[shine & (space | (sky if time is Time.NIGHT else space))] = (236, 238, 255)
    if not sky.any():
        return
    radius, colour, glow = _BODIES[time]
    # However far the camera goes, the sun and the moon stay in the sky.
    x = float(np.clip(light[L.BODY_X], 0.1, 0.9)) * width - float(np.clip(drift, -40, 40)) * 0.2
    y = float(np.clip(light[L.BODY_Y], 0.08, 0.5)) * height
    far = np.hypot(xs + 0.5 - x, ys + 0.5 - y)
    picture[sky & (far < radius + 2.5) & ((xs + ys) % 2 == 0)] = glow
    disc = sky & (far < radius)
    if time is Time.NIGHT:
        disc &= np.hypot(xs + 0.5 - x - 3.5, ys + 0.5 - y + 2) > radius - 0.5
    picture[disc] = colour


def draw_weather(picture: Frame, falling: Weather, *, time: Time, wind: float, at: float) -> None:
    """Rain, snow or fog over the whole picture."""
    if falling is Weather.RAIN:
        _rain(picture, wind, at)
    elif falling is Weather.SNOW:
        _snow(picture, _SNOWY[time], wind, at)
    elif falling is Weather.FOG:
        _fog(picture, _FOG[time], wind, at)


def _drops(
    count: int, height: int, width: int, speed: float, wind: float, at: float
) -> tuple[NDArray[np.int_], NDArray[np.int_], NDArray[np.float64]]:
    """Row, column and depth (0.5 to 1) of `count` things that fall forever."""
    rng = np.random.default_rng(7)
    x, y, depth = rng.random(count), rng.random(count), rng.uniform(0.5, 1, count)
    rows = (y * height + at * speed * depth) % height
    columns = (x * width + at * speed * 0.3 * wind * depth) % width
    return rows.astype(int), columns.astype(int), depth


def _rain(picture: Frame, wind: float, at: float) -> None:
    height, width = picture.shape[:2]
    picture[:] = (picture * 0.86 + np.array((70, 84, 120)) * 0.14).astype(np.uint8)
    rows, columns, _ = _drops(height * width // 90, height, width, 150, wind, at)
    for step in range(4):
        r, c = (rows - step) % height, (columns - round(step * 0.3 * wind)) % width
        picture[r, c] = (picture[r, c] * 0.55 + np.array((190, 212, 240)) * 0.45).astype(np.uint8)


def _snow(picture: Frame, sky: tuple[int, int, int], wind: float, at: float) -> None:
    height, width = picture.shape[:2]
    picture[:] = (picture * 0.76 + np.array(sky) * 0.24).astype(np.uint8)
    rows, columns, depth = _drops(height * width // 75, height, width, 22, wind, at)
    columns = (columns + np.round(2 * np.sin(at * 1.3 + rows * 0.2))).astype(int) % width
    picture[rows, columns] = (248, 250, 255)
    near = depth > 0.75
    rows, columns = rows[near], columns[near]
    for down, across in ((0, 1), (1, 0), (1, 1)):
        picture[(rows + down) % height, (columns + across) % width] = (248, 250, 255)


def _fog(picture: Frame, colour: tuple[int, int, int], wind: float, at: float) -> None:
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    wave = np.sin((x + at * (4 + 3 * wind)) / 17 + np.sin(y / 9.0)) + np.sin(x / 31 - at * 0.4)
    thick = np.round((0.4 + 0.09 * wave) * 8) / 8
    thick = np.clip(thick, 0.2, 0.65)[..., None]
    picture[:] = (picture * (1 - thick) + np.array(colour) * thick).astype(np.uint8)
