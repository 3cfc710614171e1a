"""A camera's pictures by libav (PyAV): the fallback for what our own client does not speak."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from errno import EIO
from functools import partial
from typing import Literal
from urllib.parse import quote

import av
import av.error

from recorder.address import CameraAddress
from recorder.rtp.delivery import Delivery
from recorder.rtp.nal_rules import H264, H265, Kind, NalRules
from recorder.rtp.timeline import DEFAULT_INTERVAL_90K
from recorder.rtp.units import MAX_UNIT_BYTES, MAX_UNIT_NALS, PREFIX_BYTES, Picture
from recorder.source import AccessUnitSink, SourceError, SourceStats
from vms.archive.model import Cause
from vms.kernel.clock import Clock
from vms.media import annexb

_OPEN_TIMEOUT_S = 5.0
_READ_TIMEOUT_S = 10.0
_GOODBYE_S = 1.0
_QUEUED_PACKETS = 64
_log = logging.getLogger(__name__)
_RULES = {"h264": H264, "hevc": H265}
_TICKS_PER_SECOND = 90_000


class LibavSource:
    """One attempt through libav, in a thread of its own.

    `loss_is_known` is False: libav hands on damaged pictures unmarked. Pictures reach the sink on the event loop's
    thread. At most 64 packets wait for the loop; then reading pauses.
    """

    kind: Literal["rtsp", "libav"] = "libav"
    loss_is_known = False

    def __init__(
        self,
        address: CameraAddress,
        clock: Clock,
        *,
        transport: Literal["tcp", "udp"] = "tcp",
        stats: SourceStats | None = None,
    ) -> None:
        self._address = address
        self._clock = clock
        self._transport = transport
        self._stats = stats or SourceStats()
        self._stop = threading.Event()
        self._slots = threading.Semaphore(_QUEUED_PACKETS)
        self._delivery: Delivery | None = None
        self._rules = H264
        self._held_first: tuple[bytes, int] | None = None
        self._sink: AccessUnitSink | None = None
        self._mistake: SourceError | None = None

    @property
    def stats(self) -> SourceStats:
        """See `Source.stats`."""
        return self._stats

    def set_low_latency(self, wanted: bool) -> None:
        """See `Source.set_low_latency`; libav always reads packet by packet, there is nothing to change."""

    async def run(self, sink: AccessUnitSink) -> None:
        """See `Source.run`."""
        self._sink = sink
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[SourceError] = loop.create_future()
        thread = threading.Thread(target=self._work, args=(loop, ended), name="libav source", daemon=True)
        thread.start()
        try:
            await asyncio.wait({ended})
        except asyncio.CancelledError:
            self._stop.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(_GOODBYE_S):
                    await asyncio.wait({ended})
            raise
        raise ended.result()

    def _work(self, loop: asyncio.AbstractEventLoop, ended: "asyncio.Future[SourceError]") -> None:
        """The thread: opens, reads, closes. libav's objects never leave it."""
        error = SourceError(Cause.UNKNOWN, "protocol", "The library failed.")
        try:
            self._receive(loop)
            error = self._mistake or SourceError(Cause.CAMERA_OFFLINE, "closed", "The camera ended the stream.")
        except SourceError as err:
            error = err
        except (av.error.FFmpegError, OSError, ValueError) as err:  # their texts name the address: never handed on
            error = self._reason(err)
        finally:
            with suppress(RuntimeError):  # the loop is gone when the process ends
                loop.call_soon_threadsafe(_settle, ended, error)

    def _receive(self, loop: asyncio.AbstractEventLoop) -> None:
        options = {
            "rtsp_transport": self._transport,
            "allowed_media_types": "video",
            "analyzeduration": "0",
            "probesize": "32",
            "user_agent": "Nazar",
            "rtsp_flags": "filter_src",
            "tls_verify": "0",  # cameras sign their certificates themselves: see recorder/rtsp/DESIGN.md
        }
        with av.open(self._url(), options=options, timeout=(_OPEN_TIMEOUT_S, _READ_TIMEOUT_S)) as container:
            if not container.streams.video:
                raise SourceError(Cause.CAMERA_OFFLINE, "no_video", "The camera offers no video at this path.")
            stream = container.streams.video[0]
            rules = _RULES.get(stream.codec_context.name)
            if rules is None:
                raise SourceError(
                    Cause.CAMERA_OFFLINE,
                    "unsupported",
                    "The camera's video is neither H.264 nor H.265. Change its codec.",
                )
            extradata = bytes(stream.codec_context.extradata or b"")
            loop.call_soon_threadsafe(self._guarded, partial(self._begin, rules, extradata))
            for packet in container.demux(stream):
                if self._stop.is_set():
                    return
                data, arrival_us = bytes(packet), self._clock.boottime_us()
                ticks = None
                if packet.pts is not None and packet.time_base is not None:
                    ticks = int(packet.pts * packet.time_base * _TICKS_PER_SECOND)
                while not self._slots.acquire(timeout=0.5):
                    if self._stop.is_set():
                        return
                loop.call_soon_threadsafe(self._guarded, partial(self._take, data, ticks, arrival_us))

    def _guarded(self, work: Callable[[], None]) -> None:
        """On the loop: a mistake of ours ends this source (the thread sees it at the next packet), no other."""
        try:
            work()
        except Exception:  # noqa: BLE001 - the outermost loop of a camera
            _log.exception("a camera's data was not understood")
            self._mistake = SourceError(Cause.UNKNOWN, "protocol", "The camera's data could not be understood.")
            self._stop.set()

    def _begin(self, rules: NalRules, extradata: bytes) -> None:
        """On the loop: what the SDP said is known."""
        assert self._sink is not None
        self._rules = rules
        self._delivery = Delivery(rules, self._sink, self._stats)
        self._delivery.formats.offer(annexb.split(extradata), is_from_sdp=True)

    def _take(self, data: bytes, ticks: int | None, arrival_us: int) -> None:
        """On the loop: one packet. The first, a key frame, has no time stamp: it gets one from the second."""
        self._slots.release()
        self._stats.bytes_received += len(data)
        self._stats.packets += 1
        if self._stop.is_set() or not data or self._delivery is None:
            return
        if ticks is None:
            if self._held_first is None and not self._stats.access_units:
                self._held_first = (data, arrival_us)
            else:
                self._stats.dropped_units += 1
            return
        if self._held_first is not None:
            first, first_us = self._held_first
            self._held_first = None
            self._deliver(first, ticks - DEFAULT_INTERVAL_90K, first_us)
        self._deliver(data, ticks, arrival_us)

    def _deliver(self, data: bytes, ticks: int, arrival_us: int) -> None:
        assert self._delivery is not None
        picture = to_picture(data, self._rules)
        picture.stamp, picture.arrival_us = ticks & 0xFFFFFFFF, arrival_us
        if picture.slice_type >= 0:
            self._delivery.on_picture(picture)

    def _reason(self, err: Exception) -> SourceError:
        """Why it ended. All that fails while TLS is being agreed on is an "input/output error" to the library."""
        is_greeting = self._address.is_tls and self._delivery is None
        if is_greeting and isinstance(err, OSError) and err.errno == EIO:
            return SourceError(
                Cause.CAMERA_OFFLINE,
                "protocol",
                "No encrypted connection came about. Try the address with rtsp:// or another port.",
            )
        return _translate(err)

    def _url(self) -> str:
        address = self._address
        if address.username is None:
            return address.url
        scheme, _, rest = address.url.partition("://")
        login = f"{quote(address.username, safe='')}:{quote(address.password or '', safe='')}"
        return f"{scheme}://{login}@{rest}"


