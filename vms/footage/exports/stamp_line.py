"""The way to a time stamp authority: one question over HTTP (RFC 3161, 3.4), bounded in time and size."""

import base64
import http.client
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from vms.kernel.deadline import Deadline
from vms.kernel.errors import Kind, VmsError

MAX_ANSWER_BYTES = 256 * 1024
"""An honest answer with its certificates has some 6 kB."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class StampPlace:
    """Where it is asked. `user` empty: without signing in. `ca_file`: of its TLS; None: the machine's authorities.

    `timeout_s`: until a connection stands, and again until the whole answer is there.
    """

    url: str = field(repr=False)  # some authorities know their customers by a word in it
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    timeout_s: float = 10.0


def ask(place: StampPlace, question: bytes) -> bytes:
    """The authority's answer, unproved. No redirect, proxy or cookie is followed.

    VmsError: UNAVAILABLE `time_stamp_unreachable` when none came, `time_stamp_refused` for another one than an answer;
    INVALID `time_stamp_file_unreadable` for a `ca_file` that holds no certificates.
    """
    deadline, trust = Deadline(), _trust(place)
    try:
        line = _connected(place)
    except (OSError, ValueError) as err:
        raise _unreachable(_reason(err)) from err
    timer = deadline.start(place.timeout_s)
    try:
        deadline.watch(line)
        line, connection = _opened(place, line, trust, deadline)
        status, answer = _asked(place, connection, question)
    except (http.client.HTTPException, OSError, ValueError) as err:
        raise _unreachable("does not answer in time" if deadline.has_passed else _reason(err)) from err
    finally:
        timer.cancel()
        line.close()
    if deadline.has_passed:  # an answer without length ends where the line was shut: it is half of one
        raise _unreachable("does not answer in time")
    if status != http.HTTPStatus.OK:
        raise _refused(_REFUSALS.get(status, f"answers with status {status}"))
    if len(answer) > MAX_ANSWER_BYTES:
        raise _refused("answers with more than any time stamp has")
    return answer


def _connected(place: StampPlace) -> socket.socket:
    parts = urlsplit(place.url)
    return socket.create_connection((parts.hostname, parts.port or _PORTS[parts.scheme]), place.timeout_s)


def _trust(place: StampPlace) -> ssl.SSLContext | None:
    """Whom we believe that it is the authority; None where the address is not under TLS."""
    if urlsplit(place.url).scheme != "https":
        return None
    try:
        return ssl.create_default_context(cafile=place.ca_file)
    except OSError as err:
        raise VmsError(
            Kind.INVALID, "time_stamp_file_unreadable",
            "Setting footage.time_stamp.ca_file: it holds no certificates that can be read. Correct it.",
        ) from err  # fmt: skip


def _opened(
    place: StampPlace, line: socket.socket, trust: ssl.SSLContext | None, deadline: Deadline
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


def _asked(place: StampPlace, connection: http.client.HTTPConnection, question: bytes) -> tuple[int, bytes]:
    parts = urlsplit(place.url)
    headers = {
        "Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply", "Connection": "close",
    }  # fmt: skip
    if place.user:
        signed_in = base64.b64encode(f"{place.user}:{place.password}".encode()).decode()
        headers["Authorization"] = f"Basic {signed_in}"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("POST", target, question, headers)
    with connection.getresponse() as response:
        return response.status, response.read(MAX_ANSWER_BYTES + 1)


_REFUSALS = {
    401: "refuses our user or password", 403: "refuses our user or password", 404: "is not at this address",
    301: "sends us elsewhere, which is not followed", 302: "sends us elsewhere, which is not followed",
    303: "sends us elsewhere, which is not followed", 307: "sends us elsewhere, which is not followed",
    308: "sends us elsewhere, which is not followed",
}  # fmt: skip
_REASONS: tuple[tuple[type[Exception], str], ...] = (  # the first that fits
    (ssl.SSLCertVerificationError, "shows a certificate that is not trusted"),
    (ssl.SSLError, "speaks no TLS there"),
    (TimeoutError, "does not answer in time"),
    (socket.gaierror, "has a name that nobody knows"),
    (ConnectionRefusedError, "refuses the connection"),
    (http.client.HTTPException, "does not speak HTTP"),
)


def _reason(err: Exception) -> str:
    """Why there is no answer, in words that hold no address or secret of anybody."""
    return next((words for kind, words in _REASONS if isinstance(err, kind)), "cannot be reached")


def _unreachable(what: str) -> VmsError:
    return VmsError(Kind.UNAVAILABLE, "time_stamp_unreachable", f"The time stamp authority {what}.")


def _refused(what: str) -> VmsError:
    return VmsError(Kind.UNAVAILABLE, "time_stamp_refused", f"The time stamp authority {what}.")
