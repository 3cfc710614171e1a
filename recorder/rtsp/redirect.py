"""Where a camera's redirection may lead (RFC 2326 §11.3)."""

import ipaddress

from recorder.address import CameraAddress
from recorder.rtsp.url import is_absolute
from recorder.source import SourceError
from vms.archive.model import Cause
from vms.kernel.errors import VmsError
from vms.kernel.logging import redactor

MAX_REDIRECTS = 3


def follow(address: CameraAddress, location: str) -> CameraAddress:
    """The address to try next, with the credentials of `address`; raises SourceError (`protocol`).

    Only the same host, or another private address in place of a private one, is believed: a redirection must not turn
    the recorder into a way out, or into this machine. Encryption is never given up. Only the host of an address that
    is followed is hidden from the logs.
    """
    if location.startswith("/"):
        scheme, _, rest = address.url.partition("://")
        location = f"{scheme}://{rest.partition('/')[0]}{location}"
    try:
        target = CameraAddress.parse(location, is_ours=False) if is_absolute(location) else None
    except VmsError:
        target = None
    if target is None:
        raise _refusal("The camera redirects to something that is no stream address.")
    if address.is_tls and not target.is_tls:
        raise _refusal("The camera redirects from an encrypted to an open connection.")
    if not is_near(address.host, target.host):
        raise _refusal("The camera redirects to a network where no cameras are.")
    redactor.hide_passing(target.host)
    return CameraAddress(
        url=target.url,
        host=target.host,
        port=target.port,
        is_tls=target.is_tls,
        username=address.username,
        password=address.password,
    )


def is_near(host: str, other: str) -> bool:
    """Whether `other` is the same host, or both are private IP addresses of a network, not of this machine."""
    if host.lower() == other.lower():
        return True
    try:
        here, there = ipaddress.ip_address(host), ipaddress.ip_address(other)
    except ValueError:
        return False
    if there.is_loopback or there.is_unspecified or there.is_multicast:
        return False
    return here.is_private and there.is_private and here.is_link_local == there.is_link_local


def _refusal(text: str) -> SourceError:
    return SourceError(Cause.CAMERA_OFFLINE, "protocol", text, 60.0)
