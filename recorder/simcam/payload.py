"""NAL units into RTP payloads (RFC 6184 §5.6–5.8, RFC 7798 §4.4)."""

from collections.abc import Iterable

from vms.media.video_format import Codec

PAYLOAD_BYTES = 1400
_FU_A = 28
_FU_H265 = 49
_START, _END = 0x80, 0x40


def payloads_of(nals: Iterable[bytes], codec: Codec, limit_bytes: int = PAYLOAD_BYTES) -> list[bytes]:
    """One payload for each NAL unit that fits into `limit_bytes`, fragments (FU) for the others.

    The last payload of the list is the one that carries the marker.
    """
    fragments = h264_fragments if codec == "h264" else h265_fragments
    payloads: list[bytes] = []
    for nal in nals:
        if len(nal) <= limit_bytes:
            payloads.append(nal)
        else:
            payloads.extend(fragments(nal, limit_bytes))
    return payloads


def h264_fragments(nal: bytes, limit_bytes: int) -> list[bytes]:
    """FU-A payloads of one NAL unit."""
    indicator = (nal[0] & 0xE0) | _FU_A
    return _fragments(bytes((indicator,)), nal[0] & 0x1F, nal[1:], limit_bytes)


def h265_fragments(nal: bytes, limit_bytes: int) -> list[bytes]:
    """FU payloads of one NAL unit."""
    header = bytes(((nal[0] & 0x81) | (_FU_H265 << 1), nal[1]))
    return _fragments(header, (nal[0] >> 1) & 0x3F, nal[2:], limit_bytes)


def _fragments(header: bytes, nal_type: int, body: bytes, limit_bytes: int) -> list[bytes]:
    room = limit_bytes - len(header) - 1
    starts = range(0, len(body), room)
    last = starts[-1]
    return [
        header + bytes(((_START if at == 0 else 0) | (_END if at == last else 0) | nal_type,)) + body[at : at + room]
        for at in starts
    ]


def stap_a(nals: Iterable[bytes]) -> bytes:
    """One H.264 aggregation packet of small NAL units (RFC 6184 §5.7.1)."""
    units = list(nals)
    importance = max(nal[0] & 0x60 for nal in units)
    return bytes((importance | 24,)) + b"".join(len(nal).to_bytes(2, "big") + nal for nal in units)
