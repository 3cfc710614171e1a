"""A camera's pictures by our own RTSP client: one attempt, from connecting to saying goodbye."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from recorder.address import CameraAddress
from recorder.rtp.fast_path import FastPath
from recorder.rtp.track import VideoTrack
from recorder.rtp.udp import UdpReceiver
from recorder.rtsp.connection import Connection, connect
from recorder.rtsp.quirks import CameraQuirks
from recorder.rtsp.redirect import MAX_REDIRECTS, follow
from recorder.rtsp.session import Redirected, RtspSession, TransportRefused
from recorder.rtsp.stream_watch import StreamWatch
from recorder.rtsp.ticker import ticker
from recorder.rtsp.transport import Transport
from recorder.rtsp.video_choice import VideoChoice, choose
from recorder.source import AccessUnitSink, SourceError, SourceStats
from vms.archive.model import Cause
from vms.kernel.clock import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds we wait for a camera."""

    connect_s: float = 5.0
    reply_s: float = 5.0
    silent_s: float = 10.0
    parameter_sets_s: float = 30.0
    goodbye_s: float = 1.0


class RtspSource:
    """One attempt to receive the video of one camera stream over RTSP. `loss_is_known`: packets are counted.

    TCP interleaved, or UDP when asked or when the camera refuses TCP. Give the same `quirks` to every
    attempt on a camera.
    `allow_host` judges where a redirection may lead. Runs on one event loop; never blocks it.
    """

    kind: Literal["rtsp", "libav"] = "rtsp"
    loss_is_known = True

    def __init__(
        self,
        address: CameraAddress,
        clock: Clock,
        *,
        transport: Literal["tcp", "udp"] = "tcp",
        quirks: CameraQuirks | None = None,
        timeouts: Timeouts | None = None,
        stats: SourceStats | None = None,
    ) -> None:
        self._address = address
        self._clock = clock
        self._quirks = quirks or CameraQuirks()
        self._uses_udp = transport == "udp" or self._quirks.refuses_tcp
        self._timeouts = timeouts or Timeouts()
        self._stats = stats or SourceStats()
        self._is_low_latency = False
        self._connection: Connection | None = None
        self._session: RtspSession | None = None
        self._udp: UdpReceiver | None = None

    @property
    def stats(self) -> SourceStats:
        """See `Source.stats`."""
        return self._stats

    def set_low_latency(self, wanted: bool) -> None:
        """See `Source.set_low_latency`."""
        self._is_low_latency = wanted
        if self._connection is not None:
            self._connection.low_water.set_low_latency(wanted)

    async def run(self, sink: AccessUnitSink) -> None:
        """See `Source.run`."""
        if self._address.is_tls:
            raise SourceError(Cause.CAMERA_OFFLINE, "unsupported", "Encrypted RTSP goes through the library.")
        try:
            watch = await self._open(sink)
            ticker().add(watch.on_tick, watch.on_failure)
            try:
                error = await watch.wait()
            finally:
                ticker().remove(watch.on_tick)
                watch.track.close()
            raise error
        finally:
            await self._say_goodbye()

    async def _open(self, sink: AccessUnitSink) -> StreamWatch:
        """Follow redirections, fall back to UDP, until pictures play."""
        address, redirects = self._address, 0
        while True:
            try:
                return await self._play(address, sink)
            except Redirected as redirection:
                redirects += 1
                if redirects > MAX_REDIRECTS:
                    raise SourceError(
                        Cause.CAMERA_OFFLINE, "protocol", "The camera redirects in circles.", 60.0
                    ) from None
                address = follow(address, redirection.url)
            except TransportRefused:
                if self._uses_udp:
                    raise SourceError(
                        Cause.CAMERA_OFFLINE, "unsupported", "The camera refuses TCP as well as UDP."
                    ) from None
                _log.info("the camera refuses interleaved transport; trying UDP")
                self._uses_udp = self._quirks.refuses_tcp = True
            await self._say_goodbye()

    async def _play(self, address: CameraAddress, sink: AccessUnitSink) -> StreamWatch:
        sock = await connect(address.host, address.port, self._timeouts.connect_s)
        connection = self._connection = Connection(sock, self._clock, self._stats)
        session = self._session = RtspSession(
            connection,
            address,
            address.url,
            self._quirks,
            reply_timeout_s=self._timeouts.reply_s,
            may_send_basic=address.host == self._address.host,
        )
        video = choose(await session.describe())
        if self._uses_udp:
            family, own_ip = connection.own
            try:
                self._udp = UdpReceiver(family, own_ip, connection.peer, self._clock, self._stats)
            except OSError as err:
                raise SourceError(Cause.NETWORK, "protocol", "No UDP ports are free on this machine.") from err
        transport = await session.set_up(video.control, self._transport_header())
        track = self._make_track(video, transport, sink)
        await session.play()
        connection.low_water.set_low_latency(self._is_low_latency)
        connection.low_water.start()
        return StreamWatch(
            connection,
            session,
            track,
            self._clock,
            self._stats,
            channels=transport.channels or (0, 1),
            udp=self._udp,
            server_ports=transport.server_ports,
            silent_s=self._timeouts.silent_s,
            parameter_sets_s=self._timeouts.parameter_sets_s,
        )

    def _transport_header(self) -> str:
        if self._udp is not None:
            return "RTP/AVP;unicast;client_port={}-{}".format(*self._udp.ports)
        return "RTP/AVP/TCP;unicast;interleaved=0-1"

    def _make_track(self, video: VideoChoice, transport: Transport, sink: AccessUnitSink) -> VideoTrack:
        connection = self._connection
        assert connection is not None
        track = VideoTrack(
            video.codec,
            video.payload_type,
            sink,
            self._stats,
            has_donl=video.has_donl,
            ssrc_hint=transport.ssrc,
        )
        track.at(self._clock.boottime_us())
        track.last_packet_us = track.arrival_us
        track.offer_sdp(video.parameter_sets)
        if self._udp is not None:
            self._udp.track = track
            if transport.server_ports is not None:
                self._udp.greet(transport.server_ports, track.receiver_report())
            return track
        data, control = transport.channels or (0, 1)
        connection.track = track
        connection.splitter.map_channel(data, track.on_packet, video.payload_type)
        connection.splitter.map_channel(control, lambda packet: track.on_rtcp(packet, self._clock.now_us()), None)
        connection.splitter.fast_channel = data
        connection.splitter.fast = FastPath(track, data)
        return track

    async def _say_goodbye(self) -> None:
        """TEARDOWN on the same connection, or old cameras stream on into whoever connects next; then let go."""
        connection, session, udp = self._connection, self._session, self._udp
        self._connection = self._session = self._udp = None
        if connection is None:
            return
        try:
            if session is not None and not connection.failed.done():
                connection.low_water.stop()
                with suppress(SourceError, TimeoutError, OSError):
                    async with asyncio.timeout(self._timeouts.goodbye_s):
                        await session.tear_down()
        finally:
            connection.close()
            if udp is not None:
                udp.close()
