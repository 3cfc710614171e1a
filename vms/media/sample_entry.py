"""The sample entry that tells a player which decoder to set up (ISO/IEC 14496-15 §5.4.2, §8.4.1)."""

import struct
from collections.abc import Sequence

from vms.media import h264, h265
from vms.media.fmp4 import box
from vms.media.video_format import VideoFormat
from vms.media.vui import Appearance

# H.264 profiles whose avcC ends without chroma format and bit depths (14496-15 §5.3.3.1.2)
_WITHOUT_CHROMA_INFO = {66, 77, 88}


def sample_entry(video: VideoFormat) -> bytes:
    """Build `avc1` or `hvc1` with its configuration box; parameter sets stand there only, never in samples.

    `colr` or `pasp` follow when the camera's VUI told colours or a pixel shape. Raises VmsError(INVALID,
    `bad_parameter_sets`) when the SPS cannot be read.
    """
    if video.codec == "h264":
        kind, configuration, appearance = b"avc1", *_avcc(video)
    else:
        kind, configuration, appearance = b"hvc1", *_hvcc(video)
    # reserved, data reference | reserved | size, 72 dpi twice, reserved, frames, compressor, depth, -1
    head = struct.pack(">6xH16xHHIIIH32xHh", 1, video.width, video.height, 0x480000, 0x480000, 0, 1, 0x18, -1)
    return box(kind, head + configuration + _shown_as(appearance))


def _avcc(video: VideoFormat) -> tuple[bytes, Appearance]:
    sps = h264.active_sps(video.sps, video.pps)
    lengths_of_4_bytes = 0xFC | 3
    body = bytes((1, sps.profile, sps.constraints, sps.level, lengths_of_4_bytes, 0xE0 | len(video.sps)))
    body += _counted(video.sps) + bytes((len(video.pps),)) + _counted(video.pps)
    if sps.profile not in _WITHOUT_CHROMA_INFO:
        body += bytes((
            0xFC | sps.chroma_format, 0xF8 | (sps.bit_depth_luma - 8), 0xF8 | (sps.bit_depth_chroma - 8), 0,
        ))  # fmt: skip
    return box(b"avcC", body), sps.appearance


def _hvcc(video: VideoFormat) -> tuple[bytes, Appearance]:
    sps = h265.active_sps(video.sps, video.pps)
    general = sps.general
    lengths_of_4_bytes = 3
    body = struct.pack(
        ">BBI6sBHBBBBHB",
        1,
        general.space << 6 | general.is_high_tier << 5 | general.profile,
        general.compatibility,
        general.constraints,
        general.level,
        0xF000,  # min_spatial_segmentation_idc 0: unknown
        0xFC,  # parallelismType 0: unknown
        0xFC | sps.chroma_format,
        0xF8 | (sps.bit_depth_luma - 8),
        0xF8 | (sps.bit_depth_chroma - 8),
        0,  # avgFrameRate: unspecified
        sps.sub_layers << 3 | sps.is_temporally_nested << 2 | lengths_of_4_bytes,
    )
    arrays = ((h265.NalType.VPS, video.vps), (h265.NalType.SPS, video.sps), (h265.NalType.PPS, video.pps))
    body += bytes((len(arrays),))
    for kind, sets in arrays:
        is_complete = 0x80  # hvc1: no more of them in the samples
        body += struct.pack(">BH", is_complete | kind, len(sets)) + _counted(sets)
    return box(b"hvcC", body), sps.appearance


def _counted(sets: Sequence[bytes]) -> bytes:
    return b"".join(part for nal in sets for part in (len(nal).to_bytes(2, "big"), nal))


def _shown_as(appearance: Appearance) -> bytes:
    parts = b""
    if appearance.colour is not None:
        colour = appearance.colour
        codes = struct.pack(">3HB", colour.primaries, colour.transfer, colour.matrix, colour.is_full_range << 7)
        parts += box(b"colr", b"nclx" + codes)
    if appearance.sample_aspect_ratio not in {None, (1, 1)}:
        parts += box(b"pasp", struct.pack(">II", *(appearance.sample_aspect_ratio or ())))
    return parts