def to_picture(data: bytes, rules: NalRules) -> Picture:
    """One access unit in Annex B as a Picture: parameter sets apart, delimiters and filler left out."""
    picture = Picture(is_broken=len(data) > MAX_UNIT_BYTES)
    for nal, kind in _kept(data, rules):
        if kind is Kind.PARAMETER_SET:
            picture.sets.append(nal)
            continue
        framed = len(nal).to_bytes(PREFIX_BYTES) + nal
        picture.nals.append(framed)
        if kind is Kind.SLICE and picture.slice_type < 0:
            picture.slice_type = rules.type_of(nal)
            picture.first_slice = framed
    return picture


def _kept(data: bytes, rules: NalRules) -> Iterator[tuple[bytes, Kind]]:
    for nal in annexb.split(data)[:MAX_UNIT_NALS]:
        kind = rules.kinds[rules.type_of(nal)]
        if kind in (Kind.SLICE, Kind.INFO, Kind.TRAILER, Kind.PARAMETER_SET) and len(nal) > rules.header_bytes:
            yield nal, kind


def _settle(future: "asyncio.Future[SourceError]", error: SourceError) -> None:
    if not future.done():
        future.set_result(error)


def _translate(err: Exception) -> SourceError:
    """Say libav's errors in the recorder's words; their own texts name the address."""
    offline = Cause.CAMERA_OFFLINE
    if isinstance(err, av.error.HTTPUnauthorizedError | av.error.HTTPForbiddenError):
        return SourceError(offline, "wrong_password", "The camera does not accept the stored sign-in.", 120.0)
    if isinstance(err, av.error.HTTPNotFoundError):
        return SourceError(offline, "not_found", "The camera has no stream at this path.")
    if isinstance(err, ConnectionRefusedError):
        return SourceError(offline, "refused", "The camera refuses the connection.")
    if isinstance(err, av.error.ExitError | TimeoutError):
        return SourceError(offline, "silent", "The camera sends no pictures any more.")
    if isinstance(err, EOFError | ConnectionError):
        return SourceError(offline, "closed", "The camera broke the connection.")
    return SourceError(offline, "protocol", "The camera's answers could not be understood.")
