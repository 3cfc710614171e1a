"""The sequence parameter set of H.265 (Rec. ITU-T H.265 §7.3.2.2, Annex E.2.1)."""

from dataclasses import dataclass

from vms.media.bits import BitReader
from vms.media.h265_ref_pics import skip_reference_picture_sets
from vms.media.vui import Appearance, read_appearance

MAX_SIDE = 16_384
_MAX_DPB = 16  # MaxDpbSize, §A.4.2


@dataclass(frozen=True, slots=True)
class ProfileTierLevel:
    """The general part of `profile_tier_level()`, §7.3.3."""

    space: int
    is_high_tier: bool
    profile: int
    compatibility: int  # 32 flags, the first one on top
    constraints: bytes  # 6 bytes
    level: int


@dataclass(frozen=True, slots=True)
class Sps:
    """What one SPS says. `core` is all of its bits before the VUI: what decoding depends on."""

    id: int
    sub_layers: int
    is_temporally_nested: bool
    general: ProfileTierLevel
    chroma_format: int
    bit_depth_luma: int
    bit_depth_chroma: int
    window: tuple[int, int, int, int]  # conformance window: left, right, top, bottom in luma samples
    width: int
    height: int
    reorder_depth: int
    appearance: Appearance
    core: tuple[int, bytes]


def read_sps(nal: bytes) -> Sps:
    """Read a whole NAL unit of type 33; bits after the colour are ignored, a torn VUI counts as absent.

    Raises ValueError when it is no SPS, ends too early or describes a picture that cannot be.
    """
    if len(nal) < 16 or nal[0] & 0xFE != 33 << 1:
        raise ValueError("not an H.265 SPS")
    bits = BitReader(nal[2:])
    bits.skip(4)  # sps_video_parameter_set_id
    sub_layers = bits.read(3) + 1
    if sub_layers > 7:
        raise ValueError("eight sub-layers")
    is_nested = bits.flag()
    general = _read_profile_tier_level(bits, sub_layers)
    sps_id = bits.ue(15)
    chroma_format = bits.ue(3)
    array_type = 0 if chroma_format == 3 and bits.flag() else chroma_format
    coded_width, coded_height = bits.ue(MAX_SIDE + 64), bits.ue(MAX_SIDE + 64)
    window = _read_window(bits, array_type) if bits.flag() else (0, 0, 0, 0)
    width, height = coded_width - window[0] - window[1], coded_height - window[2] - window[3]
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise ValueError(f"a picture of {width}x{height}")
    bit_depth_luma, bit_depth_chroma = bits.ue(8) + 8, bits.ue(8) + 8
    poc_lsb_bits = bits.ue(12) + 4
    reorder_depth = _read_ordering(bits, sub_layers)
    _skip_coding_tools(bits, poc_lsb_bits)
    core = bits.seen()
    appearance = _read_vui(bits)
    return Sps(
        sps_id, sub_layers, is_nested, general, chroma_format, bit_depth_luma, bit_depth_chroma, window,
        width, height, reorder_depth, appearance, core,
    )  # fmt: skip


def _read_profile_tier_level(bits: BitReader, sub_layers: int) -> ProfileTierLevel:
    general = ProfileTierLevel(
        space=bits.read(2),
        is_high_tier=bits.flag(),
        profile=bits.read(5),
        compatibility=bits.read(32),
        constraints=bits.read(48).to_bytes(6, "big"),
        level=bits.read(8),
    )
    present = [(bits.flag(), bits.flag()) for _ in range(sub_layers - 1)]
    if present:
        bits.skip(2 * (8 - len(present)))
    for has_profile, has_level in present:
        bits.skip(88 * has_profile + 8 * has_level)
    return general


def _read_window(bits: BitReader, array_type: int) -> tuple[int, int, int, int]:
    unit_x = 2 if array_type in {1, 2} else 1  # SubWidthC, SubHeightC: Table 6-1
    unit_y = 2 if array_type == 1 else 1
    left, right, top, bottom = bits.ue(), bits.ue(), bits.ue(), bits.ue()
    return left * unit_x, right * unit_x, top * unit_y, bottom * unit_y


def _read_ordering(bits: BitReader, sub_layers: int) -> int:
    """Return `sps_max_num_reorder_pics` of the highest sub-layer, which is the one we keep."""
    reorder_depth = 0
    for _ in range(sub_layers if bits.flag() else 1):
        bits.ue(_MAX_DPB)  # sps_max_dec_pic_buffering_minus1
        reorder_depth = bits.ue(_MAX_DPB)
        bits.ue()  # sps_max_latency_increase_plus1
    return reorder_depth


def _skip_coding_tools(bits: BitReader, poc_lsb_bits: int) -> None:
    for _ in range(6):  # block sizes, transform depths
        bits.ue(32)
    if bits.flag() and bits.flag():  # scaling_list_enabled_flag, sps_scaling_list_data_present_flag
        _skip_scaling_lists(bits)
    bits.skip(2)  # amp_enabled_flag, sample_adaptive_offset_enabled_flag
    if bits.flag():  # pcm_enabled_flag
        bits.skip(8)
        bits.ue()
        bits.ue()
        bits.skip(1)
    skip_reference_picture_sets(bits)
    if bits.flag():  # long_term_ref_pics_present_flag
        bits.skip(bits.ue(32) * (poc_lsb_bits + 1))
    bits.skip(2)  # sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag


def _skip_scaling_lists(bits: BitReader) -> None:
    """Pass over `scaling_list_data()`, §7.3.4.

    Of the 32x32 lists only each third is sent, also for 4:4:4: §7.4.5 derives the others.
    """
    for size_id in range(4):
        for _ in range(0, 6, 3 if size_id == 3 else 1):
            if not bits.flag():
                bits.ue(5)  # scaling_list_pred_matrix_id_delta
                continue
            if size_id > 1:
                bits.se()  # scaling_list_dc_coef_minus8
            for _ in range(min(64, 1 << (4 + (size_id << 1)))):
                bits.se()


def _read_vui(bits: BitReader) -> Appearance:
    try:
        return read_appearance(bits) if bits.flag() else Appearance()
    except ValueError:  # a torn VUI keeps no decoder from working
        return Appearance()
