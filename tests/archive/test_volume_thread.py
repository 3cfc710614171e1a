"""The thread of a volume, step by step, on a real volume."""

import errno
from collections import deque

import pytest

from vms.archive import volume_thread
from vms.archive.hand_over import SegmentHandle, StreamReport
from vms.archive.journal import GapTold
from vms.archive.model import Cause, Gap, SegmentHead
from vms.archive.segment_file import SegmentFile
from vms.archive.steps import no_step
from vms.archive.volume import Volume
from vms.archive.volume_thread import PROBE_INTERVAL_US, VolumeThread
from vms.kernel.clock import US_PER_SECOND

SYNC_US = 50_000
MORE_THAN_ANY_DISK_BYTES = 1 << 60


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(volume_thread, "TICK_S", 0.001)


@pytest.fixture
def make_thread(clock):
    def make(volume, held_gaps=None) -> VolumeThread:
        thread = VolumeThread(volume, clock, SYNC_US, deque() if held_gaps is None else held_gaps, no_step)
        thread.recover()
        return thread

    return make


@pytest.fixture
def thread(volume, make_thread) -> VolumeThread:
    return make_thread(volume)


@pytest.fixture
def make_handle(key, footage, start_us):
    return lambda: SegmentHandle(key, SegmentHead(start_us, footage.init, True), StreamReport(), starts_run=True)


class Contested(deque):
    """A queue whose last entry another thread takes between the look and the grasp."""

    def __len__(self) -> int:
        return 1


def test_a_gap_another_volume_took_fails_no_disk(volume, make_thread):
    thread = make_thread(volume, Contested())
    assert thread.run_once()
    assert thread.state == "ok"


@pytest.mark.parametrize("error", [OSError(errno.EIO, "broken"), RuntimeError("unforeseen")])
def test_a_segment_on_a_disk_that_cannot_be_measured_fails(monkeypatch, thread, make_handle, error):
    def fails(_volume):
        raise error

    monkeypatch.setattr(Volume, "free_bytes", fails)
    handle = make_handle()
    thread.begin(handle)
    if isinstance(error, OSError):
        assert thread.run_once()
        assert thread.state == "volume_failed"
    else:
        with pytest.raises(RuntimeError):  # the outermost loop takes it
            thread.run_once()
    assert handle.is_failed
    assert handle.report.fault == "volume_failed"


def test_a_full_volume_is_only_asked_for_room(monkeypatch, thread, volume, make_handle, clock):
    recoveries = []
    monkeypatch.setattr(volume_thread, "recover_volume", recoveries.append)
    volume._reserve_bytes = MORE_THAN_ANY_DISK_BYTES
    handle = make_handle()
    thread.begin(handle)
    assert thread.run_once()
    assert (thread.state, handle.report.fault) == ("volume_full", "volume_full")
    for _ in range(3):
        clock.advance(PROBE_INTERVAL_US / US_PER_SECOND)
        assert thread.run_once()
    assert thread.state == "volume_full"
    volume._reserve_bytes = 0
    clock.advance(PROBE_INTERVAL_US / US_PER_SECOND)
    assert thread.run_once()
    assert (thread.state, recoveries) == ("ok", [])


def test_behind_a_disk_that_hangs_nothing_piles_up(monkeypatch, volume, make_thread, make_handle, key, rows):
    monkeypatch.setattr(volume_thread, "MAX_WAITING_JOBS", 3)
    held: deque[GapTold] = deque()
    thread = make_thread(volume, held)
    taken, refused = [make_handle() for _ in range(3)], make_handle()
    for handle in [*taken, refused]:
        thread.begin(handle)
    assert [handle.is_failed for handle in [*taken, refused]] == [False, False, False, True]
    thread.tell_gap(key, Gap(1, None, Cause.DISK_FAILURE))
    assert len(held) == 1
    thread.begin(refused)
    assert thread.run_once()
    thread.tell_gap(key, Gap(1, 2, Cause.DISK_FAILURE))
    assert thread.run_once()
    assert rows(volume, "SELECT start_us, end_us FROM gap") == [(1, 2)]


def test_bytes_that_could_not_be_synced_are_not_called_durable(
    monkeypatch, thread, volume, make_handle, footage, rows, start_us, clock
):
    handle = make_handle()
    thread.begin(handle)
    thread.append(handle, footage.fragment(0))
    clock.advance(SYNC_US / US_PER_SECOND)
    assert thread.run_once()
    assert thread.run_once()
    durable_us = handle.report.durable_until_us

    def fails(_file):
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(SegmentFile, "sync", fails)
    thread.append(handle, footage.fragment(1))
    clock.advance(SYNC_US / US_PER_SECOND)
    assert thread.run_once()
    assert handle.is_failed
    volume.attach()
    thread._journal.commit()
    assert durable_us is not None
    assert rows(volume, "SELECT end_us FROM open_file") == [(durable_us,)]
