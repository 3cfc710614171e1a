"""Whatever happens in whatever order: no overlap, nothing young or locked deleted, files and rows agree."""

import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from vms.archive.check import Level, check_volume
from vms.archive.deletion import delete_expired
from vms.archive.locks import list_locks, place_lock, release_lock
from vms.archive.model import Lock, SegmentHead, SegmentTail, StreamKey
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.archive.volume import Volume
from vms.archive.volume_thread import VolumeThread
from vms.archive.writer import ArchiveWriter
from vms.kernel.clock import US_PER_DAY, ManualClock
from vms.kernel.span import Span

CAMERA = UUID(int=1)
HOUR_US = 3_600_000_000


class LifeCycle(RuleBasedStateMachine):
    footage = None
    disk_path = None

    @initialize()
    def begin(self):
        self.directory = Path(tempfile.mkdtemp(prefix="life-", dir=self.disk_path))
        self.clock = ManualClock()
        self.volume = Volume.create(self.directory / "volume", self.clock, 0)
        self.kept: dict[int, Span] = {}  # by sequence
        self.locks: dict[UUID, Span] = {}
        self.run_number = 0
        self._open()

    def _open(self) -> None:
        self.writer = ArchiveWriter([self.volume], self.clock)
        self.writer.recover()
        (self.thread,) = self.writer._threads.values()
        self.stream = self.writer.stream(StreamKey(CAMERA, "main"))

    def _work(self) -> None:
        """Let the volume's thread do what it was handed, on this thread."""
        self.thread._jobs.put(lambda: None)
        assert isinstance(self.thread, VolumeThread)
        while not self.thread._jobs.empty():
            self.thread._jobs.get_nowait()()
        self.thread._settle()

    @rule(fragments=st.integers(1, 3), hours=st.integers(0, 30))
    def record(self, fragments, hours):
        self.clock.advance(hours * 3600)
        place = self.stream.place(self.clock.now_us())
        start_us = place.start_us
        if place.limit_us is not None:
            fragments = min(fragments, (place.limit_us - start_us) // 1_000_000)
        self.stream.begin_segment(SegmentHead(start_us, self.footage.init, True))
        for fragment in self.footage.fragments(fragments):
            assert self.stream.append(fragment)
        end_us = start_us + fragments * 1_000_000
        self.stream.end_segment(SegmentTail(end_us))
        self._work()
        (newest,) = self._rows("SELECT max(sequence) FROM segment")[0]
        self.kept[newest] = Span(start_us, end_us)

    @rule(seconds=st.integers(-3 * 86_400, 3 * 86_400))
    def set_clock(self, seconds):
        self.clock.step_wall(seconds)

    @rule(days=st.integers(1, 15))
    def time_passes(self, days):
        self.clock.advance(days * 86_400)

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), before=st.integers(0, 5 * 24), length=st.integers(1, 10 * 24))
    def lock(self, data, before, length):
        span = data.draw(st.sampled_from(sorted(self.kept.values())))
        start_us = span.start_us - before * HOUR_US
        lock_id = UUID(int=len(self.locks) + 1000 * self.run_number)
        self.run_number += 1
        self.locks[lock_id] = Span(start_us, start_us + length * HOUR_US)
        place_lock(self.volume, Lock(lock_id, CAMERA, self.locks[lock_id], "hold", "x", 0))

    @precondition(lambda self: self.locks)
    @rule(data=st.data())
    def release(self, data):
        lock_id = data.draw(st.sampled_from(sorted(self.locks, key=str)))
        release_lock(self.volume, lock_id, self.clock.now_us())
        del self.locks[lock_id]

    @rule(days=st.integers(0, 40), limit=st.integers(1, 4))
    def sweep(self, days, limit):
        now_us = self.clock.now_us()
        result = delete_expired(self.volume, {CAMERA: days}, now_us, limit=limit)
        policy_us = max(days, MIN_RETENTION_DAYS) * US_PER_DAY
        free = [
            sequence
            for sequence, span in sorted(self.kept.items())
            if span.end_us + policy_us <= now_us and not any(lock.overlaps(span) for lock in self.locks.values())
        ]
        assert [deleted.sequence for deleted in result.deleted] == free[:limit]
        for deleted in result.deleted:
            assert deleted.span == self.kept.pop(deleted.sequence)

    @rule()
    def restart(self):
        self.thread._close()
        self._open()

    @invariant()
    def nothing_else_is_gone_and_nothing_overlaps(self):
        if not hasattr(self, "volume"):
            return
        rows = self._rows("SELECT sequence, start_us, end_us FROM segment ORDER BY start_us")
        assert {sequence: Span(start_us, end_us) for sequence, start_us, end_us in rows} == self.kept
        assert all(before[2] <= after[1] for before, after in pairwise(rows))
        assert {lock.id for lock in list_locks(self.volume)} == set(self.locks)
        assert list(check_volume(self.volume, Level.SIZES, second_look_s=0)) == []

    def teardown(self):
        if hasattr(self, "volume"):
            self.thread._close()
            self.volume.close()
            shutil.rmtree(self.directory)

    def _rows(self, sql):
        with self.volume.index.read() as connection:
            return connection.execute(sql).fetchall()


@pytest.mark.proves("D-9.1a", "C-2", "C-3", "edge-72")
def test_the_life_of_footage(footage, disk_path):
    from hypothesis.stateful import run_state_machine_as_test

    LifeCycle.footage, LifeCycle.disk_path = footage, disk_path
    run_state_machine_as_test(
        LifeCycle,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
