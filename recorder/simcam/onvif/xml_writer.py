"""Builds the XML of ONVIF answers from names with a prefix."""

from typing import Any

from lxml import etree  # type: ignore[import-untyped]

Element = Any
"""An lxml element; the library ships no types."""

NAMESPACES = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "tt": "http://www.onvif.org/ver10/schema",
    "tds": "http://www.onvif.org/ver10/device/wsdl",
    "trt": "http://www.onvif.org/ver10/media/wsdl",
    "tr2": "http://www.onvif.org/ver20/media/wsdl",
    "tptz": "http://www.onvif.org/ver20/ptz/wsdl",
    "timg": "http://www.onvif.org/ver20/imaging/wsdl",
    "tev": "http://www.onvif.org/ver10/events/wsdl",
    "ter": "http://www.onvif.org/ver10/error",
    "tns1": "http://www.onvif.org/ver10/topics",
    "wsnt": "http://docs.oasis-open.org/wsn/b-2",
    "wstop": "http://docs.oasis-open.org/wsn/t-1",
    "wsa5": "http://www.w3.org/2005/08/addressing",
    "wsse": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
    "wsu": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
    "wsa": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "d": "http://schemas.xmlsoap.org/ws/2005/04/discovery",
    "dn": "http://www.onvif.org/ver10/network/wsdl",
}

Child = Element | str | int | float | bool | None


def qualified(name: str) -> str:
    """`tt:Name` in lxml's notation; a name without prefix (an attribute) stays as it is."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def text_of(value: str | float | bool) -> str:
    """A value in XML Schema's spelling (`true`, not `True`)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def el(name: str, *children: Child, **attributes: str | float | bool) -> Element:
    """An element `prefix:Name` with child elements or one text; None is left out."""
    element = etree.Element(qualified(name), nsmap=NAMESPACES)
    for key, value in attributes.items():
        element.set(key, text_of(value))
    for child in children:
        if child is None:
            continue
        if etree.iselement(child):
            element.append(child)
        else:
            element.text = text_of(child)
    return element


def serialize(element: Element) -> bytes:
    """The document as UTF-8 with an XML declaration; declares only the prefixes it uses."""
    keep = [prefix for prefix in ("tns1", "tt", "ter", "dn") if f"{prefix}:".encode() in etree.tostring(element)]
    etree.cleanup_namespaces(element, keep_ns_prefixes=keep)
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8"))
