"""What RTP payload formats for H.264 and H.265 have in common: NAL units whole, aggregated or in fragments."""

from abc import ABC, abstractmethod

from recorder.rtp.units import MAX_UNIT_BYTES, MAX_UNIT_NALS, PREFIX_BYTES, UnitAssembler
from vms.media import annexb

_START_CODE = b"\x00\x00\x01"
_FULL_SCANS = 16  # NAL units searched whole for start codes before a camera is believed not to write them
_LIKELY_BYTES = 192  # afterwards: a parameter set in front of a picture, which is how cheap cameras do it


class Depacketiser(ABC):
    """Turns the payloads of one sender into NAL units for a UnitAssembler.

    While a fragmented NAL unit is open, `open_parts` collects its pieces. Its middle fragments begin with `open_header`
    (as `fragment_format` unpacks it), so that a tight loop can append pieces itself and then call `took`.
    """

    fragment_header_bytes: int  # bytes of a middle fragment before its piece
    fragment_format: str  # struct code for them
    _has_layers = False  # `_add` must look at every NAL unit

    def __init__(self, units: UnitAssembler) -> None:
        self._units = units
        self.open_parts: list[bytes] | None = None
        self.open_header: int | bytes = 0
        self._nal_header = b""
        self._open_bytes = 0
        self._scans_left = _FULL_SCANS
        self._has_start_codes = False
        self._stamp = -1
        self._is_marked = False
        self.unsupported_packets = 0

    def push(self, payload: bytes, stamp: int, is_marked: bool, is_after_loss: bool = False) -> None:
        """Take the next payload in order; never raises, whatever it holds."""
        if stamp != self._stamp or is_after_loss:
            if self.open_parts is not None:
                self._abandon()
            self._stamp = stamp
            self._units.begin(stamp, is_after_loss=is_after_loss)
        if not payload:
            return
        self._is_marked = is_marked
        self._take(payload)
        if is_marked and self.open_parts is None:
            self._units.end()

    def took(self, pieces: int, piece_bytes: int) -> None:
        """Note pieces that were appended to `open_parts` from outside."""
        self._open_bytes += pieces * piece_bytes
        if self._open_bytes > MAX_UNIT_BYTES:
            self._abandon()

    def reset(self) -> None:
        """Another sender begins."""
        self.open_parts = None
        self._stamp = -1

    @abstractmethod
    def _take(self, payload: bytes) -> None:
        """Take a payload that is not empty."""

    def _start_fragment(self, header: bytes, piece: bytes, following: int | bytes) -> None:
        if self.open_parts is not None:
            self._abandon()
        self._nal_header = header
        self.open_parts = [b"", piece]  # the first place is for prefix and header
        self.open_header = following
        self._open_bytes = len(piece)

    def _append_fragment(self, piece: bytes) -> None:
        if self.open_parts is None:
            self._units.damage()  # its start never came
            return
        self.open_parts.append(piece)
        self.took(1, len(piece))

    def _end_fragment(self) -> None:
        parts = self.open_parts
        if parts is None:
            return
        self.open_parts = None
        header = self._nal_header
        parts[0] = (self._open_bytes + len(header)).to_bytes(PREFIX_BYTES) + header
        framed = b"".join(parts)
        # With the marker on it, it most likely is the whole picture: a way without the book-keeping.
        is_likely_whole = self._is_marked and not self._scans_left and not self._has_layers
        if not (is_likely_whole and self._is_plain(framed) and self._units.take_whole(framed)):
            self._emit(framed)

    def _is_plain(self, framed: bytes) -> bool:
        """Whether `_emit` would hand it on as it is."""
        return (
            framed[PREFIX_BYTES] < 0x80
            and framed[-1] != 0
            and not self._has_start_codes
            and framed.find(_START_CODE, PREFIX_BYTES, _LIKELY_BYTES) < 0
        )

    def _abandon(self) -> None:
        """The open NAL unit will never be whole."""
        self.open_parts = None
        self._units.damage()

    def _emit_nal(self, nal: bytes) -> None:
        self._emit(len(nal).to_bytes(PREFIX_BYTES) + nal)

    def _emit(self, framed: bytes) -> None:
        """Hand a NAL unit on, mended: start codes inside split it, zeros behind it go (H.264 §7.4.1).

        A start code is never legal inside. Searching all bytes costs as much as all the rest, so after the first units
        only the beginning is searched, unless this camera was seen to do it.
        """
        end = len(framed)
        if not self._has_start_codes:
            if self._scans_left:
                self._scans_left -= 1
            else:
                end = _LIKELY_BYTES  # may lie behind the end
        if framed.find(_START_CODE, PREFIX_BYTES, end) >= 0:
            self._has_start_codes = True
            for nal in annexb.split(_START_CODE + framed[PREFIX_BYTES:])[:MAX_UNIT_NALS]:
                self._add(len(nal).to_bytes(PREFIX_BYTES) + nal)
        elif framed[-1] == 0:
            nal = framed[PREFIX_BYTES:].rstrip(b"\x00")
            if nal:
                self._add(len(nal).to_bytes(PREFIX_BYTES) + nal)
        elif framed[PREFIX_BYTES] < 0x80 and not self._has_layers:
            self._units.add(framed)
        else:
            self._add(framed)

    def _add(self, framed: bytes) -> None:
        if framed[PREFIX_BYTES] > 0x7F:  # forbidden_zero_bit: the sender itself says it is damaged (RFC 6184 §5.3)
            self._units.damage()
        else:
            self._units.add(framed)
