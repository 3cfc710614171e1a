"""Opening a segment file for reading, by what the index says of it."""

import errno
import os
import stat
import threading
from types import TracebackType
from typing import Self

from vms.archive.model import StreamKey
from vms.archive.playable import Playable
from vms.archive.segment_name import segment_path
from vms.kernel.errors import Kind, VmsError

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe in its place must not hang us


class FootageFile:
    """The bytes of one segment, up to `size_bytes`; a context manager that closes it.

    Only bytes that the row (or the last whole seal) vouches for are read, whatever the file has become since. It may
    be closed while another thread reads (a viewer went away): the descriptor goes when that read is over, so that
    no read ever meets another file under its number.
    """

    def __init__(self, descriptor: int, playable: Playable) -> None:
        self.descriptor = descriptor
        self.playable = playable
        self.size_bytes = playable.end_bytes
        self._using = threading.Lock()
        self._is_done = False

    def read(self, offset: int, length_bytes: int) -> bytes:
        """Exactly these bytes; CORRUPT `segment_damaged` when the disk does not have them."""
        if offset < 0 or length_bytes < 0 or offset + length_bytes > self.size_bytes:
            raise ValueError("bytes outside the segment")
        try:
            with self._using:
                return self._read(offset, length_bytes)
        except OSError as err:
            raise damaged() from err
        finally:
            if self._is_done:
                self.close()

    def close(self) -> None:
        """Let go of it, at once or when the read that is going on ends; harmless when called again."""
        self._is_done = True
        if self._using.acquire(blocking=False):
            try:
                if self.descriptor >= 0:
                    os.close(self.descriptor)
                    self.descriptor = -1
            finally:
                self._using.release()

    def _read(self, offset: int, length_bytes: int) -> bytes:
        parts = []
        while length_bytes:
            part = os.pread(self.descriptor, length_bytes, offset)
            if not part:
                raise damaged()
            parts.append(part)
            offset += len(part)
            length_bytes -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_segment_file(directory: int, stream: StreamKey, start_us: int, sequence: int) -> int:
    """A descriptor of the segment's regular file below the volume's `directory`.

    No symlink is followed in any part of the path, so nothing outside the volume is ever opened. FileNotFoundError
    when it is gone, CORRUPT `segment_damaged` when something else lies in its place, OSError when the disk refuses.
    """
    *folders, name = segment_path(stream, start_us, sequence).split("/")
    current = os.dup(directory)
    try:
        for folder in folders:
            following = os.open(folder, _DIRECTORY, dir_fd=current)
            os.close(current)
            current = following
        descriptor = os.open(name, _FILE, dir_fd=current)
    except OSError as err:
        if err.errno in {errno.ELOOP, errno.ENOTDIR, errno.ENXIO}:
            raise damaged() from err
        raise
    finally:
        os.close(current)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise damaged()
    return descriptor


def damaged() -> VmsError:
    """The error for footage that is not what was written."""
    return VmsError(
        Kind.CORRUPT, "segment_damaged", "This footage cannot be read from its disk. Run `vms archive verify`."
    )
