"""Drawn pictures into coded units."""

from dataclasses import dataclass, field
from fractions import Fraction

import av
import numpy as np
from av.codec.context import Flags
from av.video.frame import PictureType
from numpy.typing import NDArray

from recorder.simcam.coded_unit import CodedUnit
from recorder.simcam.nal import SYNTAX, split_annex_b
from vms.media.video_format import Codec

TICKS_PER_SECOND = 90_000
Picture = NDArray[np.uint8]
"""Planar YUV 4:2:0 as OpenCV lays it out (I420): height × 3/2 rows of `width` bytes."""

_LIBRARIES: dict[Codec, str] = {"h264": "libx264", "h265": "libx265"}


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """How to code; `extra` goes to x264 or x265 as `name=value` parameters."""

    codec: Codec = "h264"
    width: int = 1280
    height: int = 720
    fps: int = 15
    bitrate_kbps: int = 2000
    gop_s: float = 2.0
    b_frames: int = 0
    preset: str = "ultrafast"
    extra: tuple[tuple[str, str], ...] = field(default=())

    @property
    def gop_frames(self) -> int:
        """Pictures from one key picture to the next."""
        return max(1, round(self.gop_s * self.fps))


class StreamEncoder:
    """One running encoder (libx264 or libx265 by PyAV). Not for two threads at once.

    Delivers each picture at once unless `b_frames` asks for reordering. Parameter sets go before every key
    picture, as cameras do, so that a receiver can join there.
    """

    def __init__(self, settings: EncoderSettings) -> None:
        self.settings = settings
        self._syntax = SYNTAX[settings.codec]
        self._context = _open(settings)
        sets = split_annex_b(self._context.extradata or b"")
        self.parameter_sets = self._syntax.sets_in(sets)

    def encode(self, picture: Picture, pts_90k: int, force_sync: bool = False) -> list[CodedUnit]:
        """Code one picture; returns what the encoder gives back by now, in decoding order."""
        frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
        frame.pts = pts_90k
        frame.time_base = Fraction(1, TICKS_PER_SECOND)
        if force_sync:
            frame.pict_type = PictureType.I
        return [self._unit(packet) for packet in self._context.encode(frame)]

    def flush(self) -> list[CodedUnit]:
        """What reordering still holds back; the encoder is finished then."""
        return [self._unit(packet) for packet in self._context.encode(None)]

    def _unit(self, packet: "av.Packet[av.VideoStream]") -> CodedUnit:
        nals = tuple(
            nal for nal in split_annex_b(bytes(packet)) if self._syntax.type_of(nal) not in self._syntax.unstored
        )
        if self._syntax.is_sync(nals) and not self._syntax.sets_in(nals):
            nals = self.parameter_sets + nals
        assert packet.pts is not None
        dts = packet.pts if packet.dts is None else packet.dts
        return CodedUnit(self.settings.codec, nals, packet.pts, dts)


def _open(settings: EncoderSettings) -> av.VideoCodecContext:
    context = av.CodecContext.create(_LIBRARIES[settings.codec], "w")
    assert isinstance(context, av.VideoCodecContext)
    context.width, context.height, context.pix_fmt = settings.width, settings.height, "yuv420p"
    context.time_base = Fraction(1, TICKS_PER_SECOND)
    context.framerate = Fraction(settings.fps, 1)
    context.bit_rate = settings.bitrate_kbps * 1000
    context.thread_count = 1
    context.flags |= Flags.global_header
    context.options = _options(settings)
    context.open()
    return context


def _options(settings: EncoderSettings) -> dict[str, str]:
    options = {"preset": settings.preset, "forced-idr": "1"}
    if not settings.b_frames:
        options["tune"] = "zerolatency"
    rate = str(settings.bitrate_kbps)
    parameters = {"keyint": str(settings.gop_frames), "scenecut": "0"}
    parameters |= {"bframes": str(settings.b_frames), "vbv-maxrate": rate, "vbv-bufsize": rate}
    if settings.codec == "h265":
        parameters |= {"log-level": "none", "pools": "none", "frame-threads": "1", "open-gop": "0"}
    parameters |= dict(settings.extra)
    name = "x264-params" if settings.codec == "h264" else "x265-params"
    options[name] = ":".join(f"{key}={value}" for key, value in parameters.items())
    return options
