"""Care for a stream that plays: signs of life to the camera, an end to silence."""

import asyncio
from contextlib import suppress

from recorder.rtp.delivery import NO_WHOLE_PICTURE
from recorder.rtp.track import VideoTrack
from recorder.rtp.udp import UdpReceiver
from recorder.rtsp.connection import Connection
from recorder.rtsp.session import RtspSession
from recorder.source import SourceError, SourceStats
from vms.archive.model import Cause
from vms.kernel.clock import US_PER_SECOND, Clock

_REPORT_EVERY_US = 5 * US_PER_SECOND  # some cameras want a sign of life within 5 s
_GOODBYE_PATIENCE_US = 5 * US_PER_SECOND
_NO_PICTURE_US = 30 * US_PER_SECOND  # some send filler alone for many seconds while nothing moves
_UNSUPPORTED_PACKETS = 50


class StreamWatch:
    """Called by the ticker; once a second it does the slow things. `ended` gets the reason when patience is over."""

    def __init__(
        self,
        connection: Connection,
        session: RtspSession,
        track: VideoTrack,
        clock: Clock,
        stats: SourceStats,
        *,
        channels: tuple[int, int],
        udp: UdpReceiver | None,
        server_ports: tuple[int, int] | None,
        silent_s: float,
        parameter_sets_s: float,
    ) -> None:
        self.track = track
        self.ended: asyncio.Future[SourceError] = asyncio.get_running_loop().create_future()
        self._connection = connection
        self._session = session
        self._clock = clock
        self._stats = stats
        self._control_channel = channels[1]
        self._udp = udp
        self._server_ports = server_ports
        self._silent_us = int(silent_s * US_PER_SECOND)
        self._parameter_sets_us = int(parameter_sets_s * US_PER_SECOND)
        now_us = clock.boottime_us()
        self._started_us = self._second_us = self._minute_us = self._keep_alive_us = now_us
        self._report_us = now_us - _REPORT_EVERY_US
        self._bytes_at_second = stats.bytes_received

    def on_tick(self) -> None:
        """Four times a second."""
        now_us = self._clock.boottime_us()
        self._connection.drain_idle(now_us)
        if self._udp is not None:
            self._udp.on_tick()
        if now_us - self._second_us >= US_PER_SECOND and not any(end.done() for end in self._ends()):
            self.run_once(now_us)

    def on_failure(self) -> None:
        """A mistake of ours ends this stream, for it would go unwatched."""
        self._end(SourceError(Cause.UNKNOWN, "protocol", "The camera's stream could not be watched."))

    async def wait(self) -> SourceError:
        """Wait until patience is over or the connection fails; returns why."""
        # Unlike awaiting a future, this does not cancel it when we are cancelled: the goodbye looks at it.
        done, _ = await asyncio.wait(self._ends(), return_when=asyncio.FIRST_COMPLETED)
        return done.pop().result()

    def _ends(self) -> set[asyncio.Future[SourceError]]:
        """Whatever ends the stream first."""
        ends = {self.ended, self._connection.failed}
        return ends if self._udp is None else ends | {self._udp.failed}

    def _end(self, error: SourceError) -> None:
        with suppress(asyncio.InvalidStateError):
            self.ended.set_result(error)

    def run_once(self, now_us: int) -> None:
        """Once a second."""
        passed_s = (now_us - self._second_us) / US_PER_SECOND
        received = self._stats.bytes_received - self._bytes_at_second
        self._second_us, self._bytes_at_second = now_us, self._stats.bytes_received
        self._connection.low_water.note_rate(received / passed_s)
        self.track.flush_old(now_us)
        if now_us - self._minute_us >= 60 * US_PER_SECOND:
            self._minute_us = now_us
            self._connection.splitter.start_minute()
        if now_us - self._report_us >= _REPORT_EVERY_US:
            self._report_us = now_us
            self._send_report()
        if now_us - self._keep_alive_us >= self._session.keep_alive.period_s * US_PER_SECOND:
            self._keep_alive_us = now_us
            self._session.send_keep_alive()
        error = self._end_of_patience(now_us)
        if error is not None:
            self._end(error)

    def _send_report(self) -> None:
        report = self.track.receiver_report()
        if self._udp is None:
            head = bytes([0x24, self._control_channel]) + len(report).to_bytes(2)
            self._connection.send(head + report)
        elif self._server_ports is not None:
            self._udp.send_report(self._server_ports, report)

    def _end_of_patience(self, now_us: int) -> SourceError | None:
        quiet_us = now_us - self.track.last_packet_us
        delivery = self.track.delivery
        if quiet_us >= delivery.patience_us(self._silent_us):
            return SourceError(Cause.CAMERA_OFFLINE, "silent", "The camera sends no pictures any more.")
        goodbye_us = self.track.goodbye_us
        if goodbye_us is not None and now_us - goodbye_us >= _GOODBYE_PATIENCE_US:
            if self.track.last_packet_us <= goodbye_us:
                return SourceError(Cause.CAMERA_OFFLINE, "closed", "The camera ended the stream.")
            self.track.goodbye_us = None
        error = None if self._stats.access_units else self._why_nothing_came(now_us)
        pictureless_us = now_us - (delivery.last_picture_us or self._started_us)
        if error is None and pictureless_us >= delivery.patience_us(_NO_PICTURE_US):
            error = SourceError(Cause.NETWORK, NO_WHOLE_PICTURE, "Packets come from the camera, but no whole picture.")
        return error

    def _why_nothing_came(self, now_us: int) -> SourceError | None:
        if self.track.depacketiser.unsupported_packets >= _UNSUPPORTED_PACKETS:
            return SourceError(Cause.CAMERA_OFFLINE, "unsupported", "The camera sends pictures in interleaved mode.")
        is_waiting = self.track.delivery.pictures_without_format > 0
        if is_waiting and now_us - self._started_us >= self._parameter_sets_us:
            return SourceError(
                Cause.CAMERA_OFFLINE, "no_parameter_sets", "The camera sends pictures but no parameter sets (SPS)."
            )
        return None
