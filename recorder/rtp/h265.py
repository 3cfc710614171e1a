"""H.265 out of RTP payloads (RFC 7798, one RTP stream)."""

from recorder.rtp.depacketiser import Depacketiser
from recorder.rtp.units import UnitAssembler

_AGGREGATE = 48
_FRAGMENT = 49
_START, _END = 0x80, 0x40
_DONL_BYTES = 2
_DOND_BYTES = 1


class H265Depacketiser(Depacketiser):
    """Single NAL units (§4.4.1), aggregation packets (§4.4.2), fragmentation units (§4.4.3). PACI is skipped.

    `has_donl`: decoding order numbers stand before NAL units (`sprop-max-don-diff` > 0, §7.1); they are
    stepped over, for
    cameras send in decoding order. Layers above the base layer are dropped.
    """

    fragment_header_bytes = 3
    fragment_format = "3s"
    _has_layers = True

    def __init__(self, units: UnitAssembler, *, has_donl: bool = False) -> None:
        super().__init__(units)
        self._donl_bytes = _DONL_BYTES if has_donl else 0

    def _take(self, payload: bytes) -> None:
        if len(payload) < 3:
            self._units.damage()
            return
        kind = payload[0] >> 1 & 0x3F
        if kind == _FRAGMENT:
            self._take_fragment(payload)
            return
        if self.open_parts is not None:
            self._abandon()
        if kind == _AGGREGATE:
            self._take_aggregate(payload)
        elif kind > _FRAGMENT:
            self.unsupported_packets += 1
        elif self._donl_bytes and not payload.startswith(b"\x00\x00"):
            self._emit_nal(payload[:2] + payload[2 + _DONL_BYTES :])
        else:
            self._emit_nal(payload)

    def _take_fragment(self, payload: bytes) -> None:
        header = payload[2]
        if header & _START:
            nal_header = bytes([payload[0] & 0x81 | (header & 0x3F) << 1, payload[1]])
            following = bytes([payload[0], payload[1], header & 0x3F])
            self._start_fragment(nal_header, payload[3 + self._donl_bytes :], following)
        else:
            self._append_fragment(payload[3:])
        if header & _END:
            self._end_fragment()

    def _take_aggregate(self, payload: bytes) -> None:
        at, size = 2 + self._donl_bytes, len(payload)
        while at + 2 < size:
            nal_bytes = payload[at] << 8 | payload[at + 1]
            at += 2
            if nal_bytes == 0:
                break
            if at + nal_bytes > size:
                self._units.damage()
                break
            self._emit_nal(payload[at : at + nal_bytes])
            at += nal_bytes + (_DOND_BYTES if self._donl_bytes else 0)

    def _add(self, framed: bytes) -> None:
        layer = (framed[4] & 1) << 5 | framed[5] >> 3 if len(framed) > 5 else 0
        if layer == 0:
            super()._add(framed)
