"""A view that is a pure function of the time: background, things that move, clock, name, time code."""

import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recorder.simcam import timecode
from recorder.simcam.scenes.canvas import LOGICAL_HEIGHT, LOGICAL_WIDTH, Canvas
from recorder.simcam.scenes.lens import HOME, Aim, cover, turn
from recorder.simcam.scenes.sprite import Planes, Sprite

Point = tuple[float, float]
_FONT = cv2.FONT_HERSHEY_SIMPLEX


@dataclass(frozen=True, slots=True)
class Actor:
    """Something that moves: where it is (logical units) and which of its pictures it shows at second t."""

    pictures: Sequence[Sprite]
    place: Callable[[float], Point]
    pictures_per_s: float = 8.0

    def draw(self, planes: Planes, t_s: float, scale: float) -> None:
        """Lay it over the picture."""
        x, y = self.place(t_s)
        picture = self.pictures[int(t_s * self.pictures_per_s) % len(self.pictures)]
        picture.blit(planes, x * scale, y * scale)


class Scene(ABC):
    """A scene at one size. Subclasses paint in 1280×720 logical units and leave the lowest 32 to the time code.

    Drawing costs about half a millisecond at 720p; may run in any one thread at a time.
    """

    WINDOW: tuple[float, float, float, float]  # x, y, width, height of the neighbour's window
    NIGHT_LIGHT = 0.38
    NIGHT_TINT = "#182040"

    def __init__(self, width: int, height: int, title: str, is_night: bool = False) -> None:
        self.width, self.height = width, height
        self.is_night = is_night
        self.scale = width / LOGICAL_WIDTH
        self._background = self._still(title)
        self._actors = self.actors()
        cv2.setNumThreads(1)  # several cameras share the cores; a pool would only add switches

    @classmethod
    def neighbour_window(cls) -> tuple[Point, ...]:
        """Corners of the neighbour's window, x and y from 0 to 1."""
        x, y, width, height = cls.WINDOW
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        return tuple((cx / LOGICAL_WIDTH, cy / LOGICAL_HEIGHT) for cx, cy in corners)

    @abstractmethod
    def paint(self, canvas: Canvas) -> None:
        """Everything that stands still, by day."""

    @abstractmethod
    def paint_lights(self, canvas: Canvas) -> None:
        """What shines at night, over the dimmed background."""

    @abstractmethod
    def actors(self) -> list[Actor]:
        """Everything that moves, far things first."""

    def draw(self, shown_us: int, code_us: int, aim: Aim = HOME, *, is_covered: bool = False) -> NDArray[np.uint8]:
        """The picture (I420) with `shown_us` on its clock and `code_us` in its time code.

        Clock and time code are written last: they stay in place and readable wherever the head looks.
        """
        picture = self._background.copy()
        planes = Planes(picture, self.width, self.height)
        t_s = shown_us / 1_000_000
        for actor in self._actors:
            actor.draw(planes, t_s, self.scale)
        if aim != HOME:
            turn(planes, aim)
        if is_covered:
            cover(planes)
        words = time.strftime("%Y-%m-%d  %H:%M:%S", time.gmtime(t_s)) + f".{shown_us // 100_000 % 10} UTC"
        self._write(planes.y, words, (16 * self.scale, 36 * self.scale))
        timecode.paint(planes.y, code_us)
        return picture

    def sprite(
        self, width: float, height: float, paint: Callable[[Canvas], None], light: float | None = None
    ) -> Sprite:
        """A thing drawn by `paint`; dimmed at night unless it has a `light` of its own."""
        canvas = Canvas(width, height, self.scale)
        paint(canvas)
        if light is None:
            light = self.NIGHT_LIGHT + 0.15 if self.is_night else 1.0
        return Sprite(canvas, width, height, self.scale, light)

    def _still(self, title: str) -> NDArray[np.uint8]:
        canvas = Canvas(LOGICAL_WIDTH, self.height / self.scale, self.scale)
        self.paint(canvas)
        if self.is_night:
            canvas.dim(self.NIGHT_LIGHT, self.NIGHT_TINT)
            self.paint_lights(canvas)
        image, _ = canvas.finish(self.width, self.height)
        picture = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420), np.uint8)
        planes = Planes(picture, self.width, self.height)
        words = title.encode("ascii", "replace").decode()
        self._write(planes.y, words, (16 * self.scale, self.height - 46 * self.scale))
        return picture

    def _write(self, luma: NDArray[np.uint8], words: str, at: Point) -> None:
        origin, size = (round(at[0]), round(at[1])), 0.85 * self.scale
        cv2.putText(luma, words, origin, _FONT, size, 16, max(2, round(5 * self.scale)), cv2.LINE_AA)
        cv2.putText(luma, words, origin, _FONT, size, 235, max(1, round(2 * self.scale)), cv2.LINE_AA)


def crossing(start_x: float, end_x: float, y: float, speed: float, phase: float) -> Callable[[float], Point]:
    """Places of something that goes from `start_x` to `end_x` at `speed` units a second, then anew."""
    span = abs(end_x - start_x)
    direction = 1 if end_x > start_x else -1

    def place(t_s: float) -> Point:
        return start_x + direction * ((t_s * speed + phase * span) % span), y

    return place


def swaying(left: float, reach: float, y: float, period_s: float = 8.0) -> Callable[[float], Point]:
    """Places of something that goes to and fro between `left` and `left + reach`."""
    return lambda t_s: (left + reach * (0.5 + 0.5 * math.sin(t_s * 2 * math.pi / period_s)), y)
