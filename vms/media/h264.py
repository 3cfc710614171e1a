"""What H.264 NAL units are (Rec. ITU-T H.264 §7.4.1)."""

from collections.abc import Sequence
from enum import IntEnum

from vms.media.bits import BitReader
from vms.media.h264_sps import Sps, read_sps
from vms.media.parameter_sets import check_sets, in_force, readable
from vms.media.video_format import VideoFormat


class NalType(IntEnum):
    """`nal_unit_type`, Table 7-1."""

    SLICE = 1
    PARTITION_A = 2
    PARTITION_B = 3
    PARTITION_C = 4
    IDR = 5
    SEI = 6
    SPS = 7
    PPS = 8
    DELIMITER = 9
    END_OF_SEQUENCE = 10
    END_OF_STREAM = 11
    FILLER = 12
    SPS_EXTENSION = 13
    SUBSET_SPS = 15


def nal_type(nal: bytes) -> int:
    """Return the type of a NAL unit that has at least one byte."""
    return nal[0] & 0x1F


def is_vcl(kind: int) -> bool:
    """Whether it carries a part of a picture."""
    return 1 <= kind <= 5


def is_sync(kind: int) -> bool:
    """Whether decoding can start at its picture: IDR only. A recovery point SEI does not count."""
    return kind == NalType.IDR


def starts_picture(nal: bytes) -> bool:
    """Whether a VCL NAL unit is the first slice of a picture (first_mb_in_slice = 0).

    True for one too short to tell. Stands for §7.4.1.2.4; no camera sends slices in arbitrary order.
    """
    return len(nal) < 2 or nal[1] >= 0x80


def parse(sps: Sequence[bytes], pps: Sequence[bytes]) -> VideoFormat:
    """Describe a stream by its parameter sets, whole NAL units without start codes.

    The SPS in force is the one the first usable PPS names. `reorder_depth` is the VUI's; 0 when it is silent, as
    cameras without B-frames often are. Raises VmsError(INVALID, `bad_parameter_sets`), nothing else.
    """
    check_sets(sps, "SPS", 31)
    check_sets(pps, "PPS", 255)
    all_sps = readable(sps, read_sps)
    found = in_force(all_sps, pps, _sps_id_of)
    visible = (
        found.profile, found.constraints, found.level, found.width, found.height, found.crop, found.frame_mbs_only,
        found.chroma_format, found.bit_depth_luma, found.bit_depth_chroma, found.appearance, found.reorder_depth,
        tuple(one.core for one in all_sps.values()),
    )  # fmt: skip
    return VideoFormat(
        codec="h264",
        vps=(),
        sps=tuple(bytes(nal) for nal in sps),
        pps=tuple(bytes(nal) for nal in pps),
        width=found.width,
        height=found.height,
        codec_string=f"avc1.{found.profile:02X}{found.constraints:02X}{found.level:02X}",
        reorder_depth=found.reorder_depth,
        visible=visible,
    )


def active_sps(sps: Sequence[bytes], pps: Sequence[bytes]) -> Sps:
    """Return the SPS that the first usable PPS refers to; VmsError(INVALID, `bad_parameter_sets`) if none."""
    return in_force(readable(sps, read_sps), pps, _sps_id_of)


def _sps_id_of(pps: bytes) -> int:
    if pps[0] & 0x9F != NalType.PPS:
        raise ValueError("not an H.264 PPS")
    bits = BitReader(pps[1:16])
    bits.ue(255)
    return bits.ue(31)
