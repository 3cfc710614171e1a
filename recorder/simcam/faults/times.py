"""RTP times that jump, wrap, repeat or lie."""

# ruff: noqa: ARG002  hooks take what `Fault` promises them, needed or not

from recorder.simcam.faults.fault import Fault, fault
from recorder.simcam.packet import Piece, RtpPacket

_TICKS_PER_SECOND = 90_000
_JUST_BEFORE_WRAP = 2**32 - 180_000  # two seconds


def _shift(pieces: list[Piece], ticks: int) -> list[Piece]:
    for piece in pieces:
        if isinstance(piece, RtpPacket):
            piece.timestamp = (piece.timestamp + ticks) & 0xFFFFFFFF
    return pieces


def _first_time(pieces: list[Piece]) -> int:
    return next(piece.timestamp for piece in pieces if isinstance(piece, RtpPacket))


@fault("jump_time", "RTP time jumps by n seconds and stays there", 3600)
class JumpTime(Fault):
    """§8 no 5."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        return _shift(pieces, round(self.value * _TICKS_PER_SECOND))


class _Rebase(Fault):
    _to: int
    _shift_ticks: int | None = None

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        if self._shift_ticks is None:
            self._shift_ticks = self._to - _first_time(pieces)
        return _shift(pieces, self._shift_ticks)


@fault("restart_time", "RTP time starts again at 0")
class RestartTime(_Rebase):
    """§8 no 5."""

    _to = 0


@fault("wrap_time", "RTP time passes 2**32 after two seconds")
class WrapTime(_Rebase):
    """§8 no 4."""

    _to = _JUST_BEFORE_WRAP


@fault("outlier_time", "every n-th picture is stamped 9800 s too early", 50)
class OutlierTime(Fault):
    """§8 no 6."""

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        every = max(2, int(self.value))
        return _shift(pieces, -9800 * _TICKS_PER_SECOND) if number % every == every // 2 else pieces


@fault("doubled_time", "pictures come in pairs with the same time")
class DoubledTime(Fault):
    """§8 no 6."""

    _last = 0

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        first = _first_time(pieces)
        if number % 2 == 0:
            self._last = first
            return pieces
        return _shift(pieces, self._last - first)


@fault("drifting_time", "RTP time runs n parts per million too fast", 300)
class DriftingTime(Fault):
    """§8 no 18."""

    _start: int | None = None

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """See `Fault.on_pieces`."""
        first = _first_time(pieces)
        self._start = first if self._start is None else self._start
        elapsed = (first - self._start) & 0xFFFFFFFF
        return _shift(pieces, round(elapsed * self.value / 1_000_000))
