"""SOAP 1.2 envelopes: requests taken apart, answers put together."""

from dataclasses import dataclass

from recorder.simcam.onvif.xml_reader import HostileXmlError, find, local_name, namespace, parse
from recorder.simcam.onvif.xml_writer import NAMESPACES, Element, el, serialize

CONTENT_TYPE = "application/soap+xml; charset=utf-8"


class SoapFaultError(Exception):
    """A refusal in ONVIF's words (Core specification §5.11.2).

    `code` is `Sender` or `Receiver`; `subcodes` are named from the general to the particular
    (`ter:InvalidArgVal`, `ter:NoProfile`).
    """

    def __init__(self, code: str, subcodes: tuple[str, ...], reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.subcodes = subcodes
        self.reason = reason


def bad_argument(subcode: str, reason: str) -> SoapFaultError:
    """The usual refusal: an argument has a value that cannot be."""
    return SoapFaultError("Sender", ("ter:InvalidArgVal", subcode), reason)


@dataclass(frozen=True, slots=True)
class SoapRequest:
    """One call: `operation` is the only child of the body."""

    header: Element | None
    operation: Element
    name: str
    namespace: str


def read_request(data: bytes) -> SoapRequest:
    """The call in `data`; SoapFaultError(`ter:WellFormed`) for everything that is none."""
    try:
        root = parse(data)
    except HostileXmlError as err:
        raise SoapFaultError("Sender", ("ter:WellFormed",), "The request is not well-formed XML.") from err
    body = find(root, "s:Body")
    if local_name(root) != "Envelope" or namespace(root) != NAMESPACES["s"] or body is None or len(body) != 1:
        raise SoapFaultError("Sender", ("ter:WellFormed",), "The request is no SOAP 1.2 envelope with one call.")
    return SoapRequest(find(root, "s:Header"), body[0], local_name(body[0]), namespace(body[0]))


def write_answer(content: Element, *headers: Element) -> bytes:
    """An envelope around `content`."""
    head = el("s:Header", *headers) if headers else None
    return serialize(el("s:Envelope", head, el("s:Body", content)))


def write_fault(fault: SoapFaultError) -> bytes:
    """An envelope around a fault (SOAP 1.2 part 1 §5.4)."""
    code = el("s:Code", el("s:Value", f"s:{fault.code}"))
    parent = code
    for name in fault.subcodes:
        subcode = el("s:Subcode", el("s:Value", name))
        parent.append(subcode)
        parent = subcode
    reason = el("s:Text", fault.reason)
    reason.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    return write_answer(el("s:Fault", code, el("s:Reason", reason)))


def fault_status(fault: SoapFaultError) -> int:
    """HTTP status of a fault (SOAP 1.2 part 2 §7.5.2.2)."""
    return 400 if fault.code == "Sender" else 500
