"""Asking a recorder for its status over its Unix socket."""

import json
import socket
from pathlib import Path

from vms.cameras.status import RecorderStatus
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.media.tap import Kind, MessageReader
from web.facts import RecorderReport

ANSWER_TIMEOUT_S = 1.0  # a busy recorder answers in milliseconds; a page must not hang on a stopped one
MAX_ANSWER_BYTES = 4 * 1024 * 1024  # 1,000 cameras are about 500 kB
_READ_BYTES = 65536


def ask_status(path: Path, clock: Clock, timeout_s: float = ANSWER_TIMEOUT_S) -> RecorderReport:
    """The status of the recorder that listens at `path`, within `timeout_s` in all; a sick recorder is a report too."""
    name = path.stem
    try:
        return RecorderReport(name, _exchange(path, clock, timeout_s))
    except FileNotFoundError:
        return RecorderReport(name, None, "no_socket")
    except TimeoutError:
        return RecorderReport(name, None, "timeout")
    except OSError:
        return RecorderReport(name, None, "refused")
    except (ValueError, KeyError, TypeError, AttributeError):
        return RecorderReport(name, None, "garbled")


def _exchange(path: Path, clock: Clock, timeout_s: float) -> RecorderStatus:
    """One question, one answer; OSError or ValueError when there is none."""
    deadline_us = clock.boottime_us() + round(timeout_s * US_PER_SECOND)
    reader = MessageReader()
    received_bytes = 0
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(timeout_s)
        connection.connect(str(path))
        connection.sendall(b'{"op":"status"}\n')
        while data := connection.recv(_READ_BYTES):
            received_bytes += len(data)
            if received_bytes > MAX_ANSWER_BYTES:
                raise ValueError("a status of more bytes than any recorder has to say")
            for kind, body in reader.feed(data):
                if kind is Kind.JSON:
                    return RecorderStatus.from_json(json.loads(body))
            left_us = deadline_us - clock.boottime_us()
            if left_us <= 0:
                raise TimeoutError
            connection.settimeout(left_us / US_PER_SECOND)
    raise ValueError("the recorder closed before its answer was whole")
