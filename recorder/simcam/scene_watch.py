"""Notices what happens in a camera's picture, as its firmware would."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recorder.simcam.camera import SimCamera
from recorder.simcam.scenes import build_scene
from recorder.simcam.scenes.sprite import Planes
from recorder.simcam.view import see

WATCH_EVERY_S = 0.5
_WIDTH, _HEIGHT = 160, 90
_VIEW = np.s_[12:80, :]  # without clock and time code
_REGION = np.s_[40:60, 40:48]
"""A narrow gate in each scene: something passes through it a third to half of the time."""
_CHANGED = 12  # levels of luma
_MOVING_PIXELS = 4
_STILL_LOOKS = 2
_LEAST_CONTRAST = 5.0  # standard deviation of luma; the scenes have above 10, by night too


class Noticed(NamedTuple):
    """What the picture shows."""

    is_moving: bool
    is_tampered: bool


class SceneWatch:
    """Looks at a small picture of the scene: difference to the last look is movement, no contrast is tampering.

    Movement ends at the second look without any.
    """

    def __init__(self, camera: SimCamera) -> None:
        self._camera = camera
        self._scene = build_scene(camera.scene, _WIDTH, _HEIGHT, camera.title, camera.is_night)
        self._last: NDArray[np.int16] | None = None
        self._still_looks = _STILL_LOOKS

    def run_once(self, now_us: int) -> Noticed:
        """Look at our moment `now_us`; takes half a millisecond. One thread at a time."""
        luma = Planes(see(self._camera, self._scene, now_us), _WIDTH, _HEIGHT).y
        is_tampered = float(luma[_VIEW].std()) < _LEAST_CONTRAST
        region = luma[_REGION].astype(np.int16)
        last, self._last = self._last, region
        changed = 0 if last is None else int(np.count_nonzero(np.abs(region - last) > _CHANGED))
        self._still_looks = 0 if changed >= _MOVING_PIXELS else self._still_looks + 1
        return Noticed(self._still_looks < _STILL_LOOKS and not is_tampered, is_tampered)
