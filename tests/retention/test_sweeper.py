"""What a sweep deletes, and everything that keeps it from deleting."""

import sqlite3
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from retention.clock_memory import confirm_clock
from retention.report import Outcome
from retention.sweeper import run_once
from vms.archive.locks import confirm_locks, list_locks, place_lock, release_lock
from vms.archive.model import Lock
from vms.archive.rebuild import restart_index
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, ManualClock
from vms.kernel.span import Span


def a_lock(camera: UUID, start_us: int, end_us: int) -> Lock:
    return Lock(uuid4(), camera, Span(start_us, end_us), "hold", "letter 17", 0)


@pytest.mark.proves("D-9.1a", "edge-22")
def test_twenty_days_less_a_second_is_kept_and_a_second_more_goes(shelf, days_of, camera):
    kept_us = shelf.days_ago(20) + US_PER_SECOND
    shelf.put(shelf.days_ago(20) - US_PER_SECOND - 120_000_000)
    shelf.put(kept_us)
    report = run_once(shelf.volume, days_of({camera: 20}), shelf.clock)
    assert (report.outcome, report.deleted_segments) == (Outcome.OK, 1)
    assert shelf.ends() == [kept_us]
    assert shelf.files() == 1


@pytest.mark.proves("D-9.1a", "edge-23")
def test_a_segment_across_the_boundary_is_judged_by_its_end(shelf, days_of, camera):
    end_us = shelf.days_ago(20) + US_PER_SECOND
    shelf.put(end_us, length_us=3600 * US_PER_SECOND)
    run_once(shelf.volume, days_of({camera: 20}), shelf.clock)
    assert shelf.ends() == [end_us]
    shelf.clock.advance(1)
    run_once(shelf.volume, days_of({camera: 20}), shelf.clock)
    assert shelf.ends() == []


@pytest.mark.proves("D-9.1a", "edge-24", "C-2")
def test_a_lowered_policy_counts_at_the_next_sweep_and_every_deletion_is_logged(shelf, days_of, camera):
    for age in (32, 28, 26, 24, 19):
        shelf.put(shelf.days_ago(age))
    place_lock(shelf.volume, a_lock(camera, shelf.days_ago(26) - US_PER_SECOND, shelf.days_ago(26)))
    run_once(shelf.volume, days_of({camera: 30}), shelf.clock)
    assert shelf.ages() == [28, 26, 24, 19]
    run_once(shelf.volume, days_of({camera: 20}), shelf.clock)
    assert shelf.ages() == [26, 19]
    assert [(reason, days) for _, reason, days in shelf.log()] == [
        ("retention", 30),
        ("retention", 20),
        ("retention", 20),
    ]


@pytest.mark.proves("D-9.1a", "edge-21", "C-2")
@pytest.mark.parametrize("days", [19, 1, 0, -5])
def test_a_policy_below_the_floor_is_read_as_the_floor(shelf, days_of, camera, days):
    shelf.put(shelf.days_ago(19))
    run_once(shelf.volume, days_of({camera: days}), shelf.clock)
    assert shelf.ages() == [19]


def test_each_camera_has_its_own_days(shelf, days_of, camera, other):
    for age in (40, 25):
        shelf.put(shelf.days_ago(age), camera)
        shelf.put(shelf.days_ago(age), other)
    report = run_once(shelf.volume, days_of({camera: 20, other: 30}), shelf.clock)
    assert report.deleted_segments == 3
    assert (shelf.ages(camera), shelf.ages(other)) == ([], [25])


def test_more_than_one_batch_goes_in_one_sweep(shelf, days_of, camera, monkeypatch):
    monkeypatch.setattr("retention.sweeper.BATCH", 10)
    for minute in range(25):
        shelf.put(shelf.days_ago(22) + minute * 60_000_000)
    shelf.put(shelf.days_ago(2))
    assert run_once(shelf.volume, days_of({camera: 20}), shelf.clock).deleted_segments == 25
    assert (shelf.ages(), shelf.files()) == ([2], 1)


