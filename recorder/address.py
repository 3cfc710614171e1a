"""Where a camera's stream is found, kept apart from the secrets that open it."""

import re
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import unquote

from vms.cameras.rules import ADDRESS_FORM
from vms.kernel.errors import Kind, VmsError
from vms.kernel.logging import redactor

_ADDRESS = re.compile(r"(?P<scheme>rtsps?)://(?P<authority>[^/?#]*)(?P<rest>.*)", re.IGNORECASE)
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.%\w]+\]|[^:\[\]\s]+)(?::(?P<port>\d{1,5}))?")
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")  # would end a request line or a header: an injection
_DEFAULT_PORT = {"rtsp": 554, "rtsps": 322}


@dataclass(frozen=True, slots=True)
class CameraAddress:
    """An RTSP address taken apart (RFC 2326 §3.2). `url` carries no credentials; `repr` shows nothing secret."""

    url: str = field(repr=False)
    host: str = field(repr=False)
    port: int
    is_tls: bool
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, text: str, *, is_ours: bool = True) -> "CameraAddress":
        """Take `rtsp[s]://user:password@host:port/path?query` apart; its secrets never reach a log from now on.

        Not `is_ours`: a camera named it, and must not choose which words vanish from the logs; nothing is hidden.
        User and password may be percent-encoded, and may hold an unencoded `@` or `:`. Raises
        VmsError(INVALID, `camera_address_invalid`), whose message does not repeat the text.
        """
        text = text.strip()
        match = _ADDRESS.fullmatch(text)
        if match is None or _UNSAFE.search(text):
            _refuse(f"It must look like {ADDRESS_FORM}, without blanks")
        login, has_login, place = match["authority"].rpartition("@")
        where = _HOST.fullmatch(place)
        if where is None:
            _refuse("It names no host")
        scheme = match["scheme"].lower()
        port = int(where["port"] or _DEFAULT_PORT[scheme])
        if not 0 < port < 65536:
            _refuse("Its port is not between 1 and 65535")
        host = where["host"].strip("[]")
        username, _, password = login.partition(":")
        if is_ours:
            redactor.hide(host, username, password, unquote(username), unquote(password))
        rest = match["rest"].partition("#")[0]
        return cls(
            url=f"{scheme}://{place}{rest}",
            host=host,
            port=port,
            is_tls=scheme == "rtsps",
            username=unquote(username) if has_login else None,
            password=unquote(password) if has_login else None,
        )


def _refuse(why: str) -> NoReturn:
    raise VmsError(Kind.INVALID, "camera_address_invalid", f"This is no camera address. {why}. Correct it.")
