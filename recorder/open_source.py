"""The choice between our own client and libav, made by itself for each camera."""

from typing import TYPE_CHECKING, Literal

from recorder.address import CameraAddress
from recorder.rtsp.quirks import CameraQuirks
from recorder.rtsp_source import RtspSource
from recorder.source import AccessUnitSink, SourceError, SourceStats
from vms.kernel.clock import Clock

if TYPE_CHECKING:
    from recorder.libav_source import LibavSource

SourceKind = Literal["rtsp", "libav"]


class ChosenSource:
    """One attempt that tries our own client; what that calls `unsupported` goes to libav within the same attempt.

    `remembered` is the `kind` of an attempt before. `kind` is what runs (or ran last): remember it for the next one.
    `loss_is_known` follows it. When libav cannot either, the next attempt starts with our own client again: the camera
    may have been set up anew.
    """

    def __init__(
        self,
        address: CameraAddress,
        clock: Clock,
        remembered: SourceKind | None = None,
        *,
        transport: Literal["tcp", "udp"] = "tcp",
        quirks: CameraQuirks | None = None,
    ) -> None:
        self._address = address
        self._clock = clock
        self._transport = transport
        self._quirks = quirks
        self._stats = SourceStats()
        self._is_low_latency = False
        self._source: RtspSource | LibavSource = self._make(remembered or "rtsp")

    @property
    def kind(self) -> SourceKind:
        """What carries the pictures."""
        return self._source.kind

    @property
    def loss_is_known(self) -> bool:
        """Whether lost packets are noticed."""
        return self._source.loss_is_known

    @property
    def stats(self) -> SourceStats:
        """See `Source.stats`; one count over both kinds."""
        return self._stats

    def set_low_latency(self, wanted: bool) -> None:
        """See `Source.set_low_latency`."""
        self._is_low_latency = wanted
        self._source.set_low_latency(wanted)

    async def run(self, sink: AccessUnitSink) -> None:
        """See `Source.run`."""
        try:
            await self._source.run(sink)
        except SourceError as err:
            if self.kind == "libav":
                if err.detail in ("unsupported", "protocol", "no_video"):
                    self._source = self._make("rtsp")
                raise
            if err.detail != "unsupported":
                raise
        self._source = self._make("libav")
        try:
            await self._source.run(sink)
        except SourceError as err:
            if err.detail == "unsupported":
                self._source = self._make("rtsp")
            raise

    def _make(self, kind: SourceKind) -> "RtspSource | LibavSource":
        if kind == "libav":
            return self._make_libav()
        source = RtspSource(
            self._address,
            self._clock,
            transport=self._transport,
            quirks=self._quirks,
            stats=self._stats,
        )
        source.set_low_latency(self._is_low_latency)
        return source

    def _make_libav(self) -> "LibavSource":
        from recorder.libav_source import LibavSource  # noqa: PLC0415 - 18 MB that most recorders never need

        source = LibavSource(self._address, self._clock, transport=self._transport, stats=self._stats)
        source.set_low_latency(self._is_low_latency)
        return source
