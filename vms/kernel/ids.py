"""Identifiers: UUIDv7, ordered by the time they were made."""

import secrets
from uuid import UUID

from vms.kernel.clock import Clock


def new_id(clock: Clock) -> UUID:
    """A new UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, 74 random bits."""
    milliseconds = clock.now_us() // 1000
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= secrets.randbits(12) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return UUID(int=value)
