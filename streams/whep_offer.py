"""Checks a viewer's SDP offer before anything else reads it."""

import re

from vms.kernel.errors import Kind, VmsError

MAX_OFFER_BYTES = 32 * 1024  # Chromium's has 4
MAX_CANDIDATES = 24
MAX_LINES = 600
_CANDIDATE = "a=candidate:"
# `.local` names would be asked for over multicast, up to a second each, inside the answer; the browser's own checks
# arrive without them. With an end of candidates but none left, ICE would give up at once.
_DROPPED = re.compile(r"a=candidate:.*\.local\b|a=end-of-candidates|a=candidate:\S+ \S+ tcp ", re.IGNORECASE)


def cleaned_offer(sdp: str) -> str:
    """The offer without what would only delay the answer; VmsError(INVALID, `bad_offer` | `codec_not_offered`).

    An offer has one video section that receives, at most one of audio (answered as inactive), nothing else.
    """
    lines = sdp.splitlines()
    if len(sdp) > MAX_OFFER_BYTES or len(lines) > MAX_LINES or not sdp.startswith("v=0"):
        raise bad_offer()
    kinds = [line[2:].split(" ", 1)[0] for line in lines if line.startswith("m=")]
    if kinds.count("video") != 1 or sorted(kinds) not in (["video"], ["audio", "video"]):
        raise bad_offer()
    if "a=sendonly" in lines or "a=inactive" in lines:
        raise bad_offer()
    if not any(line.lower().startswith("a=rtpmap:") and " h264/90000" in line.lower() for line in lines):
        raise VmsError(Kind.INVALID, "codec_not_offered", "This browser offers no H.264. Use the other transport.")
    kept: list[str] = []
    candidates = 0
    for line in lines:
        candidates += line.startswith(_CANDIDATE)
        if not _DROPPED.match(line) and (candidates <= MAX_CANDIDATES or not line.startswith(_CANDIDATE)):
            kept.append(line)
    return "\r\n".join(kept) + "\r\n"


def bad_offer() -> VmsError:
    """The refusal of an offer that is none."""
    return VmsError(Kind.INVALID, "bad_offer", "This is no offer of a player that receives one video. Reload the page.")
