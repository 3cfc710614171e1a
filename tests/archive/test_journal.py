"""Index changes that wait, and what is said about those that cannot."""

import logging

import pytest

from vms.archive import journal as module
from vms.archive.journal import FileDropped, GapTold, Journal
from vms.archive.model import Cause, Gap


@pytest.fixture
def journal(volume, clock) -> Journal:
    return Journal(volume.index, clock)


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
