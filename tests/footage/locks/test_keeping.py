"""Volumes that do not confirm are told again until they have."""

import shutil

import pytest

from retention.clock_memory import confirm_clock
from retention.report import Outcome
from retention.sweeper import run_once
from vms.archive.archive import Archive
from vms.archive.locks import list_locks
from vms.archive.volume import Volume
from vms.cli.node.retention_ports import DatabasePolicies
from vms.footage.locks import keeping
from vms.footage.locks.keeping import tell, volume_names
from vms.footage.locks.model import LockOrder
from vms.footage.locks.orders import pending_volumes, release_locks
from vms.kernel.clock import US_PER_DAY


@pytest.fixture
def two(office, disk):
    """A second volume, which can be taken away and brought back."""
    volume = Volume.create(disk / "second", office.clock, 0)
    office.archive = Archive([office.shelf.volume, volume])
    yield volume
    volume.close()


def away(volume):
    volume.detach()
    shutil.move(volume.path, volume.path.with_name("gone"))


def back(volume):
    shutil.move(volume.path.with_name("gone"), volume.path)
    volume.attach()


def pending(office, request):
    with office.database.reading() as session:
        return pending_volumes(session, request.id, [one.uuid for one in office.archive.volumes])


@pytest.mark.proves("D-10.1c")
def test_a_volume_that_is_away_is_named_and_told_when_it_is_back(office, two):
    away(two)
    request = office.register()
    assert list(office.told.pending) == [two.uuid] == pending(office, request)
    assert volume_names(office.archive, office.told.pending) == ["second"]
    assert len(list_locks(office.shelf.volume)) == 1
    assert office.tell().pending == [two.uuid]
    back(two)
    assert (office.tell().placed, pending(office, request)) == (1, [])
    assert [lock.reference for lock in list_locks(two)] == [f"Görüntü talebi {request.number}"]
    assert office.tell().placed == 0


def test_what_waits_for_a_disk_that_is_away_stands_before_nobody_elses_orders(office, two, disk, monkeypatch):
    monkeypatch.setattr(keeping, "BATCH", 1)
    away(two)
    for _ in range(5):
        office.register()
    third = Volume.create(disk / "third", office.clock, 0)
    office.archive = Archive([office.shelf.volume, two, third])
    request = office.register()
    for _ in range(3):
        office.tell()
    assert pending(office, request) == [two.uuid]
    assert len(list_locks(third)) == 6
    third.close()


def test_copies_of_locks_that_are_there_are_not_written_again(office, two):
    away(two)
    office.register()
    (copy,) = (office.shelf.volume.path / "locks").glob("*.json")
    before = copy.stat().st_ino
    office.tell()
    assert copy.stat().st_ino == before
    copy.unlink()
    office.tell()
    assert copy.exists()


def test_a_hold_keeps_what_may_lie_on_a_volume_that_is_away(office, two):
    office.film(days=1)
    away(two)
    hold = office.hold("gate lobby")
    assert list(office.told.pending) == [two.uuid]
    back(two)
    office.tell()
    assert {lock.camera_id for lock in list_locks(two)} == {office.camera("gate"), office.camera("lobby")}
    assert office.fresh(hold).state == "open"


def test_a_volume_taken_into_use_later_is_told_too(office, disk):
    request = office.register()
    volume = Volume.create(disk / "new", office.clock, 0)
    office.archive = Archive([office.shelf.volume, volume])
    assert pending(office, request) == [volume.uuid]
    office.tell()
    assert len(list_locks(volume)) == 1
    volume.close()


@pytest.mark.proves("D-10.1c", "C-2")
def test_a_sweep_that_finds_the_disk_first_keeps_what_was_ordered_meanwhile(office, two):
    """The jobs were away as well: nobody told the volume before its footage came of age."""
    away(two)
    request = office.register()
    back(two)
    assert list_locks(two) == []
    office.clock.advance(21 * US_PER_DAY)
    confirm_clock(two, office.clock)
    report = run_once(two, DatabasePolicies(office.database, 21), office.clock)
    assert report.outcome is Outcome.OK
    assert [lock.reference for lock in list_locks(two)] == [f"Görüntü talebi {request.number}"]
    assert (office.tell().placed, pending(office, request)) == (1, [])
    assert len(list_locks(two)) == 1


def test_what_may_go_is_told_again_too(office, two):
    request = office.register()
    away(two)
    office.take_back(request)
    assert office.tell().pending == [two.uuid]
    assert list_locks(office.shelf.volume) == []
    back(two)
    assert len(list_locks(two)) == 1
    assert office.tell().released == 1
    assert list_locks(two) == []
    assert office.tell().released == 0


def test_an_answer_that_was_lost_keeps_footage_and_is_asked_for_again(office):
    """The process dies between the volume's lock and the note of it."""
    from vms.footage.requests.service import register

    letter = office.letter()
    request = office.act(register, letter, office.new())
    with office.database.reading() as session:
        (order,) = session.query(LockOrder)
    office.archive.place_locks([order.lock])
    assert office.tell().placed == 1
    assert len(list_locks(office.shelf.volume)) == 1
    office.take_back(request)
    office.archive.release_lock(order.id, office.clock.now_us())
    assert office.tell().released == 1
    assert office.tell().released == 0


def test_a_lock_that_is_told_after_its_release_stays_let_go(office):
    """Two processes tell at once: one with a list of before the release."""
    request = office.register()
    with office.database.reading() as session:
        (order,) = session.query(LockOrder)
    office.take_back(request)
    office.tell()
    from vms.footage.locks.keeping import _place

    _place(office.database, office.archive, office.clock, [order], [office.shelf.volume.uuid])
    assert (office.tell().placed, office.tell().released) == (0, 0)
    assert list_locks(office.shelf.volume) == []


def test_without_a_volume_the_wish_waits_for_the_first_one(office):
    office.archive, kept = Archive([]), office.archive
    request = office.register()
    assert (office.told.placed, list(office.told.pending)) == (0, [])
    office.archive = kept
    assert office.tell().placed == 1
    assert pending(office, request) == []


def test_releasing_twice_is_once(office):
    request = office.register("gate lobby")
    with office.database.writing() as session:
        assert release_locks(session, office.clock, request.id) == 2
        assert release_locks(session, office.clock, request.id) == 0


def test_one_owner_is_told_without_the_others(office):
    from vms.footage.requests.service import register

    letter = office.letter()
    first = office.act(register, letter, office.new())
    second = office.act(register, letter, office.new())
    assert tell(office.database, office.archive, office.clock, first.id).placed == 1
    assert pending(office, first) == []
    assert pending(office, second) != []
