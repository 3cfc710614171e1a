"""The `Transport` header with its `Session` neighbour (RFC 2326 §12.39, §12.37)."""

import re
from dataclasses import dataclass

DEFAULT_SESSION_TIMEOUT_S = 60  # RFC 2326 §12.37


@dataclass(frozen=True, slots=True)
class Transport:
    """What a camera agreed to. `ssrc` is a hint, never a filter: cameras get it wrong."""

    channels: tuple[int, int] | None = None
    server_ports: tuple[int, int] | None = None
    ssrc: int | None = None


def parse_transport(value: str) -> Transport:
    """Read a reply's Transport header; parameters in any order, unknown ones skipped, never raises."""
    channels: tuple[int, int] | None = None
    server_ports: tuple[int, int] | None = None
    ssrc: int | None = None
    for part in value.split(",", maxsplit=1)[0].split(";"):
        key, _, text = part.strip().partition("=")
        key = key.strip().lower()
        if key == "interleaved":
            channels = _pair(text, 255)
        elif key == "server_port":
            server_ports = _pair(text, 65535)
        elif key == "ssrc":
            ssrc = _ssrc(text)
    return Transport(channels, server_ports, ssrc)


@dataclass(frozen=True, slots=True)
class Session:
    """A session's id, which is all we send back, with the seconds of silence after which it is dropped."""

    id: str
    timeout_s: int | None


def parse_session(value: str) -> Session | None:
    """Read a Session header; None without an id. A timeout of 0 is nonsense and read as unsaid."""
    identity, *rest = [part.strip() for part in value.split(";")]
    if not identity or re.search(r"[\x00-\x20]", identity):
        return None
    timeout_s: int | None = None
    for part in rest:
        match = re.fullmatch(r"timeout\s*=\s*\"?([0-9]{1,6})\"?", part, re.IGNORECASE)
        if match and int(match[1]) > 0:
            timeout_s = int(match[1])
    return Session(identity, timeout_s)


def _pair(text: str, limit: int) -> tuple[int, int] | None:
    """`10-11`, or `10` alone, which means 10 and 11 (RFC 2326 §12.39)."""
    match = re.match(r"\s*([0-9]{1,5})(?:\s*-\s*([0-9]{1,5}))?", text)
    if match is None:
        return None
    first = int(match[1])
    second = int(match[2]) if match[2] else first + 1
    return (first, second) if first <= limit and second <= limit + 1 else None


def _ssrc(text: str) -> int | None:
    """Hexadecimal, with blanks inside or of odd length, or decimal when too long for hexadecimal."""
    text = re.sub(r"\s+", "", text)
    if re.fullmatch(r"[0-9A-Fa-f]{1,8}", text):
        return int(text, 16)
    if re.fullmatch(r"[0-9]{9,10}", text) and int(text) < 1 << 32:
        return int(text)
    return None
