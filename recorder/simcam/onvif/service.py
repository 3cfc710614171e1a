"""What one ONVIF service is to the dispatcher."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from recorder.simcam.onvif.soap import bad_argument
from recorder.simcam.onvif.xml_reader import text
from recorder.simcam.onvif.xml_writer import Element


@dataclass(slots=True)
class Call:
    """One operation somebody calls.

    `host` is our address as the caller reached it, `base_url` the same with scheme and port, `tail` what
    follows the service's path. Functions in `after` run when the answer is on its way.
    """

    operation: Element
    host: str
    base_url: str
    tail: str = ""
    after: list[Callable[[], None]] = field(default_factory=list)

    def argument(self, path: str) -> str:
        """Text of a required argument; a fault when it is missing or empty."""
        value = text(self.operation, path)
        if not value:
            raise bad_argument("ter:InvalidArgVal", "A required argument is missing.")
        return value


Handler = Callable[[Call], Element | Awaitable[Element]]


class Service(Protocol):
    """Operations under one path."""

    path: str
    """Its address, `/onvif/…`."""
    namespace: str
    """Prefix of its namespace in `xml_writer.NAMESPACES`."""
    version: tuple[int, int]
    """What GetServices says."""
    open_operations: frozenset[str]
    """What anybody may call without credentials (Core specification §5.9.1, access class PRE_AUTH)."""

    def operations(self) -> Mapping[str, Handler]:
        """Operations by name."""
        ...
