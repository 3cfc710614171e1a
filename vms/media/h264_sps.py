"""The sequence parameter set of H.264 (Rec. ITU-T H.264 §7.3.2.1.1, Annex E.1.1)."""

from dataclasses import dataclass

from vms.media.bits import BitReader
from vms.media.vui import Appearance, read_appearance

MAX_SIDE = 16_384  # level 6.2 ends below; also the most a sample entry and our viewers have to bear
_WITH_CHROMA_INFO = {44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244}
_BASELINE = 66
_MAX_REORDER = 16  # MaxDpbFrames, §A.3.1


@dataclass(frozen=True, slots=True)
class Sps:
    """What one SPS says. `core` is all of its bits before the VUI: what decoding depends on."""

    profile: int
    constraints: int
    level: int
    id: int
    chroma_format: int
    bit_depth_luma: int
    bit_depth_chroma: int
    frame_mbs_only: bool
    crop: tuple[int, int, int, int]  # left, right, top, bottom in luma samples
    width: int
    height: int
    appearance: Appearance
    reorder_depth: int
    core: tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class _Chroma:
    format: int = 1
    separate_planes: bool = False
    bit_depth_luma: int = 8
    bit_depth_chroma: int = 8


def read_sps(nal: bytes) -> Sps:
    """Read a whole NAL unit of type 7; bits after the VUI are ignored, a torn VUI counts as absent.

    Raises ValueError when it is no SPS, ends too early or describes a picture that cannot be.
    """
    if len(nal) < 4 or nal[0] & 0x9F != 7:
        raise ValueError("not an H.264 SPS")
    bits = BitReader(nal[1:])
    profile, constraints, level = bits.read(8), bits.read(8), bits.read(8)
    sps_id = bits.ue(31)
    chroma = _read_chroma(bits) if profile in _WITH_CHROMA_INFO else _Chroma()
    bits.ue(12)  # log2_max_frame_num_minus4
    poc_type = _read_poc_type(bits)
    bits.ue(_MAX_REORDER)  # max_num_ref_frames
    bits.skip(1)  # gaps_in_frame_num_value_allowed_flag
    width_mbs, height_units = bits.ue(MAX_SIDE) + 1, bits.ue(MAX_SIDE) + 1
    frame_mbs_only = bits.flag()
    if not frame_mbs_only:
        bits.skip(1)  # mb_adaptive_frame_field_flag
    bits.skip(1)  # direct_8x8_inference_flag
    crop = _read_crop(bits, chroma, frame_mbs_only) if bits.flag() else (0, 0, 0, 0)
    width = width_mbs * 16 - crop[0] - crop[1]
    height = height_units * (16 if frame_mbs_only else 32) - crop[2] - crop[3]
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise ValueError(f"a picture of {width}x{height}")
    core = bits.seen()
    appearance, reorder_depth = _read_rest(bits)
    if profile == _BASELINE or poc_type == 2:  # neither can reorder: §A.2.1, §8.2.1.3
        reorder_depth = 0
    return Sps(
        profile, constraints, level, sps_id, chroma.format, chroma.bit_depth_luma, chroma.bit_depth_chroma,
        frame_mbs_only, crop, width, height, appearance, reorder_depth, core,
    )  # fmt: skip


def _read_chroma(bits: BitReader) -> _Chroma:
    chroma_format = bits.ue(3)
    separate = bits.flag() if chroma_format == 3 else False
    luma, chroma = bits.ue(6) + 8, bits.ue(6) + 8
    bits.skip(1)  # qpprime_y_zero_transform_bypass_flag
    if bits.flag():
        for index in range(12 if chroma_format == 3 else 8):
            if bits.flag():
                _skip_scaling_list(bits, 16 if index < 6 else 64)
    return _Chroma(chroma_format, separate, luma, chroma)


def _skip_scaling_list(bits: BitReader, size: int) -> None:
    scale = 8  # §7.3.2.1.1.1: a scale of 0 ends the list, the rest repeats the last value
    for _ in range(size):
        scale = (scale + bits.se()) % 256
        if scale == 0:
            return


def _read_poc_type(bits: BitReader) -> int:
    poc_type = bits.ue(2)
    if poc_type == 0:
        bits.ue(12)  # log2_max_pic_order_cnt_lsb_minus4
    elif poc_type == 1:
        bits.skip(1)
        bits.se()
        bits.se()
        for _ in range(bits.ue(255)):
            bits.se()
    return poc_type


def _read_crop(bits: BitReader, chroma: _Chroma, frame_mbs_only: bool) -> tuple[int, int, int, int]:
    array_type = 0 if chroma.separate_planes else chroma.format
    unit_x = 2 if array_type in {1, 2} else 1  # CropUnitX, CropUnitY: §7.4.2.1.1
    unit_y = (2 if array_type == 1 else 1) * (1 if frame_mbs_only else 2)
    left, right, top, bottom = bits.ue(), bits.ue(), bits.ue(), bits.ue()
    return left * unit_x, right * unit_x, top * unit_y, bottom * unit_y


def _read_rest(bits: BitReader) -> tuple[Appearance, int]:
    """Read what follows the crop: appearance with reorder depth, both nothing when absent or torn."""
    appearance = Appearance()
    try:
        if not bits.flag():
            return appearance, 0
        appearance = read_appearance(bits)
        return appearance, _read_reorder_depth(bits)
    except ValueError:  # cameras cut their VUI short; decoders live without it, so must we
        return appearance, 0


def _read_reorder_depth(bits: BitReader) -> int:
    if bits.flag():  # timing_info_present_flag: often wrong, so never used
        bits.skip(65)
    has_nal_hrd = bits.flag()
    if has_nal_hrd:
        _skip_hrd(bits)
    has_vcl_hrd = bits.flag()
    if has_vcl_hrd:
        _skip_hrd(bits)
    if has_nal_hrd or has_vcl_hrd:
        bits.skip(1)  # low_delay_hrd_flag
    bits.skip(1)  # pic_struct_present_flag
    if not bits.flag():  # bitstream_restriction_flag
        return 0
    bits.skip(1)
    for _ in range(4):  # largest bytes a picture, bits a macroblock, motion vector lengths
        bits.ue()
    return bits.ue(_MAX_REORDER)


def _skip_hrd(bits: BitReader) -> None:
    count = bits.ue(31) + 1
    bits.skip(8)
    for _ in range(count):
        bits.ue()
        bits.ue()
        bits.skip(1)
    bits.skip(20)
