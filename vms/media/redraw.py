"""Footage encoded anew with something drawn into every picture: decode, draw, encode, one fragmented MP4.

Nothing of what was recorded reaches the encoder but through the function that draws: its pictures are copies without
side data, its parameter sets and time stamps are written here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import av
import numpy as np
from av.video.frame import PictureType

from vms.kernel.errors import VmsError
from vms.media import fmp4, h264
from vms.media.annexb import START_CODE, split, split_length_prefixed, to_length_prefixed
from vms.media.copy_rate import PEAK
from vms.media.export_film import with_duration
from vms.media.fragment import Sample
from vms.media.init_parameters import parameter_sets_of
from vms.media.init_segment import TIMESCALE, build
from vms.media.painting import Array, Planes

ENCODER = "libx264"
_KEY_EVERY_90K = 4 * TIMESCALE  # how far apart a player may jump to
_DECODERS = {"h264": "h264", "h265": "hevc"}
_USUAL_RATE = 25  # pictures a second, told to the encoder before it sees any; it goes by their times
_MAX_UNSHOWN = 600  # pictures a decoder may hold back before the first of them count as lost; 16 is the most (H.264)
_MAX_PLACES = 1_000
# Names what wrote the copy, for whoever reads its manifest in years.
ENCODED_BY = f"{ENCODER} (libavcodec {'.'.join(str(part) for part in av.library_versions['libavcodec'])})"

Draw = Callable[[Planes, int], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the original, as it lies in the file: length-prefixed, times in the film's ticks."""

    data: bytes
    show_90k: int
    is_sync: bool