def test_a_sweep_that_is_told_to_stop_ends_between_batches(shelf, days_of, camera, monkeypatch):
    monkeypatch.setattr("retention.sweeper.BATCH", 10)
    for minute in range(25):
        shelf.put(shelf.days_ago(22) + minute * 60_000_000)
    asked = iter([False, True, True])
    report = run_once(shelf.volume, days_of({camera: 20}), shelf.clock, lambda: next(asked))
    assert report.deleted_segments == 10
    assert run_once(shelf.volume, days_of({camera: 20}), shelf.clock).deleted_segments == 15


@pytest.mark.proves("edge-26", "C-3", "D-9.1a")
@pytest.mark.parametrize("step_days", [30, 365, 0.01, -30])
def test_a_clock_that_jumped_stops_the_sweep_until_a_person_confirms(shelf, days_of, camera, step_days):
    shelf.put(shelf.days_ago(21.5))
    shelf.put(shelf.days_ago(1))
    policies = days_of({camera: 40})
    assert run_once(shelf.volume, policies, shelf.clock).outcome is Outcome.OK
    shelf.clock.advance(600)
    shelf.clock.step_wall(step_days * 86_400)
    for _ in range(2):
        report = run_once(shelf.volume, days_of({camera: 20}), shelf.clock)
        assert (report.outcome, report.deleted_segments) == (Outcome.CLOCK_NOT_TRUSTED, 0)
        assert "confirm-clock" in report.detail
        shelf.clock.advance(600)
    assert len(shelf.ends()) == 2
    shelf.clock.step_wall(-step_days * 86_400)
    assert run_once(shelf.volume, days_of({camera: 20}), shelf.clock).deleted_segments == 1


def test_a_confirmed_clock_is_believed(shelf, days_of, camera):
    shelf.put(shelf.days_ago(10))
    run_once(shelf.volume, days_of({camera: 20}), shelf.clock)
    shelf.clock.step_wall(11 * 86_400)
    assert run_once(shelf.volume, days_of({camera: 20}), shelf.clock).outcome is Outcome.CLOCK_NOT_TRUSTED
    confirm_clock(shelf.volume, shelf.clock)
    assert run_once(shelf.volume, days_of({camera: 20}), shelf.clock).deleted_segments == 1


@pytest.mark.proves("edge-26", "C-3")
def test_footage_in_the_future_is_confirmed_once_and_kept(shelf, days_of, camera, other):
    """Minutes of a clock that was a month ahead cost a question, not a month without deletion."""
    policies = days_of({camera: 20, other: 20})
    shelf.put(shelf.days_ago(60))
    shelf.put(shelf.days_ago(1))
    month_ahead = shelf.days_ago(-30)
    shelf.write(Span(month_ahead - 300_000_000, month_ahead))
    for _ in range(2):
        report = run_once(shelf.volume, policies, shelf.clock)
        assert (report.outcome, report.deleted_segments) == (Outcome.CLOCK_NOT_TRUSTED, 0)
        assert "30.0 days ahead" in report.detail
        shelf.clock.advance(600)
    confirm_clock(shelf.volume, shelf.clock)
    report = run_once(shelf.volume, policies, shelf.clock)
    assert (report.outcome, report.deleted_segments) == (Outcome.OK, 1)
    assert month_ahead in shelf.ends()
    shelf.clock.advance(3600)
    shelf.write(Span(shelf.days_ago(0.02), shelf.days_ago(0.01)))
    assert run_once(shelf.volume, policies, shelf.clock).outcome is Outcome.OK
    ahead_again = shelf.days_ago(-3)
    shelf.write(Span(ahead_again - 60_000_000, ahead_again), other)  # nobody was asked about this
    assert run_once(shelf.volume, policies, shelf.clock).outcome is Outcome.CLOCK_NOT_TRUSTED
    shelf.clock.reboot("boot-2")
    shelf.clock.advance(60)
    assert run_once(shelf.volume, policies, shelf.clock).outcome is Outcome.CLOCK_NOT_TRUSTED
    confirm_clock(shelf.volume, shelf.clock)
    shelf.clock.advance(49.9 * 86_400)
    run_once(shelf.volume, policies, shelf.clock)
    assert month_ahead in shelf.ends()
    shelf.clock.advance(0.2 * 86_400)
    run_once(shelf.volume, policies, shelf.clock)
    assert month_ahead not in shelf.ends()


