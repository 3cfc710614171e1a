"""Whole fragments of one segment, found by their headers."""

from collections.abc import Iterator
from dataclasses import dataclass

from vms.archive.footage_file import FootageFile, damaged
from vms.archive.fragment_walk import SealedFragment, fragment_at, is_tail_at
from vms.archive.segment_boxes import HEAD, MAX_BYTES, SEAL_BYTES, FileHead, parse_head
from vms.kernel.errors import VmsError
from vms.kernel.span import Span
from vms.media.export_film import Stretch


@dataclass(frozen=True, slots=True)
class Beginning:
    """What stands before the first fragment, which lies at `first_offset`. `head` None: nobody can read it."""

    init: bytes
    head: FileHead | None
    first_offset: int


def read_beginning(footage: FootageFile) -> Beginning:
    """Everything before the pictures. CORRUPT `segment_damaged` when not even their place is known."""
    file = footage.playable
    init = footage.read(0, file.init_bytes)
    box = footage.read(file.init_bytes, 24)
    size_bytes = int.from_bytes(box[:4], "big")
    if box[4:] != b"uuid" + HEAD or not 24 <= size_bytes <= MAX_BYTES:
        if not file.gops:
            raise damaged()
        return Beginning(init, None, file.gops[0][0])
    try:
        head = parse_head(footage.read(file.init_bytes + 24, size_bytes - 24))
    except VmsError:
        head = None
    return Beginning(init, head, file.init_bytes + size_bytes)


class Run:
    """Whole fragments one behind the other.

    `is_broken`: what follows them in the file is not whole. `is_last`: behind them the file ends as a closed one does.
    """

    def __init__(self, offset: int) -> None:
        self.offset = self.end = offset
        self.start_90k = self.end_90k = 0
        self.fragments = 0
        self.stretches: list[Stretch] = []
        self.is_broken = self.is_last = False

    def add(self, found: SealedFragment) -> None:
        """Take one more."""
        info = found.info
        if not self.fragments:
            self.start_90k = self.end_90k = info.start_90k
        self._lengthen(info.start_90k - self.end_90k)
        size_bytes = found.end - SEAL_BYTES - found.offset
        if info.is_sync or not self.stretches:
            self.stretches.append(Stretch(size_bytes, info.duration_90k, info.is_sync))
        else:
            last = self.stretches[-1]
            self.stretches[-1] = Stretch(
                last.size_bytes + size_bytes, last.duration_90k + info.duration_90k, last.starts_with_key
            )
        self.fragments += 1
        self.end, self.end_90k = found.end, info.start_90k + info.duration_90k

    def _lengthen(self, more_90k: int) -> None:
        """Let the stretch before reach to where the next fragment begins."""
        if more_90k:
            last = self.stretches[-1]
            self.stretches[-1] = last._replace(duration_90k=last.duration_90k + more_90k)


def runs_in(footage: FootageFile, beginning: Beginning, span: Span) -> Iterator[Run]:
    """From the key frame at or before the interval up to the last fragment that touches it.

    Where there is no such key frame, from the file's first picture. Where something is not whole, the next key frame
    that the index knows begins anew. CORRUPT `segment_damaged` when the disk fails.
    """
    file = footage.playable
    offset: int | None = _first_offset(footage, beginning, span)
    end_90k = 0
    while offset is not None:
        run = Run(offset)
        is_over = False  # the interval
        while (found := _fragment(footage, run.end, max(end_90k, run.end_90k))) is not None:
            if file.wall_us(found.info.start_90k) >= span.end_us:
                is_over = True
                break
            run.add(found)
        run.is_last = not is_over and _is_at_end(footage, run.end)
        is_over = is_over or run.is_last
        run.is_broken = not is_over
        end_90k = max(end_90k, run.end_90k)
        yield run
        offset = None if is_over else next((at for at, _ in file.gops if at > run.end), None)


def _fragment(footage: FootageFile, offset: int, from_90k: int) -> SealedFragment | None:
    """The fragment there; None for one that is not whole, or tells times that its segment does not have."""
    try:
        found = fragment_at(footage.descriptor, offset, footage.size_bytes)
    except OSError as err:
        raise damaged() from err
    if found is None or found.info.start_90k < from_90k:
        return None
    until_90k = found.info.start_90k + found.info.duration_90k
    return found if until_90k <= footage.playable.duration_90k else None


def _is_at_end(footage: FootageFile, offset: int) -> bool:
    try:
        return offset == footage.size_bytes or is_tail_at(footage.descriptor, offset)
    except OSError as err:
        raise damaged() from err


def _first_offset(footage: FootageFile, beginning: Beginning, span: Span) -> int:
    file = footage.playable
    before = [at for at, start_90k in file.gops if file.wall_us(start_90k) <= span.start_us]
    return before[-1] if before else beginning.first_offset
