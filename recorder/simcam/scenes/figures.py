"""People, cars and birds that several scenes share."""

import math
from collections.abc import Sequence

from recorder.simcam.scenes.canvas import Canvas
from recorder.simcam.scenes.scene import Actor, Scene, crossing
from recorder.simcam.scenes.sprite import Sprite

_STEPS = 6


def walker(scene: Scene, size: float, coat: str, trousers: str, hair: str = "#3a2a1e") -> list[Sprite]:
    """A person walking, seen from the side, `size` units tall: the pictures of two steps."""
    return [
        scene.sprite(size * 0.5, size * 1.04, lambda c, p=phase: _person(c, size, p, coat, trousers, hair))  # type: ignore[misc]
        for phase in (2 * math.pi * step / _STEPS for step in range(_STEPS))
    ]


def crowd(
    scene: Scene, rows: Sequence[tuple[float, str, str, bool, float, float, float]], reach: float = 100
) -> list[Actor]:
    """People crossing the whole view: size, coat, trousers, goes right, height of the feet, speed, phase."""
    ends = {True: (-reach, 1280 + reach), False: (1280 + reach, -reach)}
    return [
        Actor(walker(scene, size, coat, legs), crossing(*ends[goes_right], foot - size, speed, phase))
        for size, coat, legs, goes_right, foot, speed, phase in rows
    ]


def _person(canvas: Canvas, size: float, phase: float, coat: str, trousers: str, hair: str) -> None:
    middle, hip, foot = size * 0.25, size * 0.52, size * 0.97
    swing = math.sin(phase) * size * 0.13
    canvas.shadow(middle, foot, size * 0.2, size * 0.035)
    leg, arm = size * 0.075, size * 0.055
    canvas.line(middle, hip, middle - swing, foot, _darker(trousers), leg)
    canvas.line(middle, hip, middle + swing, foot, trousers, leg)
    canvas.line(middle, size * 0.25, middle + swing * 0.9, size * 0.52, _darker(coat), arm)
    canvas.polygon(
        [
            (middle - size * 0.085, size * 0.2), (middle + size * 0.085, size * 0.2),
            (middle + size * 0.1, size * 0.57), (middle - size * 0.1, size * 0.57),
        ],
        coat,
    )  # fmt: skip
    canvas.ellipse(middle, size * 0.21, size * 0.085, size * 0.04, coat)
    canvas.line(middle, size * 0.24, middle - swing * 0.9, size * 0.52, coat, arm)
    canvas.ellipse(middle, size * 0.1, size * 0.062, size * 0.075, "#e3b48f")
    canvas.ellipse(middle, size * 0.065, size * 0.066, size * 0.05, hair)


def car(scene: Scene, paint: str, is_leftward: bool, roof: float = 0.0) -> Sprite:
    """A car from the side, 170×66 units (`roof` adds height for a van); lamps shine at night."""
    height = 66 + roof

    def draw(canvas: Canvas) -> None:
        def x(value: float) -> float:
            return 170 - value if is_leftward else value

        low = height - 12
        canvas.shadow(85, height - 5, 82, 5, 120)
        cabin = [(x(32), low - 26), (x(52), 6), (x(112), 6), (x(140), low - 26)]
        canvas.polygon(cabin, paint)
        canvas.polygon([(x(42), low - 26), (x(56), 12), (x(80), 12), (x(80), low - 26)], "#2c3c48")
        canvas.polygon([(x(85), low - 26), (x(85), 12), (x(109), 12), (x(131), low - 26)], "#34505f")
        body = [(x(5), low - 24), (x(30), low - 29), (x(140), low - 29), (x(164), low - 18)]
        canvas.polygon([*body, (x(166), low - 4), (x(4), low - 4)], paint)
        canvas.polygon([(x(4), low - 9), (x(166), low - 9), (x(166), low - 3), (x(4), low - 3)], _darker(paint))
        canvas.ellipse(x(160), low - 17, 5, 4, "#fff8d8")
        canvas.ellipse(x(7), low - 18, 4, 4, "#d02020")
        for wheel in (38, 132):
            canvas.ellipse(x(wheel), low - 2, 14, 14, "#1a1a1c")
            canvas.ellipse(x(wheel), low - 2, 7, 7, "#a8adb2")

    return scene.sprite(170, height, draw)


