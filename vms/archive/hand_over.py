"""What the event loop and a volume's thread share of one stream."""

from dataclasses import dataclass

from vms.archive.model import SegmentHead, StreamKey


@dataclass(slots=True)
class StreamReport:
    """Written by volume threads, read by the event loop; single words, so no lock is needed."""

    fault: str | None = None
    durable_until_us: int | None = None


@dataclass(slots=True, eq=False)
class SegmentHandle:
    """One segment on its way to disk.

    `end_us` is where its footage ends: what was handed over, until it fails; then what was kept (0: nothing).
    `sure_until_us` is set when it fails: what a broken disk kept behind its last sync shows only when it is back, so
    the gap begins there.
    """

    stream: StreamKey
    head: SegmentHead
    report: StreamReport
    starts_run: bool
    end_us: int = 0
    sure_until_us: int = 0
    is_failed: bool = False

    def fail(self, reason: str, kept_until_us: int = 0, sure_until_us: int = 0) -> None:
        """Nothing more of this segment will be kept (called by the volume's thread)."""
        self.end_us, self.sure_until_us = kept_until_us, sure_until_us
        self.report.fault = reason
        self.is_failed = True  # last: whoever sees it finds the others in place
