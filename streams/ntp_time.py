"""Unix time as RTCP writes it (RFC 3550 §4)."""

_1900_TO_1970_S = 2_208_988_800
_US = 1_000_000


def ntp_time(wall_us: int) -> int:
    """32.32 fixed point seconds since 1900."""
    seconds, rest_us = divmod(wall_us, _US)
    return (seconds + _1900_TO_1970_S & 0xFFFFFFFF) << 32 | (rest_us << 32) // _US
