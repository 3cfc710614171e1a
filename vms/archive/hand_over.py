"""What the event loop and a volume's thread share of one stream."""

from dataclasses import dataclass, field

from vms.archive.model import SegmentHead, StreamKey


@dataclass(slots=True)
class StreamFault:
    """Why a stream's newest segment could not be written on; one for all its segments."""

    reason: str | None = None


@dataclass(slots=True)
class StreamReport:
    """Written by volume threads, read by the event loop; single words, so no lock is needed.

    One for each segment: with a clock that was set back, "durable up to" means nothing for the others.
    """

    stream_fault: StreamFault = field(default_factory=StreamFault)
    durable_until_us: int | None = None

    @property
    def fault(self) -> str | None:
        """See `StreamFault`."""
        return self.stream_fault.reason

    @fault.setter
    def fault(self, reason: str | None) -> None:
        self.stream_fault.reason = reason


@dataclass(slots=True, eq=False)
class SegmentHandle:
    """One segment on its way to disk.

    `end_us` is where the footage handed over ends (0: none; only the event loop moves it). When the segment fails,
    the volume's thread says what was kept: `kept_until_us` (0: nothing), and `sure_until_us`, for what a broken disk
    kept behind its last sync shows only when it is back.
    """

    stream: StreamKey
    head: SegmentHead
    report: StreamReport
    starts_run: bool
    number: int = 0  # in the order they were begun
    end_us: int = 0
    kept_until_us: int = 0
    sure_until_us: int = 0
    failure: str = ""
    is_failed: bool = False

    @property
    def footage_end_us(self) -> int:
        """Where its footage ends as far as is known: what was handed over, until it fails (0: none)."""
        return self.kept_until_us if self.is_failed else self.end_us

    @property
    def is_durable(self) -> bool:
        """Whether all that was handed over survives the death of the machine; nothing more can be lost of it."""
        return not self.end_us or self.report.durable_until_us == self.end_us

    def fail(self, reason: str, kept_until_us: int = 0, sure_until_us: int = 0) -> None:
        """Nothing more of this segment will be kept (called by the volume's thread)."""
        self.kept_until_us, self.sure_until_us, self.failure = kept_until_us, sure_until_us, reason
        self.report.fault = reason
        self.is_failed = True  # last: whoever sees it finds the others in place
