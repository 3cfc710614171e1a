"""A town square with a fountain, a clock tower and a tram."""

import math

from recorder.simcam.scenes.canvas import Canvas
from recorder.simcam.scenes.figures import bird, crowd, home_window, silhouette, tree, window
from recorder.simcam.scenes.scene import Actor, Scene, crossing, swaying
from recorder.simcam.scenes.sprite import Sprite

_HORIZON = 330
_LAMPS = (150, 470, 860, 1130)


class Square(Scene):
    """Paving in perspective, people at several depths, pigeons."""

    WINDOW = (1092, 150, 110, 96)

    def paint(self, canvas: Canvas) -> None:
        """See `Scene.paint`."""
        canvas.gradient(0, _HORIZON, "#7fb2e0", "#e6eef0")
        canvas.polygon(
            [(0, 250), (160, 205), (380, 240), (620, 200), (900, 245), (1280, 215), (1280, 340), (0, 340)], "#9db4a4"
        )
        _hall(canvas)
        _tower(canvas)
        _mosque(canvas)
        canvas.rectangle(1040, 90, 240, 240, "#dcb79b")
        canvas.rectangle(1032, 82, 248, 12, "#8a5c45")
        for x in (1062, 1232):
            for y in (110, 190, 262):
                window(canvas, x - 6, y, 28, 40)
        home_window(canvas, *self.WINDOW)
        canvas.gradient(_HORIZON, 720, "#b8ad9c", "#d2c7b4")
        self._paving(canvas)
        canvas.rectangle(0, 344, 1280, 3, "#77706a")
        canvas.rectangle(0, 354, 1280, 3, "#77706a")
        for x in (60, 330, 960):
            tree(canvas, x, 372, 150, "#4d8a45")
        canvas.ellipse(640, 500, 190, 62, "#8f8577")
        canvas.ellipse(640, 492, 182, 56, "#b9ae9d")
        canvas.ellipse(640, 490, 164, 47, "#4f9cc0")
        canvas.ellipse(640, 484, 120, 32, "#6db4d2")
        canvas.rectangle(628, 410, 24, 80, "#a89d8c")
        canvas.ellipse(640, 412, 46, 11, "#b9ae9d")
        for x in _LAMPS:
            canvas.line(x, 395, x, 285, "#33383c", 3)
            canvas.ellipse(x, 282, 8, 10, "#f2efdd")

    def _paving(self, canvas: Canvas) -> None:
        depth = 0.0
        for row in range(1, 15):
            y = _HORIZON + 34 + 356 * (row / 14) ** 2
            canvas.line(0, y, 1280, y, "#a09583", 1 + row / 14)
            depth = y
        for x in range(-2400, 3700, 150):
            canvas.line(640 + (x - 640) * 0.22, _HORIZON + 30, x, depth, "#a89d8b", 1)
        canvas.grain(_HORIZON + 34, 720, 2.0, seed=2)

    def paint_lights(self, canvas: Canvas) -> None:
        """See `Scene.paint_lights`."""
        home_window(canvas, *self.WINDOW)
        for x in _LAMPS:
            canvas.glow(x, 282, 90, "#ffe0a0", 1.0)
            canvas.glow(x, 410, 150, "#ffd890", 0.4)
        canvas.glow(640, 480, 190, "#a0d8ff", 0.55)
        canvas.glow(500, 130, 50, "#fff0c0", 0.9)

    def actors(self) -> list[Actor]:
        """See `Scene.actors`."""
        x, y, width, height = self.WINDOW
        dweller = Actor([silhouette(self, 78)], swaying(x + width * 0.22, width * 0.22, y + height - 78, 7))
        tram = Actor([self._tram()], crossing(1300, -420, 268, 120, 0.3))
        pigeons = [
            Actor(bird(self, 17, "#6d7580"), lambda t, k=k: _flight(t, k), 9)  # type: ignore[misc]
            for k in range(5)
        ]
        far = crowd(
            self,
            [
                (66, "#8a3f3a", "#2c2f36", True, 404, 34, 0.2),
                (70, "#3c6a8f", "#37302a", False, 412, 38, 0.6),
                (74, "#c9a23a", "#2a3550", True, 422, 36, 0.8),
                (80, "#557d4a", "#2e2e30", False, 436, 42, 0.05),
            ],
        )
        near = crowd(
            self,
            [
                (128, "#b8352f", "#262a33", True, 592, 70, 0.15),
                (138, "#e8e2d2", "#4b4f60", False, 626, 64, 0.5),
                (150, "#2f4f7f", "#3a3128", True, 668, 78, 0.72),
            ],
        )
        return [dweller, tram, *far, Actor(self._jets(), lambda _t: (570.0, 352.0), 10), *near, *pigeons]

    def _jets(self) -> list[Sprite]:
        def draw(canvas: Canvas, phase: float) -> None:
            for spread in (-1.0, -0.6, -0.25, 0.25, 0.6, 1.0):
                for drop in range(16):
                    s = ((drop + phase) / 16) % 1
                    x, y = 70 + spread * 62 * s, 56 - 200 * s * (0.55 - s) * 1.1
                    canvas.ellipse(x, y, 2.6, 3.4, "#e8f6ff")

        return [self.sprite(140, 150, lambda c, p=p: draw(c, p)) for p in (0.0, 0.25, 0.5, 0.75)]  # type: ignore[misc]

    def _tram(self) -> Sprite:
        def draw(canvas: Canvas) -> None:
            canvas.line(200, 0, 180, 14, "#2c2c2c", 2)
            canvas.rectangle(6, 14, 388, 68, "#b3262a")
            canvas.rectangle(6, 56, 388, 8, "#f4e9cf")
            for x in range(20, 380, 37):
                canvas.rectangle(x, 22, 29, 26, "#3a5563")
            canvas.text(150, 78, "TAKSIM - TUNEL", "#ffeec0", 8)
            for x in (60, 110, 290, 340):
                canvas.ellipse(x, 83, 8, 6, "#222222")

        return self.sprite(400, 92, draw)


