"""Where a gap ended that nobody closed: golden cases over real volumes, misdated footage among them."""

import pytest

from vms.archive.model import Cause
from vms.archive.recovery import recover_volume
from vms.archive.writer import ArchiveWriter
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND

SECOND_US = US_PER_SECOND
HOUR_US = 3600 * SECOND_US


@pytest.fixture
def tell(clock, footage, key, record):
    """One life of a recorder: footage at these times in this order, then perhaps a gap; it dies in good order."""

    def live(volumes, starts_us, gap_us=None) -> None:
        writer = ArchiveWriter(volumes, clock)
        writer.recover()
        writer.start()
        stream = writer.stream(key)
        for start_us in starts_us:
            record(stream, footage, start_us)
        if gap_us is not None:
            stream.open_gap(gap_us, Cause.CAMERA_OFFLINE, "timeout")
        writer.stop()

    return live


def gaps(rows, volume):
    return rows(volume, "SELECT start_us, end_us FROM gap ORDER BY start_us")


def ahead(start_us: int) -> int:
    return start_us + 2 * US_PER_DAY


@pytest.mark.proves("D-10.2c")
@pytest.mark.parametrize("recover", ["volume", "all"])
@pytest.mark.parametrize("passed_us", [HOUR_US, 3 * US_PER_DAY], ids=["before its time", "past its time"])
def test_footage_misdated_into_the_future_ends_no_gap(volume, tell, rows, clock, start_us, recover, passed_us):
    """The clock was two days ahead for one segment; then it was right, the camera went away, the recorder died."""
    gap_us = start_us + 3 * SECOND_US
    tell([volume], [ahead(start_us), start_us], gap_us)
    clock.advance(passed_us // SECOND_US)
    if recover == "volume":
        recover_volume(volume, clock.now_us())
    else:
        ArchiveWriter([volume], clock).recover()
    assert gaps(rows, volume) == [(gap_us, None)]


@pytest.mark.parametrize("passed_us", [HOUR_US, 3 * US_PER_DAY], ids=["before its time", "past its time"])
def test_the_gap_ends_where_footage_was_written_after_it(volume, tell, rows, clock, start_us, passed_us):
    gap_us, again_us = start_us + 3 * SECOND_US, start_us + passed_us - 60 * SECOND_US
    tell([volume], [ahead(start_us), start_us], gap_us)
    with volume.index.write() as connection:  # what a process killed before it told the end leaves behind
        connection.execute("DELETE FROM gap")
    clock.advance(passed_us // SECOND_US)
    tell([volume], [again_us])
    with volume.index.write() as connection:
        connection.execute("INSERT INTO gap VALUES (1, ?, NULL, 'camera_offline', 'timeout')", (gap_us,))
    recover_volume(volume, clock.now_us())
    assert gaps(rows, volume) == [(gap_us, again_us)]


def test_footage_later_than_now_ends_no_gap_even_when_it_was_written_after_it(volume, tell, rows, clock, start_us):
    gap_us = start_us + 3 * SECOND_US
    tell([volume], [start_us, ahead(start_us)])
    with volume.index.write() as connection:
        connection.execute("INSERT INTO gap VALUES (1, ?, NULL, 'network', '')", (gap_us,))
    clock.advance(3600)
    recover_volume(volume, clock.now_us())
    assert gaps(rows, volume) == [(gap_us, None)]


def test_a_gap_that_footage_follows_at_once_is_none(volume, tell, rows, clock, start_us):
    tell([volume], [start_us, start_us + 3 * SECOND_US])
    with volume.index.write() as connection:
        connection.execute("INSERT INTO gap VALUES (1, ?, NULL, 'network', '')", (start_us + 3 * SECOND_US,))
    clock.advance(3600)
    recover_volume(volume, clock.now_us())
    assert gaps(rows, volume) == []


def test_a_gap_before_all_footage_ends_where_that_begins(volume, tell, rows, clock, start_us):
    tell([volume], [start_us])
    with volume.index.write() as connection:
        connection.execute("INSERT INTO gap VALUES (1, ?, NULL, 'network', '')", (start_us - SECOND_US,))
    recover_volume(volume, clock.now_us())
    assert gaps(rows, volume) == [(start_us - SECOND_US, start_us)]


def test_each_volume_is_asked_by_its_own_numbers(make_volume, tell, rows, clock, start_us):
    """Sequences count in each volume alone: the second volume's first segment follows a gap told in the first."""
    first, second = make_volume("first"), make_volume("second")
    gap_us = start_us + 3 * SECOND_US
    tell([first], [ahead(start_us), start_us], gap_us)
    clock.advance(3600)
    tell([second], [start_us + 600 * SECOND_US])
    ArchiveWriter([first, second], clock).recover()
    assert gaps(rows, first) == [(gap_us, start_us + 600 * SECOND_US)]
