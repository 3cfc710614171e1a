"""When there is footage of a stream, for the drawing on the playback page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from streams.playback.refusals import check_length
from vms.archive.archive import Archive
from vms.archive.model import Gap, StreamKey
from vms.archive.playable import Playable
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.archive.timeline import WRITING_US
from vms.kernel.clock import US_PER_DAY
from vms.kernel.span import Span, subtract, union

MAX_SPAN_US = 400 * US_PER_DAY


@dataclass(frozen=True, slots=True)
class PlaybackTimeline:
    """Recordings and gaps fill `span` up to now without overlap.

    `running_until_us`: the end of what can be played of the file being written, None when nothing is written.
    `oldest_us`, `newest_us`: where the stream's footage begins and ends, whatever the span. `guaranteed_from_us`:
    footage from here on may not have been deleted yet (directive 9(1)). `clock_offset_us`: camera clock minus ours
    as its newest closed segment tells, None when the camera did not say. `away`: volumes that could not be asked;
    their footage shows as gaps.
    """

    span: Span
    recordings: list[Span]
    gaps: list[Gap]
    running_until_us: int | None
    oldest_us: int | None
    newest_us: int | None
    guaranteed_from_us: int
    clock_offset_us: int | None
    away: tuple[UUID, ...]


def timeline(
    archive: Archive, key: StreamKey, span: Span, now_us: int, commissioned_us: int | None
) -> PlaybackTimeline:
    """What is known of `span`; INVALID `span_too_long` beyond 400 days."""
    check_length(span, MAX_SPAN_US)
    archive = archive.asked_alone()
    known = archive.timeline(key, span, now_us, commissioned_us)
    running = archive.running(key)
    recordings = _with_running(known.recordings, running, span)
    gaps = known.gaps if recordings == known.recordings else _without(known.gaps, recordings)
    first, last = archive.first(key), archive.last(key)
    alive = [one.end_us for one in running if now_us - one.end_us < WRITING_US]  # others are torn, not written
    starts = [first.span.start_us] if first else []
    ends = [last.span.end_us] if last else []
    guaranteed_us = now_us - MIN_RETENTION_DAYS * US_PER_DAY
    return PlaybackTimeline(
        span, recordings, gaps, max(alive, default=None),
        min([*starts, *(one.start_us for one in running)], default=None),
        max([*ends, *(one.end_us for one in running)], default=None),
        max(guaranteed_us, commissioned_us or 0),
        last.clock_offset_us if last else None,
        tuple(sorted(archive.missing)),
    )  # fmt: skip


def _with_running(recordings: list[Span], running: Sequence[Playable], span: Span) -> list[Span]:
    """The index hears every few seconds how far a file got; its seals tell it to the last second."""
    clipped = [Span(one.start_us, one.end_us).clip(span) for one in running]
    grown = [one for one in clipped if one is not None]
    return union([*recordings, *grown]) if grown else recordings


def _without(gaps: list[Gap], recordings: list[Span]) -> list[Gap]:
    """Gaps without the time that turned out to have footage; one still going on stays so only at its end."""
    left: list[Gap] = []
    for gap in gaps:
        if gap.end_us is None:
            latest = max((one.end_us for one in recordings), default=gap.start_us)
            left.append(replace(gap, start_us=max(gap.start_us, latest)))
            continue
        rest = subtract(Span(gap.start_us, gap.end_us), recordings)
        left += [replace(gap, start_us=part.start_us, end_us=part.end_us) for part in rest]
    return left
