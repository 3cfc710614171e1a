"""One consistent look at the node, shared by every page."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from vms.archive.coverage import Coverage
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.cameras.status import CameraState, CameraStatus
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, Clock
from vms.kernel.errors import VmsError
from vms.kernel.span import Span
from web.facts import (
    VOLUME_OK,
    AlarmFacts,
    CameraFootage,
    NodeFacts,
    RecorderReport,
    RegisteredCamera,
    SweepFacts,
    VolumeFacts,
)

log = logging.getLogger(__name__)
T = TypeVar("T")
Part = Literal["recorders", "cameras", "alarms", "coverage", "volumes", "footage", "sweep"]  # of the node

FRESH_US = US_PER_SECOND  # many viewers ask the recorder once a second together
ARCHIVE_FRESH_US = 10 * US_PER_SECOND  # timelines of hundreds of cameras are not read for every page
FROZEN_AFTER_US = 10 * US_PER_SECOND  # a recording camera whose last picture is older shows a frozen scene
COVERAGE_SLACK_US = 10 * 60 * US_PER_SECOND  # a camera's first minutes after it was taken into service
MAIN_STREAM = "main"


@dataclass(frozen=True, slots=True)
class CameraView:
    """One camera as every page shows it; `status` is None while no recorder speaks of it."""

    registered: RegisteredCamera
    status: CameraStatus | None
    footage: CameraFootage | None
    picture_age_us: int | None
    recorded_age_us: int | None
    coverage: Coverage | None = None

    @property
    def is_recording(self) -> bool:
        """Whether its pictures reach the disk now."""
        return self.status is not None and self.status.state is CameraState.RECORDING

    @property
    def is_missing(self) -> bool:
        """Whether it should record but does not."""
        live_only = self.status is not None and self.status.state is CameraState.LIVE_ONLY
        return self.registered.must_record and not live_only and not self.is_recording

    @property
    def is_frozen(self) -> bool:
        """Whether it counts as recording although its last picture is old."""
        return self.is_recording and (self.picture_age_us or 0) > FROZEN_AFTER_US

    def is_below_minimum(self, now_us: int) -> bool:
        """Whether footage that article 9(1) wants kept is not there (counted from commissioning, D-9.1d).

        Of a camera that is recorded centrally for a time nothing had to exist before: it is never below.

        Until its coverage was read, the age of its oldest footage has to do.
        """
        if self.registered.is_ordered:
            return False
        since_us = self.registered.commissioned_us
        if self.registered.must_record and self.coverage is not None:
            return not self.coverage.is_proven
        if not self.registered.must_record or since_us is None or self.footage is None:
            return False
        wanted_us = max(since_us + COVERAGE_SLACK_US, now_us - MIN_RETENTION_DAYS * US_PER_DAY)
        return (self.footage.oldest_us or now_us) > wanted_us


@dataclass(frozen=True, slots=True)
class Overview:
    """The node at `now_us`. `unread` names the parts that could not be read."""

    now_us: int
    day: Span
    recorders: Sequence[RecorderReport]
    cameras: Sequence[CameraView]
    volumes: Sequence[VolumeFacts]
    alarms: Sequence[AlarmFacts]
    sweep: SweepFacts | None
    unread: frozenset[Part]

    @property
    def missing(self) -> list[CameraView]:
        """Cameras that should record but do not."""
        return [camera for camera in self.cameras if camera.is_missing]

    @property
    def frozen(self) -> list[CameraView]:
        """Cameras whose picture stands still."""
        return [camera for camera in self.cameras if camera.is_frozen]

    @property
    def below_minimum(self) -> list[CameraView]:
        """Cameras with less footage than the directive wants."""
        return [camera for camera in self.cameras if camera.is_below_minimum(self.now_us)]

    @property
    def failed_volumes(self) -> list[VolumeFacts]:
        """Volumes that take no footage."""
        return [volume for volume in self.volumes if volume.state != VOLUME_OK]


class _Fresh:
    """Answers of one part of the node, asked again only when they are older than `fresh_us`.

    Callers wait for one another: a slow disk is asked once, not once for every viewer.
    """

    def __init__(self, part: Part, fresh_us: int, clock: Clock) -> None:
        self.part = part
        self._fresh_us = fresh_us
        self._clock = clock
        self._lock = threading.Lock()
        self._asked_us: int | None = None
        self._value: Any = None
        self._failed = False

    def get(self, ask: Callable[[], T], otherwise: T) -> tuple[T, bool]:
        """The answer with whether it could be read; the last good one (else `otherwise`) when it could not."""
        with self._lock:
            now_us = self._clock.boottime_us()
            if self._asked_us is None or now_us - self._asked_us >= self._fresh_us:
                try:
                    self._value, self._failed = ask(), False
                except (VmsError, OSError) as err:
                    if not self._failed:
                        log.warning("%s cannot be read: %s", self.part, err)
                    self._failed = True
                self._asked_us = self._clock.boottime_us()
            return (otherwise if self._value is None else self._value), not self._failed


class Observer:
    """Reads the node for the pages: bounded, shared between viewers, complete even when parts are away."""

    def __init__(self, facts: NodeFacts, clock: Clock) -> None:
        self._facts = facts
        self._clock = clock
        quick: tuple[Part, ...] = ("recorders", "cameras", "alarms", "coverage")
        slow: tuple[Part, ...] = ("volumes", "footage", "sweep")
        every = dict.fromkeys(quick, FRESH_US) | dict.fromkeys(slow, ARCHIVE_FRESH_US)
        self._fresh = {part: _Fresh(part, us, clock) for part, us in every.items()}

    def look(self) -> Overview:
        """The node now. Blocks for as long as its slowest part (bounded by the port); call it on a worker thread."""
        seen = self.glance()
        unread = set(seen.unread)
        ids = [view.registered.camera_id for view in seen.cameras]
        nothing: dict[str, CameraFootage] = {}
        unproven: Mapping[str, Coverage] = {}
        footage = self._read("footage", lambda: self._facts.footage(ids, seen.day), nothing, unread)
        covered = self._read("coverage", self._facts.coverage, unproven, unread)
        cameras = [
            replace(
                view,
                footage=footage.get(view.registered.camera_id),
                coverage=covered.get(view.registered.camera_id),
            )
            for view in seen.cameras
        ]
        sweep = self._read("sweep", self._facts.sweep, None, unread)
        return replace(seen, cameras=cameras, sweep=sweep, unread=frozenset(unread))

    def glance(self) -> Overview:
        """The same without what the archive knows of each camera: cheap enough for every second."""
        now_us = self._clock.now_us()
        unread: set[Part] = set()
        none: Sequence[Any] = ()
        recorders = self._read("recorders", self._facts.recorders, none, unread)
        registered = _with_unregistered(self._read("cameras", self._facts.cameras, none, unread), recorders)
        volumes = self._read("volumes", self._facts.volumes, none, unread)
        statuses = _main_streams(recorders)
        cameras = [_view(camera, statuses, now_us) for camera in registered]
        return Overview(
            now_us=now_us,
            day=Span(now_us - US_PER_DAY, now_us),
            recorders=recorders,
            cameras=sorted(cameras, key=lambda view: view.registered.number),
            volumes=[_judged(volume, recorders) for volume in volumes],
            alarms=self._read("alarms", self._facts.alarms, none, unread),
            sweep=None,
            unread=frozenset(unread),
        )

    def registered(self, camera_id: str) -> RegisteredCamera | None:
        """A camera of the register; None for one that is not in it."""
        none: Sequence[RegisteredCamera] = ()
        known = self._read("cameras", self._facts.cameras, none, set())
        return next((camera for camera in known if camera.camera_id == camera_id), None)

    def _read(self, part: Part, ask: Callable[[], T], otherwise: T, unread: set[Part]) -> T:
        value, was_read = self._fresh[part].get(ask, otherwise)
        if not was_read:
            unread.add(part)
        return value


def _main_streams(recorders: Sequence[RecorderReport]) -> dict[str, CameraStatus]:
    """Status of each camera's main stream, by camera id."""
    return {
        row.camera_id: row
        for report in recorders
        if report.status is not None
        for row in report.status.cameras
        if row.stream == MAIN_STREAM
    }


