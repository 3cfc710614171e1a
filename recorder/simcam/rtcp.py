"""RTCP packets a sender makes: reports, descriptions, goodbyes (RFC 3550 §6)."""

import struct

_NTP_EPOCH_S = 2_208_988_800  # 1900 to 1970
_SR, _SDES, _BYE = 200, 202, 203
_CNAME = b"camera"


def sender_report(ssrc: int, camera_time_us: int, timestamp: int, packets: int, payload_bytes: int) -> bytes:
    """Sender report plus the description that must follow it (§6.4.1, §6.5).

    `timestamp` is the RTP time of the picture taken at `camera_time_us` (UTC, microseconds since 1970).
    """
    seconds, microseconds = divmod(camera_time_us, 1_000_000)
    fraction = (microseconds << 32) // 1_000_000
    report = struct.pack(
        ">BBHIIIIII", 0x80, _SR, 6, ssrc, (seconds + _NTP_EPOCH_S) & 0xFFFFFFFF, fraction,
        timestamp & 0xFFFFFFFF, packets & 0xFFFFFFFF, payload_bytes & 0xFFFFFFFF,
    )  # fmt: skip
    chunk = struct.pack(">IBB", ssrc, 1, len(_CNAME)) + _CNAME + b"\0"
    chunk += bytes(-len(chunk) % 4)
    return report + struct.pack(">BBH", 0x81, _SDES, len(chunk) // 4) + chunk


def bye(ssrc: int) -> bytes:
    """Goodbye of one source (§6.6)."""
    return struct.pack(">BBHI", 0x81, _BYE, 1, ssrc)
