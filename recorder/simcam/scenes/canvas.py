"""Drawing with smooth edges in coordinates of a 1280×720 picture."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

LOGICAL_WIDTH, LOGICAL_HEIGHT = 1280, 720
_FINER = 2  # drawn at twice the size, then averaged
_SHIFT = 4
_FONT = cv2.FONT_HERSHEY_SIMPLEX

Image = NDArray[np.uint8]
Bgr = tuple[int, int, int]


def colour(text: str) -> Bgr:
    """`#rrggbb` as blue, green, red."""
    return int(text[5:7], 16), int(text[3:5], 16), int(text[1:3], 16)


class Canvas:
    """A surface of `width`×`height` logical units that knows which of its parts were painted.

    `scale` is target pixels for each logical unit.
    """

    def __init__(self, width: float, height: float, scale: float) -> None:
        self._unit = scale * _FINER
        size = (max(2, round(height * self._unit)), max(2, round(width * self._unit)))
        self._image: Image = np.zeros((*size, 3), np.uint8)
        self._cover: Image = np.zeros(size, np.uint8)

    def rectangle(self, x: float, y: float, width: float, height: float, paint: str) -> None:
        """Filled, from its upper left corner."""
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], paint)

    def polygon(self, points: Sequence[tuple[float, float]], paint: str) -> None:
        """Filled."""
        corners = np.array([[self._fixed(x), self._fixed(y)] for x, y in points], np.int32)
        cv2.fillPoly(self._image, [corners], colour(paint), cv2.LINE_AA, _SHIFT)
        cv2.fillPoly(self._cover, [corners], 255, cv2.LINE_AA, _SHIFT)

    def ellipse(self, x: float, y: float, rx: float, ry: float, paint: str) -> None:
        """Filled, around its centre."""
        centre = (self._fixed(x), self._fixed(y))
        axes = (self._fixed(rx), self._fixed(ry))
        cv2.ellipse(self._image, centre, axes, 0, 0, 360, colour(paint), -1, cv2.LINE_AA, _SHIFT)
        cv2.ellipse(self._cover, centre, axes, 0, 0, 360, 255, -1, cv2.LINE_AA, _SHIFT)

    def line(self, x1: float, y1: float, x2: float, y2: float, paint: str, width: float = 1) -> None:
        """A stroke with round ends."""
        ends = (self._fixed(x1), self._fixed(y1)), (self._fixed(x2), self._fixed(y2))
        thickness = max(1, round(width * self._unit))
        cv2.line(self._image, *ends, colour(paint), thickness, cv2.LINE_AA, _SHIFT)
        cv2.line(self._cover, *ends, 255, thickness, cv2.LINE_AA, _SHIFT)

    def gradient(self, top: float, bottom: float, upper: str, lower: str) -> None:
        """Blend over the full width between two heights."""
        first, last = round(top * self._unit), round(bottom * self._unit)
        share = np.linspace(0, 1, last - first)[:, None, None]
        band = np.array(colour(upper)) * (1 - share) + np.array(colour(lower)) * share
        self._image[first:last] = band.astype(np.uint8)
        self._cover[first:last] = 255

    def shadow(self, x: float, y: float, rx: float, ry: float, level: int = 90) -> None:
        """Half-transparent dark ellipse on a part nothing covers yet."""
        centre, axes = (self._fixed(x), self._fixed(y)), (self._fixed(rx), self._fixed(ry))
        cv2.ellipse(self._cover, centre, axes, 0, 0, 360, level, -1, cv2.LINE_AA, _SHIFT)

    def text(self, x: float, y: float, words: str, paint: str, height: float, weight: float = 1.5) -> None:
        """Words whose base line begins at (x, y); `height` of a capital letter."""
        origin = (round(x * self._unit), round(y * self._unit))
        size = height * self._unit / 21
        thickness = max(1, round(weight * self._unit))
        cv2.putText(self._image, words, origin, _FONT, size, colour(paint), thickness, cv2.LINE_AA)
        cv2.putText(self._cover, words, origin, _FONT, size, 255, thickness, cv2.LINE_AA)

    def grain(self, top: float, bottom: float, strength: float, seed: int) -> None:
        """Fine unevenness of asphalt, plaster or grass between two heights."""
        first, last = round(top * self._unit), round(bottom * self._unit)
        band = self._image[first:last].astype(np.int16)
        noise = np.random.default_rng(seed).normal(0, strength, (band.shape[0], band.shape[1], 1))
        self._image[first:last] = np.clip(band + noise, 0, 255).astype(np.uint8)

    def dim(self, share: float, tint: str) -> None:
        """Night falls: everything so far keeps `share` of its light, mixed with `tint`."""
        mixed = self._image * share + np.array(colour(tint)) * (1 - share) * 0.5
        self._image[:] = mixed.astype(np.uint8)

    def glow(self, x: float, y: float, radius: float, paint: str, strength: float = 0.6) -> None:
        """Light that adds to what is there, fading with distance."""
        r = round(radius * self._unit)
        cx, cy = round(x * self._unit), round(y * self._unit)
        height, width = self._cover.shape
        ys, xs = np.mgrid[max(0, cy - r) : min(height, cy + r), max(0, cx - r) : min(width, cx + r)]
        fade = np.clip(1 - np.hypot(xs - cx, ys - cy) / r, 0, 1)[..., None] ** 2 * strength
        part = self._image[ys[:, :1], xs[:1]]
        lit = part + (255 - part) * fade * (np.array(colour(paint)) / 255)
        self._image[ys[:, :1], xs[:1]] = lit.astype(np.uint8)

    def finish(self, width: int, height: int) -> tuple[Image, Image]:
        """Colours (BGR) and coverage at `width`×`height` pixels."""
        size = (width, height)
        image = cv2.resize(self._image, size, interpolation=cv2.INTER_AREA)
        cover = cv2.resize(self._cover, size, interpolation=cv2.INTER_AREA)
        return np.asarray(image, np.uint8), np.asarray(cover, np.uint8)

    def _fixed(self, value: float) -> int:
        return round(value * self._unit * (1 << _SHIFT))
