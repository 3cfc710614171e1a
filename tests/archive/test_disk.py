"""Real disks that fill, vanish and are exchanged: small file systems mounted for the test."""

import os
import resource
import subprocess
import threading
from itertools import pairwise
from uuid import uuid4

import pytest

from vms.archive import volume_thread
from vms.archive.archive import Archive
from vms.archive.check import Level, check_volume
from vms.archive.known_volumes import KnownVolumes
from vms.archive.locks import list_locks, place_lock
from vms.archive.model import Cause, Lock, SegmentHead, SegmentTail, StreamKey
from vms.archive.volume import Volume
from vms.kernel.span import Span

pytestmark = [pytest.mark.system, pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")]

SECOND_US = 1_000_000


@pytest.fixture(autouse=True)
def quick_probes(monkeypatch):
    monkeypatch.setattr(volume_thread, "PROBE_INTERVAL_US", 50_000)
    monkeypatch.setattr(volume_thread, "TICK_S", 0.02)


@pytest.fixture
def mount():
    mounted = []

    def mount_at(path, *arguments: str):
        path.mkdir(exist_ok=True)
        subprocess.run(["mount", *arguments, path], check=True, timeout=10)
        mounted.append(path)
        return path

    yield mount_at
    for path in reversed(mounted):
        subprocess.run(["umount", "-l", path], check=False, timeout=10, capture_output=True)


@pytest.fixture
def small_disk(mount, tmp_path):
    return lambda name, size: mount(tmp_path / name, "-t", "tmpfs", "-o", f"size={size}", "tmpfs")


def unmount(path) -> None:
    subprocess.run(["umount", "-l", path], check=True, timeout=10)


def fill(path, keep_free_bytes: int):
    """Leave only so much."""
    state = os.statvfs(path)
    filler = path / "filler"
    filler.write_bytes(bytes(max(state.f_bavail * state.f_frsize - keep_free_bytes, 0)))
    return filler


class Recording:
    """What a recorder does: pictures go on, whatever the disks say; a fault begins a new segment at a key frame."""

    def __init__(self, stream, footage, start_us: int) -> None:
        self.stream, self._footage, self.at_us = stream, footage, start_us
        self._begun_us = None
        self._index = 0

    def second(self) -> bool:
        """One more second of footage; whether it was taken."""
        if self._begun_us is None:
            self.stream.close_gap(self.at_us)
            self._begun_us, self._index = self.at_us, 0
            self.stream.begin_segment(SegmentHead(self.at_us, self._footage.init, True))
        taken = self.stream.append(self._footage.fragment(self._index))
        self._index += 1
        self.at_us += SECOND_US
        if not taken:
            self.end()
            self.stream.open_gap(self.at_us - SECOND_US, Cause.DISK_FAILURE, self.stream.fault or "")
        return taken

    def end(self) -> None:
        self.stream.end_segment(SegmentTail(self.at_us))
        self._begun_us = None


def until(condition, recording, what: str) -> None:
    """Record on in real steps of a few milliseconds until something happens."""
    tick = threading.Event()
    for _ in range(2000):
        if condition():
            return
        recording.second()
        tick.wait(0.005)
    raise AssertionError(f"waited too long until {what}")


def sound(*volumes: Volume) -> None:
    for volume in volumes:
        assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []


def spans(*volumes: Volume):
    found = []
    for volume in volumes:
        with volume.index.read() as connection:
            found += connection.execute("SELECT start_us, end_us FROM segment").fetchall()
    return sorted(found)


@pytest.mark.proves("D-9.1c", "D-10.2c")
def test_a_full_disk_is_cut_at_a_border_and_another_takes_over(
    small_disk, clock, make_writer, footage, key: StreamKey, start_us
):
    one = Volume.create(small_disk("one", "40m"), clock, 0)
    two = Volume.create(small_disk("two", "30m"), clock, 0)
    filler = fill(one.path, 1_200_000)
    shrunk = fill(two.path, 1_100_000)  # so that the stream begins on the first
    writer = make_writer(one, two)
    stream = writer.stream(key)
    recording = Recording(stream, footage, start_us)
    assert recording.second()
    shrunk.unlink()
    until(lambda: stream.fault == "volume_full", recording, "the first is full")
    assert writer.volume_states()[str(one.uuid)] == "volume_full"
    until(lambda: stream.fault is None, recording, "the second takes over")
    for _ in range(3):
        assert recording.second()
    recording.end()
    filler.unlink()
    until(lambda: writer.volume_states()[str(one.uuid)] == "ok", recording, "the first is back by itself")
    recording.end()
    writer.stop()
    sound(one, two)
    found = spans(one, two)
    assert len(spans(one)) == 1
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    line = Archive([one, two]).timeline(key, Span(start_us, recording.at_us), recording.at_us)
    assert {gap.cause for gap in line.gaps} == {Cause.DISK_FAILURE}
    one.close()
    two.close()


@pytest.mark.proves("edge-25", "D-9.1c")
def test_below_the_reserve_nothing_new_begins_and_nothing_old_goes(
    small_disk, clock, make_writer, footage, key, record, start_us, wait_until, rows
):
    volume = Volume.create(small_disk("only", "40m"), clock, 8_000_000)
    writer = make_writer(volume)
    stream = writer.stream(key)
    end_us = record(stream, footage)
    wait_until(lambda: rows(volume, "SELECT count(*) FROM segment") == [(1,)])
    filler = fill(volume.path, 6_000_000)
    stream.begin_segment(SegmentHead(end_us, footage.init, True))
    wait_until(lambda: stream.fault == "volume_full", "the reserve is left alone")
    assert not stream.append(footage.fragment(0))
    stream.open_gap(end_us, Cause.DISK_FAILURE, "volume_full")
    assert stream.last_end_us == end_us
    assert rows(volume, "SELECT count(*) FROM segment") == [(1,)]
    filler.unlink()
    wait_until(lambda: writer.volume_states()[str(volume.uuid)] == "ok", "it is back")
    stream.close_gap(end_us + SECOND_US)
    record(stream, footage, end_us + SECOND_US)
    writer.stop()
    assert stream.fault is None
    line = Archive([volume]).timeline(key, Span(start_us, end_us + 4 * SECOND_US), end_us + 4 * SECOND_US)
    assert [(gap.start_us, gap.end_us, gap.cause) for gap in line.gaps] == [
        (end_us, end_us + SECOND_US, Cause.DISK_FAILURE)
    ]
    volume.close()


@pytest.fixture
def disk(mount, tmp_path, clock):
    """A volume on a disk that can be taken out and put in again."""
    inside = tmp_path / "inside"
    inside.mkdir()
    path = tmp_path / "mnt"

    def put_in(other=None, *options: str):
        return mount(path, "--bind", *options, other or inside)

    put_in()
    volume = Volume.create(path, clock, 0)
    yield volume, put_in, path
    volume.close()


def test_a_disk_that_is_unmounted_is_missed_not_replaced(disk, make_writer, footage, key, start_us):
    volume, put_in, path = disk
    writer = make_writer(volume)
    recording = Recording(writer.stream(key), footage, start_us)
    assert recording.second()
    unmount(path)
    until(lambda: recording.stream.fault == "volume_missing", recording, "it is missed")
    for _ in range(20):
        recording.second()
    assert list(path.iterdir()) == []
    put_in()
    until(lambda: recording.stream.fault is None, recording, "it is back by itself")
    recording.end()
    writer.stop()
    sound(volume)
    line = Archive([volume]).timeline(key, Span(start_us, recording.at_us), recording.at_us)
    assert {gap.cause for gap in line.gaps} == {Cause.DISK_FAILURE}


def test_another_disk_in_its_place_is_refused(disk, make_writer, footage, key, start_us, tmp_path, clock):
    volume, put_in, path = disk
    other = Volume.create(tmp_path / "other", clock, 0)
    other.close()
    before = sorted(other.path.rglob("*"))
    writer = make_writer(volume)
    recording = Recording(writer.stream(key), footage, start_us)
    assert recording.second()
    unmount(path)
    put_in(other.path)
    state = lambda: writer.volume_states()[str(volume.uuid)]  # noqa: E731
    until(lambda: state() == "wrong_volume", recording, "it is refused")
    for _ in range(20):
        recording.second()
    assert sorted(other.path.rglob("*")) == before
    unmount(path)
    put_in()
    until(lambda: state() == "ok" and recording.stream.fault is None, recording, "it is back by itself")
    recording.end()
    writer.stop()
    sound(volume)


def test_gaps_told_while_the_disk_is_away_are_written_when_it_is_back(
    disk, make_writer, key, rows, start_us, wait_until
):
    volume, put_in, path = disk
    writer = make_writer(volume)
    stream = writer.stream(key)
    unmount(path)
    wait_until(lambda: writer.volume_states()[str(volume.uuid)] == "volume_missing")
    stream.open_gap(start_us, Cause.NETWORK, "timeout")
    stream.close_gap(start_us + 7)
    put_in()
    wait_until(lambda: writer.volume_states()[str(volume.uuid)] == "ok")
    wait_until(lambda: rows(volume, "SELECT start_us, end_us FROM gap") == [(start_us, start_us + 7)])


def test_a_read_only_disk_is_read_not_written(
    recorded, mount, tmp_path, make_writer, footage, key, start_us, wait_until
):
    volume, end_us = recorded
    volume.close()
    path = mount(tmp_path / "ro", "--bind", os.fspath(volume.path))
    subprocess.run(["mount", "-o", "remount,bind,ro", path], check=True, timeout=10)
    away = Volume.open(path, volume.uuid, 0)
    line = Archive([away]).timeline(key, Span(start_us, end_us), end_us)
    assert line.recordings == [Span(start_us, end_us)]
    writer = make_writer(away)
    stream = writer.stream(key)
    assert writer.volume_states() == {str(volume.uuid): "volume_read_only"}
    assert list_locks(away) == []  # this thread has opened the index now, for reading only
    stream.begin_segment(SegmentHead(end_us, footage.init, True))
    assert stream.fault == "volume_read_only"
    subprocess.run(["mount", "-o", "remount,bind,rw", path], check=True, timeout=10)
    wait_until(lambda: writer.volume_states() == {str(volume.uuid): "ok"}, "it is back by itself")
    assert stream.last_end_us == end_us
    writer.stop()
    other = Volume.open(path, volume.uuid, 0)
    locks = [Lock(uuid4(), key.camera_id, Span(start_us + at, end_us), "hold", "R-1", 0) for at in (0, 1)]
    place_lock(other, locks[0])
    assert list_locks(away) == locks[:1]  # what others write is seen again, and written here as well
    place_lock(away, locks[1])
    assert list_locks(other) == locks
    for one in (away, other):
        one.close()


def test_a_disk_that_is_away_at_the_start_joins_later(
    mount, tmp_path, clock, make_writer, key, footage, record, wait_until
):
    (tmp_path / "inside").mkdir()
    path = mount(tmp_path / "late", "--bind", os.fspath(tmp_path / "inside"))
    memory = tmp_path / "data" / "volumes.json"
    KnownVolumes(memory).open(path, clock, 0).close()
    unmount(path)
    late = KnownVolumes(memory).open_or_wait(path, clock, 0)
    writer = make_writer(late)
    assert set(writer.volume_states().values()) == {"volume_missing"}
    mount(path, "--bind", os.fspath(tmp_path / "inside"))
    wait_until(lambda: set(writer.volume_states().values()) == {"ok"})
    record(writer.stream(key), footage)
    writer.stop()
    sound(late)
    late.close()


def test_an_error_of_the_disk_cuts_at_a_border_and_heals(disk_path, clock, make_writer, footage, key, start_us):
    """The kernel refuses every byte beyond a limit (EFBIG), as a broken disk would with EIO: in the midst of a file."""
    volume = Volume.create(disk_path / "volume", clock, 0)
    writer = make_writer(volume)
    recording = Recording(writer.stream(key), footage, start_us)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, hard))
    try:
        until(lambda: recording.stream.fault == "volume_failed", recording, "the disk fails")
        until(lambda: recording.stream.fault is None, recording, "it heals")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert recording.second()
    recording.end()
    writer.stop()
    sound(volume)
    found = spans(volume)
    assert len(found) >= 2
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    line = Archive([volume]).timeline(key, Span(start_us, recording.at_us), recording.at_us)
    assert {gap.cause for gap in line.gaps} <= {Cause.DISK_FAILURE}
    volume.close()
