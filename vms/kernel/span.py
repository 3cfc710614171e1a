"""Half-open intervals of time, `[start, end)`."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start_us` (inside) to `end_us` (outside), UTC microseconds. Never empty, never reversed."""

    start_us: int
    end_us: int

    def __post_init__(self) -> None:
        if self.end_us <= self.start_us:
            raise ValueError(f"a span ends after it starts: {self.start_us} .. {self.end_us}")

    @property
    def duration_us(self) -> int:
        """Length in microseconds."""
        return self.end_us - self.start_us

    def overlaps(self, other: "Span") -> bool:
        """Whether they share at least one microsecond."""
        return self.start_us < other.end_us and other.start_us < self.end_us

    def covers(self, other: "Span") -> bool:
        """Whether all of `other` lies inside."""
        return self.start_us <= other.start_us and other.end_us <= self.end_us

    def clip(self, other: "Span") -> "Span | None":
        """The part shared with `other`, or None."""
        start_us, end_us = max(self.start_us, other.start_us), min(self.end_us, other.end_us)
        return Span(start_us, end_us) if start_us < end_us else None


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time as sorted spans that neither overlap nor touch."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start_us <= merged[-1].end_us:
            last = merged[-1]
            merged[-1] = Span(last.start_us, max(last.end_us, span.end_us))
        else:
            merged.append(span)
    return merged


def subtract(whole: Span, taken: Iterable[Span]) -> list[Span]:
    """What of `whole` lies in none of `taken`, sorted."""
    rest: list[Span] = []
    at_us = whole.start_us
    for span in union(taken):
        if span.end_us <= at_us:
            continue
        if span.start_us >= whole.end_us:
            break
        if span.start_us > at_us:
            rest.append(Span(at_us, span.start_us))
        at_us = span.end_us
    if at_us < whole.end_us:
        rest.append(Span(at_us, whole.end_us))
    return rest
