"""What one sweep of one volume did."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Outcome(StrEnum):
    """How a sweep ended; all but `ok` deleted nothing."""

    OK = "ok"
    VOLUME_UNAVAILABLE = "volume_unavailable"
    LOCKS_NOT_TRUSTED = "locks_not_trusted"
    CLOCK_NOT_TRUSTED = "clock_not_trusted"
    POLICIES_UNKNOWN = "policies_unknown"


@dataclass(slots=True)
class SweepReport:
    """One sweep. `unregistered`: cameras whose footage is kept because no policy speaks for it.

    `needs_bytes`: what pressure could not free, because all that is left is protected.
    """

    volume_uuid: UUID
    started_us: int
    finished_us: int = 0
    outcome: Outcome = Outcome.OK
    detail: str = ""
    deleted_segments: int = 0
    deleted_bytes: int = 0
    pressure_segments: int = 0
    pressure_bytes: int = 0
    needs_bytes: int = 0
    is_measured: bool = True
    unregistered: Sequence[UUID] = field(default_factory=tuple)