@pytest.mark.proves("edge-26")
def test_a_month_ahead_after_a_reboot_stops_the_sweep(shelf, days_of, camera):
    shelf.put(shelf.days_ago(1))
    run_once(shelf.volume, days_of({camera: 20}), shelf.clock)
    shelf.clock.step_wall(30 * 86_400)
    shelf.clock.reboot("boot-2")
    shelf.clock.advance(60)
    shelf.put(shelf.clock.now_us())  # the recorder was quicker, and believes the same clock
    assert run_once(shelf.volume, days_of({camera: 20}), shelf.clock).outcome is Outcome.CLOCK_NOT_TRUSTED
    assert len(shelf.ends()) == 2


@pytest.mark.proves("edge-29", "D-9.1a")
def test_without_the_policies_nothing_is_deleted(shelf, days_of):
    shelf.put(shelf.days_ago(400))
    report = run_once(shelf.volume, days_of(None), shelf.clock)
    assert (report.outcome, report.deleted_segments) == (Outcome.POLICIES_UNKNOWN, 0)
    assert len(shelf.ends()) == 1


@pytest.mark.proves("edge-29")
def test_footage_of_a_camera_nobody_registered_is_kept_and_named(shelf, days_of, camera, other):
    """A new, empty database after the old one was lost must not look like `no camera has a policy`."""
    shelf.put(shelf.days_ago(400), camera)
    shelf.put(shelf.days_ago(400), other)
    report = run_once(shelf.volume, days_of({other: 20}), shelf.clock)
    assert (report.outcome, report.deleted_segments, report.unregistered) == (Outcome.OK, 1, [camera])
    assert len(shelf.ends(camera)) == 1


@pytest.mark.proves("edge-29", "C-2")
def test_after_a_lost_index_nothing_goes_before_the_locks_are_confirmed(shelf, days_of, camera):
    shelf.put(shelf.days_ago(1))
    lock = a_lock(camera, shelf.days_ago(31), shelf.days_ago(29))
    place_lock(shelf.volume, lock)
    shelf.volume.index.path.unlink()
    restart_index(shelf.volume, shelf.clock)
    for age in (60, 30):
        shelf.put(shelf.days_ago(age))
    policies = days_of({camera: 20})
    report = run_once(shelf.volume, policies, shelf.clock)
    assert (report.outcome, shelf.ages()) == (Outcome.LOCKS_NOT_TRUSTED, [60, 30])
    confirm_locks(shelf.volume)
    report = run_once(shelf.volume, policies, shelf.clock)  # what was known of the clock is gone with the index
    assert (report.outcome, shelf.ages()) == (Outcome.CLOCK_NOT_TRUSTED, [60, 30])
    confirm_clock(shelf.volume, shelf.clock)
    run_once(shelf.volume, policies, shelf.clock)
    assert shelf.ages() == [30]
    release_lock(shelf.volume, lock.id, shelf.clock.now_us())
    run_once(shelf.volume, policies, shelf.clock)
    assert shelf.ages() == []


@pytest.mark.proves("C-2", "edge-29")
def test_what_was_decided_while_the_disk_was_away_is_locked_before_anything_goes(shelf, days_of, camera):
    for age in (40, 30):
        shelf.put(shelf.days_ago(age))
    lock = a_lock(camera, shelf.days_ago(31), shelf.days_ago(29))
    report = run_once(shelf.volume, days_of({camera: 20}, [lock]), shelf.clock)
    assert (report.outcome, shelf.ages(), list_locks(shelf.volume)) == (Outcome.OK, [30], [lock])


@pytest.mark.proves("C-2")
def test_what_the_volume_let_go_but_is_to_be_kept_stops_the_sweep(shelf, days_of, camera):
    """The database is that of last night: a hold that ended today is in force again, and its lock cannot be."""
    shelf.put(shelf.days_ago(30))
    lock = a_lock(camera, shelf.days_ago(31), shelf.days_ago(29))
    place_lock(shelf.volume, lock)
    release_lock(shelf.volume, lock.id, shelf.clock.now_us())
    report = run_once(shelf.volume, days_of({camera: 20}, [lock]), shelf.clock)
    assert (report.outcome, shelf.ages()) == (Outcome.LOCKS_NOT_TRUSTED, [30])
    again = replace(lock, id=uuid4())
    report = run_once(shelf.volume, days_of({camera: 20}, [again]), shelf.clock)
    assert (report.outcome, shelf.ages(), list_locks(shelf.volume)) == (Outcome.OK, [30], [again])


