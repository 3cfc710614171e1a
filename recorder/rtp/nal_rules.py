"""What each type of NAL unit means for the borders of a picture (H.264 table 7-1, H.265 table 7-1)."""

from dataclasses import dataclass
from enum import IntEnum

from vms.media.video_format import Codec


class Kind(IntEnum):
    """What to do with a NAL unit, with `opens`: after a slice it belongs to the next picture."""

    SLICE = 0
    INFO = 1  # kept, opens: prefix SEI
    PARAMETER_SET = 2  # taken out of pictures, opens
    DELIMITER = 3  # dropped, opens
    FILLER = 4  # dropped
    TRAILER = 5  # kept with the picture before it: suffix SEI, end of sequence
    UNKNOWN = 6  # dropped: reserved, unspecified, or only legal inside RTP


@dataclass(frozen=True, slots=True)
class NalRules:
    """One codec's table. The type is `(first byte >> shift) & mask`; a slice's first payload bit starts a picture.

    That bit is `first_mb_in_slice` = 0 in H.264 (§7.4.1.2.4, practical test) and `first_slice_segment_in_pic_flag` in
    H.265 (§7.4.7.1).
    """

    codec: Codec
    header_bytes: int
    shift: int
    mask: int
    kinds: tuple[Kind, ...]
    sync_types: frozenset[int]
    leading_types: frozenset[int]

    def type_of(self, nal: bytes) -> int:
        """The type of a NAL unit without prefix."""
        return nal[0] >> self.shift & self.mask


def _table(size: int, groups: dict[Kind, tuple[int, ...]]) -> tuple[Kind, ...]:
    kinds = [Kind.UNKNOWN] * size
    for kind, types in groups.items():
        for nal_type in types:
            kinds[nal_type] = kind
    return tuple(kinds)


H264 = NalRules(
    codec="h264",
    header_bytes=1,
    shift=0,
    mask=31,
    kinds=_table(
        32,
        {
            Kind.SLICE: (1, 2, 3, 4, 5),
            Kind.INFO: (6,),
            Kind.PARAMETER_SET: (7, 8),
            Kind.DELIMITER: (9,),
            Kind.FILLER: (12,),
            Kind.TRAILER: (10, 11, 14, 19, 20),
        },
    ),
    sync_types=frozenset({5}),
    leading_types=frozenset(),
)

H265 = NalRules(
    codec="h265",
    header_bytes=2,
    shift=1,
    mask=63,
    kinds=_table(
        64,
        {
            Kind.SLICE: (*range(10), *range(16, 24)),
            Kind.INFO: (39,),
            Kind.PARAMETER_SET: (32, 33, 34),
            Kind.DELIMITER: (35,),
            Kind.FILLER: (38,),
            Kind.TRAILER: (36, 37, 40),
        },
    ),
    sync_types=frozenset(range(16, 24)),  # IRAP
    leading_types=frozenset({6, 7, 8, 9}),  # RADL, RASL
)
