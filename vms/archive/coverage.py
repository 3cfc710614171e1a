"""Whether the days of footage that the directive demands are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vms.archive.model import Cause, Gap, Timeline
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from vms.kernel.span import Span

# In twenty days a camera is cleaned and the server updated: an hour of explained holes (0.2 %) leaves the proof whole.
EXPLAINED_SLACK_US = 3600 * US_PER_SECOND
# What nobody can explain, or what was deleted before its day, breaks it; a minute in all is rounding between clocks.
UNEXPLAINED_SLACK_US = 60 * US_PER_SECOND
# A camera in service for less has a twentieth of its time, and its first minutes to be set up in.
SETTLING_US = 600 * US_PER_SECOND
# A camera that lost its line for a moment is still the same unbroken recording to a person who looks for footage.
BRIDGED_US = 10 * US_PER_SECOND

UNEXPLAINED = frozenset({Cause.UNKNOWN, Cause.RETENTION_EXPIRED})


@dataclass(frozen=True, slots=True)
class Coverage:
    """What exists of the days that must exist (requirement D-9.1d).

    `wanted`: the floor's days up to now, not before commissioning; None before that. `covered_fraction` and
    `missing_us` (by cause) speak of `wanted`; `oldest_us` and `continuous_since_us` of the whole time line.
    `continuous_since_us`: since when footage is unbroken up to now, None when it does not reach now. `unknown`: the
    holes in `wanted` that somebody must look into.
    """

    wanted: Span | None
    oldest_us: int | None
    continuous_since_us: int | None
    covered_fraction: float
    missing_us: Mapping[Cause, int]
    unknown: Sequence[Gap]
    is_proven: bool

    @property
    def missing_in_all_us(self) -> int:
        """Time without footage in `wanted`."""
        return sum(self.missing_us.values())


def wanted_span(now_us: int, commissioned_us: int | None, floor_days: int) -> Span | None:
    """The time of which footage must exist now; None for a camera that is not in service yet."""
    start_us = now_us - floor_days * US_PER_DAY
    if commissioned_us is not None:
        start_us = max(start_us, commissioned_us)
    return Span(start_us, now_us) if start_us < now_us else None


def coverage(timeline: Timeline, now_us: int, commissioned_us: int | None, floor_days: int) -> Coverage:
    """Judge one stream's time line, whose gaps fill all its recordings leave (`build_timeline`).

    ValueError when the time line does not hold all of `wanted_span`. Proven is what has footage but for an hour of
    explained holes and a minute of unexplained ones. A hole explained by a camera that was away is no fault of the
    archive, yet it is no footage either: with more than an hour of them the twenty days are not there.
    """
    wanted = wanted_span(now_us, commissioned_us, floor_days)
    oldest_us = timeline.recordings[0].start_us if timeline.recordings else None
    since_us = _continuous_since_us(timeline, now_us)
    if wanted is None:
        return Coverage(None, oldest_us, since_us, 1.0, {}, [], is_proven=True)
    if not timeline.span.covers(wanted):
        raise ValueError(f"the time line {timeline.span} does not hold {wanted}")
    holes = _holes(timeline.gaps, wanted, now_us)
    missing_us: dict[Cause, int] = {}
    for cause, hole in holes:
        missing_us[cause] = missing_us.get(cause, 0) + hole.duration_us
    missing_in_all_us = sum(missing_us.values())
    unexplained_us = sum(missing_us.get(cause, 0) for cause in UNEXPLAINED)
    slack_us = min(EXPLAINED_SLACK_US, max(SETTLING_US, wanted.duration_us // 20))
    return Coverage(
        wanted,
        oldest_us,
        since_us,
        1 - missing_in_all_us / wanted.duration_us,
        missing_us,
        [Gap(hole.start_us, hole.end_us, cause) for cause, hole in holes if cause is Cause.UNKNOWN],
        is_proven=missing_in_all_us <= slack_us and unexplained_us <= UNEXPLAINED_SLACK_US,
    )


def _holes(gaps: Sequence[Gap], wanted: Span, now_us: int) -> list[tuple[Cause, Span]]:
    holes = []
    for gap in gaps:
        end_us = now_us if gap.end_us is None else gap.end_us
        part = Span(gap.start_us, end_us).clip(wanted) if gap.start_us < end_us else None
        if part is not None:
            holes.append((gap.cause, part))
    return holes


def _continuous_since_us(timeline: Timeline, now_us: int) -> int | None:
    if not timeline.recordings:
        return None
    for gap in reversed(timeline.gaps):
        end_us = now_us if gap.end_us is None else gap.end_us
        if end_us - gap.start_us > BRIDGED_US:
            return end_us if end_us < now_us else None
    return timeline.recordings[0].start_us
