"""Marker bits that are missing or stand where they should not."""

# ruff: noqa: ARG002  hooks take what `Fault` promises them, needed or not

from recorder.simcam.faults.fault import Fault, fault
from recorder.simcam.nal import SYNTAX
from recorder.simcam.packet import Piece, RtpPacket

_SEI = {"h264": bytes.fromhex("0605 0400 1122 3380"), "h265": bytes.fromhex("4e01 0504 0011 2233 80")}


@fault("no_marker", "no packet has a marker")
class NoMarker(Fault):
    """§8 no 1."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        for piece in pieces:
            if isinstance(piece, RtpPacket):
                piece.marker = False
        return pieces


@fault("all_markers", "every packet has a marker")
class AllMarkers(Fault):
    """§8 no 1."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        for piece in pieces:
            if isinstance(piece, RtpPacket):
                piece.marker = True
        return pieces


@fault("marked_sets", "parameter sets and SEI have a marker; an SEI precedes every picture")
class MarkedSets(Fault):
    """§8 no 1."""

    def on_nals(self, number: int, nals: list[bytes]) -> list[bytes]:
        """See `Fault.on_nals`."""
        return [_SEI[self.line.codec], *nals]

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        syntax = SYNTAX[self.line.codec]
        sei = syntax.type_of(_SEI[self.line.codec])
        for piece in pieces:
            if isinstance(piece, RtpPacket) and piece.payload:
                kind = syntax.type_of(piece.payload)
                piece.marker = piece.marker or kind == sei or kind in syntax.parameter_sets
        return pieces
