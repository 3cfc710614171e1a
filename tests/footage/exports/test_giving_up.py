"""A package that cannot be built: its request goes on without it, and papers name what it would have held."""

from datetime import timedelta

import pytest
from packaged import receiver
from pydantic import TypeAdapter
from read_paper import words_of

from vms.documents.forms.footage import AskedRow
from vms.documents.queries import need_document
from vms.footage.case_events import events_of
from vms.footage.delivery.delivering import hand_over
from vms.footage.delivery.purging import run_once
from vms.footage.exports.giving_up import MAX_REASON_CHARACTERS, give_up
from vms.footage.exports.model import Export, ExportState
from vms.footage.exports.queries import promised_bytes
from vms.footage.exports.service import replace, retry
from vms.footage.exports.uncollected import uncollected
from vms.footage.papers.lacking import given_up_holes
from vms.footage.papers.records import print_unreached
from vms.footage.queries import items_of, request_duties
from vms.footage.rules import State

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
WHY = "Disk 3 okunamıyor; kurtarma denendi"


@pytest.fixture
def ordered(works, monkeypatch):
    """A request of nine seconds in three packages, none of them built."""
    monkeypatch.setattr("vms.footage.exports.parcels.MAX_PACKAGE_US", 3 * SECOND_US)
    monkeypatch.setattr("vms.footage.exports.parcels.PIECE_US", 3 * SECOND_US)
    return works.ordered(works.record())


def fail(office, export, why="export_write_failed"):
    with office.database.writing() as session:
        failed = session.get_one(Export, export.id)
        failed.state, failed.failure, failed.attempts = ExportState.FAILED.value, why, 1


def given_up(office, request, export, why=WHY):
    return office.act(give_up, request, export, why, by="officer")


def last_event(office, request):
    with office.database.reading() as session:
        return events_of(session, request.id)[-1]


@pytest.mark.proves("8.2", "D-10.2c")
def test_the_last_that_was_missing_makes_its_request_prepared(works, office, ordered):
    first, second, third = works.exports(ordered)
    fail(office, second)
    assert works.build() == 2
    assert office.state(ordered) == State.AVAILABLE  # one that failed blocks all of it
    gone = given_up(office, ordered, second)
    assert (gone.given_up_reason, gone.purge_due_us) == (WHY, office.clock.now_us())
    assert office.state(ordered) == State.PREPARED
    told = last_event(office, ordered)
    assert (told.act, told.by_name) == ("export_given_up", "Officer · officer")
    assert told.detail == {
        "package": second.name, "code": "export_write_failed", "reason": WHY, "cameras": [1], "prepared": True,
        "from_us": second.items[0]["from_us"], "until_us": second.items[0]["until_us"],
    }  # fmt: skip
    assert [one.state for one in works.exports(ordered)] == ["ready", "failed", "ready"]
    assert (first.number, third.number) == (1, 3)


def test_given_up_first_its_request_is_prepared_by_the_last_that_is_built(works, office, ordered):
    waiting = works.exports(ordered)[1]
    given_up(office, ordered, waiting)
    assert (last_event(office, ordered).detail["prepared"], office.state(ordered)) == (False, State.AVAILABLE)
    assert works.build() == 2  # nobody builds what was given up
    assert office.state(ordered) == State.PREPARED


@pytest.mark.proves("C-7")
def test_only_its_officer_gives_up_and_only_what_does_not_go_on(works, office, ordered):
    first, second, third = works.exports(ordered)
    assert office.refusal(give_up, ordered, second, WHY, by="officer2") == "request_not_assigned"
    works.workshop().run_once()
    assert office.refusal(give_up, ordered, first, WHY, by="officer") == "export_on_its_way"
    with office.database.writing() as session:
        session.get_one(Export, third.id).state = ExportState.BUILDING.value
    assert office.refusal(give_up, ordered, third, WHY, by="officer") == "export_on_its_way"
    for words in ("", "  ", "x" * (MAX_REASON_CHARACTERS + 1), "iki\nsatır"):
        assert office.refusal(give_up, ordered, second, words, by="officer") == "give_up_reason_missing"
    assert works.exports(ordered)[1].purge_why is None
    with office.database.writing() as session:
        before = promised_bytes(session)
    given_up(office, ordered, second)
    with office.database.reading() as session:
        assert promised_bytes(session) < before
        assert [one.name for one in request_duties(session, ordered.id) if one.duty == "export"].count(
            "Officer · officer"
        ) >= 1


