"""One sweep of one volume."""

import logging
from collections.abc import Callable, Mapping
from uuid import UUID

from retention.clock_guard import floor_days
from retention.clock_memory import Judged, judge_clock
from retention.misdated_locks import release_misdated
from retention.ports import Policies
from retention.pressure import KEPT_DAYS, relieve, wanted_free_bytes
from retention.report import Outcome, SweepReport
from retention.volume_use import measure
from vms.archive.deletion import BATCH, delete_expired
from vms.archive.garbage import finish_garbage
from vms.archive.locks import are_locks_confirmed, complete_copies, lock_ids, place_locks
from vms.archive.queries import known_streams
from vms.archive.volume import Volume
from vms.kernel.clock import Clock
from vms.kernel.errors import VmsError

log = logging.getLogger(__name__)


class _Stopped(Exception):  # noqa: N818 - a way out, not an error
    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail


def run_once(
    volume: Volume, policies: Policies, clock: Clock, is_stopping: Callable[[], bool] = lambda: False
) -> SweepReport:
    """Delete what may go: first what its policy lets go, then, only if the disk runs full, what the floor lets go.

    Everything that is needed to judge must be known first (the right disk, its locks, the clock, the policies);
    otherwise nothing is deleted and the report says why. All ages are judged at one moment. Never raises because of
    the disk or a database; ends early when `is_stopping`; can be killed anywhere and run again.
    """
    report = SweepReport(volume.uuid, clock.now_us())
    try:
        _sweep(volume, policies, clock, report, is_stopping)
    except _Stopped as stop:
        report.outcome, report.detail = stop.outcome, stop.detail
    except VmsError as err:
        report.outcome, report.detail = _outcome_of(err), err.message
    except OSError as err:
        report.outcome = Outcome.VOLUME_UNAVAILABLE
        report.detail = f"The disk refused: {err.strerror}. Check it."
    report.finished_us = clock.now_us()
    return report


def _sweep(
    volume: Volume, policies: Policies, clock: Clock, report: SweepReport, is_stopping: Callable[[], bool]
) -> None:
    if not volume.still_there():
        volume.attach()
    finish_garbage(volume)  # their rows are gone, so nothing has to be judged
    _complete_copies(volume)
    with volume.index.read() as connection:
        if not are_locks_confirmed(connection):
            raise _Stopped(
                Outcome.LOCKS_NOT_TRUSTED,
                "The index was lost: compare its locks with what people decided, then `vms retention confirm-locks`.",
            )
        cameras = {stream.camera_id for stream in known_streams(connection)}
    _keep_what_was_decided(volume, policies)
    judged = judge_clock(volume, clock)
    memory = judged.judgement.memory
    if memory is None:
        raise _Stopped(Outcome.CLOCK_NOT_TRUSTED, judged.judgement.reason)
    floor = floor_days(memory)
    days = {camera_id: max(given, floor) for camera_id, given in _policies(policies).items()}
    release_misdated(volume, days, judged.now_us)
    report.unregistered = sorted(cameras - days.keys(), key=str)
    _delete_expired(volume, days, judged, report, is_stopping)
    if not is_stopping():
        _relieve(volume, days, floor, judged, report, is_stopping)


def _keep_what_was_decided(volume: Volume, policies: Policies) -> None:
    """A disk that was away, or is an older copy, lacks locks that were decided on meanwhile: they come first."""
    try:
        decided = policies.locks()
    except VmsError as err:
        raise _Stopped(Outcome.POLICIES_UNKNOWN, f"Nobody knows what must be kept: {err.message}") from err
    there = lock_ids(volume)
    if place_locks(volume, [lock for lock in decided if lock.id not in there]):
        raise _Stopped(
            Outcome.LOCKS_NOT_TRUSTED,
            "The volume let go what must be kept again: the database is older. `vms jobs` places new locks.",
        )


def _complete_copies(volume: Volume) -> None:
    """A disk that refuses them stops nothing: their rows keep the footage, and the next sweep tries again."""
    try:
        complete_copies(volume)
    except OSError as err:
        log.warning("the copies of locks could not be written: %s", err.strerror)


def _policies(policies: Policies) -> Mapping[UUID, int]:
    try:
        return policies.retention_days()
    except VmsError as err:
        raise _Stopped(Outcome.POLICIES_UNKNOWN, f"Nobody knows how long footage is kept: {err.message}") from err


def _delete_expired(
    volume: Volume, days: Mapping[UUID, int], judged: Judged, report: SweepReport, is_stopping: Callable[[], bool]
) -> None:
    while not is_stopping():
        result = delete_expired(
            volume, lambda camera_id: days.get(camera_id, KEPT_DAYS), judged.now_us, limit=BATCH, judged=judged.seen
        )
        report.deleted_segments += len(result.deleted)
        report.deleted_bytes += sum(segment.size_bytes for segment in result.deleted)
        if len(result.deleted) < BATCH:
            return


def _relieve(
    volume: Volume, days: Mapping[UUID, int], floor: int, judged: Judged, report: SweepReport,
    is_stopping: Callable[[], bool],
) -> None:  # fmt: skip
    """A disk that cannot be measured is not swept under pressure: nobody knows how much would be enough."""
    try:
        use = measure(volume, days, judged.now_us)
        wanted_bytes = wanted_free_bytes(use.reserve_bytes, use.ingest_bytes_per_day)
        relief = relieve(volume, days.keys(), judged.now_us, wanted_bytes, is_stopping, judged.seen, floor)
    except OSError as err:
        log.warning("a volume cannot be measured: %s", err.strerror)
        report.is_measured = False
        return
    report.pressure_segments = relief.segments
    report.pressure_bytes = relief.size_bytes
    report.needs_bytes = relief.missing_bytes


def _outcome_of(err: VmsError) -> Outcome:
    return Outcome.LOCKS_NOT_TRUSTED if err.code == "locks_unconfirmed" else Outcome.VOLUME_UNAVAILABLE
