"""What of an interval is not in the films, and why (directive 10(2); edge case 54)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from vms.archive.archive import Archive
from vms.archive.model import Cause, Gap
from vms.archive.timeline import JOIN_US
from vms.footage.bundle.manifest import span_json
from vms.footage.bundle.order import CameraOrder
from vms.kernel.span import Span, subtract, union

DAMAGED, AWAY, NOT_YET = "segment_damaged", "volume_away", "not_recorded_yet"  # details beside the archive's own


def given_of(asked: Span, films: Iterable[Span]) -> list[Span]:
    """What of `asked` the films show; rounding between two of them is no hole."""
    joined: list[Span] = []
    for span in union(film for film in films if film.overlaps(asked)):
        if joined and span.start_us - joined[-1].end_us <= JOIN_US:
            joined[-1] = Span(joined[-1].start_us, span.end_us)
        else:
            joined.append(span)
    clipped = (span.clip(asked) for span in joined)
    return [span for span in clipped if span is not None]


def missing_of(
    archive: Archive, camera: CameraOrder, asked: Span, given: Sequence[Span], damaged: Sequence[Span], now_us: int
) -> list[Gap]:
    """Every part of `asked` that is not given, each with its cause; `damaged`: segments that could not all be read."""
    missing: list[Gap] = []
    for hole in subtract(asked, given):
        if hole.duration_us > JOIN_US:
            missing += _explained(archive, camera, hole, damaged, now_us)
    return missing


def missing_json(gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    """As the manifest has them."""
    return [
        span_json(Span(gap.start_us, gap.end_us or gap.start_us + 1)) | {"cause": gap.cause, "detail": gap.detail}
        for gap in gaps
    ]


def _explained(
    archive: Archive, camera: CameraOrder, hole: Span, damaged: Sequence[Span], now_us: int
) -> Iterator[Gap]:
    archive = archive.asked_alone()
    timeline = archive.timeline(camera.key, hole, now_us, camera.commissioned_us)
    gaps = [replace(gap, end_us=hole.end_us) if gap.end_us is None else gap for gap in timeline.gaps]
    told = [Span(gap.start_us, gap.end_us) for gap in gaps if gap.end_us is not None]
    gaps = [_of_missing_volume(gap) if archive.missing else gap for gap in gaps]
    gaps += [_recorded(rest, damaged, now_us) for rest in subtract(hole, told)]
    yield from sorted(gaps, key=lambda gap: gap.start_us)


def _of_missing_volume(gap: Gap) -> Gap:
    """Nobody can tell why there is nothing while a disk that may have it is not asked."""
    return replace(gap, cause=Cause.DISK_FAILURE, detail=AWAY) if gap.cause is Cause.UNKNOWN else gap


def _recorded(rest: Span, damaged: Sequence[Span], now_us: int) -> Gap:
    """What the archive calls recorded, or has no word on: unreadable, or not there yet."""
    if any(span.overlaps(rest) for span in damaged):
        return Gap(rest.start_us, rest.end_us, Cause.DISK_FAILURE, DAMAGED)
    is_future = rest.end_us > now_us
    return Gap(rest.start_us, rest.end_us, Cause.UNKNOWN, NOT_YET if is_future else "")
