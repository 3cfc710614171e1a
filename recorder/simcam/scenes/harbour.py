"""A harbour at the end of the afternoon."""

import math
from collections.abc import Callable

from recorder.simcam.scenes.canvas import Canvas
from recorder.simcam.scenes.figures import bird, home_window, silhouette, walker, window
from recorder.simcam.scenes.scene import Actor, Point, Scene, crossing, swaying
from recorder.simcam.scenes.sprite import Sprite

_SEA, _QUAY = 300, 590


class Harbour(Scene):
    """A ferry, sails, a fishing boat, gulls; houses on the right bank, a quay in front."""

    WINDOW = (1096, 226, 100, 82)

    def paint(self, canvas: Canvas) -> None:
        """See `Scene.paint`."""
        canvas.gradient(0, _SEA, "#5d8fc4", "#f5c99a")
        canvas.ellipse(330, 250, 44, 44, "#fff0c4")
        for x, y, size in ((200, 70, 60), (520, 110, 46), (820, 60, 66)):
            for dx, dy, r in ((-1, 0.1, 0.5), (0, -0.1, 0.6), (0.9, 0.1, 0.48)):
                canvas.ellipse(x + dx * size, y + dy * size, r * size * 1.7, r * size * 0.4, "#f7dcc2")
        canvas.polygon(
            [(0, 270), (140, 225), (330, 262), (520, 232), (760, 268), (1000, 240), (1280, 262), (1280, 306), (0, 306)],
            "#7c8fa6",
        )
        for x, h in zip(
            range(410, 800, 26), (18, 30, 22, 40, 26, 34, 20, 28, 46, 24, 30, 18, 36, 22, 28), strict=False
        ):
            canvas.rectangle(x, _SEA - h, 22, h, "#6f7f95")
        canvas.rectangle(618, 214, 5, 80, "#6f7f95")
        canvas.gradient(_SEA, _SEA + 70, "#d8a884", "#8d98a0")
        canvas.gradient(_SEA + 70, _QUAY, "#8d98a0", "#1f5378")
        canvas.grain(_SEA, _QUAY, 3.0, seed=3)
        for row in range(26):
            y = _SEA + 8 + row * 11
            for k in range(14):
                x = (row * 97 + k * 173) % 1280
                canvas.line(x, y, x + 14 + row, y, "#c8b8a8" if abs(x - 330) < 90 else "#4a7c9c", 1)
        self._lighthouse(canvas)
        self._bank(canvas)
        canvas.gradient(_QUAY, 720, "#9a938a", "#7d766e")
        canvas.rectangle(0, _QUAY, 1280, 8, "#c4bdb2")
        canvas.grain(_QUAY + 8, 720, 3.0, seed=4)
        for x in range(60, 1280, 190):
            canvas.rectangle(x, 570, 20, 26, "#2d2f33")
            canvas.ellipse(x + 10, 570, 14, 6, "#3c3f44")
        for x, y, paint in ((120, 612, "#b5482f"), (218, 612, "#2f6a8f"), (168, 566, "#4a7d4a")):
            canvas.rectangle(x, y, 92, 46, paint)
            for rib in range(8, 92, 14):
                canvas.line(x + rib, y + 4, x + rib, y + 42, "#2a2a2a", 1)

    def _lighthouse(self, canvas: Canvas) -> None:
        canvas.polygon([(40, 330), (230, 330), (250, 352), (20, 352)], "#6d655c")
        canvas.polygon([(112, 332), (120, 190), (150, 190), (158, 332)], "#f4efe4")
        for y in (214, 262, 310):
            canvas.polygon(
                [
                    (118 - (y - 190) * 0.05, y),
                    (152 + (y - 190) * 0.05, y),
                    (153 + (y - 190) * 0.05, y + 20),
                    (117 - (y - 190) * 0.05, y + 20),
                ],
                "#c0392b",
            )
        canvas.rectangle(120, 168, 30, 22, "#3a3f44")
        canvas.rectangle(124, 171, 22, 16, "#fff2b0")
        canvas.polygon([(116, 168), (135, 150), (154, 168)], "#c0392b")

    def _bank(self, canvas: Canvas) -> None:
        canvas.polygon([(930, 372), (1010, 330), (1280, 312), (1280, 420), (980, 402)], "#6b7a4c")
        canvas.rectangle(1062, 190, 168, 160, "#e3c6a0")
        canvas.polygon([(1050, 194), (1146, 130), (1242, 194)], "#a4503a")
        canvas.rectangle(1128, 318, 30, 40, "#6a4630")
        home_window(canvas, *self.WINDOW)
        canvas.rectangle(980, 262, 74, 92, "#cfd8dc")
        canvas.polygon([(974, 264), (1017, 228), (1060, 264)], "#8a5c45")
        window(canvas, 1002, 282, 28, 34)
        canvas.ellipse(1258, 300, 30, 50, "#4f7a40")

    def paint_lights(self, canvas: Canvas) -> None:
        """See `Scene.paint_lights`."""
        home_window(canvas, *self.WINDOW)
        canvas.glow(135, 179, 130, "#fff2b0", 1.0)
        for x in range(415, 800, 39):
            canvas.glow(x, _SEA - 8, 14, "#ffe0a0", 0.9)
            canvas.glow(x, _SEA + 20, 24, "#ffe0a0", 0.3)
        for x in (300, 700, 1100):
            canvas.glow(x, 620, 190, "#ffd890", 0.35)

    def actors(self) -> list[Actor]:
        """See `Scene.actors`."""
        x, y, width, height = self.WINDOW
        dweller = Actor([silhouette(self, 66)], swaying(x + width * 0.22, width * 0.24, y + height - 66, 9))
        boats = [
            Actor([self._sail("#f6f2e6", "#2a4a6a", 0.7)], _bobbing(-120, 1000, 268, 16, 0.2, 2)),
            Actor([self._sail("#e8a13a", "#5a3424", 0.9)], _bobbing(1000, -140, 270, 22, 0.5, 2)),
            Actor([self._ferry()], _bobbing(-460, 1400, 318, 40, 0.35, 1)),
            Actor([self._sail("#fbfbf6", "#8a2f2a", 1.5)], _bobbing(1400, -240, 318, 34, 0.75, 4)),
            Actor([self._fisher()], _bobbing(-260, 1400, 462, 46, 0.6, 5)),
        ]
        gulls = [
            Actor(bird(self, 22 - 2 * k, "#f4f4f2"), lambda t, k=k: _soaring(t, k), 6)  # type: ignore[misc]
            for k in range(5)
        ]
        people = [
            Actor(walker(self, 108, "#c0582f", "#2a3040"), crossing(-80, 1340, 556, 52, 0.4), 8),
            Actor(walker(self, 112, "#345a7a", "#33302c"), crossing(1340, -80, 566, 60, 0.15), 8),
        ]
        return [dweller, *boats, *gulls, *people]

    def _sail(self, cloth: str, hull: str, size: float) -> Sprite:
        def draw(canvas: Canvas) -> None:
            s = size
            canvas.line(60 * s, 8 * s, 60 * s, 92 * s, "#5d4630", 2)
            canvas.polygon([(63 * s, 8 * s), (63 * s, 84 * s), (108 * s, 84 * s)], cloth)
            canvas.polygon([(57 * s, 18 * s), (57 * s, 84 * s), (26 * s, 84 * s)], cloth)
            canvas.polygon([(12 * s, 92 * s), (112 * s, 92 * s), (98 * s, 110 * s), (28 * s, 110 * s)], hull)

        return self.sprite(124 * size, 114 * size, draw)

    def _ferry(self) -> Sprite:
        def draw(canvas: Canvas) -> None:
            canvas.rectangle(180, 6, 34, 44, "#e0a020")
            canvas.rectangle(180, 6, 34, 10, "#26282b")
            canvas.rectangle(80, 48, 250, 26, "#f6f3ea")
            canvas.rectangle(50, 74, 320, 28, "#fbf9f2")
            for x in range(92, 320, 24):
                canvas.rectangle(x, 54, 15, 12, "#3f5a6c")
            for x in range(64, 360, 24):
                canvas.rectangle(x, 81, 15, 13, "#3f5a6c")
            canvas.polygon([(16, 102), (412, 102), (384, 142), (48, 142)], "#24303c")
            canvas.polygon([(20, 108), (408, 108), (404, 114), (26, 114)], "#c0392b")
            canvas.ellipse(215, 143, 190, 4, "#dfe9ee")

        return self.sprite(428, 150, draw)

    def _fisher(self) -> Sprite:
        def draw(canvas: Canvas) -> None:
            canvas.line(150, 10, 150, 74, "#5d4630", 3)
            canvas.line(150, 14, 226, 70, "#5d4630", 1)
            canvas.rectangle(52, 36, 60, 42, "#f4f0e4")
            canvas.rectangle(46, 30, 72, 8, "#2f6a8f")
            canvas.rectangle(60, 44, 18, 16, "#3f5a6c")
            canvas.rectangle(86, 44, 18, 16, "#3f5a6c")
            canvas.polygon([(8, 70), (40, 78), (200, 78), (244, 62), (222, 112), (36, 112)], "#2a7a8c")
            canvas.polygon([(14, 82), (236, 82), (234, 88), (18, 88)], "#f4f0e4")
            canvas.ellipse(128, 113, 108, 4, "#cfe0e8")

        return self.sprite(250, 120, draw)


def _bobbing(
    start_x: float, end_x: float, y: float, speed: float, phase: float, height: float
) -> Callable[[float], Point]:
    along = crossing(start_x, end_x, y, speed, phase)

    def place(t_s: float) -> Point:
        x, level = along(t_s)
        return x, level + height * math.sin(t_s * 1.3 + phase * 20)

    return place


def _soaring(t_s: float, k: int) -> Point:
    angle = t_s * (0.25 + 0.03 * k) + k * 1.9
    return 640 + (380 + 40 * k) * math.cos(angle), 170 + 60 * math.sin(angle * 2.1) + 14 * k
