"""NAL units: cutting a byte stream into them, telling their types."""

from collections.abc import Iterable
from dataclasses import dataclass

from vms.media.video_format import Codec


@dataclass(frozen=True, slots=True)
class NalSyntax:
    """What the types of one codec mean (H.264 table 7-1, H.265 table 7-1)."""

    codec: Codec
    header_bytes: int
    parameter_sets: tuple[int, ...]
    unstored: frozenset[int]  # delimiters, ends, filler: no part of a stored picture
    sync: frozenset[int]

    def type_of(self, nal: bytes) -> int:
        """Type of a NAL unit from its header."""
        return nal[0] & 0x1F if self.codec == "h264" else (nal[0] >> 1) & 0x3F

    def is_parameter_set(self, nal: bytes) -> bool:
        """Whether it is a VPS, SPS or PPS."""
        return self.type_of(nal) in self.parameter_sets

    def is_sync(self, nals: Iterable[bytes]) -> bool:
        """Whether a decoder can begin with the picture made of `nals`."""
        return any(self.type_of(nal) in self.sync for nal in nals)

    def stored_bytes(self, nals: Iterable[bytes]) -> bytes:
        """What an archive keeps of a picture: 4-byte lengths, no parameter sets, delimiters or filler."""
        kept = (nal for nal in nals if not self.is_parameter_set(nal) and self.type_of(nal) not in self.unstored)
        return b"".join(len(nal).to_bytes(4, "big") + nal for nal in kept)

    def sets_in(self, nals: Iterable[bytes]) -> tuple[bytes, ...]:
        """The different parameter sets among `nals`, in the order VPS, SPS, PPS."""
        found = dict.fromkeys(nal for nal in nals if self.is_parameter_set(nal))
        return tuple(sorted(found, key=lambda nal: self.parameter_sets.index(self.type_of(nal))))


H264 = NalSyntax("h264", 1, (7, 8), frozenset({9, 10, 11, 12}), frozenset({5}))
H265 = NalSyntax("h265", 2, (32, 33, 34), frozenset({35, 36, 37, 38}), frozenset(range(16, 24)))
SYNTAX: dict[Codec, NalSyntax] = {"h264": H264, "h265": H265}


def split_annex_b(data: bytes) -> list[bytes]:
    """NAL units of a byte stream (H.264 annex B), without start codes or the zeros around them."""
    pieces = (piece.rstrip(b"\0") for piece in data.split(b"\0\0\1"))
    return [piece for piece in pieces if piece]
