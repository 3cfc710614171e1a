"""Finds the operation an envelope asks for."""

import inspect
from collections.abc import Sequence

from recorder.simcam.onvif.door import Door, HttpCredentials
from recorder.simcam.onvif.event_service import SUBSCRIPTION_PATH, EventService
from recorder.simcam.onvif.service import Call, Service
from recorder.simcam.onvif.soap import SoapFaultError, read_request, write_answer
from recorder.simcam.onvif.xml_writer import NAMESPACES, el

_ACTIONS = {
    NAMESPACES["tev"]: "http://www.onvif.org/ver10/events/wsdl/{port}/{name}Response",
    NAMESPACES["wsnt"]: "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/{name}Response",
}


def _action(namespace: str, name: str) -> str | None:
    """WS-Addressing action of an answer; only event operations have one (event.wsdl)."""
    port = "PullPointSubscription" if name in {"PullMessages", "SetSynchronizationPoint"} else "EventPortType"
    template = _ACTIONS.get(namespace)
    return template.format(port=port, name=name) if template else None


class Dispatcher:
    """One method from request bytes to answer bytes; knows nothing of HTTP but the credentials."""

    def __init__(self, services: Sequence[Service], door: Door) -> None:
        self._services = {service.path: service for service in services}
        self._door = door

    def service_at(self, path: str) -> tuple[Service, str] | None:
        """The service behind a path with the rest of the path, None when there is none."""
        if path.startswith(SUBSCRIPTION_PATH):
            return self._services[EventService.path], path.removeprefix(SUBSCRIPTION_PATH)
        service = self._services.get(path)
        return (service, "") if service else None

    async def answer(self, service: Service, data: bytes, call_from: Call, http: HttpCredentials) -> bytes:
        """The answer's envelope; SoapFaultError for everything refused. `call_from` gets its operation here."""
        request = read_request(data)
        handler = service.operations().get(request.name)
        own = {NAMESPACES[service.namespace]} | ({NAMESPACES["wsnt"]} if call_from.tail else set())
        is_open = handler is not None and request.name in service.open_operations
        if not is_open:
            self._door.check(request.header, http)
        if handler is None or request.namespace not in own:
            raise SoapFaultError("Receiver", ("ter:ActionNotSupported",), "This camera does not know the operation.")
        call_from.operation = request.operation
        result = handler(call_from)
        content = await result if inspect.isawaitable(result) else result
        action = _action(request.namespace, request.name)
        headers = [el("wsa5:Action", action)] if action else []
        return write_answer(content, *headers)
