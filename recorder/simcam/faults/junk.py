"""Bytes between packets that belong to nothing (interleaved lines only)."""

# ruff: noqa: ARG002  hooks take what `Fault` promises them, needed or not

import secrets
from collections.abc import Callable

from recorder.simcam.faults.fault import Fault, fault
from recorder.simcam.packet import Piece, RawBytes
from recorder.simcam.payload import payloads_of


def _crlf() -> bytes:
    return b"\r\n"


def _text() -> bytes:
    return b"[encoder] warning: buffer nearly full, code 0x24 $\r\n"


def _random() -> bytes:
    return secrets.token_bytes(10 + secrets.randbelow(600))


def _random_with_dollars() -> bytes:
    junk = bytearray(_random())
    for at in range(0, len(junk) - 4, 37):
        junk[at : at + 4] = b"$\0" + secrets.token_bytes(2)
    return bytes(junk)


class _Junk(Fault):
    _makers: tuple[Callable[[], bytes], ...]

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        every = max(1, int(self.value))
        if number % every:
            return pieces
        return [RawBytes(self._makers[number // every % len(self._makers)]()), *pieces]


@fault("garbage", "before every n-th picture: CRLF, text, random bytes, random bytes with $, in turn", 25)
class Garbage(_Junk):
    """§8 no 8."""

    _makers = (_random_with_dollars, _crlf, _text, _random)


@fault("garbage_crlf", "an empty line before every n-th picture", 1)
class GarbageCrlf(_Junk):
    """§8 no 8."""

    _makers = (_crlf,)


@fault("garbage_text", "a line of text before every n-th picture", 25)
class GarbageText(_Junk):
    """§8 no 8."""

    _makers = (_text,)


@fault("garbage_random", "10 to 600 random bytes before every n-th picture", 25)
class GarbageRandom(_Junk):
    """§8 no 8."""

    _makers = (_random,)


@fault("garbage_dollars", "random bytes full of false frame starts before every n-th picture", 25)
class GarbageDollars(_Junk):
    """§8 no 8."""

    _makers = (_random_with_dollars,)


@fault("big_packets", "packets of up to n bytes instead of 1400", 10_000)
class BigPackets(Fault):
    """§8 no 8; interleaved lines only, a datagram would not carry them."""

    _nals: list[bytes]

    def on_nals(self, number: int, nals: list[bytes]) -> list[bytes]:
        """See `Fault.on_nals`."""
        self._nals = nals
        return nals

    def on_payloads(self, number: int, payloads: list[bytes]) -> list[bytes]:
        """See `Fault.on_payloads`."""
        return payloads_of(self._nals, self.line.codec, max(100, min(60_000, int(self.value))))
