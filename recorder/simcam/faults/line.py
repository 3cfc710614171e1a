"""Lines that fall silent, break or lead to a camera that restarts."""

# ruff: noqa: ARG002  hooks take what `Fault` promises them, needed or not

from recorder.simcam.faults.fault import Fault, fault


@fault("silent", "no more pictures; the dialogue goes on")
class Silent(Fault):
    """§8 no 12."""

    def on_turn(self, number: int) -> bool:
        """See `Fault.on_turn`."""
        return False


@fault("pause", "no pictures for n seconds, then as if nothing had been", 9)
class Pause(Fault):
    """§8 no 12; counts by the times of the pictures left out."""

    _start_s: float | None = None

    def on_turn(self, number: int) -> bool:
        """See `Fault.on_turn`."""
        return self._elapsed_s() >= self.value

    def _elapsed_s(self) -> float:
        now_s = self.line.media_s
        self._start_s = now_s if self._start_s is None else self._start_s
        return now_s - self._start_s


@fault("drop", "the line is closed (FIN)")
class Drop(Fault):
    """§8 no 12."""

    def on_turn(self, number: int) -> bool:
        """See `Fault.on_turn`."""
        self.line.close()
        return False


@fault("reset", "the line is reset (RST)")
class Reset(Fault):
    """§8 no 12."""

    def on_turn(self, number: int) -> bool:
        """See `Fault.on_turn`."""
        self.line.reset()
        return False


@fault("half_open", "the camera is dead, the line knows nothing of it")
class HalfOpen(Fault):
    """§8 no 12."""

    def on_turn(self, number: int) -> bool:
        """See `Fault.on_turn`."""
        self.line.freeze()
        return False


@fault("reboot", "the camera restarts: gone for n seconds, then 404 for three", 5)
class Reboot(Fault):
    """§8 no 12."""

    def on_turn(self, number: int) -> bool:
        """See `Fault.on_turn`."""
        self.line.reboot(self.value)
        return False


@fault("gop_heads", "only the first n pictures of every GOP are sent", 3)
class GopHeads(Fault):
    """A camera short of bandwidth: long holes between bursts, nothing undecodable."""

    _seen = 0

    def on_turn(self, number: int) -> bool:
        """See `Fault.on_turn`."""
        self._seen = 0 if self.line.is_sync else self._seen + 1
        return self._seen < max(1, int(self.value))
