"""Addresses of a camera as we reach it, whatever it believes they are."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from vms.kernel.errors import Kind, VmsError

DEVICE_PATH = "/onvif/device_service"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ReachedAt:
    """Scheme, host and port that worked, the path of the device service."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def device_service(self) -> str:
        """Address of the device service."""
        return f"{self.scheme}://{_bracketed(self.host)}:{self.port}{self.path}"

    def corrected_service(self, address: str) -> str:
        """A service's address by the host we know.

        Behind address translation a camera names its inner address: then our host and port hold, only the path
        is the camera's. If it names our host, its port is believed. Never leads to another host.
        """
        try:
            parts = urlsplit(address.strip())
            is_own = parts.hostname == self.host and parts.scheme == self.scheme
            port = (parts.port or _PORTS[self.scheme]) if is_own else self.port
        except ValueError as err:
            raise _unusable() from err
        path = parts.path or "/"
        return urlunsplit((self.scheme, f"{_bracketed(self.host)}:{port}", path, parts.query, ""))

    def corrected_stream(self, uri: str) -> str | None:
        """An RTSP address by the host we know, without credentials; None for anything that is no RTSP."""
        try:
            parts = urlsplit(uri.strip())
            port = parts.port
        except ValueError:
            return None
        if parts.scheme.lower() not in {"rtsp", "rtsps"} or any(character.isspace() for character in uri.strip()):
            return None
        place = _bracketed(self.host) + (f":{port}" if port else "")
        return urlunsplit((parts.scheme.lower(), place, parts.path, parts.query, ""))


def read_address(address: str) -> ReachedAt:
    """From `host`, `host:port`, `[v6]:port` or `http(s)://host[:port][/path]`.

    VmsError(INVALID, `onvif_bad_address`) for anything else, credentials in the address included.
    """
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        return _reached(parts)
    except ValueError as err:
        raise _unusable() from err


def _reached(parts: SplitResult) -> ReachedAt:
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        raise ValueError("not an address of a device")
    path = parts.path if parts.path not in {"", "/"} else DEVICE_PATH
    return ReachedAt(parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme], path)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _unusable() -> VmsError:
    return VmsError(
        Kind.INVALID,
        "onvif_bad_address",
        "This is no address of an ONVIF device. Write host, host:port or http://host:port/path, without user name.",
    )
