"""The only file that speaks through onvif-zeep."""

import logging
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Self, cast

import requests
from zeep import Client, Settings
from zeep.wsdl import Document
from zeep.wsse.username import UsernameToken

from recorder.onvif.address import ReachedAt
from recorder.onvif.failure import translate, unsupported
from recorder.onvif.transport import BoundedTransport
from vms.kernel.clock import Clock, to_datetime

_root = logging.getLogger()
_guard = logging.NullHandler()
# onvif-zeep calls logging.basicConfig() when imported: without a handler in place it would add one of its own
# to the root, and that one knows nothing of redaction.
_root.addHandler(_guard)
import onvif  # noqa: E402
from onvif.definition import SERVICES  # noqa: E402

_root.removeHandler(_guard)

MEDIA2 = "http://www.onvif.org/ver20/media/wsdl"
_LIBRARY_WSDL = Path(onvif.__file__).parent.parent / "wsdl"
_OWN_WSDL = Path(__file__).parent / "media2.wsdl"
_SETTINGS = {"strict": False, "forbid_dtd": True, "forbid_entities": True, "forbid_external": True}

_documents: dict[Path, Document] = {}
_documents_lock = threading.Lock()


def _definition(name: str) -> tuple[Path, str]:
    """WSDL file with the name of its binding."""
    if name == "media2":
        return _OWN_WSDL, f"{{{MEDIA2}}}Media2Binding"
    entry = SERVICES.get(name)
    if entry is None:
        # onvif-zeep has the file but no entry for the subscription manager (Renew, Unsubscribe).
        return _LIBRARY_WSDL / "events.wsdl", "{http://www.onvif.org/ver10/events/wsdl}SubscriptionManagerBinding"
    return _LIBRARY_WSDL / entry["wsdl"], f"{{{entry['ns']}}}{entry['binding']}"


def _document(path: Path) -> Document:
    """The parsed WSDL, read once per process (0.15 s each); from files only, never from the network."""
    with _documents_lock:
        if path not in _documents:
            with closing(BoundedTransport(1.0, None)) as transport:
                _documents[path] = Document(str(path), cast("Any", transport), settings=Settings(**_SETTINGS))
        return _documents[path]


class _Token(UsernameToken):
    """A digest token whose `Created` is the camera's time: our clock plus the camera's offset."""

    def __init__(self, username: str, password: str, clock: Clock, offset_us: int) -> None:
        super().__init__(username, password, use_digest=True, zulu_timestamp=True)  # type: ignore[no-untyped-call]
        self._clock = clock
        self._offset_us = offset_us

    def apply(self, envelope: Any, headers: Any) -> Any:
        self.created: datetime = to_datetime(self._clock.now_us() + self._offset_us)
        return super().apply(envelope, headers)  # type: ignore[no-untyped-call]


class OnvifClient:
    """Calls to one camera. Blocks: run it in a thread (`asyncio.to_thread`), never on the event loop.

    One object belongs to one thread at a time. Each call ends within `timeout_s`; VmsError with
    `onvif_unreachable`, `onvif_wrong_password` or `onvif_unsupported` for whatever goes wrong.
    Without `username` calls carry no credentials.
    """

    def __init__(
        self,
        reached_at: ReachedAt,
        username: str | None,
        password: str,
        *,
        clock: Clock,
        timeout_s: float = 5.0,
        clock_offset_us: int = 0,
    ) -> None:
        self.reached_at = reached_at
        auth = requests.auth.HTTPDigestAuth(username, password) if username else None
        self._transport = BoundedTransport(timeout_s, auth)
        self._token = _Token(username, password, clock, clock_offset_us) if username else None
        self._services: dict[tuple[str, str], Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._transport.close()

    def call(self, service: str, operation: str, address: str | None = None, **arguments: Any) -> Any:
        """Result of one operation.

        `service` is `devicemgmt`, `media`, `media2`, `ptz`, `imaging`, `events`, `pullpoint` or `subscription`.
        `address` is the service's as the device named it (its host is corrected); default: the device service.
        """
        where = self.reached_at.device_service if address is None else self.reached_at.corrected_service(address)
        try:
            return getattr(self._service(service, where), operation)(arguments)
        except AttributeError as err:
            raise unsupported("no such operation") from err
        except Exception as err:  # noqa: BLE001 (a stranger's XML can make the library raise anything)
            raise translate(err) from None

    def _service(self, name: str, address: str) -> Any:
        key = (name, address)
        if key not in self._services:
            path, binding = _definition(name)
            client = Client(  # type: ignore[no-untyped-call]
                _document(path), wsse=self._token, transport=self._transport, settings=Settings(**_SETTINGS)
            )
            self._services[key] = onvif.ONVIFService(
                address, None, None, str(path), zeep_client=client, binding_name=binding
            )
        return self._services[key]
