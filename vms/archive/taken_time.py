"""Which time a stream's footage takes, where more can lie."""

from collections.abc import Iterable

from vms.archive.model import Place
from vms.archive.stream_state import LEAST_ROOM_US
from vms.kernel.span import Span, union

MAX_SPANS = 1000  # of one process; a camera that breaks off every minute makes them in a day


class TakenTime:
    """What one process wrote of one stream, as few spans; belongs to the event loop."""

    def __init__(self) -> None:
        self.spans: list[Span] = []

    def add(self, start_us: int, end_us: int) -> None:
        """Take this time for good. Beyond the bound the oldest holes count as taken: footage goes behind them."""
        if end_us <= start_us:
            return
        self.spans = union([*self.spans, Span(start_us, end_us)])
        if len(self.spans) > MAX_SPANS:
            first, second, *rest = self.spans
            self.spans = [Span(first.start_us, second.end_us), *rest]


def place(taken: Iterable[Span], start_us: int) -> Place:
    """`start_us` itself where it is free, else the end of the footage that takes it, with room to record behind it."""
    for span in union(taken):
        if span.end_us <= start_us:
            continue
        if span.start_us - start_us >= LEAST_ROOM_US:
            return Place(start_us, span.start_us)
        start_us = span.end_us
    return Place(start_us, None)


def limit_of(taken: Iterable[Span], start_us: int) -> int | None:
    """Start of the first footage that ends after `start_us`; at or before it: `start_us` is taken. None: all free."""
    return min((span.start_us for span in taken if span.end_us > start_us), default=None)
