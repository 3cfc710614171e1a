"""What may go when a disk runs full."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from uuid import UUID

from vms.archive.deletion import delete_expired
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.archive.volume import Volume

KEPT_DAYS = 100_000  # longer than anything can be old: what has no policy is kept
BATCH = 50  # small, because after each one the disk is measured again
FRUITLESS_BATCHES = 3


@dataclass(slots=True)
class Relief:
    """What was deleted; `missing_bytes`: what is still wanted although nothing more may go."""

    segments: int = 0
    size_bytes: int = 0
    missing_bytes: int = 0


def wanted_free_bytes(reserve_bytes: int, ingest_bytes_per_day: int) -> int:
    """Free space below which to act: an hour of footage before the reserve, where recording stops.

    A quarter of the reserve is added, because a volume that was full takes footage again only somewhat above it.
    """
    return reserve_bytes + reserve_bytes // 4 + max(ingest_bytes_per_day, 0) // 24


def relieve(
    volume: Volume,
    registered: Container[UUID],
    now_us: int,
    wanted_bytes: int,
    is_stopping: Callable[[], bool] = lambda: False,
    judged: Mapping[int, int] | None = None,
    floor_days: int = MIN_RETENTION_DAYS,
) -> Relief:
    """Delete the oldest footage that is past the floor, whatever its policy, until enough is free.

    Never what is younger than `floor_days`, locked, not `judged` (see `delete_expired`), or of a camera that nobody
    registered.
    Stops by what the disk gives back, not by what rows promise: when several batches free nothing, somebody else holds
    or fills the space. Raises OSError when the disk cannot be measured, and then nothing more is deleted.
    """
    relief = Relief()
    fruitless = 0
    free_bytes = volume.free_bytes()
    while free_bytes < wanted_bytes and fruitless < FRUITLESS_BATCHES and not is_stopping():
        result = delete_expired(
            volume,
            lambda camera_id: floor_days if camera_id in registered else KEPT_DAYS,
            now_us,
            limit=BATCH,
            reason="disk_pressure",
            judged=judged,
        )
        if not result.deleted:
            break
        relief.segments += len(result.deleted)
        relief.size_bytes += sum(segment.size_bytes for segment in result.deleted)
        fruitless = 0 if result.freed_bytes > 0 else fruitless + 1
        free_bytes = volume.free_bytes()
    relief.missing_bytes = max(wanted_bytes - free_bytes, 0)
    return relief
