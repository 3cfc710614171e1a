"""A hold is looked at again once its locks are there, by whoever placed it or by the job."""

import shutil

import pytest
from conftest_of_footage import shelves

from vms.archive.archive import Archive
from vms.archive.deletion import delete_expired
from vms.archive.volume import Volume
from vms.footage.availability import look
from vms.footage.case_events import events_of
from vms.footage.holds.asks import NewAsk, answer_with_hold, ask_for_hold
from vms.footage.holds.model import Basis, HoldState
from vms.footage.holds.service import NewHold, place
from vms.footage.queries import hold_items_of, waiting_asks, wanted_of
from vms.footage.upkeep import run_once
from vms.kernel.span import Span

HOUR_US = 3600 * 1_000_000


@pytest.fixture
def second(office, disk):
    volume = Volume.create(disk / "second", office.clock, 0)
    office.archive = Archive([office.shelf.volume, volume])
    yield volume
    volume.close()


def away(volume):
    volume.detach()
    shutil.move(volume.path, volume.path.with_name("gone"))


def back(volume):
    shutil.move(volume.path.with_name("gone"), volume.path)


def sweep(office):
    office.clock.advance(30 * 86_400)
    while delete_expired(office.shelf.volume, {office.camera(): 20}, office.clock.now_us()).deleted:
        pass


def upkeep(office):
    return run_once(office.database, office.archive, office.clock, is_clock_believed=True, by=office.by("clerk"))


def killed_after_writing(office, span, ask=None):
    """What is in the database when the process dies before it tells a volume."""
    with office.database.reading() as session:
        wanted = wanted_of(session, [office.town.cameras["gate"]], [span])
    found = look(office.archive, wanted, office.clock.now_us())
    new = NewHold(
        basis=Basis.PRE_INVESTIGATION, reason="Kavga", incident="Kavga", cameras=[office.camera()],
        intervals=[(span.start_us, span.end_us)],
    )  # fmt: skip
    with office.database.writing() as session:
        hold = place(session, office.clock, new, found, by=office.by("clerk"))
        if ask is not None:
            answer_with_hold(session, office.clock, ask.id, hold, by=office.by("clerk"))
    return hold


def wish(office, span):
    new = NewAsk(camera_id=office.camera(), from_us=span.start_us, until_us=span.end_us, reason="Çanta kapıldı")
    return office.town.act(ask_for_hold, office.town.accounts["guard"], new, by=office.by("guard"))


@pytest.mark.proves("edge-72", "edge-61", "R-9")
def test_the_job_makes_a_hold_void_whose_process_died_and_opens_its_wish_again(office):
    office.film(days=1)
    span = Span(office.ago(hours=6), office.ago(hours=3))
    ask = wish(office, span)
    hold = killed_after_writing(office, span, ask)
    sweep(office)
    upkeep(office)
    assert (office.fresh(hold).state, office.locked()) == (HoldState.VOID, [])
    opened = office.fresh(ask)
    assert (opened.answered_us, opened.answered_by_name, opened.hold_id) == (None, "", None)
    with office.database.reading() as session:
        assert [one.id for one in waiting_asks(session)] == [ask.id]
        assert [one.act for one in events_of(session, ask.id)] == ["hold_asked", "hold_ask_answered", "hold_void"]
    upkeep(office)
    assert office.hold(intervals=[_now(office)], basis=Basis.PRE_INVESTIGATION, ask_id=ask.id).ask_id == ask.id


def _now(office):
    span = Span(office.ago(hours=1), office.ago())
    office.shelf.write(span, office.camera())
    return span.start_us, span.end_us


@pytest.mark.proves("edge-72")
def test_the_job_goes_on_where_a_process_died_and_leaves_what_is_kept(office):
    office.film(days=1)
    span = Span(office.ago(hours=6), office.ago(hours=3))
    hold = killed_after_writing(office, span, wish(office, span))
    assert hold.looked_us is None
    upkeep(office)
    looked = office.fresh(hold)
    assert (looked.state, looked.looked_us, office.locked()) == (HoldState.OPEN, office.clock.now_us(), [span])
    office.clock.advance(60)
    upkeep(office)
    assert office.fresh(hold).looked_us == looked.looked_us
    with office.database.reading() as session:
        assert waiting_asks(session) == []


@pytest.mark.proves("edge-61", "edge-72")
def test_what_the_locks_found_is_what_is_written_down(office):
    """A sweep takes the first half between look and lock."""
    office.film(days=1)
    begin_us = office.ago(days=1)
    take = office.archive.place_locks

    def late(locks):
        office.clock.step_wall((begin_us + 20 * 86_400_000_000 + 2 * HOUR_US - office.clock.now_us()) / 1e6)
        delete_expired(office.shelf.volume, {office.camera(): 20}, office.clock.now_us())
        return take(locks)

    office.archive.place_locks = late
    hold = office.hold(intervals=[(begin_us, begin_us + 4 * HOUR_US)])
    with office.database.reading() as session:
        (item,) = hold_items_of(session, hold.id)
    assert item.found["covered_us"] == 2 * HOUR_US
    assert [hole[2] for hole in item.found["missing"]] == ["retention_expired"]
    assert office.fresh(hold).looked_us is not None


@pytest.mark.proves("edge-72")
def test_a_hold_is_not_void_because_another_thread_saw_the_disk_come_back(office, second):
    """The disk with the footage is away for the second look, and back before it ends; somebody else's look sees it."""
    shelf = shelves.Shelf(second, office.clock)
    span = Span(office.ago(hours=6), office.ago(hours=5))
    shelf.write(span, office.camera())
    archive, amount, take = office.archive, office.archive.amount, office.archive.place_locks

    def amount_when_back(key, wanted):
        if not second.path.exists():
            back(second)
            archive.streams()
        return amount(key, wanted)

    def take_and_lose(locks):
        missing = take(locks)
        archive.amount = amount_when_back
        away(second)
        return missing

    archive.place_locks = take_and_lose
    hold = office.hold(intervals=[(span.start_us, span.end_us)])
    kept = office.fresh(hold)
    assert (kept.state, kept.looked_us, archive.missing) == (HoldState.OPEN, None, {})
    upkeep(office)
    assert office.fresh(hold).looked_us is not None
    assert office.fresh(hold).state == HoldState.OPEN
