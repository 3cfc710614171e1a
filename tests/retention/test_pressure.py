"""What a full disk may take, and what it never may."""

import os
import subprocess
import tempfile
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention.pressure import relieve, wanted_free_bytes
from retention.report import Outcome
from retention.sweeper import run_once
from vms.archive.locks import place_lock
from vms.archive.model import Lock
from vms.kernel.clock import US_PER_DAY
from vms.kernel.span import Span

EVERYTHING = 1 << 60
MB = 1 << 20


def hold(shelf, camera: UUID, oldest_days: float, newest_days: float) -> None:
    span = Span(shelf.days_ago(oldest_days), shelf.days_ago(newest_days))
    place_lock(shelf.volume, Lock(uuid4(), camera, span, "hold", "letter", 0))


@pytest.mark.proves("D-9.1c", "edge-25", "C-2")
def test_whatever_is_wanted_only_what_is_past_the_floor_and_free_goes(shelf, camera, other):
    stranger = UUID(int=3)
    for age in (90, 40, 20.001, 19.999, 1):
        for owner in (camera, other, stranger):
            shelf.put(shelf.days_ago(age), owner)
    hold(shelf, camera, 41, 39)
    relief = relieve(shelf.volume, {camera, other}, shelf.clock.now_us(), EVERYTHING)
    assert shelf.ages(camera) == [40, 19.999, 1]
    assert shelf.ages(other) == [19.999, 1]
    assert len(shelf.ages(stranger)) == 5
    assert relief.segments == 5
    assert relief.missing_bytes > 0
    assert {(reason, days) for _, reason, days in shelf.log()} == {("disk_pressure", 20)}


@pytest.mark.proves("D-9.1c", "edge-25")
def test_a_full_disk_with_protected_footage_only_deletes_nothing(shelf, camera):
    for age in (19, 10, 0.1):
        shelf.put(shelf.days_ago(age))
    shelf.put(shelf.days_ago(50))
    hold(shelf, camera, 51, 49)
    relief = relieve(shelf.volume, {camera}, shelf.clock.now_us(), EVERYTHING)
    assert (relief.segments, shelf.files()) == (0, 4)
    assert relief.missing_bytes > 0


def test_enough_room_takes_nothing(shelf, camera):
    shelf.put(shelf.days_ago(50))
    assert relieve(shelf.volume, {camera}, shelf.clock.now_us(), 1).segments == 0


def test_the_pressure_begins_before_recording_stops():
    assert wanted_free_bytes(1000, 0) > 1000 * 1.1  # the recorder takes a full volume back at 1.1 reserves
    assert wanted_free_bytes(1000, 24_000) == 1250 + 1000
    assert wanted_free_bytes(1000, -5) == 1250


def test_a_disk_that_gives_nothing_back_is_not_emptied(shelf, camera, monkeypatch):
    """Hard links: the rows go, the bytes stay. Deleting on would lose footage for nothing."""
    monkeypatch.setattr("retention.pressure.BATCH", 2)
    monkeypatch.setattr("vms.archive.garbage._unlink", lambda volume, paths: 0)
    for minute in range(20):
        shelf.put(shelf.days_ago(30) + minute * 60_000_000)
    relief = relieve(shelf.volume, {camera}, shelf.clock.now_us(), EVERYTHING)
    assert relief.segments == 6


@pytest.mark.proves("D-9.1c")
def test_a_disk_that_cannot_be_measured_is_left_alone(shelf, days_of, camera, monkeypatch):
    shelf.put(shelf.days_ago(30))

    def unmeasurable(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fstatvfs", unmeasurable)
    report = run_once(shelf.volume, days_of({camera: 60}), shelf.clock)
    assert (report.outcome, report.is_measured, report.pressure_segments) == (Outcome.OK, False, 0)
    assert shelf.files() == 1


ages = st.floats(0.01, 60).map(lambda age: round(age, 3))


@pytest.mark.proves("D-9.1a", "D-9.1c", "edge-25", "C-2")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    segments=st.lists(st.tuples(st.integers(1, 3), ages), max_size=12, unique=True),
    holds=st.lists(st.tuples(st.integers(1, 3), ages, ages), max_size=4),
    registered=st.sets(st.integers(1, 3)),
)
def test_pressure_never_takes_what_is_protected_and_all_else(make_shelf, segments, holds, registered):
    with tempfile.TemporaryDirectory() as directory:
        shelf = make_shelf(Path(directory) / "v")
        for number, age in sorted(segments, key=lambda item: -item[1]):
            shelf.put(shelf.days_ago(age), UUID(int=number), length_us=1_000_000)
        spans = []
        for number, first, second in holds:
            start_us, end_us = sorted((shelf.days_ago(first), shelf.days_ago(second) + 1))
            place_lock(shelf.volume, Lock(uuid4(), UUID(int=number), Span(start_us, end_us), "hold", "x", 0))
            spans.append((number, start_us, end_us))
        now_us = shelf.clock.now_us()
        relieve(shelf.volume, {UUID(int=number) for number in registered}, now_us, EVERYTHING)

        def is_protected(number: int, age: float) -> bool:
            end_us = shelf.days_ago(age)
            is_held = any(
                camera == number and start < end_us and end > end_us - 1_000_000 for camera, start, end in spans
            )
            return number not in registered or is_held or end_us + 20 * US_PER_DAY > now_us

        expected = sorted((number, age) for number, age in segments if is_protected(number, age))
        assert sorted((n, age) for n in (1, 2, 3) for age in shelf.ages(UUID(int=n))) == expected
        shelf.volume.close()


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 24 MB of its own."""
    path = tmp_path / "disk"
    path.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(path)], check=True)
    yield path
    subprocess.run(["umount", "-l", str(path)], check=True)


@pytest.mark.system
@pytest.mark.proves("D-9.1c", "edge-25")
def test_on_a_real_full_disk_the_oldest_go_first_and_only_as_many_as_needed(
    small_disk, make_shelf, days_of, camera, other, monkeypatch
):
    monkeypatch.setattr("retention.pressure.BATCH", 1)
    shelf = make_shelf(small_disk / "volume", reserve_bytes=4 * MB)
    for age in (50, 45, 40, 35, 30, 25, 19, 5):
        shelf.put(shelf.days_ago(age), camera if age % 2 else other, size_bytes=2 * MB)
    hold(shelf, camera, 46, 44)
    (small_disk / "somebody else's").write_bytes(bytes(shelf.volume.free_bytes() - 2 * MB))
    report = run_once(shelf.volume, days_of({camera: 90, other: 90}), shelf.clock)
    assert shelf.ages(camera) == [45, 35, 25, 19, 5]  # 45 is held
    assert shelf.ages(other) == [30]
    assert (report.deleted_segments, report.pressure_segments, report.needs_bytes) == (0, 2, 0)
    for name, expected_needs in (("more of it", False), ("all of it", True)):
        (small_disk / name).write_bytes(bytes(shelf.volume.free_bytes() - 256 * 1024))
        report = run_once(shelf.volume, days_of({camera: 90, other: 90}), shelf.clock)
        assert shelf.ages(camera) + shelf.ages(other) == [45, 19, 5]
        assert (report.outcome, report.needs_bytes > 0) == (Outcome.OK, expected_needs)
