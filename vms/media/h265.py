"""What H.265 NAL units are (Rec. ITU-T H.265 §7.4.2.2)."""

from collections.abc import Sequence
from enum import IntEnum

from vms.media.bits import BitReader
from vms.media.h265_sps import ProfileTierLevel, Sps, read_sps
from vms.media.parameter_sets import check_sets, in_force, readable, refusal
from vms.media.video_format import VideoFormat

_SPACES = ("", "A", "B", "C")


class NalType(IntEnum):
    """`nal_unit_type`, Table 7-1, as far as a recorder tells them apart."""

    TRAIL_N = 0
    TRAIL_R = 1
    RADL_N = 6
    RADL_R = 7
    RASL_N = 8
    RASL_R = 9
    BLA_W_LP = 16
    IDR_W_RADL = 19
    IDR_N_LP = 20
    CRA = 21
    VPS = 32
    SPS = 33
    PPS = 34
    DELIMITER = 35
    END_OF_SEQUENCE = 36
    END_OF_BITSTREAM = 37
    FILLER = 38
    SEI_PREFIX = 39
    SEI_SUFFIX = 40


def nal_type(nal: bytes) -> int:
    """Return the type of a NAL unit that has at least one byte."""
    return (nal[0] >> 1) & 0x3F


def is_vcl(kind: int) -> bool:
    """Whether it carries a part of a picture."""
    return kind < 32


def is_sync(kind: int) -> bool:
    """Whether decoding can start at its picture: the IRAP types."""
    return 16 <= kind <= 23


def is_leading(kind: int) -> bool:
    """Whether its picture (RADL, RASL) comes before the IRAP picture it follows in decoding order."""
    return 6 <= kind <= 9


def starts_picture(nal: bytes) -> bool:
    """Whether a VCL NAL unit has first_slice_segment_in_pic_flag set; True for one too short to tell."""
    return len(nal) < 3 or nal[2] >= 0x80


def parse(vps: Sequence[bytes], sps: Sequence[bytes], pps: Sequence[bytes]) -> VideoFormat:
    """Describe a stream by its parameter sets, whole NAL units without start codes.

    The SPS in force is the one the first usable PPS names. Raises VmsError(INVALID, `bad_parameter_sets`),
    nothing else.
    """
    check_sets(vps, "VPS", 16)
    check_sets(sps, "SPS", 16)
    check_sets(pps, "PPS", 64)
    if any(nal_type(nal) != NalType.VPS for nal in vps):
        raise refusal("What came as VPS is none.")
    all_sps = readable(sps, read_sps)
    found = in_force(all_sps, pps, _sps_id_of)
    visible = (
        found.general, found.width, found.height, found.window, found.chroma_format, found.bit_depth_luma,
        found.bit_depth_chroma, found.appearance, found.reorder_depth,
        tuple(one.core for one in all_sps.values()),
    )  # fmt: skip
    return VideoFormat(
        codec="h265",
        vps=tuple(bytes(nal) for nal in vps),
        sps=tuple(bytes(nal) for nal in sps),
        pps=tuple(bytes(nal) for nal in pps),
        width=found.width,
        height=found.height,
        codec_string=codec_string(found.general),
        reorder_depth=found.reorder_depth,
        visible=visible,
    )


def codec_string(general: ProfileTierLevel) -> str:
    """Return the `codecs` value of ISO/IEC 14496-15 Annex E.3: `hvc1.1.6.L93.B0`."""
    compatibility = int(f"{general.compatibility:032b}"[::-1], 2)
    constraints = general.constraints.rstrip(b"\x00")
    return ".".join((
        "hvc1",
        f"{_SPACES[general.space]}{general.profile}",
        f"{compatibility:X}",
        f"{'H' if general.is_high_tier else 'L'}{general.level}",
        *(f"{byte:X}" for byte in constraints),
    ))  # fmt: skip


def active_sps(sps: Sequence[bytes], pps: Sequence[bytes]) -> Sps:
    """Return the SPS that the first usable PPS refers to; VmsError(INVALID, `bad_parameter_sets`) if none."""
    return in_force(readable(sps, read_sps), pps, _sps_id_of)


def _sps_id_of(pps: bytes) -> int:
    if nal_type(pps) != NalType.PPS:
        raise ValueError("not an H.265 PPS")
    bits = BitReader(pps[2:16])
    bits.ue(63)
    return bits.ue(15)
