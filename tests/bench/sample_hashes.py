"""What reached the disk, picture by picture, beside what the camera's clip holds."""

import struct
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from recorder.simcam.clip import Clip
from vms.media import boxes, fmp4


def recorded(paths: Sequence[Path]) -> Iterator[str]:
    """Hash of every sample of segment files, in order."""
    for path in paths:
        data = path.read_bytes()
        moof = b""
        for box in boxes.walk(data):
            if box.type == b"moof":
                moof = data[box.offset : box.end]
            elif box.type == b"mdat":
                yield from _samples(moof, data[box.payload_offset : box.end])


def _samples(moof: bytes, payload: bytes) -> Iterator[str]:
    at = 0
    table = moof[fmp4.HEAD.size :]
    for _, size, _, _ in struct.iter_unpack(">IIIi", table):
        yield sha256(payload[at : at + size]).hexdigest()
        at += size


def of_clip(path: Path) -> list[str]:
    """Hash of every access unit of a clip as a recorder keeps it."""
    return Clip.load(path).digests()


def missing(found: Sequence[str], clip: Sequence[str]) -> int:
    """How many pictures of the endlessly looped clip are missing between the first and the last one found.

    Raises ValueError when a picture is none of the clip's.
    """
    place = {digest: number for number, digest in enumerate(clip)}
    if len(place) != len(clip):
        raise ValueError("the clip repeats a picture: it cannot tell a loss from a loop")
    lost, expected = 0, None
    for digest in found:
        number = place.get(digest)
        if number is None:
            raise ValueError("a picture on disk that the camera never sent")
        if expected is not None:
            lost += (number - expected) % len(clip)
        expected = (number + 1) % len(clip)
    return lost
