"""Cameras that send the same picture again and again."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from streams.playback.frame import frame_at
from vms.archive.archive import Archive
from vms.archive.model import StreamKey
from vms.cameras.status import CameraState
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import VmsError
from web.overview import CameraView, Observer
from web.repeating import repeat
from web.workers import Workers

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
CAMERAS_A_LOOK = 2  # a key frame decodes in some ten milliseconds: three hundred cameras are through in 150 seconds
SAME_CAMERA_US = 20 * US_PER_SECOND
BETWEEN_US = 7 * US_PER_SECOND  # a scene that comes round every ten or twenty seconds is none that stands still
FROZEN_AFTER_US = 60 * US_PER_SECOND
WIDTH_PX = 160


@dataclass(slots=True)
class _Seen:
    digest: bytes
    since_us: int  # time of the first of the equal pictures
    at_us: int  # time of the last one


class ContentWatch:
    """Decodes a recorded key frame of each camera now and then; equal ones for a minute are a frozen scene.

    Bytes flow and the frames' clock runs with such a camera, so nothing else notices. Equal means equal: noise of a
    sensor or a clock in the picture makes pictures differ, an empty corridor at night included. Cameras that are not
    recorded are not judged. On the event loop's thread; decodes on `workers`.
    """

    def __init__(self, observer: Observer, archive: Callable[[], Archive], clock: Clock, workers: Workers) -> None:
        self._observer = observer
        self._archive = archive
        self._clock = clock
        self._workers = workers
        self._looked_us: dict[UUID, int] = {}
        self._seen: dict[UUID, _Seen] = {}

    def frozen(self) -> frozenset[UUID]:
        """The cameras whose picture stands still."""
        return frozenset(
            camera_id for camera_id, seen in self._seen.items() if seen.at_us - seen.since_us >= FROZEN_AFTER_US
        )

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
        for gone in self._seen.keys() - recording.keys():
            del self._seen[gone]
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
        try:
            at_us, digest = await self._workers.run(lambda: self._picture(camera_id, until_us - 1))
            seen = self._seen.get(camera_id)
            if seen is not None and seen.digest == digest:
                _, between = await self._workers.run(lambda: self._picture(camera_id, until_us - BETWEEN_US))
                if between == digest:
                    seen.at_us = max(seen.at_us, at_us)
                    return
        except VmsError as err:
            log.debug("camera %s cannot be looked at: %s", camera_id, err)
            self._seen.pop(camera_id, None)
            return
        self._seen[camera_id] = _Seen(digest, at_us, at_us)

    def _picture(self, camera_id: UUID, at_us: int) -> tuple[int, bytes]:
        """Time of the key frame shown at `at_us`, with a digest of what it shows."""
        still = frame_at(self._archive(), StreamKey(camera_id, "main"), at_us, WIDTH_PX, exact=False)
        return still.at_us, hashlib.sha256(still.jpeg).digest()