@dataclass(slots=True)
class Redrawing:
    """The copy of one film.

    `init`: of the original, which is `duration_90k` long; `draw` is called for every picture with its planes and its
    time.
    Known once `chunks` has ended: `pictures` written, `width`, `height`, `codec`, and `undecoded`: from when to when
    (ticks) the original could not be decoded, or only with damage. One thread at a time.
    """

    init: bytes
    duration_90k: int
    bits_per_s: int
    draw: Draw
    pictures: int = 0
    width: int = 0
    height: int = 0
    codec: str = ""
    undecoded: list[tuple[int, int]] = field(default_factory=list)
    _encoder: av.VideoCodecContext | None = None
    _unshown: set[int] = field(default_factory=set)
    _undecoded_from: int | None = None
    _shown_90k: int = -1
    _next_key_90k: int = 0

    def chunks(self, pictures: Iterable[Picture]) -> Iterator[bytes]:
        """The copy's bytes, a fragment at a time; none at all when no picture can be decoded.

        Blocks for some milliseconds a picture. Memory: four seconds of the copy, some pictures.
        """
        fragments = _Fragments(self)
        for frame in self._decoded(pictures):
            yield from fragments.take(self._encoded(frame))
        if self._encoder is not None:
            yield from fragments.take(self._encoder.encode(None))
        yield from fragments.end()

    def _decoded(self, pictures: Iterable[Picture]) -> Iterator[av.VideoFrame]:
        """What can be decoded, in the order it is shown in; the rest is noted."""
        codec, sets = parameter_sets_of(self.init)
        decoder = av.CodecContext.create(_DECODERS[codec], "r")
        assert isinstance(decoder, av.VideoCodecContext)
        decoder.thread_type = "SLICE"  # by whole pictures, damage would be told of another one
        is_first = True
        for picture in pictures:
            self._unshown.add(picture.show_90k)
            self._give_up_some()
            packet = _packet(picture, sets if picture.is_sync or is_first else ())
            is_first = False
            if packet is not None:
                yield from self._good(_frames(decoder, packet))
        yield from self._good(_frames(decoder, None))
        self._note_lost(self.duration_90k)
        self._note_good(self.duration_90k)

    def _good(self, frames: Iterable[av.VideoFrame]) -> Iterator[av.VideoFrame]:
        for frame in frames:
            at_90k = frame.pts
            if at_90k is None or at_90k <= self._shown_90k:
                continue
            self._unshown.discard(at_90k)
            self._note_lost(at_90k)
            if not frame.is_corrupt:
                self._note_good(at_90k)
            elif self._undecoded_from is None:
                self._undecoded_from = at_90k
            self._shown_90k = at_90k
            yield frame

    def _give_up_some(self) -> None:
        if len(self._unshown) > _MAX_UNSHOWN:
            self._note_lost(sorted(self._unshown)[_MAX_UNSHOWN // 2])

    def _note_lost(self, before_90k: int) -> None:
        lost = {at for at in self._unshown if at < before_90k}
        if lost:
            self._unshown -= lost
            if self._undecoded_from is None:
                self._undecoded_from = max(0, min(lost))

    def _note_good(self, at_90k: int) -> None:
        start_90k, self._undecoded_from = self._undecoded_from, None
        if start_90k is None:
            return
        if len(self.undecoded) == _MAX_PLACES:  # a film that is damaged everywhere: one place up to here
            start_90k, _ = self.undecoded.pop()
        self.undecoded.append((start_90k, max(at_90k, start_90k + 1)))

    def _encoded(self, frame: av.VideoFrame) -> "list[av.Packet[av.VideoStream]]":
        if self._encoder is None:
            self._encoder = self._open(frame)
        drawn = self._drawn(frame)
        if self._shown_90k >= self._next_key_90k:
            drawn.pict_type = PictureType.I
            self._next_key_90k = self._shown_90k + _KEY_EVERY_90K
        return self._encoder.encode(drawn)

    def _drawn(self, frame: av.VideoFrame) -> av.VideoFrame:
        """A copy with what was drawn; the decoder goes on from its own pictures, which must stay as they are."""
        if (frame.width, frame.height) != (self.width, self.height) or frame.format.name not in _PLANAR_420:
            frame = frame.reformat(self.width, self.height, "yuv420p")
        drawn = av.VideoFrame(self.width, self.height, "yuv420p")
        planes = Planes(*(_array(plane) for plane in drawn.planes))
        for plane, source in zip(planes, frame.planes, strict=True):
            plane[...] = _array(source)
        self.draw(planes, self._shown_90k)
        drawn.pts, drawn.time_base = self._shown_90k, Fraction(1, TIMESCALE)
        drawn.color_range, drawn.colorspace = frame.color_range, frame.colorspace
        return drawn

    def _open(self, frame: av.VideoFrame) -> av.VideoCodecContext:
        self.width, self.height = max(2, frame.width // 2 * 2), max(2, frame.height // 2 * 2)
        encoder = av.CodecContext.create(ENCODER, "w")
        assert isinstance(encoder, av.VideoCodecContext)
        encoder.width, encoder.height, encoder.pix_fmt = self.width, self.height, "yuv420p"
        encoder.time_base, encoder.framerate = Fraction(1, TIMESCALE), Fraction(_USUAL_RATE)
        encoder.bit_rate = self.bits_per_s
        encoder.color_range, encoder.colorspace = frame.color_range, frame.colorspace
        encoder.color_primaries, encoder.color_trc = frame.color_primaries, frame.color_trc
        peak = str(round(self.bits_per_s * PEAK))
        encoder.options = {
            "preset": "superfast", "bf": "0", "forced-idr": "1", "maxrate": peak, "bufsize": peak,
            "x264-params": "scenecut=0:keyint=infinite:force-cfr=0:rc-lookahead=0:threads=2",
        }  # fmt: skip
        return encoder


class _Fragments:
    """Encoded pictures on their way into the file, a fragment for each key frame."""

    def __init__(self, copy: Redrawing) -> None:
        self._copy = copy
        self._held: list[tuple[int, bytes, bool]] = []
        self._sequence = 0

    def take(self, packets: "Iterable[av.Packet[av.VideoStream]]") -> Iterator[bytes]:
        for packet in packets:
            nals = split(bytes(packet))
            if not self._sequence and not self._held:
                yield self._head(nals)
            assert packet.pts is not None
            if packet.is_keyframe and self._held:
                yield self._flushed(packet.pts)
            pictures = [nal for nal in nals if h264.is_vcl(h264.nal_type(nal))]
            self._held.append((packet.pts, to_length_prefixed(pictures), packet.is_keyframe))
            self._copy.pictures += 1

    def end(self) -> Iterator[bytes]:
        if self._held:
            yield self._flushed(max(self._copy.duration_90k, self._held[-1][0] + 1))

    def _head(self, nals: list[bytes]) -> bytes:
        kinds = {kind: [nal for nal in nals if h264.nal_type(nal) == kind] for kind in h264.NalType}
        video = h264.parse(kinds[h264.NalType.SPS], kinds[h264.NalType.PPS])
        self._copy.codec = video.codec_string
        return with_duration(build(video).data, self._copy.duration_90k)

    def _flushed(self, until_90k: int) -> bytes:
        starts = [start_90k for start_90k, _, _ in self._held]
        ends = [*starts[1:], until_90k]
        samples = [
            Sample(data, end - start_90k, 0, is_key)
            for (start_90k, data, is_key), end in zip(self._held, ends, strict=True)
        ]
        self._held.clear()
        self._sequence += 1
        return b"".join(fmp4.build(self._sequence, starts[0], samples).buffers)


_PLANAR_420 = frozenset({"yuv420p", "yuvj420p"})  # the same bytes, the second one says that they have full range


def _array(plane: av.video.plane.VideoPlane) -> Array:
    rows: Array = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]


def _packet(picture: Picture, sets: Iterable[bytes]) -> "av.Packet[av.stream.Stream] | None":
    """The picture as a decoder wants it; None for one whose bytes are no picture any more."""
    try:
        nals = [*sets, *split_length_prefixed(picture.data)]
    except ValueError:
        return None
    packet: av.Packet[av.stream.Stream] = av.Packet(b"".join(part for nal in nals for part in (START_CODE, nal)))
    packet.pts = packet.dts = picture.show_90k
    return packet


def _frames(decoder: av.VideoCodecContext, packet: "av.Packet[av.stream.Stream] | None") -> list[av.VideoFrame]:
    try:
        return decoder.decode(packet)
    except (av.FFmpegError, VmsError):
        return []