def bird(scene: Scene, size: float, paint: str) -> list[Sprite]:
    """A gull or pigeon beating its wings."""

    def draw(canvas: Canvas, lift: float) -> None:
        canvas.ellipse(size, size * 0.6, size * 0.3, size * 0.11, paint)
        for side in (-1, 1):
            tip = (size + side * size * 0.85, size * (0.6 - lift))
            canvas.polygon(
                [(size + side * size * 0.08, size * 0.52), tip, (size + side * size * 0.3, size * 0.64)], paint
            )

    lifts = (0.45, 0.2, -0.15, 0.1)
    return [scene.sprite(size * 2, size, lambda c, value=lift: draw(c, value)) for lift in lifts]  # type: ignore[misc]


def silhouette(scene: Scene, size: float) -> Sprite:
    """Somebody behind a window."""

    def draw(canvas: Canvas) -> None:
        canvas.ellipse(size * 0.25, size * 0.18, size * 0.11, size * 0.14, "#4a3426")
        canvas.ellipse(size * 0.25, size * 0.68, size * 0.22, size * 0.38, "#6b3f4a")

    return scene.sprite(size * 0.5, size, draw, light=1.0)


def window(canvas: Canvas, x: float, y: float, width: float, height: float, glass: str = "#5b7487") -> None:
    """A window in a wall: frame, panes, a reflection, a sill."""
    canvas.rectangle(x - 3, y - 3, width + 6, height + 6, "#efe9dc")
    canvas.rectangle(x, y, width, height, glass)
    canvas.polygon([(x, y), (x + width * 0.55, y), (x, y + height * 0.6)], _lighter(glass))
    canvas.line(x + width / 2, y, x + width / 2, y + height, "#efe9dc", 2)
    canvas.rectangle(x - 5, y + height + 3, width + 10, 4, "#c9c0b0")


def home_window(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """The neighbour's window: large, lit, with curtains; somebody lives there."""
    canvas.rectangle(x - 5, y - 5, width + 10, height + 10, "#7d2f22")
    canvas.rectangle(x, y, width, height, "#f6dc9a")
    canvas.rectangle(x, y + height * 0.78, width, height * 0.22, "#c99a5c")
    canvas.ellipse(x + width * 0.8, y + height * 0.25, width * 0.09, height * 0.1, "#fff6d0")
    for side in (0.0, 0.8):
        canvas.rectangle(x + width * side, y, width * 0.2, height, "#b04a5a")
        canvas.line(x + width * (side + 0.1), y, x + width * (side + 0.1), y + height, "#93384a", 2)
    canvas.rectangle(x - 8, y + height + 5, width + 16, 5, "#d9cfbd")


def tree(canvas: Canvas, x: float, foot: float, size: float, leaf: str = "#3f7d3a") -> None:
    """A broad-leaved tree standing on `foot`."""
    canvas.polygon(
        [
            (x - size * 0.05, foot),
            (x - size * 0.03, foot - size * 0.5),
            (x + size * 0.03, foot - size * 0.5),
            (x + size * 0.05, foot),
        ],
        "#5d4630",
    )
    for dx, dy, r, paint in (
        (-0.18, 0.55, 0.2, _darker(leaf)), (0.18, 0.57, 0.2, _darker(leaf)), (0, 0.75, 0.24, leaf),
        (-0.12, 0.66, 0.17, leaf), (0.13, 0.7, 0.16, _lighter(leaf)), (-0.04, 0.84, 0.12, _lighter(leaf)),
    ):  # fmt: skip
        canvas.ellipse(x + dx * size, foot - dy * size, r * size, r * size, paint)


def _darker(paint: str) -> str:
    return _scaled(paint, 0.72)


def _lighter(paint: str) -> str:
    return _scaled(paint, 1.18)


def _scaled(paint: str, factor: float) -> str:
    parts = (min(255, int(int(paint[at : at + 2], 16) * factor)) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)
