"""Log lines of child processes on their way to this process's own log."""

import threading
from collections import deque
from typing import TextIO

from vms.kernel.logging import redactor

MAX_WAITING_LINES = 10_000
MAX_LINE_BYTES = 8192


class LineRelay:
    """Writes lines from a thread of its own, so that a stopped terminal or a full pipe never stops a child.

    What a blocked reader cannot take beyond `MAX_WAITING_LINES` is dropped, counted, and the count written.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._waiting: deque[str] = deque()
        self._dropped = 0
        self._is_closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="log lines", daemon=True)
        self._thread.start()

    def put(self, name: str, line: bytes) -> None:
        """Take one line of the child `name`; never blocks on the stream."""
        text = redactor.redact(line[:MAX_LINE_BYTES].decode("utf-8", "replace").rstrip("\r\n"))
        with self._changed:
            if len(self._waiting) >= MAX_WAITING_LINES:
                self._dropped += 1
                return
            self._waiting.append(f"{name:<8} | {text}\n")
            self._changed.notify()

    def close(self, timeout_s: float = 2.0) -> None:
        """Write what waits, for at most `timeout_s`."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while lines := self._take():
            try:
                self._stream.write("".join(lines))
                self._stream.flush()
            except (OSError, ValueError):  # the reader is gone: children go on without a log
                continue

    def _take(self) -> list[str]:
        """Everything that waits; empty only after `close`."""
        with self._changed:
            while not self._waiting and not self._is_closed:
                self._changed.wait()
            lines = list(self._waiting)
            self._waiting.clear()
            if self._dropped:
                lines.append(f"serve    | {self._dropped} lines of log were dropped: nobody read them\n")
                self._dropped = 0
            return lines
