"""H.264 out of RTP payloads (RFC 6184, non-interleaved mode)."""

from recorder.rtp.depacketiser import Depacketiser

_STAP_A = 24
_FU_A = 28
_NAL_HEADERS = tuple(bytes([value]) for value in range(256))
_START, _END, _RESERVED = 0x80, 0x40, 0x20


class H264Depacketiser(Depacketiser):
    """Single NAL units (§5.6), STAP-A (§5.7.1), FU-A (§5.8). The interleaved types are counted as unsupported.

    Tolerates what cameras do: start with end in one fragment, a type that changes in later fragments (the
    first counts),
    empty fragments, zeros after the last unit of a STAP-A, start codes in front of or inside NAL units.
    """

    fragment_header_bytes = 2
    fragment_format = "H"

    def _take(self, payload: bytes) -> None:
        kind = payload[0] & 0x1F
        if kind == _FU_A:
            self._take_fragment(payload)
            return
        if self.open_parts is not None:
            self._abandon()
        if kind == _STAP_A:
            self._take_aggregate(payload)
        elif kind < _STAP_A:
            self._emit_nal(payload)  # type 0 is a start code, which `_emit` takes off
        else:
            self.unsupported_packets += 1

    def _take_fragment(self, payload: bytes) -> None:
        if len(payload) < 2:
            self._units.damage()
            return
        indicator, header = payload[0], payload[1]
        if header & _START:
            nal_header = _NAL_HEADERS[indicator & 0xE0 | header & 0x1F]
            self._start_fragment(nal_header, payload[2:], indicator << 8 | header & (_RESERVED | 0x1F))
        else:
            self._append_fragment(payload[2:])
        if header & _END:
            self._end_fragment()

    def _take_aggregate(self, payload: bytes) -> None:
        at, size = 1, len(payload)
        while at + 2 < size:
            nal_bytes = payload[at] << 8 | payload[at + 1]
            at += 2
            if nal_bytes == 0:
                break  # padding
            if at + nal_bytes > size:
                self._units.damage()  # its length lies
                break
            self._emit_nal(payload[at : at + nal_bytes])
            at += nal_bytes
