"""Small pictures laid over a planar YUV picture."""

import cv2
import numpy as np
from numpy.typing import NDArray

from recorder.simcam.scenes.canvas import Canvas

Image = NDArray[np.uint8]


class Planes:
    """Views of the three planes of an I420 picture (height × 3/2 rows)."""

    def __init__(self, picture: Image, width: int, height: int) -> None:
        flat = picture.reshape(-1)
        luma, chroma = width * height, width * height // 4
        half = (height // 2, width // 2)
        self.y = flat[:luma].reshape(height, width)
        self.u = flat[luma : luma + chroma].reshape(half)
        self.v = flat[luma + chroma :].reshape(half)

    def all(self) -> tuple[Image, Image, Image]:
        """Y, U, V."""
        return self.y, self.u, self.v


class Sprite:
    """A drawn thing with soft edges; `light` below 1 dims it for the night."""

    def __init__(self, canvas: Canvas, width: float, height: float, scale: float, light: float = 1.0) -> None:
        self.width = max(2, round(width * scale / 2) * 2)
        self.height = max(2, round(height * scale / 2) * 2)
        image, cover = canvas.finish(self.width, self.height)
        dimmed = (image * light).astype(np.uint8)
        planes = Planes(np.asarray(cv2.cvtColor(dimmed, cv2.COLOR_BGR2YUV_I420), np.uint8), self.width, self.height)
        half = np.asarray(
            cv2.resize(cover, (self.width // 2, self.height // 2), interpolation=cv2.INTER_AREA), np.uint8
        )
        covers = (cover, half, half)
        self._sources = [_times(plane, share) for plane, share in zip(planes.all(), covers, strict=True)]
        self._rests = [np.asarray(255 - share, np.uint8) for share in covers]

    def blit(self, planes: Planes, x: float, y: float) -> None:
        """Lay it over `planes` with its upper left corner at pixel (x, y); what lies outside is cut off."""
        left, top = int(x) & ~1, int(y) & ~1
        height, width = planes.y.shape
        x0, x1 = max(left, 0), min(left + self.width, width)
        y0, y1 = max(top, 0), min(top + self.height, height)
        if x0 >= x1 or y0 >= y1:
            return
        for plane, source, rest, step in zip(planes.all(), self._sources, self._rests, (1, 2, 2), strict=True):
            under = plane[y0 // step : y1 // step, x0 // step : x1 // step]
            part = np.s_[(y0 - top) // step : (y1 - top) // step, (x0 - left) // step : (x1 - left) // step]
            cv2.add(_times(under, rest[part]), source[part], dst=under)


def _times(plane: Image, share: Image) -> Image:
    return np.asarray(cv2.multiply(plane, share, scale=1 / 255), np.uint8)
