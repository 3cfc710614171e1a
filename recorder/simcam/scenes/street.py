"""A shopping street seen from across the road."""

from recorder.simcam.scenes.canvas import Canvas
from recorder.simcam.scenes.figures import car, home_window, silhouette, tree, walker, window
from recorder.simcam.scenes.scene import Actor, Scene, crossing, swaying
from recorder.simcam.scenes.sprite import Sprite

_HOUSES = (  # left edge, width, roof, wall, shop sign, awning
    (0, 215, 120, "#d9b48a", "FIRIN", "#b5433a"),
    (215, 190, 75, "#b7c4c9", "ECZANE", "#2f7d4f"),
    (405, 235, 140, "#e6d3a3", "MARKET", "#d08a24"),
    (640, 180, 60, "#c98f7a", "KAFE", "#5b4a8a"),
    (820, 250, 110, "#cfd6b8", "KITAP", "#2d6a9a"),
    (1070, 210, 85, "#dcc7c0", "BERBER", "#a03a5c"),
)
_LAMPS = (180, 520, 815)


class Street(Scene):
    """Houses with shops, two lanes of cars, a bus, people on the pavement."""

    WINDOW = (872, 190, 120, 92)

    def paint(self, canvas: Canvas) -> None:
        """See `Scene.paint`."""
        canvas.gradient(0, 300, "#6ea8dc", "#d6e6ee")
        for x, y, size in ((180, 45, 40), (560, 30, 52), (760, 62, 34), (1010, 38, 46)):
            for dx, dy, r in ((-1, 0.1, 0.5), (0, -0.1, 0.62), (0.9, 0.1, 0.48)):
                canvas.ellipse(x + dx * size, y + dy * size, r * size * 1.5, r * size * 0.55, "#f4f7f9")
        for house in _HOUSES:
            _house(canvas, *house)
        canvas.rectangle(824, 180, 242, 128, "#cfd6b8")  # no other window beside the neighbour's
        home_window(canvas, *self.WINDOW)
        canvas.gradient(432, 484, "#b9b2a6", "#a49d92")
        for x in range(0, 1280, 46):
            canvas.line(x, 434, x - 14, 482, "#968f85", 1)
        canvas.rectangle(0, 482, 1280, 7, "#d8d4cb")
        canvas.gradient(489, 640, "#4a4d52", "#5a5d62")
        canvas.grain(489, 640, 3.0, seed=1)
        for x in range(-20, 1280, 110):
            canvas.polygon([(x, 560), (x + 60, 560), (x + 58, 566), (x - 4, 566)], "#e6e4da")
        canvas.rectangle(0, 638, 1280, 8, "#d8d4cb")
        canvas.gradient(646, 720, "#aaa397", "#8f897f")
        for x in (60, 330, 700, 1040):
            tree(canvas, x, 470, 210)
        for x in _LAMPS:
            canvas.line(x, 474, x, 250, "#3a3f44", 4)
            canvas.line(x, 252, x + 36, 244, "#3a3f44", 3)
            canvas.ellipse(x + 40, 247, 13, 5, "#e9e6d2")

    def paint_lights(self, canvas: Canvas) -> None:
        """See `Scene.paint_lights`."""
        home_window(canvas, *self.WINDOW)
        for x in _LAMPS:
            canvas.glow(x + 40, 250, 110, "#ffd890", 0.9)
            canvas.glow(x + 40, 480, 170, "#ffd890", 0.35)
        for left, width, *_ in _HOUSES:
            canvas.glow(left + width / 2, 395, 120, "#ffe6b0", 0.75)
        for x, y in ((60, 190), (290, 150), (480, 200), (710, 140), (1130, 160), (1200, 240)):
            canvas.glow(x, y, 34, "#ffe2a0", 0.9)

    def actors(self) -> list[Actor]:
        """See `Scene.actors`."""
        x, y, width, height = self.WINDOW
        dweller = Actor([silhouette(self, 74)], swaying(x + width * 0.24, width * 0.24, y + height - 74))
        people = [
            Actor(walker(self, 82, coat, legs), crossing(*ends, 398 + low, speed, phase), 8)
            for coat, legs, ends, low, speed, phase in (
                ("#c0392b", "#2b3440", (-60, 1320), 0, 52, 0.1), ("#2d5f8a", "#30302f", (1320, -60), 4, 47, 0.45),
                ("#3f7d4a", "#4b3a2c", (-60, 1320), 8, 60, 0.6), ("#d6b13c", "#353b52", (1320, -60), 10, 55, 0.85),
                ("#6d4a86", "#26282d", (-60, 1320), 6, 44, 0.32),
            )
        ]  # fmt: skip
        traffic = [
            Actor([car(self, "#c8cdd2", True)], crossing(1300, -340, 494, 210, 0.0)),
            Actor([car(self, "#a8322a", True)], crossing(1300, -340, 494, 210, 0.42)),
            Actor([self._bus()], crossing(1300, -340, 438, 210, 0.72)),
            Actor([car(self, "#e8c02e", False)], crossing(-340, 1300, 570, 250, 0.15)),
            Actor([car(self, "#2a5aa0", False)], crossing(-340, 1300, 570, 250, 0.5)),
            Actor([car(self, "#f0f0ec", False, roof=26)], crossing(-340, 1300, 546, 250, 0.8)),
        ]
        return [dweller, *people, *traffic]

    def _bus(self) -> Sprite:
        def draw(canvas: Canvas) -> None:
            canvas.shadow(160, 116, 152, 6, 120)
            canvas.rectangle(8, 6, 304, 98, "#d8402f")
            canvas.rectangle(8, 70, 304, 8, "#f2efe6")
            for x in range(40, 300, 44):
                canvas.rectangle(x, 20, 38, 36, "#33505f")
            canvas.rectangle(12, 18, 22, 44, "#4b7285")
            canvas.text(120, 98, "34 MEYDAN", "#fff4d0", 11)
            for wheel in (70, 250):
                canvas.ellipse(wheel, 104, 15, 15, "#1a1a1c")
                canvas.ellipse(wheel, 104, 7, 7, "#a8adb2")

        return self.sprite(320, 122, draw)


def _house(canvas: Canvas, left: float, width: float, roof: float, wall: str, sign: str, awning: str) -> None:
    canvas.rectangle(left, roof, width, 432 - roof, wall)
    canvas.rectangle(left - 3, roof - 8, width + 6, 12, "#8a6a55")
    columns = int(width // 62)
    pitch = width / columns
    for row_top in range(int(roof) + 24, 300, 74):
        for column in range(columns):
            window(canvas, left + pitch * column + pitch / 2 - 17, row_top, 34, 44)
    canvas.rectangle(left + 8, 340, width - 16, 92, "#3c4a52")
    canvas.polygon(
        [(left + 12, 344), (left + width * 0.5, 344), (left + width * 0.3, 428), (left + 12, 428)], "#526670"
    )
    canvas.rectangle(left + width - 58, 350, 40, 82, "#6a4f3a")
    canvas.rectangle(left + 8, 312, width - 16, 24, awning)
    canvas.text(left + 22, 331, sign, "#fffaf0", 14, 2)
    stripes = int((width - 16) // 20)
    for stripe in range(stripes):
        x = left + 8 + stripe * (width - 16) / stripes
        paint = "#f5efe2" if stripe % 2 else awning
        step = (width - 16) / stripes
        canvas.polygon([(x, 336), (x + step, 336), (x + step - 4, 356), (x - 4, 356)], paint)
