"""The opening fields of the video usability information, alike in H.264 Annex E.1.1 or H.265 Annex E.2.1."""

from dataclasses import dataclass

from vms.media.bits import BitReader

_EXTENDED_SAR = 255
_SARS = (  # Table E-1, aspect_ratio_idc 1 …
    (1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11),
    (80, 33), (18, 11), (15, 11), (64, 33), (160, 99), (4, 3), (3, 2), (2, 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colour:
    """Code points of Rec. ITU-T H.273; 2 means unspecified."""

    primaries: int
    transfer: int
    matrix: int
    is_full_range: bool


@dataclass(frozen=True, slots=True)
class Appearance:
    """How decoded samples are to be shown. None: the camera did not say."""

    sample_aspect_ratio: tuple[int, int] | None = None
    colour: Colour | None = None


def read_appearance(bits: BitReader) -> Appearance:
    """Read from `aspect_ratio_info_present_flag` up to the chroma location; ValueError past the end."""
    ratio = _read_ratio(bits) if bits.flag() else None
    if bits.flag():  # overscan_info_present_flag
        bits.skip(1)
    colour = _read_colour(bits) if bits.flag() else None
    if bits.flag():  # chroma_loc_info_present_flag
        bits.ue()
        bits.ue()
    return Appearance(ratio, colour)


def _read_ratio(bits: BitReader) -> tuple[int, int] | None:
    idc = bits.read(8)
    if idc == _EXTENDED_SAR:
        ratio = bits.read(16), bits.read(16)
        return ratio if all(ratio) else None
    return _SARS[idc - 1] if 1 <= idc <= len(_SARS) else None


def _read_colour(bits: BitReader) -> Colour:
    bits.skip(3)  # video_format
    is_full_range = bits.flag()
    if not bits.flag():
        return Colour(2, 2, 2, is_full_range)
    return Colour(bits.read(8), bits.read(8), bits.read(8), is_full_range)
