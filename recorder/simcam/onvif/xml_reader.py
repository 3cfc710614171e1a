"""Reads XML that a stranger sent."""

import math

from lxml import etree  # type: ignore[import-untyped]

from recorder.simcam.onvif.xml_writer import Element, qualified


class HostileXmlError(ValueError):
    """The bytes are no XML, or XML with a document type (entities, external references)."""


def parse(data: bytes) -> Element:
    """Root element of `data`.

    Entities are never expanded, nothing is loaded from disk or network, depth and text size stay under
    libxml2's limits. A document type is refused altogether: SOAP forbids it (SOAP 1.2 part 1 §5).
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise HostileXmlError("not well-formed") from err
    if root.getroottree().docinfo.doctype:
        raise HostileXmlError("a document type is not allowed")
    return root


def local_name(element: Element) -> str:
    """Name of an element without its namespace."""
    return str(etree.QName(element).localname)


def namespace(element: Element) -> str:
    """Namespace of an element, empty without one."""
    return str(etree.QName(element).namespace or "")


def find(element: Element, path: str) -> Element | None:
    """First element at `path` (`tt:PanTilt` or `tt:A/tt:B`), None without one."""
    return element.find("/".join(qualified(step) for step in path.split("/")))


def find_all(element: Element, path: str) -> list[Element]:
    """All elements at `path`."""
    return list(element.findall("/".join(qualified(step) for step in path.split("/"))))


def text(element: Element, path: str) -> str | None:
    """Stripped text at `path`, None when the element is missing."""
    found = find(element, path)
    return None if found is None else (found.text or "").strip()


def number(value: str | None) -> float:
    """A finite number; ValueError otherwise."""
    result = float(value or "")
    if not math.isfinite(result):
        raise ValueError("not a finite number")
    return result


def boolean(value: str | None, *, default: bool = False) -> bool:
    """XML Schema's boolean; `default` when missing."""
    return default if value is None else value in {"true", "1"}
