"""Pictures with their time, format or damage, handed to the sink as access units."""

from collections.abc import Callable

from recorder.rtp.formats import FormatTracker
from recorder.rtp.nal_rules import NalRules
from recorder.rtp.timeline import Timeline
from recorder.rtp.units import PREFIX_BYTES, Picture
from recorder.source import AccessUnitSink, SourceStats
from vms.media.access_unit import AccessUnit
from vms.media.bits import BitReader
from vms.media.video_format import VideoFormat

SYNC_PATIENCE_US = 10_000_000  # some cameras never send another key frame: better pictures that smear than none
HOLE_US = 10_000_000  # a picture is not shown for longer than this: what comes so much later begins a run of its own
NO_WHOLE_PICTURE = "no_whole_picture"
_SILENT_INTERVALS = 5
_LONGEST_SILENCE_US = 60_000_000


class Delivery:
    """The last step: broken pictures are dropped, the rest of their GOP is marked as damaged.

    `on_interlaced` is told with new parameter sets whether its pictures may come as two fields. A new run
    begins at a key frame: `restart_at_sync` goes on until then, `wait_for_sync` drops what comes before. Time in
    which no whole picture came, for whatever reason, is no footage: it ends a run. `last_picture_us`: when one came.
    """

    def __init__(
        self,
        rules: NalRules,
        sink: AccessUnitSink,
        stats: SourceStats,
        on_interlaced: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self.formats = FormatTracker(rules)
        self._rules = rules
        self._sink = sink
        self._on_interlaced = on_interlaced
        self._stats = stats
        self._timeline = Timeline()
        self._is_damaged = False
        self._is_leading_damaged = False
        self._restart_reason: str | None = None
        self._is_waiting = False
        self._waiting_since_us: int | None = None
        self.pictures_without_format = 0
        self.last_picture_us: int | None = None

    def patience_us(self, least_us: int) -> int:
        """How long this camera may go without a picture: `least_us`, or longer for one that sends few."""
        intervals_us = self._timeline.interval_90k * _SILENT_INTERVALS * 100 // 9
        return max(least_us, min(intervals_us, _LONGEST_SILENCE_US))

    def restart_at_sync(self, reason: str) -> None:
        """Announce a discontinuity before the next key frame."""
        self._restart_reason = self._restart_reason or reason

    def wait_for_sync(self, reason: str) -> None:
        """Begin anew with the next key frame, or with any picture when none comes for 10 s."""
        self._restart_reason = reason
        self._is_waiting = True
        self._waiting_since_us = None
        self._timeline.restart()

    def on_sets(self, sets: list[bytes]) -> None:
        """Take parameter sets that stand before the next picture."""
        self.formats.offer(sets)
        self._on_interlaced(self.formats.resolve())

    def on_picture(self, picture: Picture) -> None:
        """Take a picture from the assembler."""
        if picture.sets:
            self.on_sets(picture.sets)
        if picture.follows_loss:
            self._is_damaged = True
        if picture.is_broken or not picture.nals:
            self._is_damaged = True
            self._stats.dropped_units += 1
            return
        data = picture.nals[0] if len(picture.nals) == 1 else b"".join(picture.nals)
        self.deliver(data, picture.stamp, picture.arrival_us, picture.slice_type, picture.first_slice)

    def deliver(
        self, data: bytes, stamp: int, arrival_us: int, slice_type: int, first_slice: bytes | None = None
    ) -> None:
        """Take a whole picture; `first_slice` is its first slice behind its length, None when it begins with it."""
        last_us, self.last_picture_us = self.last_picture_us, arrival_us
        if last_us is not None and arrival_us - last_us > HOLE_US and arrival_us - last_us > self.patience_us(HOLE_US):
            self.wait_for_sync(NO_WHOLE_PICTURE)
        is_sync = slice_type in self._rules.sync_types
        video = self.formats.format_for(first_slice or data, is_sync=is_sync)
        if video is None:
            self.pictures_without_format += 1
            self._stats.dropped_units += 1
            return
        if self._is_waiting and not is_sync and not self._is_patience_over(arrival_us):
            self._stats.dropped_units += 1
            return
        pts_90k = self._timeline.follow(stamp, arrival_us)
        if pts_90k is None:
            pts_90k = self._judge(stamp, arrival_us, first_slice or data, video)
        if is_sync or self._restart_reason is not None:
            self._begin_run(is_sync=is_sync)
        is_leading = slice_type in self._rules.leading_types
        is_damaged = self._is_damaged or (is_leading and self._is_leading_damaged)
        self._stats.access_units += 1
        self._sink.on_access_unit(AccessUnit(data, pts_90k, arrival_us, is_sync, video, is_damaged, is_leading))

    def _judge(self, stamp: int, arrival_us: int, first_slice: bytes, video: VideoFormat) -> int:
        """The time of a picture whose stamp does not simply go on."""
        may_go_back = video.reorder_depth > 0 or self._is_b_slice(first_slice)
        placed = self._timeline.place(stamp, arrival_us, may_go_back=may_go_back)
        if placed.is_retimed:
            self._stats.retimed_units += 1
        if placed.is_new_line:
            self.restart_at_sync("time_jump")
        return placed.pts_90k

    def _begin_run(self, *, is_sync: bool) -> None:
        if is_sync:
            self._is_leading_damaged = self._is_damaged  # leading pictures refer to what came before it
            self._is_damaged = False
        if self._restart_reason is not None and (is_sync or self._is_waiting):
            self._sink.on_discontinuity(self._restart_reason)
            self._restart_reason = None
        self._is_waiting = False

    def _is_patience_over(self, arrival_us: int) -> bool:
        if self._waiting_since_us is None:
            self._waiting_since_us = arrival_us
        return arrival_us - self._waiting_since_us > SYNC_PATIENCE_US

    def _is_b_slice(self, first_slice: bytes) -> bool:
        """Whether an H.264 picture may precede one sent before it (§7.4.3, slice_type; H.265 tells it in its SPS)."""
        if self._rules.codec != "h264":
            return False
        try:
            bits = BitReader(first_slice[PREFIX_BYTES + 1 : PREFIX_BYTES + 16])
            bits.ue()
            return bits.ue() % 5 == 1
        except ValueError:
            return False
