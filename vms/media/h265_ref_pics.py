"""Passing over the short-term reference picture sets of an H.265 SPS (§7.3.7)."""

from vms.media.bits import BitReader

_MAX_SETS = 64  # num_short_term_ref_pic_sets, §7.4.3.2.1
_MAX_PICTURES = 16


def skip_reference_picture_sets(bits: BitReader) -> None:
    """Read from `num_short_term_ref_pic_sets` past the last set; ValueError when they cannot be.

    The sets say nothing a recorder needs, but the VUI stands behind them.
    """
    pictures = 0
    for index in range(bits.ue(_MAX_SETS)):
        is_predicted = index > 0 and bits.flag()
        pictures = _skip_predicted(bits, pictures) if is_predicted else _skip_explicit(bits)


def _skip_predicted(bits: BitReader, pictures_before: int) -> int:
    """Pass over a set told by its predecessor's; return its NumDeltaPocs, (7-61) with (7-62)."""
    bits.skip(1)  # delta_rps_sign
    bits.ue()  # abs_delta_rps_minus1
    kept = 0
    for _ in range(pictures_before + 1):
        is_used = bits.flag()
        kept += is_used or bits.flag()  # use_delta_flag is sent only for unused ones
    return kept


def _skip_explicit(bits: BitReader) -> int:
    pictures = bits.ue(_MAX_PICTURES) + bits.ue(_MAX_PICTURES)
    for _ in range(pictures):
        bits.ue()  # delta_poc_minus1
        bits.skip(1)
    return pictures
