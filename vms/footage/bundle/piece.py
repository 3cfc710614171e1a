"""The parts a film is made of, as the headers of the archive's files tell; no picture has been read yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from vms.archive.model import Flag, Segment
from vms.archive.playable import Playable
from vms.archive.segment_boxes import FileHead
from vms.kernel.span import Span
from vms.media.export_film import Stretch, index_of, with_duration


@dataclass(frozen=True, slots=True)
class Source:
    """The segment a piece is cut from. `row` None: its file was still being written; `head` None: unreadable."""

    volume: UUID
    sequence: int
    start_us: int
    flags: Flag
    row: Segment | None
    head: FileHead | None = None

    @classmethod
    def of(cls, file: Playable, row: Segment | None) -> "Source":
        """The source of a file as a player sees it; its key frames, thousands of numbers, are not kept."""
        return cls(file.volume, file.sequence, file.start_us, file.flags, row)

    @property
    def place(self) -> tuple[UUID, int]:
        """What names it in its stream."""
        return self.volume, self.sequence


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive fragments of one segment.

    They lie in `[offset, end)` of its file, seals included. `start_90k` is when the first of them is decoded in the
    film, `media_90k` the same moment in the segment. `span`: when their pictures were. `is_whole`: there are no other
    fragments in the segment.
    """

    source: Source
    offset: int
    end: int
    start_90k: int
    media_90k: int
    span: Span
    fragments: int
    is_whole: bool


@dataclass(slots=True)
class Film:
    """One unbroken run with one set of parameters. `init`: as recorded; what is written tells the length too."""

    init: bytes
    pieces: list[Piece] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    duration_90k: int = 0

    @property
    def span(self) -> Span:
        """When its pictures were."""
        return Span(self.pieces[0].span.start_us, self.pieces[-1].span.end_us)

    def add(self, piece: Piece, stretches: Sequence[Stretch]) -> None:
        """Take one more behind the others; the last of them reaches to where it begins.

        So a moment in the film stays a moment of the day, whatever was rounded on the way.
        """
        if self.stretches:
            last = self.stretches[-1]
            more_90k = piece.start_90k - self.duration_90k
            self.stretches[-1] = last._replace(duration_90k=last.duration_90k + more_90k)
        self.pieces.append(piece)
        self.stretches += stretches
        self.duration_90k = piece.start_90k + sum(one.duration_90k for one in stretches)

    def head(self) -> bytes:
        """Everything before its first fragment."""
        return with_duration(self.init, self.duration_90k) + index_of(self.stretches)

    @property
    def size_bytes(self) -> int:
        """How many bytes it will have, known before one picture is read."""
        return len(self.head()) + sum(one.size_bytes for one in self.stretches)
