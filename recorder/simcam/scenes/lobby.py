"""The entrance hall of an office building."""

import math

from recorder.simcam.scenes.canvas import Canvas
from recorder.simcam.scenes.figures import crowd, home_window, silhouette
from recorder.simcam.scenes.scene import Actor, Scene, swaying
from recorder.simcam.scenes.sprite import Sprite

_FLOOR = 400
_LIFTS = (560, 700)
_ROUND_S = 14.0
_DOOR_STEPS_PER_S = 8.0


class Lobby(Scene):
    """Reception, two lifts whose doors move, a glass front through which a neighbour can be seen."""

    WINDOW = (122, 190, 96, 84)
    NIGHT_LIGHT = 0.55

    def paint(self, canvas: Canvas) -> None:
        """See `Scene.paint`."""
        canvas.gradient(0, 110, "#d6d2c9", "#c4bfb4")
        canvas.gradient(110, _FLOOR, "#e9e2d3", "#d9d0bf")
        for x in range(120, 1280, 200):
            canvas.polygon([(x, 30), (x + 90, 30), (x + 78, 54), (x + 12, 54)], "#fffdf2")
        self._glass_front(canvas)
        for x in _LIFTS:
            canvas.rectangle(x - 8, 168, 116, _FLOOR - 168, "#8b8378")
            canvas.rectangle(x, 178, 100, _FLOOR - 178, "#4a3f36")
            canvas.rectangle(x + 6, 184, 88, _FLOOR - 184, "#c9a56a")
            canvas.rectangle(x + 34, 140, 32, 18, "#1d1d1f")
        canvas.rectangle(674, 270, 12, 30, "#3a3a3c")
        canvas.rectangle(838, 120, 410, 150, "#7d4f33")
        for x in range(838, 1248, 24):
            canvas.line(x, 120, x, 270, "#6b4229", 1)
        canvas.text(884, 210, "BELEDIYE", "#f2dfae", 38, 5)
        canvas.gradient(_FLOOR, 720, "#a89f92", "#c9c1b4")
        for row in range(1, 12):
            y = _FLOOR + 300 * (row / 11) ** 1.9
            canvas.line(0, y, 1280, y, "#94897b", 1 + row / 12)
        for x in range(-2600, 3900, 170):
            canvas.line(640 + (x - 640) * 0.3, _FLOOR, x, 720, "#978d7f", 1)
        canvas.rectangle(0, _FLOOR - 8, 1280, 8, "#8b8170")
        self._furniture(canvas)

    def _glass_front(self, canvas: Canvas) -> None:
        canvas.rectangle(40, 96, 400, _FLOOR - 96, "#a9cbe4")
        canvas.rectangle(40, 330, 400, _FLOOR - 330, "#8f8d88")
        canvas.rectangle(100, 130, 190, 216, "#c98f72")
        canvas.rectangle(94, 124, 202, 10, "#7d4a3a")
        home_window(canvas, *self.WINDOW)
        canvas.rectangle(176, 292, 36, 54, "#5a3d2c")
        canvas.ellipse(360, 270, 46, 60, "#5d9450")
        canvas.rectangle(355, 310, 10, 40, "#5d4630")
        for x in (40, 240, 440):
            canvas.rectangle(x - 4, 92, 8, _FLOOR - 92, "#5d666d")
        canvas.rectangle(36, 90, 408, 8, "#5d666d")
        canvas.rectangle(232, 250, 4, 60, "#d8dcdf")
        canvas.rectangle(246, 250, 4, 60, "#d8dcdf")

    def _furniture(self, canvas: Canvas) -> None:
        canvas.ellipse(1066, 386, 16, 19, "#e3b48f")
        canvas.ellipse(1066, 374, 17, 12, "#3a2a1e")
        canvas.polygon([(1036, 440), (1044, 408), (1088, 408), (1096, 440)], "#2c4a6a")
        canvas.polygon([(880, 430), (1250, 430), (1270, 452), (860, 452)], "#e8ddc4")
        canvas.rectangle(868, 452, 396, 96, "#8a5a3a")
        for x in range(868, 1264, 66):
            canvas.line(x, 452, x, 548, "#744a2e", 2)
        canvas.rectangle(1150, 388, 66, 44, "#26282b")
        canvas.rectangle(1178, 430, 10, 8, "#26282b")
        canvas.polygon([(478, 430), (526, 430), (520, 486), (484, 486)], "#b5654a")
        for angle in range(-70, 71, 20):
            lean = math.sin(math.radians(angle)) * 76
            canvas.line(502, 430, 502 + lean, 330 + abs(lean) * 0.5, "#3f7d3a", 5)
        canvas.rectangle(60, 470, 290, 66, "#43607a")
        canvas.rectangle(44, 500, 322, 54, "#4f708c")
        canvas.rectangle(60, 554, 14, 18, "#2b2b2b")
        canvas.rectangle(336, 554, 14, 18, "#2b2b2b")

    def paint_lights(self, canvas: Canvas) -> None:
        """See `Scene.paint_lights`."""
        home_window(canvas, *self.WINDOW)
        for x in range(120, 1280, 200):
            canvas.glow(x + 45, 42, 170, "#fff6d8", 0.7)

    def actors(self) -> list[Actor]:
        """See `Scene.actors`."""
        x, y, width, height = self.WINDOW
        dweller = Actor([silhouette(self, 68)], swaying(x + width * 0.22, width * 0.22, y + height - 68, 6))
        doors = [
            Actor(self._doors(7 * k), lambda _t, at=at: (at + 2.0, 184.0), _DOOR_STEPS_PER_S)  # type: ignore[misc]
            for k, at in enumerate(_LIFTS)
        ]
        signs = [
            Actor(self._floors(), lambda _t, at=at: (at + 38.0, 140.0), speed)  # type: ignore[misc]
            for at, speed in zip(_LIFTS, (0.5, 0.35), strict=True)
        ]
        people = crowd(
            self,
            [
                (150, "#30343c", "#25272c", True, 578, 62, 0.1),
                (158, "#a8443c", "#2d3140", False, 604, 70, 0.55),
                (200, "#e2ddd0", "#3c4a66", True, 640, 92, 0.3),
                (210, "#3a6a58", "#33302c", False, 672, 84, 0.8),
            ],
        )
        return [dweller, *doors, *signs, *people]

    def _doors(self, delay_s: float) -> list[Sprite]:
        """Pictures of one lift's doors over a whole round: shut, opening, open, closing."""
        height = _FLOOR - 192

        def draw(canvas: Canvas, gap: float) -> None:
            for left, right in ((0.0, 48 - gap), (48 + gap, 96.0)):
                canvas.rectangle(left, 0, right - left, height, "#aab0b4")
                canvas.polygon([(left, 0), (left + 5, 0), (left + 5, height), (left, height)], "#c3c8cb")
                canvas.line(right - 0.5, 0, right - 0.5, height, "#6a6f73", 1)

        steps = [self.sprite(96, height, lambda c, g=gap: draw(c, g)) for gap in range(0, 41, 5)]  # type: ignore[misc]
        times = (step / _DOOR_STEPS_PER_S + delay_s for step in range(int(_ROUND_S * _DOOR_STEPS_PER_S)))
        return [steps[round(_opening(t_s) / 5)] for t_s in times]

    def _floors(self) -> list[Sprite]:
        return [
            self.sprite(24, 18, lambda c, n=n: c.text(6, 15, str(n), "#ff8a3a", 12, 2), light=1.0)  # type: ignore[misc]
            for n in (0, 1, 2, 3, 4, 3, 2, 1)
        ]


def _opening(t_s: float) -> float:
    """How far a door has slid aside, in units: shut most of the time."""
    inside = t_s % _ROUND_S
    return 40 * max(0.0, min(1.0, inside - 1, 6 - inside))
