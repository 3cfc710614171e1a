"""What exists of cameras in intervals, as the API shows it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from vms.cameras.model import Camera
from vms.cameras.standing import Standing, moves_in, standings_in
from vms.footage.availability import MAX_MISSING, Found
from vms.footage.cells import cells_of
from vms.footage.rules import Mark, State, outside_window
from vms.kernel.span import Span


class SpanRow(BaseModel):
    """Half-open, UTC microseconds."""

    start_us: int
    end_us: int


class MissingRow(BaseModel):
    """Time without footage. `cause`: of the directive's list, or `live_only`."""

    start_us: int
    end_us: int
    cause: str
    detail: str


class StoodRow(BaseModel):
    """Where a camera stood, as what it was known. `until_us` null: it still does."""

    from_us: int
    until_us: int | None
    number: int
    name: str
    site: str


class CellRow(BaseModel):
    """A day (an hour, of intervals up to 48 hours). `is_outside`: all of it lies before the guaranteed window.

    `is_moved`: in it the camera began to stand elsewhere.
    """

    start_us: int
    end_us: int
    covered_us: int
    holes: int
    is_outside: bool
    is_moved: bool


class AvailabilityRow(BaseModel):
    """One camera in one interval. `missing`: the first of `missing_in_all`. `outside`: the part before the window.

    `placements`: where it stood in the interval, oldest first; `is_moved`: it was moved within (edge-18).
    """

    camera_id: UUID
    camera_number: int
    camera_name: str
    start_us: int
    end_us: int
    is_live_only: bool
    covered_us: int
    segments: int
    size_bytes: int
    missing: list[MissingRow]
    missing_in_all: int
    outside: SpanRow | None
    placements: list[StoodRow]
    is_moved: bool
    cells: list[CellRow]


class Availability(BaseModel):
    """What exists of all that is asked for. `away_volumes`: disks that could not be asked: holes.

    `window`: what article 10(1) guarantees; null where no service time plays a part (holds).
    """

    items: list[AvailabilityRow]
    found: State
    window: SpanRow | None
    marks: list[Mark]
    covered_us: int
    segments: int
    size_bytes: int
    away_volumes: list[str]


def span_row(span: Span | None) -> SpanRow | None:
    """The same for the API."""
    return None if span is None else SpanRow(start_us=span.start_us, end_us=span.end_us)


def availability(
    found: Sequence[Found], cameras: Mapping[UUID, Camera], state: State, marks: Sequence[Mark],
    window: Span | None, away: Sequence[str], stood: Mapping[UUID, Sequence[Standing]],
) -> Availability:  # fmt: skip
    """All of it with its sums. `stood`: where each camera stood when."""
    return Availability(
        items=[
            _row(one, cameras[one.wanted.camera_id], window, stood.get(one.wanted.camera_id, ())) for one in found
        ],
        found=state,
        window=span_row(window), marks=list(marks), covered_us=sum(one.covered_us for one in found),
        segments=sum(one.amount.segments for one in found), size_bytes=sum(one.amount.size_bytes for one in found),
        away_volumes=list(away),
    )  # fmt: skip


def missing_rows(found: Mapping[str, Any] | None) -> list[MissingRow]:
    """The holes that are kept with an item (`availability.found_json`)."""
    holes = [] if found is None else found["missing"]
    return [MissingRow(start_us=start, end_us=end, cause=cause, detail=detail) for start, end, cause, detail in holes]


def stood_row(one: Standing) -> StoodRow:
    """The same for the API."""
    return StoodRow(from_us=one.from_us, until_us=one.until_us, number=one.number, name=one.name, site=one.site)


def _row(one: Found, camera: Camera, window: Span | None, stood: Sequence[Standing]) -> AvailabilityRow:
    span = one.wanted.span
    moves_us = moves_in(stood, span)
    return AvailabilityRow(
        camera_id=camera.id, camera_number=camera.number, camera_name=camera.name, start_us=span.start_us,
        end_us=span.end_us, is_live_only=one.is_live_only, covered_us=one.covered_us,
        segments=one.amount.segments, size_bytes=one.amount.size_bytes,
        missing=[
            MissingRow(start_us=hole.span.start_us, end_us=hole.span.end_us, cause=hole.cause, detail=hole.detail)
            for hole in one.missing[:MAX_MISSING]
        ],
        missing_in_all=len(one.missing), outside=span_row(None if window is None else outside_window(span, window)),
        placements=[stood_row(each) for each in standings_in(stood, [span])], is_moved=bool(moves_us),
        cells=[
            CellRow(
                start_us=cell.span.start_us, end_us=cell.span.end_us, covered_us=cell.covered_us, holes=cell.holes,
                is_outside=cell.is_outside, is_moved=cell.is_moved,
            )
            for cell in cells_of(one, window, moves_us)
        ],
    )  # fmt: skip
