"""One picture of footage as a JPEG."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING

import av
from av.video.reformatter import ColorRange, Interpolation

from vms.kernel.errors import Kind, VmsError
from vms.media.annexb import START_CODE, split_length_prefixed
from vms.media.video_format import Codec

if TYPE_CHECKING:  # libav's wrapper loads it when it is asked for an array; a web process starts without
    import numpy as np
    from numpy.typing import NDArray

MIN_WIDTH_PX = 16
MAX_SIDE_PX = 16_384
_FEW_UNITS = 8  # for more of them threads are worth their start
_DECODERS = {"h264": "h264", "h265": "hevc"}
_QUALITY = "4"  # of 2 (best) to 31


def to_jpeg(codec: Codec, parameter_sets: Sequence[bytes], units: Sequence[bytes], width_px: int) -> bytes:
    """Decode `units` (length-prefixed access units in decoding order, the first a key frame); a JPEG of the last.

    The JPEG is `width_px` wide, at least 16, never wider than the picture, with the height that the shape of its
    pixels asks for. Blocks for some milliseconds a unit: call it on a worker thread. CORRUPT `footage_undecodable`
    when the decoder does not give that picture.
    """
    wanted = len(units) - 1
    try:
        decoder = av.CodecContext.create(_DECODERS[codec], "r")
        assert isinstance(decoder, av.VideoCodecContext)
        for frame in _decoded(decoder, parameter_sets, units):
            if frame.pts == wanted:
                return _encoded(frame, decoder.sample_aspect_ratio or Fraction(1), width_px)
    except (av.FFmpegError, ValueError) as err:
        raise _undecodable() from err
    raise _undecodable()


def difference(first: bytes, second: bytes) -> float:
    """Mean difference in brightness (0 to 255) of two JPEGs made by `to_jpeg`; 255 when their sizes differ."""
    one, other = _brightness(first), _brightness(second)
    return float(abs(one - other).mean()) if one.shape == other.shape else 255.0


def brightness_of(png: bytes) -> "NDArray[np.uint8]":
    """The brightness of each pixel of a PNG that we drew ourselves."""
    decoder = av.CodecContext.create("png", "r")
    assert isinstance(decoder, av.VideoCodecContext)
    frames = [*decoder.decode(av.Packet(png)), *decoder.decode(None)]
    return frames[0].to_ndarray(format="gray").astype("uint8")


def _brightness(jpeg: bytes) -> "NDArray[np.int16]":
    with av.open(BytesIO(jpeg), "r", format="mjpeg") as container:
        return next(container.decode(video=0)).to_ndarray(format="gray").astype("int16")


def _decoded(
    decoder: av.VideoCodecContext, parameter_sets: Sequence[bytes], units: Sequence[bytes]
) -> Iterator[av.VideoFrame]:
    """Pictures as they come out, the index of its unit as `pts` of each."""
    decoder.thread_type = "AUTO" if len(units) > _FEW_UNITS else "SLICE"
    for index, unit in enumerate(units):
        nals = [*(parameter_sets if not index else ()), *split_length_prefixed(unit)]
        packet = av.Packet(b"".join(part for nal in nals for part in (START_CODE, nal)))
        packet.pts = packet.dts = index
        yield from decoder.decode(packet)
    yield from decoder.decode(None)


def _encoded(frame: av.VideoFrame, pixel_shape: Fraction, width_px: int) -> bytes:
    width, height = _size(frame, pixel_shape, width_px)
    picture = frame.reformat(
        width, height, "yuvj420p", dst_color_range=ColorRange.JPEG, interpolation=Interpolation.AREA
    )
    picture.pts = 0
    encoder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuvj420p"
    encoder.color_range = ColorRange.JPEG
    encoder.options = {"qmin": _QUALITY, "qmax": _QUALITY}
    packets = [*encoder.encode(picture), *encoder.encode(None)]
    return b"".join(bytes(packet) for packet in packets)


def _size(frame: av.VideoFrame, pixel_shape: Fraction, width_px: int) -> tuple[int, int]:
    """Width and height of the still, both even."""
    shown_width = max(1, round(frame.width * pixel_shape))
    width = max(MIN_WIDTH_PX, min(width_px, shown_width, MAX_SIDE_PX))
    height = max(2, min(round(frame.height * width / shown_width), MAX_SIDE_PX))
    return width // 2 * 2, height // 2 * 2


def _undecodable() -> VmsError:
    return VmsError(
        Kind.CORRUPT, "footage_undecodable", "This picture cannot be decoded. Check it with `vms archive verify`."
    )