def test_given_up_twice_it_was_given_up_once(works, office, ordered):
    second = works.exports(ordered)[1]
    first = given_up(office, ordered, second)
    office.clock.advance(60)
    again = given_up(office, ordered, second, "başka bir neden")
    assert (again.given_up_reason, again.purge_due_us) == (WHY, first.purge_due_us)
    with office.database.reading() as session:
        assert [one.act for one in events_of(session, ordered.id)].count("export_given_up") == 1
    for use_case in (retry, replace):
        assert office.refusal(use_case, ordered, second, works.desk, by="officer") == "export_purged"


def test_without_any_package_its_request_is_as_before_it_was_ordered(works, office):
    recorded = works.record()
    request = works.ordered(recorded)
    away = works.volume.path.with_name("away")
    works.volume.path.rename(away)
    works.build()
    (waiting,) = works.exports(request)
    assert (waiting.state, waiting.failure) == (ExportState.WAITING, "volume_away")  # for ever, if its disk is lost
    given_up(office, request, waiting)
    assert (last_event(office, request).detail["prepared"], office.state(request)) == (False, State.AVAILABLE)
    request = office.searched(office.fresh(request))  # it may be looked for anew, and answered
    assert request.state == State.UNAVAILABLE
    away.rename(works.volume.path)
    request = office.searched(request)
    works.order(request)
    works.build()
    assert office.state(request) == State.PREPARED
    assert [(one.number, one.state) for one in works.exports(request)] == [(1, "waiting"), (2, "ready")]


def test_what_was_not_found_is_not_given_up_but_answered(works, office, ordered):
    second = works.exports(ordered)[1]
    fail(office, second)
    for state, code in ((State.UNAVAILABLE, "nothing_to_give"), (State.PREPARED, "request_state")):
        with office.database.writing() as session:
            session.merge(office.fresh(ordered)).state = state.value
        assert office.refusal(give_up, ordered, second, WHY, by="officer") == code


@pytest.fixture
def counted(counter):
    """Three hours in three packages of an hour: one lacks ten minutes, one failed, of which the search lacked 20."""
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    start_us = office.shown(request).start_us
    hole = {"camera_number": office.town.cameras["gate"].number, "from_us": start_us, "until_us": start_us +
            10 * MINUTE_US, "cause": "camera_offline", "detail": ""}  # fmt: skip
    first, second, third = counter.packed(request, 3, missing=[])
    with counter.database.writing() as session:
        session.get_one(Export, first.id).summary = {**first.summary, "missing": [hole], "missing_in_all": 1}
        for hour, one in enumerate((first, second, third)):
            held = one.items[0] | {"from_us": start_us + hour * HOUR_US, "until_us": start_us + (hour + 1) * HOUR_US}
            session.get_one(Export, one.id).items = [held]
        failed = session.get_one(Export, second.id)
        failed.state, failed.failure, failed.sha256, failed.built_us = (
            ExportState.FAILED.value,
            "volume_away",
            None,
            None,
        )
        (item,) = items_of(session, request.id)
        found = [start_us + HOUR_US + 20 * MINUTE_US, start_us + HOUR_US + 40 * MINUTE_US, "network", "AR-1"]
        item.found = {**item.found, "covered_us": 160 * MINUTE_US, "missing": [found], "missing_in_all": 1}
        session.merge(office.fresh(request)).state = State.PARTIALLY_AVAILABLE.value
    given_up(office, request, second)
    return request


def rows_of(document):
    """What the paper says was asked for, as its form has it."""
    return TypeAdapter(list[AskedRow]).validate_python(document.fields["items"])


def holes_of(row, start_us):
    """Each hole by the minutes it begins and ends at, with its cause."""
    return [
        (round((one.interval.start.timestamp() * 1e6 - start_us) / MINUTE_US),
         round((one.interval.end.timestamp() * 1e6 - start_us) / MINUTE_US), one.cause.value)
        for one in row.missing
    ]  # fmt: skip


LACKING = [(60, 80, "not_packed"), (80, 100, "network"), (100, 120, "not_packed")]


