"""Reading a segment file back: what of it is whole."""

import hashlib
import os
import struct
from dataclasses import dataclass, field

from vms.archive.closed_segment import ClosedSegment, media_end_us, pack_gop
from vms.archive.model import Flag, SegmentTail
from vms.archive.segment_boxes import (
    HEAD,
    MAX_BYTES,
    SEAL,
    SEAL_BYTES,
    TAIL,
    FileHead,
    pack_seal,
    pack_tail,
    parse_head,
    parse_tail,
)
from vms.kernel.errors import VmsError
from vms.media.boxes import read_fragment
from vms.media.fragment import InitSegment

_HEADER = struct.Struct(">I4s")
_CHUNK_BYTES = 1 << 20
_MAX_INIT_BYTES = 1 << 20
_MAX_MOOF_BYTES = 8 << 20


@dataclass(slots=True)
class Scan:
    """What a walk over the file found.

    `good_bytes` ends at the last seal that matches; 0 when not even the head is whole. `is_complete`: the file ends
    with its tail and every seal matches. `is_damaged`: it ends with a tail, but bytes before it are not what was
    written (a torn file has no tail). `problem` says where the walk stopped and why.
    """

    head: FileHead | None = None
    tail: SegmentTail | None = None
    init: InitSegment | None = None
    size_bytes: int = 0
    good_bytes: int = 0
    fragments: int = 0
    duration_90k: int = 0
    samples: int = 0
    gops: bytearray = field(default_factory=bytearray)
    good_hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)  # of the first `good_bytes` bytes
    problem: str = ""
    is_complete: bool = False
    is_damaged: bool = False

    def closed(self) -> ClosedSegment:
        """The row of a complete file."""
        assert self.tail is not None
        return self._row(self.tail, self.good_bytes, self.good_hash.digest())

    def mended(self) -> tuple[bytes, ClosedSegment]:
        """What to write at `good_bytes` so that the file is complete, with the row it then has."""
        assert self.head is not None
        end_us = max(media_end_us(self.head.start_us, self.duration_90k), self.head.start_us + 1)
        tail = SegmentTail(end_us, Flag.RECOVERED)
        running = self.good_hash.copy()
        box = pack_tail(tail)
        running.update(box)
        seal = pack_seal(running.digest())
        running.update(seal)
        row = self._row(tail, self.good_bytes + len(box) + len(seal), running.digest())
        return box + seal, row

    def _row(self, tail: SegmentTail, size_bytes: int, sha256: bytes) -> ClosedSegment:
        assert self.head is not None
        assert self.init is not None
        return ClosedSegment(
            self.head, tail, self.init, size_bytes, self.duration_90k, self.samples, sha256, bytes(self.gops)
        )


class _StopError(Exception):
    """The file is not whole from here on."""


