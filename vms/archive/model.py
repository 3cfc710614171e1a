"""What the archive keeps: segments, gaps, locks."""

from dataclasses import dataclass, field
from enum import IntFlag, StrEnum
from uuid import UUID

from vms.kernel.span import Span
from vms.media.fragment import InitSegment


class Cause(StrEnum):
    """Why an interval has no footage (directive 10(2); requirement D-10.2c)."""

    RETENTION_EXPIRED = "retention_expired"
    CAMERA_OFFLINE = "camera_offline"
    RECORDER_DOWN = "recorder_down"
    DISK_FAILURE = "disk_failure"
    NETWORK = "network"
    MAINTENANCE = "maintenance"
    MASK_FAILURE = "mask_failure"
    NOT_COMMISSIONED = "not_commissioned"
    UNKNOWN = "unknown"


class Flag(IntFlag):
    """What an honest reader must know about a segment."""

    RECOVERED = 1  # closed by the recovery scan, not by the recorder
    DAMAGED = 2  # packets were lost inside it
    NO_SYNC = 4  # does not start with a key frame
    CLOCK_HELD = 8  # slowed: it was ahead of a clock that had gone back, or its first pictures had come late
    LOSS_UNKNOWN = 16  # came through a library that cannot tell lost packets (libav)
    RETIMED = 32  # some time stamps were replaced because they could not be true


NO_FLAGS = Flag(0)


@dataclass(frozen=True, slots=True)
class StreamKey:
    """A stream of a camera: `main` or `sub`."""

    camera_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class SegmentHead:
    """What is known when a segment begins. `is_new_run`: its time line has nothing to do with the one before."""

    start_us: int
    init: InitSegment
    is_new_run: bool
    mask_version: int = 0
    clock_error_us: int = 0


@dataclass(frozen=True, slots=True)
class SegmentTail:
    """What is known when a segment ends."""

    end_us: int
    flags: Flag = NO_FLAGS
    lost_packets: int = 0
    clock_offset_us: int | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A closed segment as its index row tells."""

    stream: StreamKey
    span: Span
    sequence: int
    run: int
    size_bytes: int
    duration_90k: int
    samples: int
    flags: Flag
    lost_packets: int
    mask_version: int
    clock_offset_us: int | None
    clock_error_us: int
    sha256: bytes
    link: bytes
    codec: str
    width: int
    height: int
    path: str  # relative to the volume


@dataclass(frozen=True, slots=True)
class Gap:
    """Time without footage, and why. `end_us` None: still going on."""

    start_us: int
    end_us: int | None
    cause: Cause
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where footage may lie: from `start_us` on, up to `limit_us` where other footage begins (None: without limit)."""

    start_us: int
    limit_us: int | None


@dataclass(frozen=True, slots=True)
class Lock:
    """What keeps a span of a camera from being deleted."""

    id: UUID
    camera_id: UUID
    span: Span
    kind: str
    reference: str
    placed_us: int
    released_us: int | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """What exists of one stream in an interval: runs of footage, and gaps with causes that fill all the rest."""

    span: Span
    recordings: list[Span] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
