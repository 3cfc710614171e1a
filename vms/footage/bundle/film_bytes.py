"""The bytes of a film, read once: while they pass, the segments they come from are proved."""

import hashlib
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from vms.archive.archive import Archive
from vms.archive.footage_file import FootageFile, damaged
from vms.archive.fragment_walk import SealedFragment, fragment_at
from vms.archive.model import StreamKey
from vms.archive.segment_boxes import SEAL_BYTES
from vms.footage.bundle.piece import Film, Piece
from vms.kernel.errors import Kind, VmsError
from vms.media.export_film import moved

_CHUNK_BYTES = 1 << 20
_MDAT_HEAD = struct.Struct(">I4s")


class State(StrEnum):
    """What the bytes of a segment were found to be."""

    INTACT = "intact"  # what was written, by its row
    DAMAGED = "damaged"  # not what was written; given as it is, and said so
    UNCLOSED = "unclosed"  # its file was being written: it has no hash of the archive yet


@dataclass(frozen=True, slots=True)
class Judged:
    """A piece that was read. `sha256`: of its whole segment as it lies on the disk now.

    `damaged_from_us`: when the first picture was whose seal does not fit; None when all do. `first_number`: of its
    first fragment in the segment, when those behind it count on from there; else None.
    """

    piece: Piece
    state: State
    sha256: bytes
    damaged_from_us: int | None
    first_number: int | None


class UnreadableError(Exception):
    """A segment that could be cut a moment ago cannot be read: leave it out and begin the film anew."""

    def __init__(self, piece: Piece, cause: VmsError) -> None:
        super().__init__(str(cause))
        self.place = piece.source.place


def film_bytes(archive: Archive, key: StreamKey, film: Film, judge: Callable[[Judged], None]) -> Iterator[bytes]:
    """The film in pieces of at most a megabyte; `judge` hears of each segment when its last byte was read.

    Memory: two pieces, one `moof`. UnreadableError when a file fails or is not what was planned; VmsError(UNAVAILABLE,
    `volume_away`) when its whole disk went away.
    """
    yield film.head()
    sequence = 1
    for piece in film.pieces:
        try:
            with archive.open_footage(piece.source.volume, key, piece.source.sequence) as footage:
                reader = _PieceReader(footage, piece, sequence)
                yield from reader.read()
        except VmsError as err:
            if err.kind is Kind.UNAVAILABLE:
                raise
            raise UnreadableError(piece, err) from err
        judge(reader.judged())
        sequence += piece.fragments


class _PieceReader:
    """One pass over a whole segment file; what lies outside the piece is hashed and forgotten."""

    def __init__(self, footage: FootageFile, piece: Piece, sequence: int) -> None:
        self._footage = footage
        self._piece = piece
        self._sequence = sequence
        self._hash = hashlib.sha256()
        self._damaged_from_us: int | None = None
        self._numbers: list[int] = []

    def read(self) -> Iterator[bytes]:
        """The piece's fragments as they stand in the film."""
        piece, footage = self._piece, self._footage
        self._pass_over(0, piece.offset)
        offset = piece.offset
        for number in range(piece.fragments):
            found = self._fragment(offset)
            self._numbers.append(found.info.sequence)
            media_90k = found.info.start_90k - piece.media_90k
            head = found.moof + _MDAT_HEAD.pack(8 + found.info.data_bytes, b"mdat")
            self._hash.update(head)
            moof = moved(found.moof, self._sequence + number, piece.start_90k + media_90k)
            yield moof + head[len(found.moof) :]
            yield from self._chunks(found.data_offset, found.end - SEAL_BYTES)
            self._look_at_seal(found)
            offset = found.end
        if offset != piece.end:
            raise damaged()
        self._pass_over(piece.end, footage.size_bytes)

    def judged(self) -> Judged:
        """What it was, once all of it was read."""
        row, sha256 = self._piece.source.row, self._hash.digest()
        if row is None:
            state = State.UNCLOSED if self._damaged_from_us is None else State.DAMAGED
        else:
            state = State.INTACT if sha256 == row.sha256 else State.DAMAGED
        first = self._numbers[0]
        counts_on = self._numbers == list(range(first, first + len(self._numbers)))
        return Judged(self._piece, state, sha256, self._damaged_from_us, first if counts_on else None)

    def _fragment(self, offset: int) -> SealedFragment:
        try:
            found = fragment_at(self._footage.descriptor, offset, self._footage.size_bytes)
        except OSError as err:
            raise damaged() from err
        if found is None or found.end > self._piece.end:
            raise damaged()
        return found

    def _look_at_seal(self, found: SealedFragment) -> None:
        """A seal holds the hash of all bytes before it, so the first that does not fit tells where."""
        seal = self._footage.read(found.end - SEAL_BYTES, SEAL_BYTES)
        if self._damaged_from_us is None and seal[-32:] != self._hash.digest():
            self._damaged_from_us = self._footage.playable.wall_us(found.info.start_90k)
        self._hash.update(seal)

    def _pass_over(self, start: int, end: int) -> None:
        for _ in self._chunks(start, end):
            pass

    def _chunks(self, start: int, end: int) -> Iterator[bytes]:
        while start < end:
            chunk = self._footage.read(start, min(_CHUNK_BYTES, end - start))
            self._hash.update(chunk)
            yield chunk
            start += len(chunk)
