"""What a machine's death leaves of files whose last bytes never reached the disk."""

import hashlib
import random
import sqlite3
import struct
from dataclasses import dataclass
from pathlib import Path

DAMAGES = ("truncated", "zeroed", "garbage")


@dataclass(frozen=True)
class TornFile:
    """A file that was being written, after its tail was spoilt. Bytes below `durable_bytes` were left alone."""

    camera_id: str
    path: Path
    start_us: int
    durable_us: int
    durable_bytes: int
    durable_sha256: bytes
    damage: str

    def is_durable_part_intact(self) -> bool:
        """Whether what was synced before is there byte for byte."""
        if not self.durable_bytes:
            return True
        content = self.path.read_bytes()[: self.durable_bytes]
        return len(content) == self.durable_bytes and hashlib.sha256(content).digest() == self.durable_sha256


def tear(volume: Path, damage: str, chance: random.Random) -> list[TornFile]:
    """Spoil every open file behind the point the index knows to be durable; a file never synced may be gone whole."""
    connection = sqlite3.connect(f"file:{volume / 'index.sqlite'}?mode=ro", uri=True)
    rows = connection.execute(
        "SELECT camera_id, sequence, start_us, end_us FROM open_file JOIN stream ON id = stream_id"
    ).fetchall()
    connection.close()
    torn = []
    for camera, sequence, start_us, durable_us in rows:
        for path in (volume / "segments" / camera).rglob(f"*-{sequence:08d}.mp4"):
            content = path.read_bytes()
            durable_bytes = _durable_bytes(content, durable_us - start_us)
            kept = content[:durable_bytes]
            torn.append(
                TornFile(camera, path, start_us, durable_us, durable_bytes, hashlib.sha256(kept).digest(), damage)
            )
            _spoil(path, content, durable_bytes, damage, chance)
    return torn


def _spoil(path: Path, content: bytes, durable_bytes: int, damage: str, chance: random.Random) -> None:
    at = chance.randint(durable_bytes, len(content))
    if damage == "truncated":
        if not durable_bytes and chance.random() < 0.5:
            path.unlink()  # neither was its name synced
        else:
            path.write_bytes(content[:at])
    elif damage == "zeroed":
        path.write_bytes(content[:at] + bytes(len(content) - at))
    else:
        path.write_bytes(content[:at] + chance.randbytes(len(content) - at))


def _durable_bytes(content: bytes, durable_us: int) -> int:
    """Where the last fragment ends whose pictures all lie before `durable_us` of the file's own time."""
    if durable_us <= 0:
        return 0
    found = at = end_90k = 0
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if kind == b"moof":
            end_90k = _end_90k(content, at, size)
        at += size
        if kind == b"uuid" and end_90k and at <= len(content) and end_90k * 100 // 9 <= durable_us:
            found = at
    return found


def _end_90k(content: bytes, at: int, size: int) -> int:
    """ISO 14496-12 §8.8.8, §8.8.12: base time (version 1) and a run with duration, size, flags, offset a sample."""
    tfdt = content.index(b"tfdt", at, at + size)
    trun = content.index(b"trun", at, at + size)
    (start_90k,) = struct.unpack_from(">Q", content, tfdt + 8)
    (samples,) = struct.unpack_from(">I", content, trun + 8)
    entries = struct.iter_unpack(">IIIi", content[trun + 16 : trun + 16 + 16 * samples])
    return start_90k + sum(duration for duration, _, _, _ in entries)
