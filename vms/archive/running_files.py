"""What can be played of files that are still being written."""

import logging
import os
import struct
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from vms.archive.closed_segment import media_end_us
from vms.archive.footage_file import open_segment_file
from vms.archive.fragment_walk import fragment_at
from vms.archive.model import NO_FLAGS, Flag, StreamKey
from vms.archive.playable import Playable
from vms.archive.segment_boxes import HEAD, FileHead, parse_head
from vms.kernel.errors import VmsError

log = logging.getLogger(__name__)

_HEADER = struct.Struct(">I4s")
_BEGINNING_BYTES = 64 * 1024  # init segment with head: two kilobytes
_Name = tuple[UUID, StreamKey, int]


@dataclass(slots=True)
class _Progress:
    """How far a file was read; what is sealed does not change any more."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    inode: int = 0
    init_bytes: int = 0
    sealed_bytes: int = 0
    duration_90k: int = 0
    starts_with_key: bool = True
    gops: list[tuple[int, int]] = field(default_factory=list)
    is_unreadable: bool = False


class RunningFiles:
    """Remembers how far each file was read, so that a question costs only what was written since the last one.

    Safe to use from several threads. Media bytes are never read.
    """

    def __init__(self) -> None:
        self._known: dict[_Name, _Progress] = {}
        self._lock = threading.Lock()

    def playables(
        self, volume: UUID, directory: int, stream: StreamKey, files: Iterable[tuple[int, int]]
    ) -> list[Playable]:
        """Of `files` (sequence, start_us), all of the stream that are open on the volume, those with footage.

        `directory`: descriptor of the volume. A file that cannot be read is left out; it is recovery's business.
        """
        files = list(files)
        self._forget_others(volume, stream, {sequence for sequence, _ in files})
        found = (self._playable(volume, directory, stream, sequence, start_us) for sequence, start_us in files)
        return [playable for playable in found if playable is not None]

    def _playable(
        self, volume: UUID, directory: int, stream: StreamKey, sequence: int, start_us: int
    ) -> Playable | None:
        with self._lock:
            progress = self._known.setdefault((volume, stream, sequence), _Progress())
        with progress.lock:
            try:
                _read_on(progress, directory, stream, sequence, start_us)
            except FileNotFoundError:  # its row comes before it, and it may have been dropped since
                return None
            except (OSError, VmsError) as err:
                if not progress.is_unreadable:
                    log.warning("a file being written cannot be read: %s", type(err).__name__)
                progress.is_unreadable = True
                return None
            if not progress.duration_90k:
                return None
            return Playable(
                volume, stream, sequence, start_us, media_end_us(start_us, progress.duration_90k),
                progress.init_bytes, progress.sealed_bytes, progress.duration_90k, list(progress.gops),
                NO_FLAGS if progress.starts_with_key else Flag.NO_SYNC, None,
            )  # fmt: skip

    def _forget_others(self, volume: UUID, stream: StreamKey, sequences: set[int]) -> None:
        with self._lock:
            for name in [name for name in self._known if name[:2] == (volume, stream) and name[2] not in sequences]:
                del self._known[name]


def _read_on(progress: _Progress, directory: int, stream: StreamKey, sequence: int, start_us: int) -> None:
    descriptor = open_segment_file(directory, stream, start_us, sequence)
    try:
        state = os.fstat(descriptor)
        if state.st_ino != progress.inode or state.st_size < progress.sealed_bytes:
            _begin(progress, state.st_ino)
        if not progress.sealed_bytes:
            _read_beginning(progress, descriptor, stream, sequence)
        while progress.sealed_bytes and (found := fragment_at(descriptor, progress.sealed_bytes, state.st_size)):
            if found.info.is_sync:
                progress.gops.append((found.offset, found.info.start_90k))
            elif not progress.duration_90k:
                progress.starts_with_key = False
            progress.duration_90k = found.info.start_90k + found.info.duration_90k
            progress.sealed_bytes = found.end
    finally:
        os.close(descriptor)


def _begin(progress: _Progress, inode: int) -> None:
    """The file is new, or was cut by recovery: what was read of it counts no more."""
    progress.inode = inode
    progress.init_bytes = progress.sealed_bytes = progress.duration_90k = 0
    progress.starts_with_key = True
    progress.gops = []


def _read_beginning(progress: _Progress, descriptor: int, stream: StreamKey, sequence: int) -> None:
    """Up to the end of the head; nothing is noted while it is not whole."""
    content = os.pread(descriptor, _BEGINNING_BYTES, 0)
    at = 0
    for kind in (b"ftyp", b"moov"):
        at += _box_bytes(content, at, kind)
    head_bytes = _box_bytes(content, at, b"uuid")
    head = content[at : at + head_bytes]
    if len(head) < 24 or head[8:24] != HEAD:
        return
    if _is_of(parse_head(head[24:]), stream, sequence):
        progress.init_bytes, progress.sealed_bytes = at, at + head_bytes


def _box_bytes(content: bytes, at: int, kind: bytes) -> int:
    """Length of the whole box of this kind at `at`; 0 when it is not (yet) there."""
    if len(content) < at + 8:
        return 0
    size_bytes, found = _HEADER.unpack_from(content, at)
    return size_bytes if found == kind and 8 <= size_bytes <= len(content) - at else 0


def _is_of(head: FileHead, stream: StreamKey, sequence: int) -> bool:
    return head.stream == stream and head.sequence == sequence
