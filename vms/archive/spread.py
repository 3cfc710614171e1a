"""Which volume a stream is written to."""

from collections.abc import Iterable
from dataclasses import dataclass

from vms.archive.rules import MIN_RETENTION_DAYS

_HORIZON_S = MIN_RETENTION_DAYS * 86_400  # what is written in this time cannot be deleted in this time


@dataclass(frozen=True, slots=True)
class Candidate:
    """A volume that takes footage, with what its streams write together."""

    name: str
    free_bytes: int
    bytes_per_s: float

    @property
    def room_bytes(self) -> float:
        """What will be left of it."""
        return self.free_bytes - self.bytes_per_s * _HORIZON_S


def choose(candidates: Iterable[Candidate]) -> str | None:
    """The name of the volume with most room left, None without candidates."""
    best = max(candidates, key=lambda candidate: (candidate.room_bytes, candidate.name), default=None)
    return None if best is None else best.name
