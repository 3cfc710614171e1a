"""Packets under a wrong name: SSRC, payload type, channel, goodbyes, odd headers."""

# ruff: noqa: ARG002  hooks take what `Fault` promises them, needed or not

import secrets

from recorder.simcam import rtcp
from recorder.simcam.faults.fault import Fault, Line, fault
from recorder.simcam.packet import Piece, RtcpPacket, RtpPacket


def _packets(pieces: list[Piece]) -> list[RtpPacket]:
    return [piece for piece in pieces if isinstance(piece, RtpPacket)]


@fault("new_ssrc", "SSRC, sequence numbers and times change without a word")
class NewSsrc(Fault):
    """§8 no 7: an encoder that restarted."""

    def __init__(self, value: float, line: Line) -> None:
        super().__init__(value, line)
        self._ssrc = secrets.randbits(32)
        self._sequence, self._time = secrets.randbits(16), secrets.randbits(32)

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        for packet in _packets(pieces):
            packet.ssrc = self._ssrc
            packet.sequence += self._sequence
            packet.timestamp = (packet.timestamp + self._time) & 0xFFFFFFFF
        return pieces


@fault("foreign_ssrc", "packets of a stranger's stream stand between ours")
class ForeignSsrc(Fault):
    """§8 no 7: an old session that still sends into a new line."""

    _sequence = 100

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        mixed: list[Piece] = []
        for piece in pieces:
            mixed.append(piece)
            if isinstance(piece, RtpPacket):
                self._sequence += 1
                mixed.append(
                    RtpPacket(
                        piece.payload, piece.marker, self._sequence, 12345 + number, 0x0BADCAFE, channel=piece.channel
                    )
                )
        return mixed


@fault("bye", "RTCP BYE, after which pictures go on")
class Bye(Fault):
    """§8 no 7."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        packets = _packets(pieces)
        return [RtcpPacket(rtcp.bye(packets[0].ssrc)), *pieces] if number == 0 and packets else pieces


@fault("payload_type_50", "every n-th picture is followed by a packet of type 50 with a repeated number", 10)
class PayloadType50(Fault):
    """§8 no 8."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        packets = _packets(pieces)
        if number % int(self.value or 1) or not packets:
            return pieces
        last = packets[-1]
        extra = RtpPacket(bytes(40), False, last.sequence, last.timestamp, last.ssrc, 50, last.channel)
        return [*pieces, extra]


@fault("unmapped_channel", "packets on interleaved channel 9, which nobody set up")
class UnmappedChannel(Fault):
    """§8 no 8."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        extra = RtpPacket(secrets.token_bytes(200), True, number, number * 3600, 0x0BADCAFE, 97, channel=9)
        return [*pieces, extra]


@fault("empty_payload", "a packet without payload precedes every n-th picture", 10)
class EmptyPayload(Fault):
    """§8 no 8."""

    def on_payloads(self, number: int, payloads: list[bytes]) -> list[bytes]:
        """See `Fault.on_payloads`."""
        return [b"", *payloads] if number % int(self.value or 1) == 0 else payloads


@fault("padding", "every packet has n bytes of padding", 12)
class Padding(Fault):
    """§8 no 8."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        for packet in _packets(pieces):
            packet.padding_bytes = max(1, min(255, int(self.value)))
        return pieces


@fault("extension", "every packet has a header extension")
class Extension(Fault):
    """§8 no 8."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        for packet in _packets(pieces):
            packet.extension = bytes.fromhex("10aabb00 20ccddee")
        return pieces
