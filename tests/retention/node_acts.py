"""What the processes of a node do, as short as a state machine can say it; runs inside a `Mortal`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from retention import pressure, sweeper
from retention.clock_memory import confirm_clock
from retention.misdated import Belief
from tests.retention.mortal import Say, ToldClock
from vms.archive import garbage
from vms.archive.archive import Archive
from vms.archive.locks import confirm_locks, place_lock, release_lock
from vms.archive.model import Lock, SegmentHead, SegmentTail, StreamKey
from vms.archive.rebuild import rebuild_index
from vms.archive.volume import Volume
from vms.archive.volume_state import OK
from vms.archive.writer import ArchiveWriter
from vms.footage.locks.keeping import tell
from vms.footage.locks.model import Owner
from vms.footage.locks.orders import Reason, locks_in_force, order_locks, release_locks
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.database import Database
from vms.kernel.span import Span


class Places(NamedTuple):
    """Where the node keeps what it has."""

    volume: Path
    uuid: UUID
    database: Path


class Recorder:
    """Recovers when it starts, then writes what it is given, one second at a time."""

    def __init__(self, places: Places, footage: Any, clock: ToldClock, say: Say) -> None:
        self._footage, self._clock, self._say = footage, clock, say
        self._writer = ArchiveWriter([Volume.open(places.volume, places.uuid, 0)], clock, sync_interval_us=0)
        self._writer.recover()
        (self._thread,) = self._writer._threads.values()
        self._ends: dict[UUID, int] = {}  # of what is being written

    def goes_on(self) -> bool:
        """Let the volume's thread do what it was handed and what is due; whether nothing waits any more."""
        self._thread._jobs.put(lambda: None)
        self._thread.run_once()
        return self._thread.state == OK and not len(self._thread._journal)

    def record(self, camera: UUID, seconds: int, is_new_run: bool, closes: bool) -> bool:
        self.finish(camera)
        stream = self._writer.stream(StreamKey(camera, "main"))
        place = stream.place(self._clock.now_us())
        if place.limit_us is not None:
            seconds = min(seconds, (place.limit_us - place.start_us) // US_PER_SECOND)
        self._say("begins", camera, place.start_us)
        stream.begin_segment(SegmentHead(place.start_us, self._footage.init, is_new_run))
        self.goes_on()
        self._ends[camera] = place.start_us
        for fragment in self._footage.fragments(seconds):
            is_taken = stream.append(fragment)
            self._clock.passes(1)
            self.goes_on()
            is_kept = is_taken and stream.fault is None
            self._say("second", is_kept)
            if not is_kept:
                break
            self._ends[camera] += US_PER_SECOND
        return self.finish(camera) if closes else self.goes_on()

    def finish(self, camera: UUID) -> bool:
        """Close what is being written of a camera."""
        if camera in self._ends:
            stream = self._writer.stream(StreamKey(camera, "main"))
            stream.end_segment(SegmentTail(self._ends.pop(camera)))
        return self.goes_on()


class Office:
    """Sweeps, places locks, lets them go: what `vms jobs` and `vms web` do with a volume."""

    def __init__(self, places: Places, clock: ToldClock, say: Say) -> None:
        self._places, self._clock, self._say = places, clock, say
        self._volume = Volume.open(places.volume, places.uuid, 0)
        self._archive = Archive([self._volume])
        self._database = Database.at(places.database)
        sweeper.BATCH = pressure.BATCH = 2
        garbage.BATCH = 3

    def sweep(self, days: Mapping[UUID, int], reserve_bytes: int) -> str:
        volume = Volume.open(self._places.volume, self._places.uuid, reserve_bytes) if reserve_bytes else self._volume
        try:
            return sweeper.run_once(volume, _Policies(days, self._database), self._clock).outcome.value
        finally:
            if reserve_bytes:
                volume.close()

    def confirm(self, belief: Belief) -> None:
        confirm_clock(self._volume, self._clock, belief)

    def place(self, lock: Lock) -> None:
        place_lock(self._volume, lock)

    def release(self, lock_id: UUID) -> None:
        release_lock(self._volume, lock_id, self._clock.now_us())

    def order(self, owner_id: UUID, words: str, camera: UUID, span: Span) -> bool:
        """A hold as the desk places it: the wish, then the volumes; whether all have confirmed."""
        with self._database.writing() as session:
            order_locks(session, self._clock, Reason(Owner.HOLD, owner_id, words), [(camera, span)])
        return not tell(self._database, self._archive, self._clock, owner_id).pending

    def let_go(self, owner_id: UUID) -> bool:
        with self._database.writing() as session:
            release_locks(session, self._clock, owner_id)
        return not tell(self._database, self._archive, self._clock, owner_id).pending

    def tell(self) -> bool:
        return not tell(self._database, self._archive, self._clock).pending

    def rebuild(self) -> list[str]:
        return [str(problem) for problem in rebuild_index(self._volume, self._clock).problems]

    def confirm_locks(self) -> None:
        confirm_locks(self._volume)


class _Policies(NamedTuple):
    days: Mapping[UUID, int]
    database: Database

    def retention_days(self) -> Mapping[UUID, int]:
        return self.days

    def locks(self) -> Sequence[Lock]:
        with self.database.reading() as session:
            return locks_in_force(session)
