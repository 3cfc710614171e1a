"""Where the web process gets its facts: the recorders' sockets, the volumes, the control database."""

from collections.abc import Container, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from vms.archive.coverage import Coverage
from vms.cameras.central_queries import ordered_now
from vms.cameras.model import Camera
from vms.cameras.queries import cameras, retention_days_by_camera
from vms.cameras.rules import CameraKind
from vms.cli.node.coverage_reader import CoverageReader
from vms.cli.node.volumes import NodeVolumes
from vms.cli.settings.node import DataPaths, Settings
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.span import Span
from vms.operations.alarms import Severity, open_alarms
from vms.operations.model import VolumeForecast
from vms.operations.queries import forecasts, last_sweep
from web.facts import (
    AlarmFacts,
    CameraFootage,
    RecorderReport,
    RegisteredCamera,
    SweepFacts,
    VolumeFacts,
)
from web.recorder_client import ask_status

BUSY_TIMEOUT_S = 1.0


class LocalNode:
    """`web.facts.NodeFacts` of the node whose data folder this is. Reads only."""

    def __init__(self, settings: Settings, paths: DataPaths, clock: Clock) -> None:
        self._paths = paths
        self._clock = clock
        self._shards = settings.recorder.shards
        self._default_days = settings.retention.days
        self._database = Database.at(paths.database, BUSY_TIMEOUT_S)
        self._volumes = NodeVolumes(settings, paths)
        self._asking = ThreadPoolExecutor(self._shards, thread_name_prefix="ask recorder")
        self._last_cameras: Sequence[RegisteredCamera] = ()
        self._coverage = CoverageReader(self._volumes, self.cameras, clock)

    def recorders(self) -> Sequence[RecorderReport]:
        """See `NodeFacts.recorders`: all shards are asked at once, so one that hangs costs one time-out."""
        sockets = [self._paths.recorder_socket(shard) for shard in range(self._shards)]
        return list(self._asking.map(lambda path: ask_status(path, self._clock), sockets))

    def cameras(self) -> Sequence[RegisteredCamera]:
        """See `NodeFacts.cameras`."""
        with self._database.reading() as session:
            days = retention_days_by_camera(session, self._default_days)
            ordered = ordered_now(session, self._clock.now_us())
            self._last_cameras = [_registered(camera, ordered, days.get(camera.id)) for camera in cameras(session)]
        return self._last_cameras

    def volumes(self) -> Sequence[VolumeFacts]:
        """See `NodeFacts.volumes`; without the control database the forecasts are missing, not the volumes."""
        measured = self._volumes.measure()
        by_uuid: dict[str, VolumeForecast] = {}
        with suppress(VmsError), self._database.reading() as session:
            by_uuid = {forecast.volume_uuid: forecast for forecast in forecasts(session)}
        return [_with_forecast(volume, by_uuid.get(volume.uuid)) for volume in measured]

    def footage(self, camera_ids: Sequence[str], span: Span) -> dict[str, CameraFootage]:
        """See `NodeFacts.footage`."""
        known = {camera.camera_id: camera for camera in self._last_cameras}
        wanted = [known.get(camera_id) or RegisteredCamera(camera_id, 0, "") for camera_id in camera_ids]
        return self._volumes.footage(wanted, span, self._clock.now_us())

    def coverage(self) -> Mapping[str, Coverage]:
        """See `NodeFacts.coverage`."""
        return self._coverage.latest()

    def alarms(self) -> Sequence[AlarmFacts]:
        """See `NodeFacts.alarms`."""
        with self._database.reading() as session:
            found = open_alarms(session)
        names = {camera.camera_id: f"{camera.number} · {camera.name}" for camera in self._last_cameras}
        sites = {camera.camera_id: camera.site for camera in self._last_cameras}
        if found:
            names |= {volume.uuid: volume.name for volume in self._volumes.measure()}
        return [
            AlarmFacts(
                alarm.code, Severity(alarm.severity), alarm.since_us,
                names.get(alarm.subject, alarm.subject), alarm.detail, sites.get(alarm.subject, ""),
            )
            for alarm in found
        ]  # fmt: skip

    def sweep(self) -> SweepFacts | None:
        """See `NodeFacts.sweep`."""
        with self._database.reading() as session:
            last = last_sweep(session)
        if last is None:
            return None
        return SweepFacts(last.finished_us, last.outcome, last.deleted_segments, last.deleted_bytes)


def _registered(camera: Camera, ordered: Container[UUID], days: int | None) -> RegisteredCamera:
    return RegisteredCamera(
        camera_id=str(camera.id),
        number=camera.number,
        name=camera.name,
        must_record=camera.must_record(ordered),
        is_enabled=camera.is_enabled,
        commissioned_us=camera.commissioned_us,
        retention_days=days,
        site=camera.site,
        kind=CameraKind(camera.kind),
        is_recorded=camera.is_recorded or camera.id in ordered,
        is_ordered=not camera.is_recorded and camera.id in ordered,
        has_sub=camera.sealed_sub_address is not None,
    )


def _with_forecast(volume: VolumeFacts, forecast: VolumeForecast | None) -> VolumeFacts:
    if forecast is None:
        return volume
    footage_bytes = forecast.footage_bytes if volume.footage_bytes is None else volume.footage_bytes
    return replace(
        volume,
        footage_bytes=footage_bytes,
        days_until_full=forecast.days_until_full,
        is_retention_at_risk=forecast.is_retention_at_risk,
        is_measuring=forecast.is_measuring,
    )
