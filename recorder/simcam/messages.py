"""RTSP messages as a server reads and writes them (RFC 2326 §4–§7)."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from recorder.simcam import PRODUCT

MAX_HEAD_BYTES = 16 << 10
MAX_BODY_BYTES = 64 << 10
_REASONS = {
    200: "OK", 302: "Moved Temporarily", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found",
    405: "Method Not Allowed", 453: "Not Enough Bandwidth", 454: "Session Not Found",
    455: "Method Not Valid In This State",
    461: "Unsupported Transport", 501: "Not Implemented", 503: "Service Unavailable", 551: "Option Not Supported",
}  # fmt: skip
_TRACK = re.compile(r"/trackID=(\d+)", re.IGNORECASE)


class MalformedMessageError(Exception):
    """What arrived is no RTSP; the line cannot be used any longer."""


@dataclass(slots=True)
class Request:
    """A request; header names in lower case. `body` may be empty."""

    method: str
    uri: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def track(self) -> int | None:
        """Number in `…/trackID=n`, wherever a client put it."""
        match = _TRACK.search(self.uri)
        return int(match.group(1)) if match else None

    @property
    def path(self) -> str:
        """`/cam0/sub` of the address: without host, track, query, final slash."""
        bare = _TRACK.sub("", self.uri).partition("?")[0]
        path = re.sub(r"^rtsps?://[^/]*", "", bare, flags=re.IGNORECASE)
        return unquote(path).rstrip("/")

    @property
    def query(self) -> list[tuple[str, str]]:
        """`name=value` pairs of the address in their order."""
        text = _TRACK.sub("", self.uri).partition("?")[2].rstrip("/")
        pairs = (part.partition("=") for part in text.split("&") if part)
        return [(unquote(name), unquote(value)) for name, _, value in pairs]


@dataclass(slots=True)
class Reply:
    """An answer. `Server`, `CSeq` and `Content-Length` are added when it is written."""

    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def encode(self, cseq: str) -> bytes:
        """The bytes of the answer to the request numbered `cseq`."""
        lines = [
            f"RTSP/1.0 {self.status} {_REASONS.get(self.status, 'Unknown')}",
            f"CSeq: {cseq}",
            f"Server: {PRODUCT}",
        ]
        return _finish(lines, self.headers, self.body)


def encode_request(method: str, uri: str, cseq: int, headers: list[tuple[str, str]], body: bytes) -> bytes:
    """A request of the server to its client."""
    return _finish([f"{method} {uri} RTSP/1.0", f"CSeq: {cseq}", f"User-Agent: {PRODUCT}"], headers, body)


def _finish(lines: list[str], headers: list[tuple[str, str]], body: bytes) -> bytes:
    lines += [f"{name}: {value}" for name, value in headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def take_message(buffer: bytearray) -> Request | bytes | None:
    """Remove the next complete message from `buffer`: a request, or an interleaved frame as bytes.

    None when more bytes are needed. Replies of the client to our own requests come out as requests whose
    method begins with `RTSP/`. Raises MalformedMessageError when the bytes are neither.
    """
    while buffer[:2] == b"\r\n":
        del buffer[:2]
    if not buffer:
        return None
    if buffer[0] == 0x24:
        return _take_frame(buffer)
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        if len(buffer) > MAX_HEAD_BYTES:
            raise MalformedMessageError
        return None
    request = _parse_head(bytes(buffer[:end]))
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MAX_BODY_BYTES:
        raise MalformedMessageError
    total = end + 4 + int(length)
    if len(buffer) < total:
        return None
    request.body = bytes(buffer[end + 4 : total])
    del buffer[:total]
    return request


def _take_frame(buffer: bytearray) -> bytes | None:
    if len(buffer) < 4:
        return None
    total = 4 + int.from_bytes(buffer[2:4], "big")
    if len(buffer) < total:
        return None
    frame = bytes(buffer[:total])
    del buffer[:total]
    return frame


def _parse_head(head: bytes) -> Request:
    first, *lines = head.decode("utf-8", "replace").split("\r\n")
    parts = first.split(" ")
    if len(parts) < 2 or "RTSP/" not in first:
        raise MalformedMessageError
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return Request(parts[0], parts[1], headers)
