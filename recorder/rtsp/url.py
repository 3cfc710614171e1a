"""Track addresses out of what a camera says of its base and controls (RFC 2326 C.1.1)."""

import re

_ABSOLUTE = re.compile(r"rtspu?s?://", re.IGNORECASE)
_AUTHORITY = re.compile(r"(rtspu?s?://)([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_SOUND_AUTHORITY = re.compile(r"(?:[^@]*@)?(?!127\.|localhost)(?:\[[^\]]+\]|[^:\[\]@]+)(?::\d{1,5})?", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")


def base_url(request_url: str, content_base: str, content_location: str, session_control: str) -> str:
    """The address of the whole presentation: what PLAY, keep-alives and TEARDOWN name.

    An absolute session-level control wins, then Content-Base, then Content-Location, then what we asked for.
    Broken bases (no scheme, scheme twice, IPv6 without brackets, path only, 127.0.0.1) are seen in the field
    and get the host we
    asked. The result only names what we ask for on the connection we have: it never moves the socket.
    """
    for candidate in (session_control if is_absolute(session_control) else "", content_base, content_location):
        if candidate and (mended := _mend(candidate, request_url)):
            return mended
    return request_url


def track_url(base: str, control: str) -> str:
    """The address of one track: base + `/` if missing + control, joined as text.

    RFC 3986 resolution would lose the query in which Dahua keeps its channel. An absolute control is used verbatim;
    `*` or nothing means the presentation itself.
    """
    control = control.strip()
    if control in ("", "*") or _UNSAFE.search(control):
        return base
    if is_absolute(control):
        return _mend(control, base) or base
    if base.endswith("/"):
        return base + control.lstrip("/")
    return base + ("" if control.startswith("/") else "/") + control


def is_absolute(url: str) -> bool:
    """Whether it starts with an RTSP scheme."""
    return _ABSOLUTE.match(url.strip()) is not None


def _mend(candidate: str, asked: str) -> str | None:
    """`candidate` as it came when it is sound, else on the authority of `asked`; None when nothing is left of it."""
    candidate = candidate.strip()
    while _ABSOLUTE.match(candidate) and _ABSOLUTE.match(candidate, candidate.index("://") + 3):
        candidate = candidate[candidate.index("://") + 3 :]
    origin = _AUTHORITY.fullmatch(asked)
    if _UNSAFE.search(candidate) or origin is None:
        return None
    found = _AUTHORITY.fullmatch(candidate)
    if found is not None:
        return candidate if _SOUND_AUTHORITY.fullmatch(found[2]) else origin[1] + origin[2] + found[3]
    rest = candidate if candidate.startswith("/") else "".join(candidate.partition("/")[1:])
    return origin[1] + origin[2] + rest
