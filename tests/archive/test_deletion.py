import os
from dataclasses import replace
from uuid import UUID

import pytest

from vms.archive import locks
from vms.archive.archive import Archive
from vms.archive.check import Level, check_volume
from vms.archive.deletion import delete_expired, what_may_go
from vms.archive.garbage import finish_garbage
from vms.archive.locks import complete_copies, confirm_locks, list_locks, place_lock, release_lock
from vms.archive.model import Cause, Lock
from vms.archive.rebuild import restart_index
from vms.archive.verify import verify_volume
from vms.archive.volume import Volume, replace_files
from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000


def a_lock(camera: UUID, start_us: int, end_us: int, number: int = 1) -> Lock:
    return Lock(UUID(int=number), camera, Span(start_us, end_us), "hold", "2025/17", start_us)


@pytest.mark.proves("D-9.1a", "edge-22", "edge-23")
def test_segments_are_judged_by_their_end_to_the_microsecond(recorded, key, start_us, segment_files):
    volume, _ = recorded
    first_end_us = start_us + 3 * SECOND_US
    at_us = first_end_us + 20 * US_PER_DAY
    assert delete_expired(volume, {key.camera_id: 20}, at_us - 1).deleted == []
    result = delete_expired(volume, {key.camera_id: 20}, at_us)
    assert [deleted.span for deleted in result.deleted] == [Span(start_us, first_end_us)]
    assert result.freed_bytes >= result.deleted[0].size_bytes
    assert len(segment_files(volume)) == 4


@pytest.mark.proves("D-9.1a", "edge-21")
def test_no_caller_talks_the_floor_down(recorded, key, start_us):
    volume, end_us = recorded
    assert delete_expired(volume, {key.camera_id: 1}, end_us + 10 * US_PER_DAY).deleted == []
    assert delete_expired(volume, lambda _: -5, end_us + 19 * US_PER_DAY, reason="disk_pressure").deleted == []


@pytest.mark.proves("edge-25", "D-9.1c")
def test_disk_pressure_deletes_nothing_that_is_young(recorded, key, rows):
    volume, end_us = recorded
    result = delete_expired(volume, {key.camera_id: 20}, end_us, reason="disk_pressure")
    assert (result.deleted, result.freed_bytes) == ([], 0)
    assert rows(volume, "SELECT count(*) FROM segment") == [(5,)]


@pytest.mark.proves("edge-24")
def test_a_lower_policy_lets_go_at_the_next_run_and_logs_it(recorded, key, rows):
    volume, end_us = recorded
    at_us = end_us + 25 * US_PER_DAY
    assert delete_expired(volume, {key.camera_id: 30}, at_us).deleted == []
    assert len(delete_expired(volume, {key.camera_id: 20}, at_us).deleted) == 5
    assert rows(volume, "SELECT count(*), min(policy_days), max(reason), max(decided_us) FROM deletion") == [
        (5, 20, "retention", at_us)
    ]


def test_a_camera_nobody_configured_has_the_default(recorded):
    volume, end_us = recorded
    assert delete_expired(volume, {}, end_us + 21 * US_PER_DAY - 1, limit=9).deleted[4:] == []
    assert len(delete_expired(volume, {}, end_us + 21 * US_PER_DAY).deleted) == 1


def test_a_batch_is_bounded_and_takes_the_oldest(recorded, key, start_us):
    volume, end_us = recorded
    result = delete_expired(volume, {}, end_us + 30 * US_PER_DAY, limit=2)
    assert [deleted.sequence for deleted in result.deleted] == [0, 1]


@pytest.mark.proves("edge-72", "C-2")
def test_a_lock_keeps_every_segment_it_touches(recorded, key, start_us, rows):
    volume, end_us = recorded
    lock = a_lock(key.camera_id, start_us + 4 * SECOND_US, start_us + 7 * SECOND_US)
    place_lock(volume, lock)
    assert len(delete_expired(volume, {}, end_us + 99 * US_PER_DAY).deleted) == 3
    assert rows(volume, "SELECT sequence FROM segment ORDER BY sequence") == [(1,), (2,)]
    release_lock(volume, lock.id, end_us)
    assert list_locks(volume) == []
    assert len(delete_expired(volume, {}, end_us + 99 * US_PER_DAY).deleted) == 2


@pytest.mark.proves("edge-72", "C-2")
def test_a_lock_placed_while_a_sweep_decides_waits_and_finds_the_truth(recorded, key, start_us, rows):
    """The sweep holds the only write transaction: the lock comes wholly before it or wholly after it."""
    import threading

    volume, end_us = recorded
    began, placed = threading.Event(), threading.Event()
    lock = a_lock(key.camera_id, start_us, end_us)

    def place() -> None:
        began.set()
        place_lock(volume, lock)
        placed.set()

    thread = threading.Thread(target=place)
    seen = []

    def on_step(step: str) -> None:
        if step == "delete:rows":
            thread.start()
            assert began.wait(5)
            seen.append(placed.wait(0.1))  # it cannot be placed while the verdict stands

    deleted = delete_expired(volume, {}, end_us + 99 * US_PER_DAY, limit=3, on_step=on_step).deleted
    thread.join(10)
    assert placed.is_set()
    assert seen == [False]
    assert len(deleted) == 3
    assert delete_expired(volume, {}, end_us + 99 * US_PER_DAY).deleted == []
    assert rows(volume, "SELECT count(*) FROM segment") == [(2,)]


def test_a_lock_of_another_camera_keeps_nothing(recorded, start_us):
    volume, end_us = recorded
    place_lock(volume, a_lock(UUID(int=9), start_us, end_us))
    assert len(delete_expired(volume, {}, end_us + 99 * US_PER_DAY).deleted) == 5