def _hall(canvas: Canvas) -> None:
    canvas.rectangle(40, 170, 380, 165, "#e0d2b4")
    canvas.polygon([(30, 172), (230, 112), (430, 172)], "#b07a58")
    canvas.polygon([(110, 166), (230, 130), (350, 166)], "#d8c8a8")
    for x in range(70, 400, 54):
        window(canvas, x, 200, 24, 46)
    for x in range(62, 420, 54):
        canvas.rectangle(x, 262, 10, 72, "#f0e6d0")


def _tower(canvas: Canvas) -> None:
    canvas.rectangle(470, 90, 60, 245, "#c9ae86")
    canvas.polygon([(462, 92), (500, 30), (538, 92)], "#7d4a3a")
    canvas.ellipse(500, 130, 24, 24, "#5a4a38")
    canvas.ellipse(500, 130, 21, 21, "#faf6e8")
    canvas.line(500, 130, 500, 115, "#222222", 2.5)
    canvas.line(500, 130, 510, 135, "#222222", 2.5)
    for y in (175, 225, 275):
        canvas.rectangle(490, y, 20, 28, "#6f5b44")


def _mosque(canvas: Canvas) -> None:
    canvas.ellipse(805, 232, 84, 74, "#8fa3ad")
    canvas.rectangle(680, 230, 250, 104, "#cfcabd")
    canvas.rectangle(680, 228, 250, 14, "#bdb7a8")
    for x in (700, 745, 790, 835, 880):
        canvas.rectangle(x, 262, 26, 72, "#7b7468")
        canvas.ellipse(x + 13, 262, 13, 14, "#7b7468")
    for x in (664, 934):
        canvas.rectangle(x, 96, 16, 238, "#d8d3c6")
        canvas.polygon([(x - 2, 98), (x + 8, 44), (x + 18, 98)], "#78909c")
        canvas.rectangle(x - 5, 140, 26, 7, "#b8b2a4")
    canvas.line(805, 160, 805, 140, "#b08d3a", 2)


def _flight(t_s: float, k: int) -> tuple[float, float]:
    angle = t_s * (0.35 + 0.04 * k) + k * 1.3
    return 600 + (260 + 30 * k) * math.cos(angle), 200 + 70 * math.sin(angle * 1.7) - 12 * k
