"""What a package is built from: whoever orders it has looked everything up, and may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from vms.archive.model import StreamKey
from vms.cameras.standing import Standing
from vms.kernel.days import ZONE
from vms.kernel.span import Span
from vms.media.outline import Polygon


@dataclass(frozen=True, slots=True)
class Derived:
    """A copy of a camera's films for whoever must not see, or pass on, all of it.

    `masks`: areas filled solid, the whole time. `watermark`: burnt in with the local time; empty for none.
    """

    masks: Sequence[Polygon] = ()
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class CameraOrder:
    """A camera with the intervals asked of it.

    `number`: what it is called up by today, in the names of files. `name`, `place`: as they were then, of one that was
    moved meanwhile those of all its places; `placements`: each of them with its time, sorted.
    """

    camera_id: UUID
    number: int
    name: str
    place: str
    spans: Sequence[Span]
    commissioned_us: int | None = None
    stream: str = "main"
    derived: Derived | None = None
    placements: Sequence[Standing] = ()

    @property
    def key(self) -> StreamKey:
        """Its stream in the archive."""
        return StreamKey(self.camera_id, self.stream)


@dataclass(frozen=True, slots=True)
class Order:
    """One package.

    `package`: its name, without `.zip`. `request`: what the manifest repeats of request, letter, authority and
    operator, plain JSON values in the order they are to be read. `takes_what_is_there`: a file that is still being
    written is given up to its last whole fragment, and what lies on a volume that is away is missing with its cause;
    otherwise either is refused, because waiting a minute or mounting the disk gives more.
    """

    package: str
    institution: str
    request: Mapping[str, Any]
    cameras: Sequence[CameraOrder]
    made_us: int
    software: str
    zone: ZoneInfo = ZONE
    takes_what_is_there: bool = False
