"""The link that ties each segment of a stream to all before it."""

import hashlib
import struct

from vms.archive.model import StreamKey
from vms.kernel.span import Span

FIRST = bytes(32)


def link(previous: bytes, sha256: bytes, stream: StreamKey, sequence: int, span: Span) -> bytes:
    """SHA-256(previous link ‖ file's SHA-256 ‖ camera ‖ stream ‖ 0 ‖ sequence ‖ start ‖ end), integers big-endian.

    Whoever changes a file, a time or an order must change every later link, and with them a signed checkpoint.
    """
    digest = hashlib.sha256(previous)
    digest.update(sha256)
    digest.update(stream.camera_id.bytes)
    digest.update(stream.name.encode() + b"\0")
    digest.update(struct.pack(">Qqq", sequence, span.start_us, span.end_us))
    return digest.digest()
