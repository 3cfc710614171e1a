"""Writing one segment file."""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Sequence

from vms.archive.closed_segment import ClosedSegment, media_end_us, pack_gop
from vms.archive.model import SegmentTail
from vms.archive.segment_boxes import FileHead, pack_head, pack_seal, pack_tail
from vms.archive.segment_name import day_directory, file_name
from vms.media.fragment import Fragment, InitSegment

_IOV_MAX = min(os.sysconf("SC_IOV_MAX"), 1024)


class SegmentFile:
    """An open file of `ftyp moov head (moof mdat seal)* [tail seal]`.

    One running hash gives every seal, and in the end the hash of the file. While it is open it is held by an flock,
    which the kernel drops with the process: recovery in any process can tell a live file from an orphan.
    All methods raise OSError; after one only `cut` or `discard` may follow.
    """

    def __init__(self, volume_directory: int, head: FileHead, init: InitSegment) -> None:
        """Create the file; OSError when it exists or cannot be written."""
        self.head = head
        self.init = init
        self.size_bytes = 0  # up to the last complete seal (before the first: of the head)
        self.duration_90k = 0
        self.samples = 0
        self.is_dirty = True
        self._hash = hashlib.sha256()
        self._gops = bytearray()
        self._is_named = False
        self.name = file_name(head.start_us, head.sequence)
        self._directory = make_directory(volume_directory, day_directory(head.stream, head.start_us))
        self._descriptor = -1
        try:
            self._descriptor = _create(self.name, self._directory)
            self._write([init.data, pack_head(head)])
        except OSError:
            self._close()
            raise

    @property
    def end_us(self) -> int:
        """Wall end of what is written, by the media clock."""
        return media_end_us(self.head.start_us, self.duration_90k)

    def append(self, fragment: Fragment) -> None:
        """Write a fragment and its seal in one call: survives the death of the process from here on."""
        if fragment.is_sync:
            self._gops += pack_gop(self.size_bytes, fragment.start_90k)
        self._write(fragment.buffers, is_sealed=True)
        self.duration_90k = fragment.start_90k + fragment.duration_90k
        self.samples += fragment.samples

    def sync(self) -> None:
        """Make all written bytes (the first time: also the name) survive the death of the machine."""
        os.fdatasync(self._descriptor)
        if not self._is_named:
            os.fsync(self._directory)
            self._is_named = True
        self.is_dirty = False

    def finish(self, tail: SegmentTail) -> ClosedSegment:
        """Write the tail, sync, close. The row may be inserted after it."""
        self._write([pack_tail(tail)], is_sealed=True)
        self.sync()
        self._close()
        return ClosedSegment(
            self.head, tail, self.init, self.size_bytes, self.duration_90k, self.samples, self._hash.digest(),
            bytes(self._gops),
        )  # fmt: skip

    def cut(self) -> None:
        """Drop what is behind the last seal and close; never fails, for the disk may be gone."""
        with contextlib.suppress(OSError):  # recovery cuts it when the disk is back
            os.ftruncate(self._descriptor, self.size_bytes)
        self._close()

    def discard(self) -> None:
        """Close and remove a file without footage."""
        try:
            os.unlink(self.name, dir_fd=self._directory)
            os.fsync(self._directory)
        finally:
            self._close()

    def _write(self, buffers: Sequence[bytes], *, is_sealed: bool = False) -> None:
        for buffer in buffers:
            self._hash.update(buffer)
        size_bytes = sum(map(len, buffers))
        if is_sealed:
            seal = pack_seal(self._hash.digest())
            self._hash.update(seal)
            buffers = [*buffers, seal]
            size_bytes += len(seal)
        self.is_dirty = True
        write_all(self._descriptor, buffers)
        self.size_bytes += size_bytes

    def _close(self) -> None:
        for descriptor in (self._descriptor, self._directory):
            if descriptor >= 0:
                with contextlib.suppress(OSError):  # what counts was synced before
                    os.close(descriptor)
        self._descriptor = self._directory = -1


def _create(name: str, directory: int) -> int:
    """A new file, held. Recovery of another process may see it empty and remove it before it is held: then again."""
    for _ in range(3):
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640, dir_fd=directory)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)
    raise FileNotFoundError(name)


def write_all(descriptor: int, buffers: Sequence[bytes]) -> None:
    """`writev` until everything is written: the kernel may take less at a time, and at most IOV_MAX buffers."""
    rest: list[bytes | memoryview] = [buffer for buffer in buffers if len(buffer)]
    while rest:
        written = os.writev(descriptor, rest[:_IOV_MAX])
        done = 0
        while done < len(rest) and written >= len(rest[done]):
            written -= len(rest[done])
            done += 1
        del rest[:done]
        if written:
            rest[0] = memoryview(rest[0])[written:]


def make_directory(volume_directory: int, path: str) -> int:
    """A descriptor of `path` below the volume; missing parts are made, and their names made durable."""
    current = os.dup(volume_directory)
    try:
        for part in path.split("/"):
            following = _enter(current, part)
            os.close(current)
            current = following
    except OSError:
        os.close(current)
        raise
    return current


def open_directory(volume_directory: int, path: str) -> int:
    """A descriptor of an existing directory below the volume; OSError when it is not there."""
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=volume_directory)


def _enter(parent: int, name: str) -> int:
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(name, flags, dir_fd=parent)
    except FileNotFoundError:
        with contextlib.suppress(FileExistsError):  # another shard was faster
            os.mkdir(name, 0o750, dir_fd=parent)
        os.fsync(parent)
        return os.open(name, flags, dir_fd=parent)