def _with_unregistered(
    registered: Sequence[RegisteredCamera], recorders: Sequence[RecorderReport]
) -> list[RegisteredCamera]:
    """The register, with cameras that only a recorder speaks of (the register may be away)."""
    known = {camera.camera_id for camera in registered}
    spoken = _main_streams(recorders).values()
    return [*registered, *(_stranger(row) for row in spoken if row.camera_id not in known)]


def _stranger(row: CameraStatus) -> RegisteredCamera:
    return RegisteredCamera(row.camera_id, row.number, row.name, row.state is not CameraState.LIVE_ONLY)


def _view(camera: RegisteredCamera, statuses: dict[str, CameraStatus], now_us: int) -> CameraView:
    status = statuses.get(camera.camera_id)
    picture_age_us = _age(status.last_picture_us if status else None, now_us)
    recorded_age_us = _age(status.recorded_until_us if status else None, now_us)
    return CameraView(camera, status, None, picture_age_us, recorded_age_us)


def _age(at_us: int | None, now_us: int) -> int | None:
    return None if at_us is None else max(0, now_us - at_us)


def _judged(volume: VolumeFacts, recorders: Sequence[RecorderReport]) -> VolumeFacts:
    """The volume with the recorder's verdict, which is of this second and comes from writing to it."""
    said = [
        report.status.volumes[volume.uuid]
        for report in recorders
        if report.status is not None and volume.uuid in report.status.volumes
    ]
    bad = next((word for word in said if word != VOLUME_OK), None)
    if bad is None:
        return volume
    return replace(volume, state=bad)
