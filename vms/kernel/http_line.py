"""One question to another service over HTTP, bounded in time and size."""

import base64
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from vms.kernel.deadline import Deadline

_PORTS = {"http": 80, "https": 443}


class NoAnswerError(Exception):
    """Why no answer came: words behind the service's name, without an address or a secret of anybody."""


class NoTrustError(Exception):
    """The `ca_file` holds no certificates that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlace:
    """Where a service is asked. `user` empty: without signing in. A certificate is always proved.

    `ca_file`: of its TLS; None: the machine's authorities. `timeout_s`: until the whole answer is there, finding its
    name and connecting counted.
    """

    url: str = field(repr=False)  # some services know their customers by a word in it
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    timeout_s: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. `path` goes behind the place's own; an answer is read up to one byte over `max_answer_bytes`."""

    method: str
    headers: Mapping[str, str]
    max_answer_bytes: int
    path: str = ""
    body: bytes | None = None


def ask(place: ServicePlace, question: Question) -> tuple[int, bytes]:
    """The status with the body that came. No redirect, proxy or cookie is followed. `NoAnswerError`, `NoTrustError`."""
    deadline, trust, line = Deadline(), _trust(place), None
    timer = deadline.start(place.timeout_s)
    try:
        line = _connected(place)
        deadline.watch(line)
        line, connection = _opened(place, line, trust, deadline)
        status, answer = _asked(place, connection, question)
    except (http.client.HTTPException, OSError, ValueError) as err:
        raise NoAnswerError(_LATE if deadline.has_passed else _reason(err)) from err
    finally:
        timer.cancel()
        if line is not None:
            line.close()
    if deadline.has_passed:  # an answer without length ends where the line was shut: it is half of one
        raise NoAnswerError(_LATE)
    return status, answer


def _connected(place: ServicePlace) -> socket.socket:
    """A line to it; TimeoutError when there is none in time.

    Asking for a name knows no time-out, and each of a name's addresses has its own: a thread waits for them, which ends
    by itself and closes what nobody waits for any more.
    """
    parts, coming = urlsplit(place.url), Future[socket.socket]()

    def connect() -> None:
        try:
            line = socket.create_connection((parts.hostname, parts.port or _PORTS[parts.scheme]), place.timeout_s)
        except (OSError, ValueError) as err:
            coming.set_exception(err)
        else:
            coming.set_result(line)

    threading.Thread(target=connect, name="way to a service", daemon=True).start()
    try:
        return coming.result(place.timeout_s)
    except TimeoutError:
        coming.add_done_callback(_close)
        raise


def _close(come: Future[socket.socket]) -> None:
    if come.exception() is None:
        come.result().close()


def _trust(place: ServicePlace) -> ssl.SSLContext | None:
    """Whom we believe that it is the service; None where the address is not under TLS."""
    if urlsplit(place.url).scheme != "https":
        return None
    try:
        return ssl.create_default_context(cafile=place.ca_file)
    except OSError as err:
        raise NoTrustError from err


def _opened(
    place: ServicePlace, line: socket.socket, trust: ssl.SSLContext | None, deadline: Deadline
) -> tuple[socket.socket, http.client.HTTPConnection]:
    """The line as it is spoken on, under TLS where the address says so."""
    parts = urlsplit(place.url)
    if trust is not None:
        tls = trust.wrap_socket(line, server_hostname=parts.hostname, do_handshake_on_connect=False)
        try:
            deadline.watch(tls)
            tls.do_handshake()
        except BaseException:
            tls.close()
            raise
        line = tls
    connection = http.client.HTTPConnection(parts.netloc, timeout=place.timeout_s)
    connection.sock = line
    return line, connection


def _asked(place: ServicePlace, connection: http.client.HTTPConnection, question: Question) -> tuple[int, bytes]:
    parts = urlsplit(place.url)
    headers = {**question.headers, "Connection": "close"}
    if place.user:
        signed_in = base64.b64encode(f"{place.user}:{place.password}".encode()).decode()
        headers["Authorization"] = f"Basic {signed_in}"
    path = parts.path.rstrip("/") + question.path if question.path else parts.path or "/"
    target = path + (f"?{parts.query}" if parts.query else "")
    connection.request(question.method, target, question.body, headers)
    with connection.getresponse() as response:
        return response.status, response.read(question.max_answer_bytes + 1)


_LATE = "does not answer in time"
_REASONS: tuple[tuple[type[Exception], str], ...] = (  # the first that fits
    (ssl.SSLCertVerificationError, "shows a certificate that is not trusted"),
    (ssl.SSLError, "speaks no TLS there"),
    (TimeoutError, _LATE),
    (socket.gaierror, "has a name that nobody knows"),
    (ConnectionRefusedError, "refuses the connection"),
    (http.client.HTTPException, "does not speak HTTP"),
)


def _reason(err: Exception) -> str:
    """Why there is no answer, in words that hold no address or secret of anybody."""
    return next((words for kind, words in _REASONS if isinstance(err, kind)), "cannot be reached")
