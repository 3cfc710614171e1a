"""The wire format of the recorder's tap: live pictures over a Unix socket.

A client connects, sends one JSON line, then only reads:

* `{"op": "status"}`: one `JSON` message (`vms.cameras.status.RecorderStatus`), then the end.
* `{"op": "subscribe", "camera": UUID, "stream": "main", "want": "access_units" | "fragments"}`: the last group of
  pictures, then everything as it comes. `FORMAT` (or `INIT`) stands before every key frame, so a reader may start at
  any. One that falls behind misses whole groups of pictures: it gets `JSON {"event": "skipped"}` and goes on at a key
  frame.

Every message is `length u32 | kind u8 | body`, big-endian, length counting kind and body.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal

from vms.media.access_unit import AccessUnit
from vms.media.fragment import InitSegment
from vms.media.video_format import VideoFormat

MAX_REQUEST_BYTES = 4096
MAX_MESSAGE_BYTES = 32 * 1024 * 1024
_HEAD = struct.Struct(">IB")
_UNIT = struct.Struct(">qqB")
_FRAGMENT = struct.Struct(">qqIB")

Want = Literal["access_units", "fragments"]


class Kind(IntEnum):
    """What a message carries."""

    JSON = 1
    FORMAT = 2  # parameter sets, before access units
    UNIT = 3
    INIT = 4  # ftyp + moov, before fragments
    FRAGMENT = 5


class UnitFlag(IntEnum):
    """Bits of a unit's or a fragment's flags."""

    SYNC = 1
    DAMAGED = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """An access unit as a reader gets it: `wall_us` is the server's time of the picture."""

    pts_90k: int
    wall_us: int
    flags: int
    data: bytes

    @property
    def is_sync(self) -> bool:
        """Whether decoding can start here."""
        return bool(self.flags & UnitFlag.SYNC)


@dataclass(frozen=True, slots=True)
class LiveFragment:
    """A fragment as a reader gets it: `moof` + `mdat`; `start_90k` is its `tfdt`."""

    start_90k: int
    wall_us: int
    duration_90k: int
    flags: int
    data: bytes


def pack(kind: Kind, body: bytes) -> bytes:
    """One message."""
    return _HEAD.pack(len(body) + 1, kind) + body


def pack_json(values: dict[str, Any]) -> bytes:
    """A JSON message."""
    return pack(Kind.JSON, json.dumps(values, separators=(",", ":")).encode())


def pack_format(video: VideoFormat) -> bytes:
    """The parameter sets in force."""
    sets = {name: [nal.hex() for nal in getattr(video, name)] for name in ("vps", "sps", "pps")}
    values = {
        "codec": video.codec, "codec_string": video.codec_string,
        "width": video.width, "height": video.height, **sets,
    }  # fmt: skip
    return pack(Kind.FORMAT, json.dumps(values).encode())


def pack_unit(unit: AccessUnit, wall_us: int) -> bytes:
    """One access unit."""
    flags = UnitFlag.SYNC * unit.is_sync | UnitFlag.DAMAGED * unit.is_damaged
    head = _HEAD.pack(len(unit.data) + _UNIT.size + 1, Kind.UNIT)
    return b"".join((head, _UNIT.pack(unit.pts_90k, wall_us, flags), unit.data))


def pack_init(init: InitSegment) -> bytes:
    """The init segment of the fragments that follow."""
    head = json.dumps({"codec_string": init.codec, "width": init.width, "height": init.height}).encode()
    return pack(Kind.INIT, struct.pack(">H", len(head)) + head + init.data)


def pack_fragment(fragment: LiveFragment) -> bytes:
    """One fragment."""
    head = _HEAD.pack(len(fragment.data) + _FRAGMENT.size + 1, Kind.FRAGMENT)
    body = _FRAGMENT.pack(fragment.start_90k, fragment.wall_us, fragment.duration_90k, fragment.flags)
    return b"".join((head, body, fragment.data))


class MessageReader:
    """Cuts a byte stream into messages; raises ValueError on a length that cannot be."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Kind, bytes]]:
        """Yield the messages that `data` completes."""
        self._buffer += data
        while len(self._buffer) >= _HEAD.size:
            length, kind = _HEAD.unpack_from(self._buffer)
            if not 1 <= length <= MAX_MESSAGE_BYTES:
                raise ValueError(f"a tap message of {length} bytes")
            if len(self._buffer) < length + 4:
                return
            body = bytes(self._buffer[_HEAD.size : length + 4])
            del self._buffer[: length + 4]
            yield Kind(kind), body


def read_unit(body: bytes) -> Unit:
    """The access unit in a UNIT message's body."""
    pts_90k, wall_us, flags = _UNIT.unpack_from(body)
    return Unit(pts_90k, wall_us, flags, body[_UNIT.size :])
