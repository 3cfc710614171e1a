"""The port behind which a camera's pictures come in, whatever protocol or library carries them."""

from dataclasses import dataclass
from typing import Protocol

from vms.archive.model import Cause
from vms.media.access_unit import AccessUnit


class AccessUnitSink(Protocol):
    """What receives a camera's pictures: the packager, or a mask worker in front of it.

    Called on the event loop's thread, must return quickly, must not raise.
    """

    def on_access_unit(self, unit: AccessUnit) -> None:
        """Take the next picture in decoding order."""
        ...

    def on_discontinuity(self, reason: str) -> None:
        """The next picture starts a new run: its times have nothing to do with those before."""
        ...

    def on_camera_clock(self, offset_us: int) -> None:
        """The camera's own clock minus ours, from an RTCP sender report (RFC 3550 §6.4.1)."""
        ...


@dataclass(slots=True)
class SourceStats:
    """Counters of one source since it was made; they only grow."""

    bytes_received: int = 0
    packets: int = 0
    access_units: int = 0
    lost_packets: int = 0  # by gaps in the RTP sequence
    dropped_units: int = 0  # not handed on because a part of them was lost
    resyncs: int = 0  # times the framing was lost and found again
    retimed_units: int = 0  # time stamps replaced because they could not be true
    unexpected_packets: int = 0  # foreign SSRC, unknown payload type, unmapped channel


class SourceError(Exception):
    """Why a source ended, in words an operator can act on.

    `cause` is the gap's; `detail` a stable word: `refused`, `timeout`, `no_route`, `silent`, `closed`,
    `wrong_password`, `not_found`, `busy`, `no_video`, `no_parameter_sets`, `no_whole_picture`, `unsupported`,
    `protocol`, `framing`.
    `retry_after_s` is the least pause before another try is worth it (wrong password, 453, 503).
    Never holds an address.
    """

    def __init__(self, cause: Cause, detail: str, message: str, retry_after_s: float = 0.0) -> None:
        super().__init__(message)
        self.cause = cause
        self.detail = detail
        self.message = message
        self.retry_after_s = retry_after_s


class Source(Protocol):
    """One attempt to receive one stream of one camera."""

    @property
    def stats(self) -> SourceStats:
        """Live counters."""
        ...

    @property
    def loss_is_known(self) -> bool:
        """Whether lost packets are noticed; may change while a source runs (a library takes over)."""
        ...

    async def run(self, sink: AccessUnitSink) -> None:
        """Connect and deliver pictures until cancelled (then say goodbye to the camera) or until it fails.

        Raises SourceError when the stream ended for any reason but cancellation.
        """
        ...

    def set_low_latency(self, wanted: bool) -> None:
        """Wake for every packet while somebody watches; for tens of kilobytes otherwise."""
        ...
