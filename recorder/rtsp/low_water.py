"""How many bytes must wait in a socket before the kernel wakes us."""

import socket

SMALLEST_BYTES = 16_384
LARGEST_BYTES = 131_072
WAKE_EVERY_S = 0.25
_HYSTERESIS = 0.25  # a change smaller than this is not worth the system call


class LowWater:
    """Keeps SO_RCVLOWAT of one socket at what arrives in a quarter of a second.

    Waking for every packet costs twice the CPU of the whole recording path. 1 byte while somebody watches.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._wanted_bytes = SMALLEST_BYTES
        self._set_bytes = 1
        self._is_low_latency = False
        self._is_batching = False

    def start(self) -> None:
        """Batch from now on: the dialogue is over."""
        self._is_batching = True
        self._apply()

    def stop(self) -> None:
        """Wake for every byte: a dialogue begins."""
        self._is_batching = False
        self._apply()

    def set_low_latency(self, wanted: bool) -> None:
        """Whether somebody watches."""
        self._is_low_latency = wanted
        self._apply()

    def note_rate(self, bytes_per_s: float) -> None:
        """Adapt to the bit rate measured."""
        self._wanted_bytes = max(SMALLEST_BYTES, min(int(bytes_per_s * WAKE_EVERY_S), LARGEST_BYTES))
        self._apply()

    def _apply(self) -> None:
        wanted = self._wanted_bytes if self._is_batching and not self._is_low_latency else 1
        if wanted == self._set_bytes:
            return
        if min(wanted, self._set_bytes) > 1 and abs(wanted - self._set_bytes) < _HYSTERESIS * self._set_bytes:
            return
        self._set_bytes = wanted
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, wanted)
