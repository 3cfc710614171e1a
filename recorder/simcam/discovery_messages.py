"""WS-Discovery messages of a device: what it hears, what it says."""

import uuid
from dataclasses import dataclass
from urllib.parse import unquote

from recorder.simcam.onvif.identity import DEVICE_TYPE
from recorder.simcam.onvif.xml_reader import HostileXmlError, find, parse, text
from recorder.simcam.onvif.xml_writer import NAMESPACES, Element, el, serialize

MAX_DATAGRAM_BYTES = 4096
_D = NAMESPACES["d"]
_TO_ALL = "urn:schemas-xmlsoap-org:ws:2005:04:discovery"
_ANONYMOUS = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
_OUR_TYPES = ((NAMESPACES["dn"], "NetworkVideoTransmitter"), (NAMESPACES["tds"], "Device"))
_MAX_ID = 256


@dataclass(frozen=True, slots=True)
class Question:
    """A Probe (types and scopes it looks for) or a Resolve (the one endpoint it looks for)."""

    message_id: str
    types: tuple[tuple[str, str], ...] = ()
    scopes: tuple[str, ...] = ()
    endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """A device as announced."""

    endpoint: str
    address: str
    scopes: tuple[str, ...]


def read_question(data: bytes) -> Question | None:
    """The question in a datagram; None for everything else, garbage included."""
    if len(data) > MAX_DATAGRAM_BYTES:
        return None
    try:
        root = parse(data)
    except HostileXmlError:
        return None
    message_id = text(root, "s:Header/wsa:MessageID")
    if not message_id or len(message_id) > _MAX_ID:
        return None
    resolve, probe = find(root, "s:Body/d:Resolve"), find(root, "s:Body/d:Probe")
    if resolve is not None:
        endpoint = text(resolve, "wsa:EndpointReference/wsa:Address")
        return Question(message_id, endpoint=endpoint) if endpoint else None
    if probe is None:
        return None
    types = find(probe, "d:Types")
    names = () if types is None else tuple(_qualified(types, name) for name in (types.text or "").split())
    return Question(message_id, names, tuple((text(probe, "d:Scopes") or "").split()))


def _qualified(element: Element, name: str) -> tuple[str, str]:
    """A name in an element's text with the namespace its prefix has there."""
    prefix, colon, local = name.rpartition(":")
    return str(element.nsmap.get(prefix if colon else None) or ""), local


def is_meant(question: Question, device: Announced) -> bool:
    """Whether the device must answer: all types, all scopes match (WS-Discovery §5.2, §5.4)."""
    if question.endpoint is not None:
        return question.endpoint == device.endpoint
    if any(name not in _OUR_TYPES for name in question.types):
        return False
    return all(any(_scope_matches(wanted, own) for own in device.scopes) for wanted in question.scopes)


def _scope_matches(wanted: str, own: str) -> bool:
    """Matching by RFC 3986 path segments (WS-Discovery §5.1, the default rule)."""
    wanted_parts, own_parts = (unquote(scope).rstrip("/").split("/") for scope in (wanted, own))
    return own_parts[: len(wanted_parts)] == wanted_parts


def _envelope(action: str, to: str, body: Element, sequence: tuple[int, int], relates_to: str | None) -> bytes:
    instance, number = sequence
    return serialize(
        el(
            "s:Envelope",
            el(
                "s:Header",
                el("wsa:Action", f"{_D}/{action}"),
                el("wsa:MessageID", uuid.uuid4().urn),
                el("wsa:RelatesTo", relates_to) if relates_to else None,
                el("wsa:To", to),
                el("d:AppSequence", InstanceId=instance, MessageNumber=number),
            ),
            el("s:Body", body),
        )
    )


def _facts(name: str, device: Announced) -> Element:
    return el(
        name,
        el("wsa:EndpointReference", el("wsa:Address", device.endpoint)),
        el("d:Types", f"{DEVICE_TYPE} tds:Device"),
        el("d:Scopes", " ".join(device.scopes)),
        el("d:XAddrs", device.address),
        el("d:MetadataVersion", 1),
    )


def write_match(question: Question, device: Announced, sequence: tuple[int, int]) -> bytes:
    """The answer to a question (WS-Discovery §5.3, §6.3)."""
    kind = "Probe" if question.endpoint is None else "Resolve"
    body = el(f"d:{kind}Matches", _facts(f"d:{kind}Match", device))
    return _envelope(f"{kind}Matches", _ANONYMOUS, body, sequence, question.message_id)


def write_hello(device: Announced, sequence: tuple[int, int]) -> bytes:
    """A device came (WS-Discovery §4.1)."""
    return _envelope("Hello", _TO_ALL, _facts("d:Hello", device), sequence, None)


def write_bye(device: Announced, sequence: tuple[int, int]) -> bytes:
    """A device goes (WS-Discovery §4.2)."""
    body = el("d:Bye", el("wsa:EndpointReference", el("wsa:Address", device.endpoint)))
    return _envelope("Bye", _TO_ALL, body, sequence, None)
