"""RTSP requests with their replies as text (RFC 2326 §4 to §7)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_RESPONSE_LINE = re.compile(r"RTSP/1\.\d\s+(\d{3})(?:\s+(.*))?")
_REQUEST_LINE = re.compile(r"([A-Z_]+)\s+(\S+)\s+RTSP/1\.\d")


@dataclass(frozen=True, slots=True)
class Headers:
    """Header lines in order. Names compare without case; cameras disagree on it."""

    lines: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The first value of `name`."""
        return next(iter(self.all(name)), default)

    def all(self, name: str) -> list[str]:
        """Every value of `name`: one camera may offer several authentication schemes on lines of their own."""
        name = name.lower()
        return [value for key, value in self.lines if key == name]


@dataclass(frozen=True, slots=True)
class Response:
    """A camera's answer. `cseq` is None when the camera did not repeat it."""

    status: int
    reason: str
    headers: Headers
    body: bytes = field(default=b"", repr=False)

    @property
    def cseq(self) -> int | None:
        """The number of the request this answers."""
        return number(self.headers.get("cseq"))


@dataclass(frozen=True, slots=True)
class Request:
    """A request from the camera to us."""

    method: str
    url: str = field(repr=False)
    headers: Headers = field(default_factory=Headers)
    body: bytes = field(default=b"", repr=False)


def parse(head: bytes, body: bytes = b"") -> Response | Request | None:
    """A message from its head (without the blank line that ends it); None when the first line is neither kind.

    Lines that are no header are skipped; a line that starts with a blank continues the one before.
    """
    lines = head.decode("utf-8", "replace").replace("\r", "").lstrip("\n").split("\n")
    first = lines[0].strip()
    headers = _parse_headers(lines[1:])
    if (match := _RESPONSE_LINE.fullmatch(first)) is not None:
        return Response(int(match[1]), (match[2] or "").strip(), headers, body)
    if (match := _REQUEST_LINE.fullmatch(first)) is not None:
        return Request(match[1], match[2], headers, body)
    return None


def body_length(head: bytes) -> int:
    """`Content-Length` of a head, 0 when absent or nonsense."""
    lines = head.decode("utf-8", "replace").replace("\r", "").split("\n")
    return number(_parse_headers(lines[1:]).get("content-length")) or 0


def format_request(
    method: str, url: str, cseq: int, headers: Sequence[tuple[str, str]] = (), body: bytes = b""
) -> bytes:
    """A request ready to send. `CSeq` is spelled so, some cameras look for exactly that."""
    return _format(f"{method} {url} RTSP/1.0", cseq, headers, body)


def format_response(status: int, reason: str, cseq: str) -> bytes:
    """An answer to a camera's request; `cseq` is repeated as it came."""
    return _format(f"RTSP/1.0 {status} {reason}", cseq, (), b"")


def _format(first: str, cseq: int | str, headers: Sequence[tuple[str, str]], body: bytes) -> bytes:
    lines = [first, f"CSeq: {cseq}", *(f"{name}: {value}" for name, value in headers)]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def _parse_headers(lines: Sequence[str]) -> Headers:
    found: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in (" ", "\t") and found:
            name, value = found[-1]
            found[-1] = (name, f"{value} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if colon and name.strip():
            found.append((name.strip().lower(), value.strip()))
    return Headers(tuple(found))


def number(text: str) -> int | None:
    """The digits a header starts with, None when it starts with anything else (bounded: hostile input)."""
    match = re.match(r"\s*([0-9]{1,10})", text)
    return int(match[1]) if match else None
