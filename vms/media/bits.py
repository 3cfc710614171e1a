"""Bit by bit reading of parameter sets and slice headers."""

_MAX_GOLOMB_ZEROS = 32  # 2^32 - 2 is the largest ue(v) of H.264 §9.1, H.265 §9.2


class BitReader:
    """Reads the RBSP of one NAL unit, most significant bit first.

    Emulation prevention bytes (H.264 §7.4.1, H.265 §7.4.2) are taken out on construction. Every method raises
    ValueError when it would read past the end, so a hostile length can cost no more than the bytes that came.
    """

    def __init__(self, payload: bytes) -> None:
        self._data = unescape(payload)
        self._size_bits = len(self._data) * 8
        self._at = 0

    def read(self, bits: int) -> int:
        """Read `bits` bits, u(n)."""
        start, end = self._at, self._at + bits
        if end > self._size_bits:
            raise ValueError("a parameter set ends too early")
        self._at = end
        last = (end + 7) >> 3
        window = int.from_bytes(self._data[start >> 3 : last], "big")
        return (window >> ((last << 3) - end)) & ((1 << bits) - 1)

    def flag(self) -> bool:
        """Read one bit, u(1)."""
        return self.read(1) == 1

    def skip(self, bits: int) -> None:
        """Pass over `bits` bits."""
        if self._at + bits > self._size_bits:
            raise ValueError("a parameter set ends too early")
        self._at += bits

    def ue(self, most: int = (1 << 32) - 2) -> int:
        """Read an unsigned Exp-Golomb code; a value above `most` raises ValueError too."""
        zeros = 0
        while not self.flag():
            zeros += 1
            if zeros > _MAX_GOLOMB_ZEROS:
                raise ValueError("an Exp-Golomb code is too long")
        value = (1 << zeros) - 1 + self.read(zeros)
        if value > most:
            raise ValueError(f"a value of {value} where at most {most} is allowed")
        return value

    def se(self) -> int:
        """Read a signed Exp-Golomb code."""
        code = self.ue()
        return (code + 1) >> 1 if code & 1 else -(code >> 1)

    def seen(self) -> tuple[int, bytes]:
        """Return all bits read so far, as their number with their bytes (the rest of the last byte zero)."""
        whole, rest = divmod(self._at, 8)
        if not rest:
            return self._at, self._data[:whole]
        last = self._data[whole] & (0xFF << (8 - rest)) & 0xFF
        return self._at, self._data[:whole] + bytes((last,))


def unescape(payload: bytes) -> bytes:
    """Return `payload` without emulation prevention bytes: each `00 00 03` becomes `00 00`."""
    at = payload.find(b"\x00\x00\x03")
    if at < 0:
        return payload
    parts: list[bytes] = []
    start = 0
    while at >= 0:
        parts.append(payload[start : at + 2])
        start = at + 3
        at = payload.find(b"\x00\x00\x03", start)
    parts.append(payload[start:])
    return b"".join(parts)
