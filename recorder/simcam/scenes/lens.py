"""What the lens in front of a scene does to its picture."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from recorder.simcam.scenes.sprite import Planes

_REACH = 0.25
"""Full pan or tilt moves the picture by this share of its width or height."""
_MOST_ZOOM = 4.0
_DARK_LUMA, _NO_COLOUR = 18, 128


class Aim(NamedTuple):
    """Where the head looks: pan (right), tilt (up) from −1 to 1, zoom from 0 to 1."""

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0


HOME = Aim()


def turn(planes: Planes, aim: Aim) -> None:
    """Move and enlarge the picture in place as `aim` says; what lies beyond the scene is its mirror image.

    One to two milliseconds at 720p; call it only away from `HOME`.
    """
    factor = 1.0 + (_MOST_ZOOM - 1.0) * aim.zoom
    for plane in planes.all():
        height, width = plane.shape
        to_right, down = aim.pan * _REACH * width, -aim.tilt * _REACH * height
        middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
        source_of_target: NDArray[np.float64] = np.array(
            [
                [1 / factor, 0.0, middle_x - middle_x / factor + to_right],
                [0.0, 1 / factor, middle_y - middle_y / factor + down],
            ]
        )
        plane[:] = cv2.warpAffine(
            plane, source_of_target, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REFLECT_101,
        )  # fmt: skip


def cover(planes: Planes) -> None:
    """Nothing but darkness, as when somebody holds a hand before the lens."""
    planes.y[:] = _DARK_LUMA
    planes.u[:] = _NO_COLOUR
    planes.v[:] = _NO_COLOUR
