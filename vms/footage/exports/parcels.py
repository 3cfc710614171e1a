"""Dividing what a request asks for into packages that can be built, carried, built again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from vms.kernel.clock import US_PER_DAY
from vms.kernel.span import Span

# A manifest is held in memory while its package is built: some 700 bytes a segment, 10 MB for ten cameras' day.
MAX_PACKAGE_US = 10 * US_PER_DAY
# Fits an ordinary USB disk, and a build that was killed near its end is an hour of work, not a night's.
MAX_PACKAGE_BYTES = 100_000_000_000
# An hour of full HD is encoded anew in some half an hour of a core; a build begins anew when it is killed.
MAX_DERIVED_US = US_PER_DAY
PIECE_US = US_PER_DAY  # a long interval is divided at whole days from its beginning, as films are


@dataclass(frozen=True, slots=True)
class Asked:
    """One of a request's items, or a part of it."""

    item_id: UUID
    camera_id: UUID
    span: Span


@dataclass(slots=True)
class Parcel:
    """One package to be. `size_bytes`: about, by the index; `footage_us`: how much time it has footage of, at most.

    `has_derived`: with derived copies, which take long.
    """

    parts: list[Asked] = field(default_factory=list)
    size_bytes: int = 0
    footage_us: int = 0
    has_derived: bool = False

    def has_room(self, piece: Asked, size_bytes: int) -> bool:
        """Whether the piece fits. One without footage costs nothing."""
        limit_us = MAX_DERIVED_US if self.has_derived else MAX_PACKAGE_US
        fits = self.footage_us + piece.span.duration_us <= limit_us
        return not size_bytes or (fits and self.size_bytes + size_bytes <= MAX_PACKAGE_BYTES)

    def add(self, piece: Asked, size_bytes: int) -> None:
        """Take it, joined with the one before where it continues it."""
        last = self.parts[-1] if self.parts else None
        if last is not None and last.item_id == piece.item_id and last.span.end_us == piece.span.start_us:
            self.parts[-1] = Asked(last.item_id, last.camera_id, Span(last.span.start_us, piece.span.end_us))
        else:
            self.parts.append(piece)
        if size_bytes:
            self.size_bytes += size_bytes
            self.footage_us += piece.span.duration_us


def parcels_of(pieces: Iterable[tuple[Asked, int]], *, has_derived: bool = False) -> list[Parcel]:
    """The packages for these pieces with their sizes, in order; each has some footage, if any piece has."""
    parcels: list[Parcel] = []
    for piece, size_bytes in pieces:
        is_full = bool(parcels) and parcels[-1].size_bytes > 0 and not parcels[-1].has_room(piece, size_bytes)
        if not parcels or is_full:  # a piece that is too large for any has one to itself
            parcels.append(Parcel(has_derived=has_derived))
        parcels[-1].add(piece, size_bytes)
    return parcels


def pieces_of(asked: Asked) -> Iterator[Asked]:
    """An interval in pieces of at most a day."""
    at_us = asked.span.start_us
    while at_us < asked.span.end_us:
        end_us = min(at_us + PIECE_US, asked.span.end_us)
        yield Asked(asked.item_id, asked.camera_id, Span(at_us, end_us))
        at_us = end_us
