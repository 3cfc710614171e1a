"""Addresses of services that this node asks, as settings may spell them."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"\[[0-9a-fA-F:.]+\]|[0-9A-Za-z](?:[-.0-9A-Za-z]{0,250}[0-9A-Za-z])?")


def is_plain_address(url: str) -> bool:
    """Whether `url` is http or https with a host, without a user, a fragment or a character that needs quoting."""
    try:
        parts = urlsplit(url)
        host, _, _ = parts.netloc.rpartition(":") if parts.port else (parts.netloc, "", "")
    except ValueError:
        return False
    is_plain = parts.scheme in {"http", "https"} and bool(_HOST.fullmatch(host)) and ".." not in host
    return is_plain and not parts.fragment and url.isascii() and url.isprintable() and " " not in url
