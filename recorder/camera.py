"""Keeps one stream of one camera coming in, for as long as it is wanted."""

import asyncio
import logging
from collections.abc import Callable

from recorder.backoff import Backoff
from recorder.footage import FootageWriter
from recorder.packager import UNSTEADY, Packager
from recorder.rotation import Rotation
from recorder.run import StreamFacts
from recorder.source import Source, SourceError
from recorder.tap_channel import TapChannel
from vms.archive.model import Cause, StreamKey
from vms.cameras.config import CameraConfig
from vms.cameras.status import CameraState, CameraStatus
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.media.access_unit import AccessUnit

log = logging.getLogger(__name__)

OpenSource = Callable[[CameraConfig, str], Source]


class CameraStream:
    """One stream: connect, receive, package, wait, again.

    `run` ends only by cancellation. Each failure is told to the archive, which begins another gap when the reason is
    another: an hour that began as a cut line and went on as a switched-off camera is told as both.
    `ending` is why footage stops when the stream is cancelled. `is_first`: no recorder could have recorded it before.
    """

    def __init__(
        self, config: CameraConfig, key: StreamKey, writer: FootageWriter | None, open_source: OpenSource, clock: Clock,
        *, is_first: bool = False,
    ) -> None:  # fmt: skip
        self.config = config
        self.key = key
        self.channel = TapChannel()
        self.ending: tuple[Cause, str] = (Cause.RECORDER_DOWN, "stopped")
        self._writer = writer
        self._open_source = open_source
        self._clock = clock
        self._is_first = is_first
        self._facts = StreamFacts()
        label = f"camera {config.number} {key.name}"
        self._packager = Packager(writer, self.channel, clock, Rotation(key.camera_id), self._facts, label)
        self._source: Source | None = None
        self._backoff = Backoff()
        self._rates = _Rates()
        self.status = CameraStatus(str(config.camera_id), config.number, config.name, key.name)
        self._first_unit_us: int | None = None

    async def run(self) -> None:
        """Record until cancelled."""
        self._open_first_gap()
        try:
            while True:
                pause_s = await self._attempt()
                await asyncio.sleep(pause_s)
        finally:
            self._packager.end(*self.ending)

    async def run_once(self) -> float:
        """One connection from start to failure; returns the pause before the next, in seconds."""
        self._set_state(CameraState.CONNECTING)
        self._first_unit_us = None
        try:
            source = self._open_source(self.config, self.key.name)
            self._source = source
            self._facts.stats, self._facts.loss_is_known = source.stats, lambda: source.loss_is_known
            source.set_low_latency(self.channel.readers > 0)
            await source.run(self)
            error = SourceError(Cause.CAMERA_OFFLINE, "closed", "The camera ended the stream.")
        except SourceError as err:
            error = err
        finally:
            self._remember_counters()
        return self._after(error)

    async def _attempt(self) -> float:
        """`run_once`, whatever happens: a mistake of ours must not end a camera for good."""
        try:
            return await self.run_once()
        except Exception:  # the outermost loop of a camera
            log.exception("camera %d: failed in a way nobody foresaw", self.config.number)
            error = SourceError(Cause.UNKNOWN, "internal_error", "The recorder made a mistake; it tries again.")
            return self._after(error)

    def on_access_unit(self, unit: AccessUnit) -> None:
        """See `AccessUnitSink.on_access_unit`."""
        if self._first_unit_us is None:
            self._first_unit_us = unit.arrival_us
            log.info("camera %d: %s is coming in", self.config.number, self.key.name)
        self._packager.on_access_unit(unit)
        status = self.status
        status.access_units += 1
        if unit.is_sync:
            self._describe(unit)

    def on_discontinuity(self, reason: str) -> None:
        """See `AccessUnitSink.on_discontinuity`."""
        self._packager.on_discontinuity(reason)

    def on_camera_clock(self, offset_us: int) -> None:
        """See `AccessUnitSink.on_camera_clock`."""
        self._packager.on_camera_clock(offset_us)
        self.status.clock_offset_us = offset_us

    def readers_changed(self) -> None:
        """Somebody began or stopped to watch."""
        if self._source is not None:
            self._source.set_low_latency(self.channel.readers > 0)

    def tick(self) -> None:
        """Once every few seconds: bring the rates and the state up to date."""
        now_us = self._clock.now_us()
        status, source = self.status, self._source
        status.tap_readers = self.channel.readers
        status.recorded_until_us = self._packager.recorded_until_us
        if source is not None:
            status.packets = self._rates.packets_before + source.stats.packets
            status.lost_packets = self._rates.lost_before + source.stats.lost_packets
            status.dropped_units = self._rates.dropped_before + source.stats.dropped_units
            units = status.access_units
            received = self._rates.bytes_before + source.stats.bytes_received
            status.frames_per_s, status.bits_per_s = self._rates.of(self._clock.boottime_us(), units, received)
            if status.frames_per_s:
                status.last_picture_us = now_us
        if self._first_unit_us is not None:
            self._set_state(*self._receiving_state())

    def change_labels(self, config: CameraConfig) -> None:
        """Another name or number; no reason to lose a picture."""
        self.config = config
        self.status.number, self.status.name = config.number, config.name

    def _receiving_state(self) -> tuple[CameraState, str]:
        if self._writer is None:
            return CameraState.LIVE_ONLY, ""
        fault = self._packager.storage_fault or self._writer.fault
        if fault:
            return CameraState.NO_STORAGE, fault
        if not self._packager.is_writing:
            return CameraState.CONNECTING, UNSTEADY if self._packager.is_unsteady else "no_key_frame"
        return CameraState.RECORDING, ""

    def _after(self, error: SourceError) -> float:
        healthy_s = 0.0
        if self._first_unit_us is not None:
            healthy_s = (self._clock.boottime_us() - self._first_unit_us) / US_PER_SECOND
            self.status.reconnects += 1
        self._packager.end(error.cause, error.detail)
        self._first_unit_us = None
        self._set_state(CameraState.WAITING, error.detail)
        pause_s = self._backoff.pause_s(healthy_s, error.retry_after_s)
        log.info("camera %d: %s; next try in %.1f s", self.config.number, error.message, pause_s)
        return pause_s

    def _open_first_gap(self) -> None:
        if self._writer is None:
            return
        now_us = self._clock.now_us()
        last_end_us = self._writer.last_end_us
        since_us = last_end_us if last_end_us is not None else self.config.commissioned_us
        if since_us is None or since_us >= now_us:
            return
        if last_end_us is None and self._is_first:
            self._writer.open_gap(since_us, Cause.NOT_COMMISSIONED, "first_start")  # nothing was down: it begins now
        else:
            self._writer.open_gap(since_us, Cause.RECORDER_DOWN, "not_running")

    def _describe(self, unit: AccessUnit) -> None:
        self.status.codec = unit.format.codec
        self.status.width, self.status.height = unit.format.width, unit.format.height

    def _set_state(self, state: CameraState, detail: str = "") -> None:
        if (self.status.state, self.status.detail) != (state, detail):
            self.status.state, self.status.detail = state, detail
            self.status.since_us = self._clock.now_us()

    def _remember_counters(self) -> None:
        source, self._source = self._source, None
        self.status.frames_per_s = self.status.bits_per_s = 0.0
        if source is not None:
            self._rates.packets_before += source.stats.packets
            self._rates.lost_before += source.stats.lost_packets
            self._rates.dropped_before += source.stats.dropped_units
            self._rates.bytes_before += source.stats.bytes_received


class _Rates:
    """Counters carried over reconnects, and rates between two looks at them."""

    def __init__(self) -> None:
        self.packets_before = 0
        self.lost_before = 0
        self.dropped_before = 0
        self.bytes_before = 0
        self._at: tuple[int, int, int] | None = None

    def of(self, now_us: int, units: int, received_bytes: int) -> tuple[float, float]:
        """Frames per second and bits per second since the last call."""
        before, self._at = self._at, (now_us, units, received_bytes)
        if before is None or now_us <= before[0]:
            return 0.0, 0.0
        seconds = (now_us - before[0]) / US_PER_SECOND
        return (units - before[1]) / seconds, (received_bytes - before[2]) * 8 / seconds
