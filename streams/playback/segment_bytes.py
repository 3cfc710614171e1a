"""One segment file for whoever serves ranges of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from types import TracebackType
from typing import Self
from uuid import UUID

from vms.archive.archive import Archive
from vms.archive.footage_file import FootageFile, damaged
from vms.archive.fragment_walk import fragment_at, is_tail_at
from vms.archive.model import StreamKey
from vms.kernel.span import Span

CHUNK_BYTES = 256 * 1024


class SegmentBytes:
    """An open segment; a context manager, or call `close`. Belongs to one thread at a time.

    `size_bytes`: of the whole file, or of what is whole of one being written. `etag`: without quotes; it names the
    content for ever when `is_closed`, else it changes as the file grows.
    """

    def __init__(self, file: FootageFile) -> None:
        self._file = file
        playable = file.playable
        self.size_bytes = file.size_bytes
        self.is_closed = playable.sha256 is not None
        self.etag = playable.sha256.hex() if playable.sha256 else f"{playable.sequence}-{file.size_bytes}"

    def check(self, offset: int, length_bytes: int) -> None:
        """CORRUPT `segment_damaged` when a range that begins with a GOP holds anything but whole fragments.

        Reads headers only, so that a player is told before it chokes; what the pictures say is not proven.
        """
        if offset not in {at for at, _ in self._file.playable.gops}:
            return
        end = offset + length_bytes
        try:
            while offset < end:
                found = fragment_at(self._file.descriptor, offset, self.size_bytes)
                if found is None and is_tail_at(self._file.descriptor, offset):
                    return
                if found is None:
                    raise damaged()
                offset = found.end
        except OSError as err:
            raise damaged() from err

    def shows(self, offset: int, length_bytes: int) -> Span | None:
        """Of what time the pictures in a range are, by whole GOPs; None when there are none (the init segment)."""
        playable = self._file.playable
        if offset + length_bytes <= playable.init_bytes or not length_bytes:
            return None
        first = bisect_right(playable.gops, offset, key=lambda gop: gop[0]) - 1  # -1: what lies before the first GOP
        behind = bisect_left(playable.gops, offset + length_bytes, key=lambda gop: gop[0])
        start_us = playable.wall_us(playable.gops[first][1]) if first >= 0 else playable.start_us
        end_us = playable.wall_us(playable.gops[behind][1]) if behind < len(playable.gops) else playable.end_us
        return Span(start_us, max(end_us, start_us + 1))

    def read(self, offset: int, length_bytes: int) -> Iterator[bytes]:
        """The bytes of a range in pieces; ValueError outside the file, CORRUPT `segment_damaged` from the disk."""
        if offset < 0 or length_bytes < 0 or offset + length_bytes > self.size_bytes:
            raise ValueError("bytes outside the segment")
        end = offset + length_bytes
        while offset < end:
            piece = self._file.read(offset, min(CHUNK_BYTES, end - offset))
            yield piece
            offset += len(piece)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_segment(archive: Archive, volume: UUID, key: StreamKey, sequence: int) -> SegmentBytes:
    """The segment a playlist names; blocks on the disk: call it on a worker thread.

    GONE `segment_gone` (deleted), NOT_FOUND `segment_unknown`, UNAVAILABLE `volume_away`, CORRUPT `segment_damaged`.
    """
    return SegmentBytes(archive.open_footage(volume, key, sequence))
