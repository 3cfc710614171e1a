"""Taking a file nobody finished into the index."""

import fcntl
import os
from dataclasses import dataclass

from vms.archive.closed_segment import ClosedSegment
from vms.archive.segment_file import write_all
from vms.archive.segment_scan import scan_file


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the file: exactly one of the four is set."""

    segment: ClosedSegment | None = None
    is_live: bool = False  # a process is writing it right now
    is_empty: bool = False  # without one good fragment; removed
    problem: str = ""  # left as it is


def adopt_file(directory: int, name: str, *, may_cut_damaged: bool) -> Verdict:
    """Make the file whole, so that its row may be inserted after this call.

    A torn file (no tail) is cut after its last good fragment and given a tail; a complete one stays untouched. A file
    whose tail is there but whose bytes were changed is cut only with `may_cut_damaged`: right for a file that was
    being written when the machine died (pages before the tail may never have reached the disk), never for an old one,
    whose footage behind the damage would be thrown away. Raises OSError when the disk refuses.
    """
    descriptor = os.open(name, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=directory)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return _adopt(descriptor, directory, name, may_cut_damaged=may_cut_damaged)
    except BlockingIOError:
        return Verdict(is_live=True)
    finally:
        os.close(descriptor)


def is_live(directory: int, name: str) -> bool:
    """Whether a process is writing the file right now."""
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=directory)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _adopt(descriptor: int, directory: int, name: str, *, may_cut_damaged: bool) -> Verdict:
    scan = scan_file(descriptor)
    if scan.is_damaged and not may_cut_damaged:
        return Verdict(problem=scan.problem)
    if not scan.fragments:
        if scan.head is None and scan.size_bytes and not may_cut_damaged:
            return Verdict(problem=scan.problem)  # perhaps much footage behind one bad byte: a person decides
        os.unlink(name, dir_fd=directory)
        os.fsync(directory)
        return Verdict(is_empty=True)
    os.ftruncate(descriptor, scan.good_bytes)
    if scan.tail is None:
        closing, segment = scan.mended()
        os.lseek(descriptor, scan.good_bytes, os.SEEK_SET)
        write_all(descriptor, [closing])
    else:
        segment = scan.closed()
    os.fsync(descriptor)
    os.fsync(directory)
    return Verdict(segment)
