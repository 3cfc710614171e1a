"""What the web process may ask of the node: the port that `vms web` wires."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from vms.archive.coverage import Coverage
from vms.archive.model import Gap
from vms.cameras.rules import CameraKind
from vms.cameras.status import RecorderStatus
from vms.kernel.span import Span
from vms.operations.alarms import Severity

VOLUME_OK = "ok"
Silence = Literal["", "no_socket", "refused", "timeout", "garbled"]  # why a recorder tells nothing; empty: it does


@dataclass(frozen=True, slots=True)
class RegisteredCamera:
    """A camera as people registered it. Never an address: nothing here may be a secret."""

    camera_id: str
    number: int
    name: str
    must_record: bool = True  # False: city-view cameras, and cameras switched off
    is_enabled: bool = True
    commissioned_us: int | None = None
    retention_days: int | None = None
    site: str = ""
    kind: CameraKind = CameraKind.SECURITY
    is_recorded: bool = True  # whether recording is wanted; False for city-view cameras
    is_ordered: bool = False  # recorded centrally for a time, not by its own switch: it owes no footage of before
    has_sub: bool = False


@dataclass(frozen=True, slots=True)
class RecorderReport:
    """One recorder shard: what it says of itself, or why it says nothing."""

    name: str
    status: RecorderStatus | None
    reason: Silence = ""


@dataclass(frozen=True, slots=True)
class VolumeFacts:
    """One archive volume. `state` is `ok` or the code of why it takes no footage."""

    uuid: str
    name: str
    state: str
    total_bytes: int = 0
    free_bytes: int = 0
    footage_bytes: int | None = None  # None: not counted
    days_until_full: float | None = None  # None: not enough known, or it never fills
    is_retention_at_risk: bool = False
    is_measuring: bool = False  # footage comes in, too little yet to say how long the volume lasts


@dataclass(frozen=True, slots=True)
class CameraFootage:
    """What the archive holds of one camera's main stream."""

    oldest_us: int | None = None
    recordings: Sequence[Span] = field(default_factory=tuple)  # inside the asked span
    gaps: Sequence[Gap] = field(default_factory=tuple)  # inside the asked span


@dataclass(frozen=True, slots=True)
class AlarmFacts:
    """One open alarm: `code` has its words in `web.status.words`.

    `message`: one English sentence without addresses; of `HEALTH_CODES` a word or a figure (`vms.operations.alarms`).
    `site`: of the camera it is about.
    """

    code: str
    severity: Severity
    since_us: int
    subject: str = ""
    message: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class SweepFacts:
    """The last sweep of the archive. `outcome` is `ok` or the code of why it stopped."""

    finished_us: int
    outcome: str
    deleted_segments: int = 0
    deleted_bytes: int = 0


class NodeFacts(Protocol):
    """The node as the pages see it.

    Every method may block for a bounded time (disk, socket): callers run on worker threads, never on the event
    loop. Each may raise VmsError when its part cannot be read; the others must still answer.
    """

    def recorders(self) -> Sequence[RecorderReport]:
        """Every shard that should run, in order."""
        ...

    def cameras(self) -> Sequence[RegisteredCamera]:
        """Every registered camera."""
        ...

    def volumes(self) -> Sequence[VolumeFacts]:
        """Every volume the node knows, also those that are away."""
        ...

    def footage(self, camera_ids: Sequence[str], span: Span) -> dict[str, CameraFootage]:
        """What is kept of these cameras; recordings and gaps clipped to `span`."""
        ...

    def coverage(self) -> Mapping[str, Coverage]:
        """Whether the directive's days are there, by camera id; never waits.

        It is read in the background and some minutes old; cameras that were not read yet are missing.
        """
        ...

    def alarms(self) -> Sequence[AlarmFacts]:
        """Open alarms, worst first."""
        ...

    def sweep(self) -> SweepFacts | None:
        """The last sweep; None before the first."""
        ...
