"""Volumes with as much past as a test needs: real files, real rows."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

import pytest

from retention import clock_memory
from retention.clock_memory import confirm_clock
from retention.misdated import seen_now
from vms.archive import chain
from vms.archive.closed_segment import ClosedSegment
from vms.archive.model import Lock, SegmentTail, StreamKey
from vms.archive.rows import find_stream, insert_segment
from vms.archive.segment_boxes import FileHead, pack_head
from vms.archive.segment_name import segment_path
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY, ManualClock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.media.fragment import InitSegment

CAMERA = UUID("01980000-0000-7000-8000-000000000001")
OTHER = UUID("01980000-0000-7000-8000-000000000002")
MINUTE_US = 60_000_000
INIT = InitSegment(b"\0\0\0\x08ftyp\0\0\0\x08moov", "avc1.64001f", 160, 120)


class Shelf:
    """One volume and the means to fill it with segments of any age."""

    def __init__(self, volume: Volume, clock: ManualClock) -> None:
        self.volume = volume
        self.clock = clock
        self._next: dict[StreamKey, int] = {}

    def put(self, end_us: int, camera: UUID = CAMERA, *, length_us: int = MINUTE_US, size_bytes: int = 5000) -> int:
        """A segment that ends at `end_us`, as if it had been there when the clock was believed; its sequence."""
        sequence = self.write(Span(end_us - length_us, end_us), camera, size_bytes=size_bytes)
        remembered = clock_memory._load(self.volume)
        with self.volume.index.read() as connection:
            seen = seen_now(connection)
        if remembered is not None:
            clock_memory._store(self.volume, remembered.memory, seen)
        return sequence

    def write(
        self, span: Span, camera: UUID = CAMERA, *, run: int = 0, boot_id: str = "boot", boottime_us: int = 0,
        size_bytes: int = 5000,
    ) -> int:  # fmt: skip
        """A segment that is new to the sweeper; returns its sequence."""
        key, end_us = StreamKey(camera, "main"), span.end_us
        sequence = self._next.get(key, 0)
        self._next[key] = sequence + 1
        head = FileHead(
            key, sequence, run, span.start_us, chain.FIRST, hashlib.sha256(INIT.data).digest(),
            INIT.codec, INIT.width, INIT.height, 0, 0, boot_id, boottime_us,
        )  # fmt: skip
        path = self.volume.path / segment_path(key, head.start_us, sequence)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = INIT.data + pack_head(head)
        content += bytes(size_bytes - len(content))
        path.write_bytes(content)
        segment = ClosedSegment(
            head, SegmentTail(end_us), INIT, len(content), 90, 1, hashlib.sha256(content).digest(), b""
        )
        with self.volume.index.write() as connection:
            insert_segment(connection, segment)
        return sequence

    def days_ago(self, days: float) -> int:
        return self.clock.now_us() - round(days * US_PER_DAY)

    def ends(self, camera: UUID = CAMERA) -> list[int]:
        """Ends of the segments that are left, oldest first."""
        with self.volume.index.read() as connection:
            number = find_stream(connection, StreamKey(camera, "main"))
            rows = connection.execute("SELECT end_us FROM segment WHERE stream_id = ? ORDER BY 1", (number,))
            return [end_us for (end_us,) in rows]

    def ages(self, camera: UUID = CAMERA) -> list[float]:
        """The same in days, rounded to a minute."""
        return [round((self.clock.now_us() - end_us) / US_PER_DAY, 3) for end_us in self.ends(camera)]

    def files(self) -> int:
        return sum(1 for path in self.volume.path.rglob("*.mp4"))

    def log(self) -> list[tuple[int, str, int]]:
        """The deletion log: end, reason, policy."""
        with self.volume.index.read() as connection:
            return connection.execute("SELECT end_us, reason, policy_days FROM deletion ORDER BY end_us").fetchall()


class Days:
    """Policies as people set them; `None`: nobody can say."""

    def __init__(self, days: dict[UUID, int] | None, locks: Sequence[Lock] = ()) -> None:
        self.days = days
        self.decided = locks

    def retention_days(self) -> dict[UUID, int]:
        if self.days is None:
            raise VmsError(Kind.UNAVAILABLE, "database_unavailable", "The control database is away.")
        return self.days

    def locks(self) -> Sequence[Lock]:
        return self.decided


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def make_shelf(tmp_path, clock):
    made = []

    def make(path=None, reserve_bytes: int = 0) -> Shelf:
        volume = Volume.create(path or tmp_path / f"volume{len(made)}", clock, reserve_bytes)
        made.append(volume)
        confirm_clock(volume, clock)  # it was swept before: the machine is not new to it
        return Shelf(volume, clock)

    yield make
    for volume in made:
        volume.close()


@pytest.fixture
def shelf(make_shelf):
    return make_shelf()


@contextmanager
def _refused_copies(volume: Volume) -> Iterator[None]:
    folder, aside = volume.path / "locks", volume.path / "locks-aside"
    folder.rename(aside)
    folder.touch()
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


@pytest.fixture
def refused_copies():
    """Within it the disk takes no copy of a lock: a file lies where their folder was."""
    return _refused_copies


@pytest.fixture
def days_of():
    return Days


@pytest.fixture
def camera():
    return CAMERA


@pytest.fixture
def other():
    return OTHER
