"""Addresses that passwords and tokens may be sent to."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_safe(url: str) -> bool:
    """Whether `url` is HTTPS, or HTTP to this very machine; none with a password in it, for addresses are shown."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return (
        bool(host)
        and "@" not in parts.netloc
        and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))
    )


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine by `localhost` or a loopback address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def own_place(place: str) -> str:
    """`place` when it lies in our own console, else `/`: nobody is sent elsewhere after signing in."""
    is_ours = (
        place.startswith("/") and not place.startswith(("//", "/\\")) and place.isprintable() and "\\" not in place
    )
    return place if is_ours and not urlsplit(place).netloc else "/"
