"""An end for a network call as a whole."""

import contextlib
import socket
import threading


class Deadline:
    """Shuts the line when a call takes too long as a whole.

    A read time-out alone starts anew with every byte that drips in; this one does not.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self.has_passed = False

    def watch(self, line: socket.socket) -> None:
        """The line in use from now on."""
        with self._lock:
            self._socket = line
        if self.has_passed:
            self._shut()

    def start(self, seconds: float) -> threading.Timer:
        """Begin to count; cancel the timer when the call is over."""
        self.has_passed = False
        timer = threading.Timer(seconds, self._pass)
        timer.daemon = True
        timer.start()
        return timer

    def _pass(self) -> None:
        self.has_passed = True
        self._shut()

    def _shut(self) -> None:
        with self._lock:
            line = self._socket
        if line is not None:
            with contextlib.suppress(OSError):  # closed already: nothing is left to interrupt
                # Below TLS: its own `shutdown` takes the session away from under the thread that reads.
                socket.socket.shutdown(line, socket.SHUT_RDWR)
