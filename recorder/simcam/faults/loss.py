"""Packets that get lost, swapped or doubled on their way."""

# ruff: noqa: ARG002  hooks take what `Fault` promises them, needed or not

from recorder.simcam.faults.fault import Fault, fault
from recorder.simcam.packet import Piece


@fault("loss_p", "one packet inside every n-th picture that is no key picture is lost", 50)
class LossInP(Fault):
    """§8 no 2."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        every = max(1, int(self.value))
        # Half a period off, else a GOP of the same length would put every turn on a key picture.
        if number % every != every // 2 or self.line.is_sync:
            return pieces
        middle = len(pieces) // 2
        return pieces[:middle] + pieces[middle + 1 :]


@fault("loss_idr", "one packet inside every key picture is lost")
class LossInKey(Fault):
    """§8 no 2."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        if not self.line.is_sync or len(pieces) < 3:
            return pieces
        return [*pieces[:-2], pieces[-1]]


@fault("loss_marker", "the last packet (with the marker) of every n-th picture is lost", 50)
class LossOfMarker(Fault):
    """§8 no 2."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        return pieces[:-1] if number % int(self.value or 1) == 0 else pieces


@fault("reorder", "two neighbouring packets of every n-th picture are swapped", 10)
class Reorder(Fault):
    """§8 no 3."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        if number % int(self.value or 1) or len(pieces) < 2:
            return pieces
        return [*pieces[:-2], pieces[-1], pieces[-2]]


@fault("duplicate", "the first packet of every n-th picture is sent twice", 10)
class Duplicate(Fault):
    """§8 no 3."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        return pieces[:1] + pieces if number % int(self.value or 1) == 0 else pieces
