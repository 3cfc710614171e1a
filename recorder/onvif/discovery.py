"""Finds cameras on the local network."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from wsdiscovery import QName
from wsdiscovery.discovery import ThreadedWSDiscovery

from recorder.onvif.foreign_text import printable
from vms.kernel.errors import Kind, VmsError

MAX_DEVICES = 1024
_MAX_ADDRESSES = 4
_VIDEO_TRANSMITTER = QName("http://www.onvif.org/ver10/network/wsdl", "NetworkVideoTransmitter")
_log = logging.getLogger(__name__)
_SCOPE = "onvif://www.onvif.org/"


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """A device that answered; everything in here is its own claim.

    `endpoint` stays the same over restarts and addresses. `addresses` are of its device service, IPv4 first.
    """

    endpoint: str
    addresses: tuple[str, ...]
    name: str
    hardware: str
    location: str


def discover(timeout_s: float = 3.0) -> list[FoundDevice]:
    """All ONVIF cameras that answer a WS-Discovery Probe within `timeout_s`, ordered by address.

    Blocks for that long: run it in a thread. Hears the local network segment only, on every interface but
    loopback. VmsError(UNAVAILABLE, `discovery_failed`) when the machine has no network to ask.
    """
    scout = _Scout()
    try:
        scout.start()
    except OSError as err:
        raise _failed() from err
    try:
        services = scout.searchServices(types=[_VIDEO_TRANSMITTER], timeout=timeout_s)
    finally:
        scout.stop()
    return found_devices(services)


class _Scout(ThreadedWSDiscovery):  # type: ignore[misc]
    """The library's client, with bounds.

    As it comes, one datagram from anybody (an `InstanceId` that is no number) ends its receiving thread, so
    that nothing more is found, without a word. Here such a datagram is dropped like other garbage.
    """

    def start(self) -> None:
        super().start()
        for thread in (self._networkingThread_v4, self._networkingThread_v6):
            if thread is not None:
                thread._recvMessages = _surviving(thread._recvMessages)  # noqa: SLF001 (no public way)

    def _addRemoteService(self, service: Any) -> None:  # noqa: N802 (the library's name)
        if len(self._remoteServices) < MAX_DEVICES:
            super()._addRemoteService(service)


def _surviving(receive: Callable[[], None]) -> Callable[[], None]:
    def guarded() -> None:
        try:
            receive()
        except Exception as err:  # noqa: BLE001 (a stranger's datagram can make the library raise anything)
            _log.debug("a discovery message was dropped: %s", type(err).__name__)

    return guarded


def found_devices(services: Iterable[Any]) -> list[FoundDevice]:
    """What the library heard, without what is of no use."""
    found: dict[str, FoundDevice] = {}
    for service in services:
        endpoint = printable(service.getEPR())
        addresses = tuple(filter(_is_usable, (str(address) for address in service.getXAddrs() or ())))
        if endpoint and addresses and len(found) < MAX_DEVICES:
            ordered = tuple(sorted(addresses, key=lambda address: "[" in address))[:_MAX_ADDRESSES]
            scopes = [str(scope.getValue()) for scope in service.getScopes() or ()]
            found[endpoint] = FoundDevice(
                endpoint, ordered, _scope(scopes, "name"), _scope(scopes, "hardware"), _scope(scopes, "location")
            )
    return sorted(found.values(), key=lambda device: device.addresses)


def _is_usable(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def _scope(scopes: list[str], kind: str) -> str:
    """The first scope of a kind, readable (`onvif://www.onvif.org/name/Square%20north` → `Square north`)."""
    prefix = f"{_SCOPE}{kind}/"
    return next((printable(unquote(scope.removeprefix(prefix))) for scope in scopes if scope.startswith(prefix)), "")


def _failed() -> VmsError:
    return VmsError(
        Kind.UNAVAILABLE,
        "discovery_failed",
        "This machine cannot send discovery messages. Check its network, or enter the camera's address by hand.",
    )
