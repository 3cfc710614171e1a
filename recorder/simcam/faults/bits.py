"""Damage inside payloads: rotten bits, lying lengths, odd fragments."""

# ruff: noqa: ARG002  hooks take what `Fault` promises them, needed or not

import secrets

from recorder.simcam.faults.fault import Fault, fault
from recorder.simcam.nal import SYNTAX
from recorder.simcam.payload import PAYLOAD_BYTES, payloads_of, stap_a


def _is_fragment(payload: bytes, codec: str) -> bool:
    if not payload:
        return False
    return payload[0] & 0x1F == 28 if codec == "h264" else (payload[0] >> 1) & 0x3F == 49


class _Fragments(Fault):
    """Base of faults in FU headers."""

    def on_payloads(self, number: int, payloads: list[bytes]) -> list[bytes]:
        """See `Fault.on_payloads`."""
        if number % max(1, int(self.value)):
            return payloads
        return [self._spoil(p) if _is_fragment(p, self.line.codec) else p for p in payloads]

    def _spoil(self, payload: bytes) -> bytes:
        header_at = SYNTAX[self.line.codec].header_bytes
        spoiled = bytearray(payload)
        spoiled[header_at] = self._header(payload[header_at])
        return bytes(spoiled)

    def _header(self, header: int) -> int:
        raise NotImplementedError


@fault("fu_no_start", "fragments of every n-th picture lack their start bit", 50)
class FuNoStart(_Fragments):
    """§8 no 15."""

    def _header(self, header: int) -> int:
        return header & 0x7F


@fault("fu_start_and_end", "fragments of every n-th picture have start and end bits set", 50)
class FuStartAndEnd(_Fragments):
    """§8 no 15."""

    def _header(self, header: int) -> int:
        return header | 0xC0


@fault("fu_type_change", "later fragments of a NAL unit name another type")
class FuTypeChange(_Fragments):
    """§8 no 15 (Tiandy)."""

    def _header(self, header: int) -> int:
        return header if header & 0x80 else header ^ 0x04


@fault("bit_rot", "one random bit of every n-th picture is wrong", 25)
class BitRot(Fault):
    """§8 no 15."""

    def on_payloads(self, number: int, payloads: list[bytes]) -> list[bytes]:
        """See `Fault.on_payloads`."""
        if number % max(1, int(self.value)) or len(payloads[-1]) < 8:
            return payloads
        spoiled = bytearray(payloads[-1])
        spoiled[4 + secrets.randbelow(len(spoiled) - 4)] ^= 1 << secrets.randbelow(8)
        return [*payloads[:-1], bytes(spoiled)]


@fault("forbidden_bit", "the forbidden bit of every n-th picture's first NAL unit is set", 50)
class ForbiddenBit(Fault):
    """§8 no 15."""

    def on_payloads(self, number: int, payloads: list[bytes]) -> list[bytes]:
        """See `Fault.on_payloads`."""
        if number % max(1, int(self.value)):
            return payloads
        return [bytes((payloads[0][0] | 0x80,)) + payloads[0][1:], *payloads[1:]]


@fault("stap", "parameter sets travel in one aggregation packet")
class Stap(Fault):
    """No fault, but another right way (RFC 6184 §5.7.1, RFC 7798 §4.4.2)."""

    def on_payloads(self, number: int, payloads: list[bytes]) -> list[bytes]:
        """See `Fault.on_payloads`."""
        syntax = SYNTAX[self.line.codec]
        sets = [p for p in payloads if p and syntax.is_parameter_set(p)]
        if len(sets) < 2:
            return payloads
        return [self._together(sets), *(p for p in payloads if p not in sets)]

    def _together(self, sets: list[bytes]) -> bytes:
        if self.line.codec == "h264":
            return stap_a(sets)
        return b"\x60\x01" + b"".join(len(nal).to_bytes(2, "big") + nal for nal in sets)


@fault("stap_lie", "lengths inside the aggregation packet are wrong")
class StapLie(Stap):
    """§8 no 15."""

    def _together(self, sets: list[bytes]) -> bytes:
        whole = bytearray(super()._together(sets))
        whole[SYNTAX[self.line.codec].header_bytes] ^= 0x7F
        return bytes(whole)


@fault("annex_b_inside", "parameter sets and key picture come as one NAL unit with start codes inside")
class AnnexBInside(Fault):
    """§8 no 15; what does not fit one packet is fragmented as if it were one NAL unit."""

    _joined: bytes | None = None

    def on_nals(self, number: int, nals: list[bytes]) -> list[bytes]:
        """See `Fault.on_nals`."""
        self._joined = b"\0\0\0\1".join(nals) if len(nals) > 1 else None
        return nals

    def on_payloads(self, number: int, payloads: list[bytes]) -> list[bytes]:
        """See `Fault.on_payloads`."""
        if self._joined is None:
            return payloads
        return payloads_of([self._joined], self.line.codec, PAYLOAD_BYTES)


@fault("filler", "delimiters, filler and zeros accompany every picture")
class Filler(Fault):
    """§8 no 16."""

    def on_nals(self, number: int, nals: list[bytes]) -> list[bytes]:
        """See `Fault.on_nals`."""
        if self.line.codec == "h264":
            return [b"\x09\xf0", *nals, b"\x0c" + b"\xff" * 300 + b"\x80"]
        return [b"\x46\x01\x50", *nals, b"\x4c\x01" + b"\xff" * 300 + b"\x80"]
