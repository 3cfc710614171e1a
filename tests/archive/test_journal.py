"""Index changes that wait, and what is said about those that cannot."""

import logging

import pytest

from vms.archive import journal as module
from vms.archive.journal import FileDropped, FileDurable, GapTold, Journal
from vms.archive.model import Cause, Gap
from vms.archive.rows import need_stream
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import Kind, VmsError


@pytest.fixture
def recoveries() -> list[int]:
    """How many changes waited at each recovery the journal asked for."""
    return []


@pytest.fixture
def journal(volume, clock, recoveries) -> Journal:
    made = Journal(volume, volume.index, clock, lambda: recoveries.append(len(made)))
    return made


def test_beyond_the_bound_changes_are_counted_not_named_one_by_one(monkeypatch, journal, key, caplog, rows, volume):
    monkeypatch.setattr(module, "MAX_WAITING", 2)
    caplog.set_level(logging.ERROR, module.__name__)
    for number in range(101):
        journal.add(FileDropped(key, number))
        journal.add(GapTold(key, Gap(number, None, Cause.NETWORK)))
    assert len(journal) == 2
    assert len(caplog.records) == 2 * 3  # the first, the tenth, the hundredth of each kind
    journal.commit()
    assert rows(volume, "SELECT start_us FROM gap") == [(0,)]
    caplog.clear()
    journal.caught_up()
    for number in range(3):
        journal.add(FileDropped(key, number))
    assert len(caplog.records) == 1  # a new trouble is said anew


def test_refused_changes_are_said_once_and_hold_up_no_others(journal, key, caplog, rows, volume):
    caplog.set_level(logging.ERROR, module.__name__)
    for number in range(5):
        journal.add(GapTold(key, Gap(number, None, Cause.NETWORK, None)))
    journal.add(GapTold(key, Gap(9, None, Cause.NETWORK)))
    journal.commit()
    refused = [record for record in caplog.records if "refused" in record.getMessage()]
    assert rows(volume, "SELECT start_us FROM gap") == [(9,)]
    assert len(refused) == 1


def test_of_each_file_only_the_newest_word_of_durability_waits(volume, journal, key, rows):
    """While the index is locked each open file says every few seconds how far it got."""
    with volume.index.write() as connection:
        number = need_stream(connection, key)
        for sequence in range(3):
            connection.execute("INSERT INTO open_file VALUES (?, ?, 0, 0)", (number, sequence))
    for second in range(1000):
        for sequence in range(3):
            journal.add(FileDurable(key, sequence, second))
    assert len(journal) == 3
    journal.add(FileDropped(key, 1))
    assert len(journal) == 3
    journal.commit()
    assert rows(volume, "SELECT sequence, end_us FROM open_file ORDER BY sequence") == [(0, 999), (2, 999)]
    assert len(journal) == 0


def test_once_a_change_of_a_file_was_dropped_no_newer_one_is_taken_before_recovery(
    monkeypatch, journal, key, recoveries
):
    """Recovery looks only above what is indexed: a newer row would hide the dropped file for ever."""
    monkeypatch.setattr(module, "MAX_WAITING", 2)
    for number in range(3):
        journal.add(FileDropped(key, number))
    journal.commit()  # there is room again
    journal.add(FileDropped(key, 3))
    assert (len(journal), recoveries) == (0, [])
    assert journal.flush()
    assert recoveries == [0]
    journal.add(FileDropped(key, 4))
    assert len(journal) == 1
    assert journal.flush()
    assert recoveries == [0]


def test_a_recovery_that_fails_is_tried_again(monkeypatch, volume, clock, key):
    monkeypatch.setattr(module, "MAX_WAITING", 0)
    tries = []

    def recover() -> None:
        tries.append(clock.boottime_us())
        if len(tries) == 1:
            raise VmsError(Kind.UNAVAILABLE, "index_locked", "Another process holds the index. Try again.")

    journal = Journal(volume, volume.index, clock, recover)
    journal.add(FileDropped(key, 0))
    assert not journal.flush()
    assert not journal.flush()  # not yet: cameras would wait for it at every fragment
    assert (len(tries), journal.error_code) == (1, "index_locked")
    clock.advance(module.RETRY_US / US_PER_SECOND)
    assert journal.flush()
    assert (len(tries), journal.error_code) == (2, "")