def test_placing_again_is_nothing_and_another_lock_by_that_name_is_refused(recorded, key, start_us):
    volume, end_us = recorded
    lock = a_lock(key.camera_id, start_us, end_us)
    place_lock(volume, lock)
    place_lock(volume, lock)
    with pytest.raises(VmsError, match="lock_differs"):
        place_lock(volume, replace(lock, span=Span(start_us, end_us + 1)))
    with pytest.raises(VmsError, match="lock_unknown"):
        release_lock(volume, UUID(int=99), end_us)
    assert list_locks(volume) == [lock]


@pytest.mark.proves("edge-29")
def test_a_lock_that_is_refused_leaves_the_copy_of_the_one_that_counts(recorded, key, start_us, clock):
    volume, end_us = recorded
    lock = a_lock(key.camera_id, start_us, end_us)
    place_lock(volume, lock)
    with pytest.raises(VmsError, match="lock_differs"):
        place_lock(volume, replace(lock, span=Span(start_us, start_us + 1)))
    restart_index(volume, clock)
    assert list_locks(volume) == [lock]


@pytest.mark.proves("edge-29")
def test_the_copy_of_a_lock_is_there_before_the_lock_counts(monkeypatch, recorded, key, start_us):
    volume, end_us = recorded
    others = Volume.open(volume.path, volume.uuid)
    lock, counted = a_lock(key.camera_id, start_us, end_us), []

    def look(folder, contents) -> None:
        replace_files(folder, contents)
        counted.append(list_locks(others))

    monkeypatch.setattr(locks, "replace_files", look)
    place_lock(volume, lock)
    assert counted == [[]]
    assert list_locks(others) == [lock]
    others.close()


@pytest.mark.proves("edge-29")
def test_a_copy_that_the_disk_refused_is_written_later(recorded, key, start_us, clock):
    volume, end_us = recorded
    lock, free = a_lock(key.camera_id, start_us, end_us), a_lock(key.camera_id, start_us, end_us, number=2)
    folder, aside = volume.path / "locks", volume.path / "aside"
    folder.rename(aside)
    folder.touch()  # no file can be made in it
    place_lock(volume, lock)
    place_lock(volume, free)
    release_lock(volume, free.id, end_us)
    assert list_locks(volume) == [lock]
    with pytest.raises(NotADirectoryError):
        complete_copies(volume)
    folder.unlink()
    aside.rename(folder)
    assert (complete_copies(volume), complete_copies(volume)) == (1, 0)
    restart_index(volume, clock)
    assert list_locks(volume) == [lock]


@pytest.mark.proves("edge-29")
def test_after_a_lost_index_nothing_is_deleted_before_the_locks_are_confirmed(recorded, key, start_us, clock):
    volume, end_us = recorded
    lock = a_lock(key.camera_id, start_us, start_us + 1)
    place_lock(volume, lock)
    restart_index(volume, clock)
    with pytest.raises(VmsError, match="locks_unconfirmed"):
        delete_expired(volume, {}, end_us + 99 * US_PER_DAY)
    assert list_locks(volume) == [lock]
    confirm_locks(volume)
    assert len(delete_expired(volume, {}, end_us + 99 * US_PER_DAY).deleted) == 1  # the one the new index knows


def test_what_may_go_is_what_goes(recorded, key, start_us, rows):
    volume, end_us = recorded
    at_us = end_us + 21 * US_PER_DAY
    place_lock(volume, a_lock(key.camera_id, start_us, start_us + 1))
    kept = {key.camera_id: [Span(start_us + 3 * SECOND_US, start_us + 6 * SECOND_US)]}
    expected = what_may_go(volume, {}, at_us, kept)
    assert (expected.segments, expected.span) == (3, Span(start_us + 6 * SECOND_US, end_us))
    assert what_may_go(volume, {}, at_us - US_PER_DAY, {}).span is None
    place_lock(volume, a_lock(key.camera_id, start_us + 3 * SECOND_US, start_us + 6 * SECOND_US, number=2))
    deleted = delete_expired(volume, {}, at_us).deleted
    assert (len(deleted), sum(one.size_bytes for one in deleted)) == (expected.segments, expected.size_bytes)


@pytest.mark.proves("D-10.2c")
def test_deleted_time_is_explained_and_the_chain_still_proven(recorded, key, start_us):
    volume, end_us = recorded
    delete_expired(volume, {}, end_us + 99 * US_PER_DAY, limit=2)
    line = Archive([volume]).timeline(key, Span(start_us, end_us), end_us)
    assert [(gap.start_us, gap.end_us, gap.cause) for gap in line.gaps] == [
        (start_us, start_us + 6 * SECOND_US, Cause.RETENTION_EXPIRED)
    ]
    assert list(verify_volume(volume)) == []
    assert list(check_volume(volume, Level.SIZES, second_look_s=0)) == []


def test_empty_days_go_with_their_last_file(recorded, segment_files):
    volume, end_us = recorded
    day = segment_files(volume)[0].parent
    delete_expired(volume, {}, end_us + 99 * US_PER_DAY)
    assert not day.exists()


def test_garbage_never_leads_outside_the_segments(recorded):
    volume, _ = recorded
    with volume.index.write() as connection:
        paths = ["../../etc/passwd", "segments/a/../../volume.json", "volume.json", "segments/a/b/c/../x"]
        connection.executemany("INSERT INTO garbage VALUES (?)", [(path,) for path in paths])
    finish_garbage(volume)
    assert os.path.exists(volume.path / "volume.json")  # noqa: PTH110
