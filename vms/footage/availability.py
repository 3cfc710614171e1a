"""What exists of a camera in an interval, what is missing, why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from vms.archive.archive import Archive
from vms.archive.model import Cause, StreamKey
from vms.archive.queries import Amount
from vms.cameras.central_queries import ordered_spans
from vms.cameras.model import Camera
from vms.cameras.rules import CameraKind
from vms.footage.rules import State
from vms.kernel.span import Span, subtract, union

LIVE_ONLY = "live_only"  # of a city-view camera nothing is recorded (article 13(1), A-19)
RECONFIGURED = "reconfigured"  # what the recorder tells of a stream that it records no more by its configuration
MAX_MISSING = 500  # holes that are kept with an item; a camera with more of them has one that says so


@dataclass(frozen=True, slots=True)
class Wanted:
    """One camera in one interval. `commissioned_us`: before that nothing could exist.

    `is_city_view`: what the camera is today. It may have been recorded before: it is locked, looked for like any other.
    `ordered`: when it was meant to be recorded centrally, sorted (D-12.4b).
    """

    camera_id: UUID
    span: Span
    is_city_view: bool
    commissioned_us: int
    ordered: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Time without footage. `cause`: of the archive (D-10.2c), or `live_only`."""

    span: Span
    cause: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What exists of `wanted`: sorted spans of footage, and holes with causes.

    Time that neither names is being written this moment. `amount`: of closed segments that touch it. `away`: volumes
    that could not be asked for it; while there are any, what is called missing may be there all the same.
    """

    wanted: Wanted
    recordings: Sequence[Span] = field(default=())
    missing: Sequence[Missing] = field(default=())
    amount: Amount = field(default=Amount(0, 0))
    away: frozenset[UUID] = frozenset()

    @property
    def covered_us(self) -> int:
        """How much there is."""
        return sum(one.duration_us for one in self.recordings)

    @property
    def is_live_only(self) -> bool:
        """Whether nothing was ever recorded of it, nor meant to be (A-19)."""
        return [(one.span, one.cause) for one in self.missing] == [(self.wanted.span, LIVE_ONLY)]


def wanted_of_camera(session: Session, camera: Camera, span: Span) -> Wanted:
    """One registered camera in one interval."""
    return wanted_of_cameras(session, [camera], [span])[0]


def wanted_of_cameras(session: Session, cameras: Sequence[Camera], spans: Sequence[Span]) -> list[Wanted]:
    """Each camera in each interval."""
    ordered = ordered_spans(session, [one.id for one in cameras])
    return [
        Wanted(one.id, span, one.kind == CameraKind.CITY_VIEW, one.commissioned_us, ordered.get(one.id, ()))
        for one in cameras
        for span in spans
    ]


def look(archive: Archive, wanted: Iterable[Wanted], now_us: int) -> list[Found]:
    """Look for each, in order. Reads indexes only; a camera of twenty days takes some ten milliseconds.

    A volume that is away shows as holes; `Found.away` names it, whatever other threads see of it meanwhile.
    """
    return [_look(archive, one, now_us) for one in wanted]


def away_of(found: Iterable[Found]) -> frozenset[UUID]:
    """Volumes that could not be asked for some of it."""
    return frozenset[UUID]().union(*(one.away for one in found))


def state_of(found: Iterable[Found]) -> State:
    """Whether all, some or nothing of what was asked for exists."""
    known = list(found)
    if not any(one.recordings for one in known):
        return State.UNAVAILABLE
    return State.PARTIALLY_AVAILABLE if any(one.missing for one in known) else State.AVAILABLE


def is_late(found: Iterable[Found], window: Span) -> bool:
    """Whether footage that was guaranteed at service had run out by the time it was looked for (A-03, edge-36)."""
    return any(
        hole.cause == Cause.RETENTION_EXPIRED and hole.span.overlaps(window) for one in found for hole in one.missing
    )


def found_json(found: Found) -> dict[str, Any]:
    """What is kept with an item of a case: P-04 – P-07 print it."""
    holes = [[hole.span.start_us, hole.span.end_us, hole.cause, hole.detail] for hole in found.missing[:MAX_MISSING]]
    return {
        "covered_us": found.covered_us, "segments": found.amount.segments, "size_bytes": found.amount.size_bytes,
        "missing": holes, "missing_in_all": len(found.missing),
    }  # fmt: skip


def was_live_only(span: Span, found: Mapping[str, Any]) -> bool:
    """`Found.is_live_only` of what was kept with an item for `span`."""
    return [hole[:3] for hole in found["missing"]] == [[span.start_us, span.end_us, LIVE_ONLY]]


def _look(archive: Archive, wanted: Wanted, now_us: int) -> Found:
    archive, key = archive.asked_alone(), StreamKey(wanted.camera_id, "main")
    timeline = archive.timeline(key, wanted.span, now_us, wanted.commissioned_us)
    running = (Span(one.start_us, one.end_us).clip(wanted.span) for one in archive.running(key))
    recordings = union([*timeline.recordings, *(one for one in running if one is not None)])
    missing = [
        Missing(part, gap.cause.value, gap.detail)
        for gap in timeline.gaps
        for part in _clipped(gap.start_us, gap.end_us, wanted.span, now_us, recordings)
    ]
    amount = archive.amount(key, wanted.span)
    if wanted.is_city_view and not archive.missing:
        missing = _of_city_view(wanted, recordings, missing)
    return Found(wanted, recordings, missing, amount, frozenset(archive.missing))


def _of_city_view(wanted: Wanted, recordings: Sequence[Span], missing: Sequence[Missing]) -> list[Missing]:
    """Holes of a camera that is live only today: what it was before keeps its causes, what came behind is live only."""
    meant = filter(None, (one.clip(wanted.span) for one in wanted.ordered))
    traces = [one.end_us for one in (*recordings, *meant)] + [one.span.end_us for one in missing if _was_meant(one)]
    if not traces:
        return [Missing(wanted.span, LIVE_ONLY)]
    until_us = max(traces)
    return [Missing(one.span, LIVE_ONLY) if one.span.start_us >= until_us else one for one in missing]


def _was_meant(hole: Missing) -> bool:
    """Whether somebody recorded then, or should have: a hole that nobody told a cause of shows nothing like it."""
    is_turned = (hole.cause, hole.detail) == (Cause.MAINTENANCE, RECONFIGURED)
    return not is_turned and hole.cause not in (Cause.UNKNOWN, Cause.NOT_COMMISSIONED)


def _clipped(start_us: int, end_us: int | None, span: Span, now_us: int, recordings: Sequence[Span]) -> list[Span]:
    """A gap inside the interval, without what a file being written turned out to have."""
    end_us = max(now_us, start_us + 1) if end_us is None else end_us
    part = Span(start_us, end_us).clip(span) if start_us < end_us else None
    return [] if part is None else subtract(part, recordings)
