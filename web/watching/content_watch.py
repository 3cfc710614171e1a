"""Cameras that send the same picture again and again."""

import logging
from collections.abc import Callable
from uuid import UUID

from streams.playback.frame import frame_at
from vms.archive.archive import Archive
from vms.archive.model import StreamKey
from vms.cameras.status import CameraState
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import VmsError
from web.overview import CameraView, Observer
from web.repeating import repeat
from web.watching.standing_scene import Look, StandingScene, followed
from web.workers import Workers

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
CAMERAS_A_LOOK = 2  # a key frame decodes in some ten milliseconds: three hundred cameras are through in 150 seconds
SAME_CAMERA_US = 20 * US_PER_SECOND
WIDTH_PX = 160


class ContentWatch:
    """Decodes a recorded key frame of each camera now and then; a scene that stands for a minute is frozen.

    Bytes flow and the frames' clock runs with such a camera, so nothing else notices. What stands is said in
    `standing_scene`. A camera that shows what it showed before costs three pictures a look, any other one. Cameras that
    are not recorded are not judged. On the event loop's thread; decodes on `workers`.
    """

    def __init__(self, observer: Observer, archive: Callable[[], Archive], clock: Clock, workers: Workers) -> None:
        self._observer = observer
        self._archive = archive
        self._clock = clock
        self._workers = workers
        self._looked_us: dict[UUID, int] = {}
        self._scenes: dict[UUID, StandingScene] = {}

    def frozen(self) -> frozenset[UUID]:
        """The cameras whose picture stands still."""
        return frozenset(camera_id for camera_id, scene in self._scenes.items() if scene.stands)

    async def run(self) -> None:
        """Look every second until cancelled."""
        await repeat(self.run_once, LOOK_EVERY_S)

    async def run_once(self) -> None:
        """Look at the cameras that were not looked at for longest. VmsError `busy` when others want pictures."""
        view = await self._workers.run(self._observer.glance)
        recording = {
            UUID(camera.registered.camera_id): camera
            for camera in view.cameras
            if camera.status is not None and camera.status.state is CameraState.RECORDING
        }
        for gone in self._scenes.keys() - recording.keys():
            del self._scenes[gone]
        for camera_id in self._due(recording):
            self._looked_us[camera_id] = self._clock.boottime_us()
            await self._look_at(camera_id, recording[camera_id])

    def _due(self, recording: dict[UUID, CameraView]) -> list[UUID]:
        before_us = self._clock.boottime_us() - SAME_CAMERA_US
        self._looked_us = {camera_id: self._looked_us.get(camera_id, 0) for camera_id in recording}
        due = [camera_id for camera_id, looked_us in self._looked_us.items() if looked_us <= before_us]
        return sorted(due, key=self._looked_us.__getitem__)[:CAMERAS_A_LOOK]

    async def _look_at(self, camera_id: UUID, camera: CameraView) -> None:
        until_us = camera.status.recorded_until_us if camera.status else None
        if until_us is None:
            return
        scene = self._scenes.get(camera_id)

        def look_at(at_us: int) -> Look:
            still = frame_at(self._archive(), StreamKey(camera_id, "main"), at_us, WIDTH_PX, exact=False)
            return Look(still.at_us, still.jpeg)

        try:
            self._scenes[camera_id] = await self._workers.run(lambda: followed(scene, look_at, until_us - 1))
        except VmsError as err:
            log.debug("camera %s cannot be looked at: %s", camera_id, err)
            self._scenes.pop(camera_id, None)