class _Walk:
    """One pass over the file: each byte is read once, each seal compared with the running hash."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._offset = 0
        self._hash = hashlib.sha256()
        self.scan = Scan(size_bytes=os.fstat(descriptor).st_size)

    def run(self) -> Scan:
        scan = self.scan
        try:
            self.read_beginning()
            self._mark_good()
            while self._offset < scan.size_bytes:
                self._read_part()
                self._mark_good()
                if scan.tail is not None:
                    break
            scan.is_complete = scan.tail is not None and self._offset == scan.size_bytes
            scan.problem = "" if scan.is_complete else "no tail, or bytes behind it"
        except _StopError as stop:
            scan.problem = f"{stop} at byte {self._offset}"
            scan.is_damaged = has_tail(self._descriptor, scan.size_bytes)
        return scan

    def _mark_good(self) -> None:
        self.scan.good_bytes = self._offset
        self.scan.good_hash = self._hash.copy()

    def read_beginning(self) -> None:
        """Everything before the first fragment; _StopError when it is not what a writer leaves."""
        init = b"".join(self._read_box(kind, _MAX_INIT_BYTES) for kind in (b"ftyp", b"moov"))
        try:
            head = parse_head(self._read_uuid(HEAD))
        except VmsError as err:
            raise _StopError("unreadable head") from err
        if hashlib.sha256(init).digest() != head.init_sha256:
            raise _StopError("init segment is not the one named in the head")
        self.scan.head = head
        self.scan.init = InitSegment(init, head.codec, head.width, head.height)

    def _read_part(self) -> None:
        _, kind = self._peek()
        if kind == b"moof":
            self._read_fragment()
        elif kind == b"uuid":
            try:
                tail = parse_tail(self._read_uuid(TAIL))
            except VmsError as err:
                raise _StopError("unreadable tail") from err
            self._read_seal()
            if tail.end_us <= self.scan.head.start_us:  # type: ignore[union-attr]
                raise _StopError("tail ends before the start")
            self.scan.tail = tail
        else:
            raise _StopError("unknown box")

    def _read_fragment(self) -> None:
        scan, offset = self.scan, self._offset
        moof = self._read_box(b"moof", _MAX_MOOF_BYTES)
        size, kind = self._peek()
        if kind != b"mdat":
            raise _StopError("no mdat after moof")
        self._skip(size)
        self._read_seal()
        try:
            info = read_fragment(moof)
        except ValueError as err:
            raise _StopError("unreadable moof") from err
        if info.data_bytes != size - _HEADER.size:
            raise _StopError("samples do not fill their mdat")
        scan.fragments += 1
        scan.duration_90k = info.start_90k + info.duration_90k
        scan.samples += info.samples
        if info.is_sync:
            scan.gops += pack_gop(offset, info.start_90k)

    def _read_seal(self) -> None:
        expected = self._hash.digest()
        if self._read_uuid(SEAL) != expected:
            raise _StopError("seal does not match")

    def _peek(self) -> tuple[int, bytes]:
        """Size and kind of the next box, which lies wholly in the file."""
        raw = os.pread(self._descriptor, 8, self._offset)
        if len(raw) < 8:
            raise _StopError("torn box header")
        size, kind = _HEADER.unpack(raw)
        if size < 8:
            raise _StopError("impossible box size")
        if self._offset + size > self.scan.size_bytes:
            raise _StopError("box reaches beyond the end")
        return size, kind

    def _read_box(self, kind: bytes, limit_bytes: int) -> bytes:
        size, found = self._peek()
        if found != kind or size > limit_bytes:
            raise _StopError(f"no {kind.decode()} box")
        content = os.pread(self._descriptor, size, self._offset)
        if len(content) != size:
            raise _StopError("short read")
        self._hash.update(content)
        self._offset += size
        return content

    def _read_uuid(self, user_type: bytes) -> bytes:
        content = self._read_box(b"uuid", MAX_BYTES)
        if content[8:24] != user_type:
            raise _StopError("unknown uuid box")
        return content[24:]

    def _skip(self, size: int) -> None:
        end = self._offset + size
        while self._offset < end:
            chunk = os.pread(self._descriptor, min(_CHUNK_BYTES, end - self._offset), self._offset)
            if not chunk:
                raise _StopError("short read")
            self._hash.update(chunk)
            self._offset += len(chunk)


def scan_file(descriptor: int) -> Scan:
    """Walk the whole file; OSError when it cannot be read. Memory: one moof and a megabyte."""
    return _Walk(descriptor).run()


def read_head(descriptor: int) -> FileHead | None:
    """What the file says of itself at its beginning; None when that is not whole. OSError when it cannot be read."""
    walk = _Walk(descriptor)
    try:
        walk.read_beginning()
    except _StopError:
        return None
    return walk.scan.head


def has_tail(descriptor: int, size_bytes: int) -> bool:
    """Whether the file ends with a tail and a seal by their shape, whatever the bytes before them are."""
    window = min(size_bytes, MAX_BYTES + SEAL_BYTES)
    content = os.pread(descriptor, window, size_bytes - window)
    seal = content[-SEAL_BYTES:]
    if len(seal) != SEAL_BYTES or seal[4:24] != b"uuid" + SEAL:
        return False
    at = content.rfind(b"uuid" + TAIL)
    if at < 4:
        return False
    (size,) = struct.unpack(">I", content[at - 4 : at])
    return bool(at - 4 + size == len(content) - SEAL_BYTES)
