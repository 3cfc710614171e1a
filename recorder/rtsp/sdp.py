"""What a camera's session description says of its video (RFC 8866, read as cameras write it)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_STATIC_ENCODINGS = {26: "JPEG", 31: "H261", 32: "MPV", 33: "MP2T", 34: "H263"}  # RFC 3551 §6, video
_MAX_LINES = 2_000
_MAX_SECTIONS = 32
_DIRECTIONS = ("sendonly", "recvonly", "sendrecv", "inactive")


@dataclass(slots=True)
class Media:
    """One m-section. `encoding` is upper case (`H264`), empty when nothing tells; `fmtp` has lower-case keys."""

    kind: str
    payload_type: int
    control: str = ""
    encoding: str = ""
    clock_rate: int = 90_000
    fmtp: dict[str, str] = field(default_factory=dict)
    direction: str = ""


@dataclass(slots=True)
class Description:
    """A session description as far as we need it."""

    control: str = ""
    media: list[Media] = field(default_factory=list)


def parse(body: bytes) -> Description:
    """Read what is understood and skip the rest; never raises.

    An m-section without a usable payload type is dropped, the session is not. `fmtp` lines are matched by payload
    type over all sections, for some cameras put the video's into another.
    """
    description = Description()
    formats: dict[int, str] = {}
    current: Media | None = None
    is_skipping = False
    for key, value in _lines(body):
        if key == "m":
            current = _section(value)
            is_skipping = current is None or len(description.media) >= _MAX_SECTIONS
            if current is not None and not is_skipping:
                description.media.append(current)
        elif key == "a" and value.lower().startswith("fmtp:"):
            _note_format(value, formats)
        elif key == "a" and not is_skipping:
            _attribute(description, current, value)
    for media in description.media:
        media.fmtp = _parameters(formats.get(media.payload_type, ""))
        media.encoding = media.encoding or _STATIC_ENCODINGS.get(media.payload_type, "")
    return description


def videos(description: Description) -> list[Media]:
    """Video sections a camera sends. ONVIF back-channels (`sendonly`) are left out unless all are marked so."""
    found = [media for media in description.media if media.kind == "video"]
    return [media for media in found if media.direction != "sendonly"] or found


def _lines(body: bytes) -> Iterator[tuple[str, str]]:
    text = body.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for line in text.split("\n")[:_MAX_LINES]:
        key, equals, value = line.strip().partition("=")
        if equals and len(key) == 1:
            yield key.lower(), value.strip()


def _section(value: str) -> Media | None:
    """`video 0 RTP/AVP 96`; None when a word stands where the payload type belongs."""
    words = value.split()
    if len(words) < 4 or not re.fullmatch(r"[0-9]{1,3}", words[3]) or int(words[3]) > 127:
        return None
    return Media(words[0].lower(), int(words[3]))


def _attribute(description: Description, media: Media | None, value: str) -> None:
    name, _, rest = value.partition(":")
    name, rest = name.strip().lower(), rest.strip()
    if name == "control":
        if media is None:
            description.control = rest
        else:
            media.control = rest
    elif media is not None and name in _DIRECTIONS:
        media.direction = name
    elif media is not None and name == "rtpmap":
        match = re.match(r"([0-9]{1,3})\s+([^\s/]+)(?:\s*/\s*([0-9]{1,9}))?", rest)
        if match and int(match[1]) == media.payload_type:
            media.encoding = match[2].upper()
            media.clock_rate = int(match[3] or 90_000)


def _note_format(value: str, formats: dict[int, str]) -> None:
    match = re.match(r"fmtp:\s*([0-9]{1,3})\s*(.*)", value, re.IGNORECASE)
    if match and match[2]:
        formats.setdefault(int(match[1]), match[2])


def _parameters(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split(";"):
        key, equals, value = part.strip().partition("=")
        if equals:
            found.setdefault(key.strip().lower(), value.strip().strip('"'))
    return found
