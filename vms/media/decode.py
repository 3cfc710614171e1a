"""Decoding footage to prove what it shows."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from vms.kernel.errors import Kind, VmsError

_PLANAR_420 = {"yuv420p", "yuvj420p"}  # the same bytes, the second one says that they have full range


def decoded_frame_hashes(path: Path) -> list[str]:
    """Return the MD5 of each picture's planes as yuv420p without padding, in presentation order.

    The sums of two files are equal exactly when a viewer sees the same pictures. Decodes everything: use it for
    checks or tests, in a worker thread. Raises VmsError(CORRUPT, `footage_undecodable`) when libav gives up.
    """
    try:
        return [_hash(frame) for frame in _frames(path)]
    except (av.FFmpegError, IndexError, OSError) as err:
        raise VmsError(
            Kind.CORRUPT, "footage_undecodable", "A file cannot be decoded. Check it with `vms archive verify`."
        ) from err


def first_frame_decodes(path: Path) -> bool:
    """Whether the first video picture of a file can be decoded without a fault that libav notices."""
    try:
        frame = next(_frames(path, is_strict=True), None)
    except (av.FFmpegError, IndexError, OSError):
        return False
    return frame is not None and not frame.is_corrupt


def _frames(path: Path, is_strict: bool = False) -> Iterator[av.VideoFrame]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        if is_strict:
            # with threads the picture is handed out before its damage is known
            stream.codec_context.thread_count = 1
            stream.codec_context.options = {"err_detect": "explode"}
        yield from container.decode(stream)


def _hash(frame: av.VideoFrame) -> str:
    if frame.format.name not in _PLANAR_420:
        frame = frame.reformat(format="yuv420p")
    digest = hashlib.md5(usedforsecurity=False)
    for plane in frame.planes:
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        digest.update(rows[: plane.height, : plane.width].tobytes())
    return digest.hexdigest()
