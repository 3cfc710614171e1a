"""The one watcher of the node that turns its changes into events."""

import logging
from collections.abc import Callable, Mapping
from uuid import UUID

from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import VmsError
from web.events.data import AlarmsChanged, CameraGone, VolumeChanged
from web.events.log import EventLog
from web.overview import Observer, Overview
from web.repeating import repeat
from web.rows.camera import CameraRow, camera_rows
from web.workers import Workers

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
FIGURES_EVERY_US = 10 * US_PER_SECOND  # rates move with every picture; ten seconds are fresh enough to read


class CameraFeed:
    """Looks at the node once a second for all listeners together. On the event loop's thread; looks on `workers`.

    A camera's state is told at once, its figures every ten seconds.
    """

    def __init__(
        self,
        observer: Observer,
        events: EventLog,
        clock: Clock,
        workers: Workers,
        frozen: Callable[[], frozenset[UUID]] = frozenset,
    ) -> None:
        self._observer = observer
        self._events = events
        self._clock = clock
        self._workers = workers
        self._frozen = frozen
        self._told: dict[UUID, tuple[int, CameraRow]] | None = None
        self._volumes: dict[str, str] | None = None
        self._alarms: list[tuple[str, str, int]] | None = None

    async def rows(self) -> Mapping[UUID, CameraRow]:
        """All cameras now; as fresh as `Observer` keeps them. VmsError(UNAVAILABLE, `busy`)."""
        return self.rows_of(await self._workers.run(self._observer.glance))

    def rows_of(self, view: Overview) -> Mapping[UUID, CameraRow]:
        """All cameras of a look at the node."""
        return camera_rows(view, self._frozen())

    async def run(self) -> None:
        """Look every second until cancelled."""
        await repeat(self.run_once, LOOK_EVERY_S)

    async def run_once(self) -> None:
        """Look once, publish what changed."""
        try:
            view = await self._workers.run(self._observer.glance)
        except VmsError as err:
            log.warning("the node cannot be watched: %s", err)
            return
        self._tell_cameras(self.rows_of(view))
        self._tell_volumes(view)
        self._tell_alarms(view)

    def _tell_cameras(self, rows: Mapping[UUID, CameraRow]) -> None:
        boottime_us = self._clock.boottime_us()
        if self._told is None:  # before the first look nobody was told anything
            self._told = {camera_id: (boottime_us, row) for camera_id, row in rows.items()}
            return
        for camera_id in [camera_id for camera_id in self._told if camera_id not in rows]:
            del self._told[camera_id]
            self._events.publish("camera_gone", CameraGone(id=camera_id), camera_id=camera_id)
        for camera_id, row in rows.items():
            told_us, told = self._told.get(camera_id, (0, None))
            is_time = row != told and boottime_us - told_us >= FIGURES_EVERY_US
            if is_time or not row.is_steady_as(told):
                self._told[camera_id] = (boottime_us, row)
                self._events.publish("camera", row, camera_id=camera_id)

    def _tell_volumes(self, view: Overview) -> None:
        volumes = {volume.uuid or volume.name: volume.state for volume in view.volumes}
        for uuid, state in volumes.items():
            if self._volumes is not None and self._volumes.get(uuid) != state:
                self._events.publish("volume", VolumeChanged(uuid=uuid, state=state), is_about_health=True)
        self._volumes = volumes

    def _tell_alarms(self, view: Overview) -> None:
        alarms = [(alarm.code, alarm.subject, alarm.since_us) for alarm in view.alarms]
        if self._alarms is not None and alarms != self._alarms:
            self._events.publish("alarms", AlarmsChanged(count=len(alarms)), is_about_health=True)
        self._alarms = alarms
