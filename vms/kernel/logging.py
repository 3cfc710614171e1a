"""Logs that never carry an address or a credential of a camera."""

import logging
import re
import sys
import time
from collections import deque
from typing import TextIO

_URL = re.compile(r"\b(rtsps?|https?|onvif)://[^\s'\"<>]+", re.IGNORECASE)
_AUTHORIZATION = re.compile(r"(?i)\b((?:proxy-)?authorization|www-authenticate)\b\s*[=:][^\r\n]*")
_SECRET_FIELD = re.compile(r"(?i)\b(password|passwd|pwd|secret|token|nonce|response)\b(\s*[=:]\s*)(\"[^\"]*\"|\S+)")
_MIN_LITERAL = 3
_MAX_PASSING = 64


class Redactor(logging.Filter):
    """Blanks URLs, secret fields, and every literal it was told to hide.

    Works on the finished record (message, arguments and traceback text), so no caller has to remember.
    """

    def __init__(self) -> None:
        super().__init__()
        self._literals: set[str] = set()
        self._passing: deque[str] = deque(maxlen=_MAX_PASSING)

    def hide(self, *values: str | None) -> None:
        """Blank these exact strings from now on (hosts, user names, passwords); very short ones are skipped."""
        self._literals.update(value for value in values if value and len(value) >= _MIN_LITERAL)

    def hide_passing(self, value: str) -> None:
        """The same for what a camera chooses: only the last ones are remembered, so that it cannot fill the memory."""
        if value not in self._passing:
            self._passing.append(value)

    def redact(self, text: str) -> str:
        """`text` without what must not be logged."""
        text = _URL.sub(lambda match: f"{match.group(1)}://***", text)
        text = _AUTHORIZATION.sub(r"\1: ***", text)
        text = _SECRET_FIELD.sub(r"\1\2***", text)
        for literal in sorted({*self._literals, *self._passing}, key=len, reverse=True):
            text = text.replace(literal, "***")
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """See `logging.Filter.filter`."""
        record.msg = self.redact(record.getMessage())
        record.args = ()
        if record.exc_info:
            formatter = logging.Formatter()
            record.exc_text = self.redact(formatter.formatException(record.exc_info))
        if record.stack_info:
            record.stack_info = self.redact(record.stack_info)
        return True


redactor = Redactor()


def set_up_logging(process: str, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send all logs of this process to `stream` (default: standard error), one redacted line each."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(redactor)
    formatter = logging.Formatter(
        f"%(asctime)s.%(msecs)03dZ {process} %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S"
    )
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
