"""The private boxes of a segment file: head, tail, seal (ISO/IEC 14496-12 §11.1 `uuid`; players skip them)."""

import json
import struct
from dataclasses import dataclass
from uuid import UUID

from vms.archive.model import Flag, SegmentTail, StreamKey
from vms.kernel.errors import Kind, VmsError

HEAD = bytes.fromhex("4e617a61722e686561642e7365676d74")  # "Nazar.head.segmt"
TAIL = bytes.fromhex("4e617a61722e7461696c2e7365676d74")
SEAL = bytes.fromhex("4e617a61722e7365616c2e7365676d74")
FORMAT = 1
MAX_BYTES = 64 * 1024
SEAL_BYTES = 8 + 16 + 32


@dataclass(frozen=True, slots=True)
class FileHead:
    """What a file says of itself at its beginning; with its tail and its bytes enough for the index row."""

    stream: StreamKey
    sequence: int
    run: int
    start_us: int
    previous_link: bytes
    init_sha256: bytes
    codec: str
    width: int
    height: int
    mask_version: int
    clock_error_us: int
    boot_id: str
    boottime_us: int


def pack_head(head: FileHead) -> bytes:
    """The head as a box."""
    return _pack_json(
        HEAD,
        {
            "format": FORMAT,
            "camera": str(head.stream.camera_id),
            "stream": head.stream.name,
            "sequence": head.sequence,
            "run": head.run,
            "start_us": head.start_us,
            "previous": head.previous_link.hex(),
            "init": head.init_sha256.hex(),
            "codec": head.codec,
            "width": head.width,
            "height": head.height,
            "mask_version": head.mask_version,
            "clock_error_us": head.clock_error_us,
            "boot_id": head.boot_id,
            "boottime_us": head.boottime_us,
        },
    )


def parse_head(payload: bytes) -> FileHead:
    """The head back from the payload behind its user type; CORRUPT `segment_damaged` on anything else."""
    try:
        values = json.loads(payload)
        head = FileHead(
            StreamKey(UUID(values["camera"]), values["stream"]),
            int(values["sequence"]),
            int(values["run"]),
            int(values["start_us"]),
            bytes.fromhex(values["previous"]),
            bytes.fromhex(values["init"]),
            str(values["codec"]),
            int(values["width"]),
            int(values["height"]),
            int(values["mask_version"]),
            int(values["clock_error_us"]),
            str(values["boot_id"]),
            int(values["boottime_us"]),
        )
        is_known = values["format"] == FORMAT and head.stream.name in {"main", "sub"}
        is_sound = len(head.previous_link) == len(head.init_sha256) == 32
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise _unreadable("head") from err
    if not is_known or not is_sound:
        raise _unreadable("head")
    return head


def pack_tail(tail: SegmentTail) -> bytes:
    """The tail as a box."""
    return _pack_json(
        TAIL,
        {
            "end_us": tail.end_us,
            "flags": int(tail.flags),
            "lost_packets": tail.lost_packets,
            "clock_offset_us": tail.clock_offset_us,
        },
    )


def parse_tail(payload: bytes) -> SegmentTail:
    """The tail back from the payload behind its user type; CORRUPT `segment_damaged` on anything else."""
    try:
        values = json.loads(payload)
        offset = values["clock_offset_us"]
        return SegmentTail(
            int(values["end_us"]),
            Flag(int(values["flags"])),
            int(values["lost_packets"]),
            None if offset is None else int(offset),
        )
    except (ValueError, KeyError, TypeError) as err:
        raise _unreadable("tail") from err


def pack_seal(sha256: bytes) -> bytes:
    """The seal over all bytes of the file before it."""
    return _pack(SEAL, sha256)


def _unreadable(part: str) -> VmsError:
    return VmsError(Kind.CORRUPT, "segment_damaged", f"The {part} of a segment file is unreadable. Run a verification.")


def _pack_json(kind: bytes, values: dict[str, object]) -> bytes:
    return _pack(kind, json.dumps(values, separators=(",", ":")).encode())


def _pack(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I4s", 24 + len(payload), b"uuid") + kind + payload
