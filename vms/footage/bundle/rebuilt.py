"""Making the recorder's own files out of a film again: then its signature vouches for the pictures themselves.

A chain of hashes that a manifest only repeats would prove nothing about what lies beside it. A segment that is in a
film as a whole can be put together to the byte it had on the recorder's disk: its init segment, its head, its
fragments with their own numbers and times, a seal behind each, its tail. Its SHA-256 must then be the one in the chain.
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from vms.archive.model import NO_FLAGS, Flag, SegmentTail, StreamKey
from vms.archive.segment_boxes import FileHead, pack_head, pack_seal, pack_tail
from vms.kernel.clock import from_datetime
from vms.media.boxes import read_fragment
from vms.media.export_film import moved, without_duration
from vms.media.init_parameters import video_format_of

_HEADER = struct.Struct(">I4s")
_MAX_HELD_BYTES = 8 << 20  # a box that is held as a whole: `moov`, `sidx`, `moof`


class NotTheFootageError(Exception):
    """The film does not give a segment that its manifest names; `str` says which."""


class FilmReader:
    """Bytes of a film as they come, hashed on the way; nothing of it is kept."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")
        self._hash = hashlib.sha256()
        self._size_bytes = 0

    def take(self, size_bytes: int) -> bytes:
        """Exactly so many; ValueError when the film ends before them or nobody should hold so many."""
        if size_bytes > _MAX_HELD_BYTES:
            raise ValueError("a box too large to hold")
        return b"".join(self.stream(size_bytes))

    def stream(self, size_bytes: int) -> Iterator[memoryview]:
        """The same piece by piece, however many they are."""
        while size_bytes > 0:
            if not self._rest and not self._next():
                raise ValueError("the film ends too early")
            piece, self._rest = self._rest[:size_bytes], self._rest[size_bytes:]
            size_bytes -= len(piece)
            yield piece

    def is_at_end(self) -> bool:
        """Whether everything was taken."""
        return not self._rest and not self._next()

    def drain(self) -> tuple[int, str]:
        """Read to the end: size and SHA-256 of all of it."""
        while self._next():
            pass
        return self._size_bytes, self._hash.hexdigest()

    def _next(self) -> bool:
        chunk = next(self._chunks, b"")
        self._hash.update(chunk)
        self._size_bytes += len(chunk)
        self._rest = memoryview(chunk)
        return bool(chunk)


def rebuild(film: FilmReader, camera: Mapping[str, Any], segments: Sequence[Mapping[str, Any]]) -> int:
    """How many of `segments` the film gives back to the byte; those it holds in part cannot be.

    NotTheFootageError when one is not what the manifest says; ValueError, KeyError, TypeError or struct.error when film
    or manifest are malformed. Memory: one `moof`.
    """
    init = without_duration(box_of(film, b"ftyp") + box_of(film, b"moov"))
    box_of(film, b"sidx")
    rebuilt = 0
    for segment in segments:
        if segment["rebuild"] is None:
            for _ in range(segment["fragments"]):
                box_of(film, b"moof")
                _media(film, hashlib.sha256())
            continue
        if _digest(film, init, _head(init, camera, segment), segment) != segment["sha256"]:
            raise NotTheFootageError(f"segment {segment['sequence']}")
        rebuilt += 1
    if not film.is_at_end():
        raise ValueError("the film holds more than its segments")
    return rebuilt


def _digest(film: FilmReader, init: bytes, head: FileHead, segment: Mapping[str, Any]) -> str:
    how = segment["rebuild"]
    running = hashlib.sha256(init + pack_head(head))
    shift_90k = 0
    for number in range(segment["fragments"]):
        moof = box_of(film, b"moof")
        start_90k = read_fragment(moof).start_90k
        shift_90k = shift_90k if number else how["first_90k"] - start_90k
        running.update(moved(moof, how["first_number"] + number, start_90k + shift_90k))
        _media(film, running)
        running.update(pack_seal(running.digest()))
    running.update(pack_tail(_tail(segment)))
    running.update(pack_seal(running.digest()))
    return running.hexdigest()


def box_of(film: FilmReader, kind: bytes) -> bytes:
    """The next box, which is of this kind; ValueError for another, or one too large to be held."""
    header = film.take(_HEADER.size)
    size_bytes, found = _HEADER.unpack(header)
    if found != kind or size_bytes < _HEADER.size:
        raise ValueError(f"no {kind.decode()} box")
    return header + film.take(size_bytes - _HEADER.size)


def _media(film: FilmReader, running: "hashlib._Hash") -> None:
    header = film.take(_HEADER.size)
    size_bytes, kind = _HEADER.unpack(header)
    if kind != b"mdat" or size_bytes < _HEADER.size:
        raise ValueError("no mdat box")
    running.update(header)
    for piece in film.stream(size_bytes - _HEADER.size):
        running.update(piece)


def _head(init: bytes, camera: Mapping[str, Any], segment: Mapping[str, Any]) -> FileHead:
    video, how = video_format_of(init), segment["rebuild"]
    return FileHead(
        StreamKey(UUID(camera["id"]), camera["stream"]), segment["sequence"], how["run"], _us(segment["start"]),
        bytes.fromhex(how["previous"]), hashlib.sha256(init).digest(), video.codec_string, video.width, video.height,
        segment["mask_version"], segment["clock_error_us"], how["boot_id"], how["boottime_us"],
    )  # fmt: skip


def _tail(segment: Mapping[str, Any]) -> SegmentTail:
    flags = NO_FLAGS
    for name in segment["flags"]:
        flags |= Flag[name.upper()]
    return SegmentTail(_us(segment["end"]), flags, segment["lost_packets"], segment["clock_offset_us"])


def _us(at: str) -> int:
    return from_datetime(datetime.fromisoformat(at))