@pytest.mark.proves("D-10.2c", "edge-54", "D-10.1d")
def test_the_minutes_name_what_was_given_up_with_interval_cause_and_reason(counter, counted):
    office = counter.office
    assert office.state(counted) == State.PREPARED
    delivery = counter.prepare(counted)
    with counter.database.reading() as session:
        document = need_document(session, delivery.record_id)
    (row,) = rows_of(document)
    assert row.covered == timedelta(minutes=110)
    assert holes_of(row, office.shown(counted).start_us) == [(0, 10, "camera_offline"), *LACKING]
    assert {one.detail for one in row.missing if one.cause == "not_packed"} == {
        f"NAZAR-1-2: kayıt diski takılı değil; {WHY}"
    }
    words = words_of(counter.desk.store.read(document.pdf_sha256))
    for said in ("Bu bölümün paketi hazırlanamamış", "NAZAR-1-2", "Disk 3 okunamıyor", "NAZAR-1-3.zip"):
        assert said in words, said
    assert "NAZAR-1-2.zip" not in words


@pytest.mark.proves("D-10.2c")
def test_the_record_of_what_could_not_be_reached_names_it_too(counter, counted):
    def printed(session, clock, request, by):
        return print_unreached(session, clock, counter.desk, request, by=by)

    document = counter.office.act(printed, counted, by="officer")
    (row,) = rows_of(document)
    assert holes_of(row, counter.office.shown(counted).start_us) == LACKING
    assert row.covered == timedelta(minutes=120)
    words = words_of(counter.desk.store.read(document.pdf_sha256))
    assert "Disk 3 okunamıyor" in words
    assert "hukuki ve cezai" in words  # for the network's twenty minutes
    counter.taken(counted)
    counter.signed(counted)
    counter.office.act(hand_over, counted, receiver(), by="officer")
    with counter.database.reading() as session:
        (holes,) = given_up_holes(session, counted.id).values()
    assert [span.duration_us for span, _, _ in holes] == [HOUR_US]  # delivered, it lacks what it lacked


def test_of_a_package_that_cut_its_list_of_holes_the_searchs_words_count(counter, counted):
    """Also where another package of the same item names all of its own."""
    with counter.database.writing() as session:
        third = session.get_one(Export, counter.exports_of(counted)[2].id)
        third.summary = {**third.summary, "missing_in_all": 2_001}
    delivery = counter.prepare(counted)
    with counter.database.reading() as session:
        (row,) = rows_of(need_document(session, delivery.record_id))
    assert holes_of(row, counter.office.shown(counted).start_us) == LACKING
    assert row.covered == timedelta(minutes=120)


def test_what_another_package_holds_is_not_lacking(counter, counted):
    """Given up, ordered anew, and built then."""
    with counter.database.writing() as session:
        third = session.get_one(Export, counter.exports_of(counted)[2].id)
        third.items = [third.items[0] | {"from_us": third.items[0]["from_us"] - HOUR_US}]
    delivery = counter.prepare(counted)
    with counter.database.reading() as session:
        (row,) = rows_of(need_document(session, delivery.record_id))
    assert [one.cause for one in row.missing] == ["camera_offline"]


@pytest.mark.proves("D-10.2a")
def test_what_there_was_of_it_is_destroyed_with_its_record(counter, counted):
    half = counter.exports.half_built(counter.exports_of(counted)[1])
    half.write_bytes(b"half")
    desk = counter.desk
    done = run_once(counter.database, counter.clock, counter.exports, desk, by=counter.office.by("officer"))
    assert (done.purged, half.exists()) == (1, False)
    (export,) = [one for one in counter.exports_of(counted) if one.state == ExportState.PURGED]
    with counter.database.reading() as session:
        record = need_document(session, export.destruction_id)
    assert "vazgeçilmiş" in words_of(desk.store.read(record.pdf_sha256))
    assert (export.passphrase, export.given_up_reason) == (None, WHY)
    assert counter.office.state(counted) == State.PREPARED


def test_the_days_until_somebody_fetches_it_begin_when_the_last_was_given_up(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    _, second = counter.packed(request, 2)
    with counter.database.writing() as session:
        failed = session.get_one(Export, second.id)
        failed.state, failed.sha256, failed.built_us = ExportState.FAILED.value, None, None
        session.merge(office.fresh(request)).state = State.AVAILABLE.value
    office.clock.advance(8 * 86_400)
    given_up(office, request, second)

    def late():
        with office.database.reading() as session:
            return [one.number for one in uncollected(session, office.clock.now_us(), 7)]

    assert late() == []
    office.clock.advance(8 * 86_400)
    assert late() == [request.number]
