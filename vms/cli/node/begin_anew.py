"""A process that ends in order and begins anew with what the settings say now."""

import os
import sys
import threading
from collections.abc import Callable

from vms.kernel.errors import Kind, VmsError

PATIENCE_S = 15.0  # what still runs then is cut: nothing here may hang while it should work


class Renewal:
    """The wish of one process to begin anew. Whoever supervises it sees no end: the process keeps its number."""

    def __init__(self) -> None:
        self._end: Callable[[], None] | None = None
        self.is_asked = False

    def when_asked(self, end: Callable[[], None]) -> None:
        """`end` lets the process come to its end in order; it is called on any thread."""
        self._end = end

    def ask(self) -> None:
        """Begin to end. VmsError(UNAVAILABLE, `restart_unavailable`) where nobody would begin it anew."""
        if self._end is None:
            raise VmsError(
                Kind.UNAVAILABLE, "restart_unavailable", "This process does not begin anew by itself. Restart it."
            )
        self.is_asked = True
        self._end()


def begin_anew() -> None:
    """Run this process's own command line in its place; never returns. Open files and sockets are closed."""
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - our own program


def begin_anew_at_last() -> None:
    """The same after a while from now, whatever the process waits for until then."""
    last = threading.Timer(PATIENCE_S, begin_anew)
    last.daemon = True
    last.start()