@pytest.mark.proves("edge-29")
def test_a_sweep_writes_the_copies_of_locks_that_the_disk_refused(shelf, days_of, camera, refused_copies):
    """A disk that still refuses them stops no sweep: their rows keep the footage."""
    lock = a_lock(camera, shelf.days_ago(31), shelf.days_ago(29))
    for age in (40, 30):
        shelf.put(shelf.days_ago(age))
    with refused_copies(shelf.volume):
        place_lock(shelf.volume, lock)
        assert run_once(shelf.volume, days_of({camera: 20}), shelf.clock).outcome is Outcome.OK
        assert shelf.ages() == [30]
    run_once(shelf.volume, days_of({camera: 20}), shelf.clock)
    restart_index(shelf.volume, shelf.clock)
    assert list_locks(shelf.volume) == [lock]


def test_a_volume_that_is_away_is_reported_and_swept_when_it_is_back(shelf, days_of, camera, tmp_path):
    shelf.put(shelf.days_ago(30))
    shelf.volume.path.rename(tmp_path / "elsewhere")
    report = run_once(shelf.volume, days_of({camera: 20}), shelf.clock)
    assert report.outcome is Outcome.VOLUME_UNAVAILABLE
    (tmp_path / "elsewhere").rename(shelf.volume.path)
    assert run_once(shelf.volume, days_of({camera: 20}), shelf.clock).deleted_segments == 1


def test_another_disk_at_the_same_path_is_not_swept(make_shelf, days_of, camera, tmp_path):
    mine, foreign = make_shelf(tmp_path / "mine"), make_shelf(tmp_path / "foreign")
    foreign.put(foreign.days_ago(30))
    mine.volume.path.rename(tmp_path / "away")
    foreign.volume.path.rename(tmp_path / "mine")
    report = run_once(mine.volume, days_of({camera: 20}), mine.clock)
    assert report.outcome is Outcome.VOLUME_UNAVAILABLE
    assert "another volume" in report.detail
    assert sum(1 for _ in (tmp_path / "mine").rglob("*.mp4")) == 1


@pytest.mark.proves("C-2")
def test_the_index_refuses_what_the_sweeper_would_never_ask(shelf, camera):
    """The last line of defence, when a program with a bug writes to the index itself."""
    shelf.put(shelf.days_ago(19))
    connection = sqlite3.connect(shelf.volume.index.path)
    with pytest.raises(sqlite3.IntegrityError, match="segment_deleted_without_decision"):
        connection.execute("DELETE FROM segment")
    insert = "INSERT INTO deletion SELECT stream_id, sequence, start_us, end_us, 1, sha256, link, ?, 'retention', ?"
    with pytest.raises(sqlite3.IntegrityError, match="deletion_retention_below_minimum"):
        connection.execute(f"{insert} FROM segment", (shelf.clock.now_us(), 19))
    connection.execute(f"{insert} FROM segment", (shelf.clock.now_us(), 20))
    with pytest.raises(sqlite3.IntegrityError, match="segment_younger_than_minimum"):
        connection.execute("DELETE FROM segment")
    connection.close()


def test_a_sweep_is_judged_at_one_moment(shelf, days_of, camera, monkeypatch):
    """A clock that jumps between two batches must not widen what the second one takes."""
    monkeypatch.setattr("retention.sweeper.BATCH", 1)
    for age in (30, 29, 10):
        shelf.put(shelf.days_ago(age))

    class Jumping(ManualClock):
        def now_us(self) -> int:
            self.step_wall(0 if self._reads < 3 else 30 * 86_400)
            self._reads += 1
            return super().now_us()

    clock = Jumping(shelf.clock.now_us())
    clock._reads = 0
    run_once(shelf.volume, days_of({camera: 20}), clock)
    assert [round((shelf.clock.now_us() - end_us) / US_PER_DAY) for end_us in shelf.ends()] == [10]
