"""What a decoder must know before the first picture: codec, parameter sets, size."""

from dataclasses import dataclass
from typing import Literal

Codec = Literal["h264", "h265"]


@dataclass(frozen=True, slots=True)
class VideoFormat:
    """Parameter sets in force with what they say.

    `vps` is empty for H.264. Sizes are of the displayed picture (cropped). `codec_string` is RFC 6381's
    (`avc1.4D401F`, `hvc1.1.6.L93.B0`). `reorder_depth` is how many pictures may precede a picture in decoding
    order and follow it in output (0: no B-frames). `visible` is the part a viewer could see change (profile,
    level, size, colour …): two formats with equal `visible` may share one run.
    """

    codec: Codec
    vps: tuple[bytes, ...]
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    width: int
    height: int
    codec_string: str
    reorder_depth: int
    visible: tuple[object, ...]
