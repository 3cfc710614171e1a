"""Single pictures of a drawn camera."""

import threading

import cv2
import numpy as np

from recorder.simcam.camera import SimCamera
from recorder.simcam.live_feed import scaled
from recorder.simcam.scenes import Scene, build_scene
from recorder.simcam.view import see
from vms.kernel.clock import Clock

_QUALITY = 85


class SnapshotMaker:
    """Draws the moment it is asked for. Keeps a scene of its own: the stream's belongs to the stream's thread."""

    def __init__(self, camera: SimCamera, clock: Clock) -> None:
        self._camera, self._clock = camera, clock
        self._lock = threading.Lock()
        self._scene: Scene | None = None

    def take(self, width: int, height: int) -> bytes:
        """The picture of now as JPEG of that size. Any thread; 10 ms, a third of a second at a new main size."""
        with self._lock:
            picture = see(self._camera, self._scene_now(), self._clock.now_us())
        fitted = scaled(picture, width, height)
        _, data = cv2.imencode(
            ".jpg", cv2.cvtColor(fitted, cv2.COLOR_YUV2BGR_I420), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
        )
        return np.asarray(data).tobytes()

    def _scene_now(self) -> Scene:
        camera, main = self._camera, self._camera.streams[0]
        if self._scene is None or (self._scene.width, self._scene.height) != (main.width, main.height):
            self._scene = build_scene(camera.scene, main.width, main.height, camera.title, camera.is_night)
        return self._scene
