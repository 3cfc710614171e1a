"""The matrix of availability: how much of each day or hour exists."""

from collections.abc import Sequence
from dataclasses import dataclass

from vms.footage.availability import Found
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.days import day_of, end_us
from vms.kernel.span import Span

HOUR_US = 3600 * US_PER_SECOND
BY_HOUR_US = 48 * HOUR_US  # up to two days are shown by the hour


@dataclass(frozen=True, slots=True)
class Cell:
    """One day or hour of one interval. `is_outside`: all of it lies before the guaranteed window.

    `is_moved`: in it the camera began to stand elsewhere.
    """

    span: Span
    covered_us: int
    holes: int
    is_outside: bool
    is_moved: bool = False


def cells_of(found: Found, window: Span | None = None, moves_us: Sequence[int] = ()) -> list[Cell]:
    """The interval cut at the municipality's midnights, or at full hours when it has 48 of them or fewer.

    Walks recordings and holes once, in order. `moves_us`: when the camera began to stand elsewhere.
    """
    borders = _borders(found.wanted.span)
    covered = _amounts(borders, found.recordings)
    holes = [0] * len(borders)
    at = 0
    for hole in found.missing:
        while at + 1 < len(borders) and borders[at].end_us <= hole.span.start_us:
            at += 1
        index = at
        while index < len(borders) and borders[index].start_us < hole.span.end_us:
            holes[index] += 1
            index += 1
    return [
        Cell(
            one, covered[index], holes[index], window is not None and one.end_us <= window.start_us,
            any(one.start_us <= at_us < one.end_us for at_us in moves_us),
        )
        for index, one in enumerate(borders)
    ]  # fmt: skip


def _borders(span: Span) -> list[Span]:
    is_by_hour = span.duration_us <= BY_HOUR_US
    cells, at_us = [], span.start_us
    while at_us < span.end_us:
        following_us = (at_us // HOUR_US + 1) * HOUR_US if is_by_hour else end_us(day_of(at_us))
        until_us = min(following_us, span.end_us)
        cells.append(Span(at_us, until_us))
        at_us = until_us
    return cells


def _amounts(borders: Sequence[Span], recordings: Sequence[Span]) -> list[int]:
    covered = [0] * len(borders)
    at = 0
    for recording in recordings:
        while borders[at].end_us <= recording.start_us:
            at += 1
        index = at
        while index < len(borders) and borders[index].start_us < recording.end_us:
            part = borders[index].clip(recording)
            covered[index] += part.duration_us if part else 0
            index += 1
    return covered
