"""Turns a live stream's pictures into pieces for Media Source Extensions."""

from streams.live_items import Picture, Piece
from streams.live_time import LiveTime
from streams.tap_format import is_same
from vms.media import fmp4, init_segment
from vms.media.decode_order import DecodeOrder
from vms.media.fragment import InitSegment, Sample
from vms.media.video_format import VideoFormat

PIECE_90K = 5_400  # 60 ms: two pictures at 25 a second, which halves what every message costs


class Fragmenter:
    """Holds each picture back until the next one tells its duration.

    A piece begins at every key frame and is at most 60 ms longer than its last picture. A change of format or a break
    in time begins a new time line with an init segment of its own (`Piece.init` is another object then).
    """

    def __init__(self) -> None:
        self._format: VideoFormat | None = None
        self._init: InitSegment | None = None
        self._order = DecodeOrder(0)
        self._time = LiveTime()
        self._held: tuple[Picture, int, int] | None = None  # with its Unix time, its composition offset
        self._samples: list[Sample] = []
        self._start_90k = 0
        self._usual_90k = 3600
        self._sequence = 0

    def reset(self) -> None:
        """The next picture has nothing to do with the last one; it waits for a key frame."""
        self._held, self._init, self._samples = None, None, []

    def add(self, picture: Picture) -> list[Piece]:
        """Take the next picture in decoding order; returns the pieces it completes.

        Raises VmsError(INVALID, `bad_parameter_sets`) when no init segment can be built.
        """
        done: list[Piece] = []
        dts_90k = self._order.dts_90k(picture.pts_90k)
        if picture.is_sync and self._needs_new_line(picture, dts_90k):
            done = self._end_line()
            self._begin_line(picture.format)
            dts_90k = self._order.dts_90k(picture.pts_90k)
        elif self._init is None:
            return []
        at_90k = self._time.of(dts_90k, picture.wall_us)
        if self._held is not None:
            done += self._release(at_90k, is_last=picture.is_sync)
        self._held = (picture, at_90k, picture.pts_90k - dts_90k)
        return done

    def _needs_new_line(self, picture: Picture, dts_90k: int) -> bool:
        if self._init is None or self._format is None or not is_same(picture.format, self._format):
            return True
        return self._time.is_broken_by(dts_90k, picture.wall_us)

    def _begin_line(self, video: VideoFormat) -> None:
        self._format = video
        self._init = init_segment.build(video)
        self._order = DecodeOrder(video.reorder_depth)
        self._time = LiveTime()

    def _end_line(self) -> list[Piece]:
        if self._held is None:
            return []
        return self._release(self._held[1] + self._usual_90k, is_last=True)

    def _release(self, end_90k: int, *, is_last: bool) -> list[Piece]:
        assert self._held is not None
        picture, at_90k, offset_90k = self._held
        self._held = None
        if not self._samples:
            self._start_90k = at_90k
        self._usual_90k = duration_90k = end_90k - at_90k
        self._samples.append(Sample(picture.data, duration_90k, offset_90k, picture.is_sync))
        if not is_last and end_90k - self._start_90k < PIECE_90K:
            return []
        return [self._build()]

    def _build(self) -> Piece:
        assert self._init is not None
        fragment = fmp4.build(self._sequence & 0xFFFFFFFF, self._start_90k, self._samples)
        self._sequence += 1
        self._samples = []
        data = b"".join(fragment.buffers)
        return Piece(self._init, data, fragment.start_90k, fragment.duration_90k, fragment.is_sync)
