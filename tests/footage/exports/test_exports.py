"""Ordering packages: whose work it is, of what, when it is refused; what happens to one that is not wanted any more."""

import pytest

from vms.archive.model import Cause
from vms.documents.service import cancel
from vms.footage.case_events import events_of
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.model import Export, ExportState, PurgeWhy
from vms.footage.exports.queries import exports_to_purge, parts_of, promised_bytes, ready_exports
from vms.footage.exports.service import due_purge, order, replace, retry
from vms.footage.exports.taking import show_passphrase, take
from vms.footage.policy import Policy
from vms.footage.queries import is_signed, items_of, request_duties
from vms.footage.requests.searching import record_search
from vms.footage.rules import Outcome, State
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000
HOUR_US = 3600 * SECOND_US


@pytest.fixture
def recorded(works):
    return works.record()


@pytest.mark.proves("D-12.2", "C-7")
def test_the_officer_orders_and_everything_is_written_down(works, office, recorded):
    request = works.request(recorded)
    (export,) = works.order(request)
    assert (export.number, export.name, export.state) == (1, f"NAZAR-{request.number}-1", ExportState.WAITING)
    assert export.planned_bytes > 10_000
    assert len(works.passphrase(export)) == 35
    with office.database.reading() as session:
        (part,) = parts_of(session, export)
        assert (part.camera.name, part.span) == ("gate", recorded)
        assert {one.duty for one in request_duties(session, request.id)} == {"register", "approve", "export"}
        event = events_of(session, request.id)[-1]
    assert (event.act, event.by_name) == ("export_ordered", "Officer · officer")
    assert event.detail["packages"] == [export.name]
    assert works.passphrase(export) not in str(event.detail)


def test_each_package_has_a_passphrase_of_its_own_that_lies_nowhere_in_the_open(works, office, recorded, tmp_path):
    first, second = works.ordered(recorded), works.ordered(recorded)
    phrases = {works.passphrase(works.export(one)) for one in (first, second)}
    assert len(phrases) == 2
    office.database.close()
    for file in tmp_path.rglob("nazar.db*"):
        assert not [one for one in phrases if one.encode() in file.read_bytes()]


@pytest.mark.proves("D-12.2", "edge-35")
def test_nothing_is_ordered_before_it_is_approved_and_looked_for(works, office, recorded):
    planned = works.plan(works.request(recorded))
    intervals = [(recorded.start_us, recorded.end_us)]
    registered = office.register("gate", intervals)
    assert office.refusal(order, registered, planned, works.desk, by="officer") == "request_not_approved"
    approved = office.approved("gate", intervals)
    assert office.refusal(order, approved, planned, works.desk, by="officer") == "request_state"
    office.gap(office.ago(hours=3), office.ago(hours=2), Cause.NETWORK)
    nothing = works.request(Span(office.ago(hours=3), office.ago(hours=2)))
    assert office.refusal(order, nothing, planned, works.desk, by="officer") == "nothing_to_give"
    with pytest.raises(VmsError, match="nothing_to_give"):
        works.plan(nothing)


@pytest.mark.proves("edge-45", "C-7")
def test_nobody_but_its_officer_orders_it_and_not_who_registered_it(works, office, recorded):
    request = works.request(recorded)
    planned = works.plan(request)
    assert office.refusal(order, request, planned, works.desk, by="officer2") == "request_not_assigned"
    assert office.refusal(order, request, planned, works.desk, by="sef") == "request_not_assigned"
    small = Policy(separate=frozenset())
    mine = works.request(recorded, by="officer2")
    with office.database.writing() as session:
        session.merge(mine).officer_id = office.town.accounts["officer2"].id
    mine = office.fresh(mine)
    assert office.refusal(order, mine, planned, works.desk, by="officer2") == "separation_of_duties"
    office.act(order, mine, planned, works.desk, by="officer2", policy=small)


def test_ordering_twice_makes_one_order(works, office, recorded):
    request = works.ordered(recorded)
    assert office.refusal(order, request, works.plan(request), works.desk, by="officer") == "exports_ordered"
    assert len(works.exports(request)) == 1


@pytest.mark.proves("edge-53")
def test_an_end_that_is_being_recorded_is_waited_for(works, office, when_held):
    works.camera(hours=0)
    recorded = works.record(segments=1)
    office.clock.advance(3 + 29)
    request = works.request(recorded)
    with pytest.raises(VmsError, match="still_recording"):
        works.plan(request)
    office.clock.advance(1)
    works.plan(request)
    camera = works.camera()
    camera.record(3, is_left_open=True)
    when_held(office.archive, works.key(), camera.at_us)
    office.clock.advance(3600)  # a recorder that tells nothing: its file is open all the same
    open_ended = works.request(Span(recorded.start_us, camera.at_us))
    with pytest.raises(VmsError, match="still_recording"):
        works.plan(open_ended)
    assert works.plan(open_ended, takes_what_is_there=True).size_bytes > 0
    camera.end()


def test_a_disk_that_is_away_is_waited_for(works, office, recorded):
    request = works.request(recorded)
    away = works.volume.path.with_name("away")
    works.volume.path.rename(away)
    with pytest.raises(VmsError, match="volume_away"):
        works.plan(request)
    away.rename(works.volume.path)
    works.plan(request)


@pytest.mark.proves("edge-56")
def test_a_disk_without_room_takes_no_order(works, office, recorded):
    first, second = works.request(recorded), works.request(recorded)
    planned = works.plan(first)
    small = ExportDesk(works.desk.folder, works.desk.box, works.desk.press, reserve_bytes=1 << 60)
    assert office.refusal(order, first, planned, small, by="officer") == "export_disk_full"
    assert works.exports(first) == []
    free_bytes = works.desk.free_bytes()
    works.order(first)
    with office.database.writing() as session:
        session.merge(works.export(first)).planned_bytes = free_bytes  # what is ordered has its room already
    assert office.refusal(order, second, planned, works.desk, by="officer") == "export_disk_full"


def test_without_the_institutions_key_nothing_is_ordered(works, office, recorded):
    request = works.request(recorded)
    planned = works.plan(request)
    nobody = ExportDesk(works.desk.folder, works.desk.box)
    assert office.refusal(order, request, planned, nobody, by="officer") == "seal_missing"


@pytest.mark.proves("edge-58", "D-10.2a")
def test_a_package_that_has_to_go_is_given_to_nobody_from_that_moment_on(works, office, recorded):
    request = works.ordered(recorded)
    assert office.refusal(take, works.desk, request, works.export(request), by="officer") == "export_not_ready"
    works.build()
    export = works.export(request)
    assert office.act(take, works.desk, request, export, by="officer") == works.desk.whole(export)
    assert office.refusal(take, works.desk, request, export, by="officer2") == "request_not_assigned"
    assert office.act(show_passphrase, works.desk, request, export, by="officer") == works.passphrase(export)
    assert office.refusal(show_passphrase, works.desk, request, export, by="sef") == "request_not_assigned"
    request = office.fresh(request)
    with office.database.writing() as session:
        (told,) = due_purge(session, office.clock, request, PurgeWhy.DELIVERED, HOUR_US)
        assert told.purge_due_us == office.clock.now_us() + HOUR_US
        assert due_purge(session, office.clock, request, PurgeWhy.WITHDRAWN, 0) == []  # it was said already
    export = works.export(request)
    for use_case in (take, show_passphrase):
        assert office.refusal(use_case, works.desk, request, export, by="officer") == "export_purged"
    for use_case in (retry, replace):
        assert office.refusal(use_case, request, export, works.desk, by="officer") == "export_purged"
    with office.database.reading() as session:
        assert exports_to_purge(session, office.clock.now_us()) == []
        assert [one.id for one in exports_to_purge(session, told.purge_due_us)] == [export.id]
        acts = [event.act for event in events_of(session, request.id)]
    assert acts[-2:] == ["export_begun", "export_passphrase_shown"]


def test_a_failed_one_is_tried_again_by_a_person(works, office, recorded):
    request = works.ordered(recorded)
    export = works.export(request)
    assert office.refusal(retry, request, export, works.desk, by="officer") == "export_not_failed"
    with office.database.writing() as session:
        failed = session.merge(export)
        failed.state, failed.failure, failed.done_bytes = ExportState.FAILED.value, "export_disk_full", 5
    assert works.build() == 0
    export = office.act(retry, request, works.export(request), works.desk, by="officer")
    assert (export.state, export.failure, export.done_bytes) == (ExportState.WAITING, "", 0)
    assert works.build() == 1
    assert office.state(request) == State.PREPARED


@pytest.mark.proves("D-10.2a", "edge-58")
def test_what_failed_before_nothing_was_found_is_not_built_and_goes_with_its_request(works, office, counter, recorded):
    request = works.ordered(recorded)
    fail(office, works.export(request))
    away = works.volume.path.with_name("away")
    works.volume.path.rename(away)
    request = office.searched(office.fresh(request))
    away.rename(works.volume.path)
    assert request.state == State.UNAVAILABLE
    assert office.refusal(retry, request, works.export(request), works.desk, by="officer") == "nothing_to_give"
    counter.answered(request)
    export = works.export(request)
    assert (export.purge_why, export.purge_due_us) == (PurgeWhy.REPLACED, office.clock.now_us())
    assert office.refusal(retry, office.fresh(request), export, works.desk, by="officer") == "export_purged"


@pytest.mark.proves("D-12.2", "D-10.2a")
def test_a_package_of_a_request_that_is_not_prepared_leaves_by_no_way(works, office, counter, recorded):
    request = works.ordered(recorded)
    works.build()
    with office.database.writing() as session:
        session.merge(office.fresh(request)).state = State.UNAVAILABLE.value
        for item in items_of(session, request.id):
            gone = [[item.from_us, item.until_us, "unknown", ""]]
            item.found = {**item.found, "covered_us": 0, "missing": gone, "missing_in_all": 1}
    request, export = office.fresh(request), works.export(request)
    for use_case in (take, show_passphrase):
        assert office.refusal(use_case, works.desk, request, export, by="officer") == "request_state"
    assert office.refusal(replace, request, export, works.desk, by="officer") == "nothing_to_give"
    counter.answered(request)
    assert works.export(request).purge_due_us == office.clock.now_us()


def test_the_first_of_several_is_taken_when_all_are_there(works, office, recorded, monkeypatch):
    monkeypatch.setattr("vms.footage.exports.parcels.MAX_PACKAGE_US", 5 * SECOND_US)
    monkeypatch.setattr("vms.footage.exports.parcels.PIECE_US", 5 * SECOND_US)
    request = works.ordered(recorded)
    assert works.workshop().run_once()
    first, _ = works.exports(request)
    for use_case in (take, show_passphrase):
        assert office.refusal(use_case, works.desk, office.fresh(request), first, by="officer") == "request_state"
    works.build()
    assert office.act(take, works.desk, office.fresh(request), first, by="officer") == works.desk.whole(first)


def test_what_a_closed_request_still_waits_for_takes_no_room_from_others(works, office, recorded):
    request = works.ordered(recorded)
    with office.database.writing() as session:
        assert promised_bytes(session) > 0
        closed = session.merge(office.fresh(request))
        closed.state, closed.outcome = State.CLOSED.value, Outcome.UNAVAILABLE.value
        session.flush()
        assert promised_bytes(session) == 0


def fail(office, export, why="export_disk_full"):
    with office.database.writing() as session:
        failed = session.get_one(Export, export.id)
        failed.state, failed.failure, failed.done_bytes = ExportState.FAILED.value, why, 0


def test_a_replacement_has_another_number_and_passphrase_and_its_request_waits_for_it(works, office, recorded):
    request = works.ordered(recorded)
    works.build()
    request, first = office.fresh(request), works.export(request)
    assert request.state == State.PREPARED
    second = office.act(replace, request, first, works.desk, by="officer")
    assert office.state(request) == State.AVAILABLE
    first, second = works.exports(request)
    assert (first.purge_why, first.purge_due_us) == (PurgeWhy.REPLACED, office.clock.now_us())
    assert (second.number, second.items, second.state) == (2, first.items, ExportState.WAITING)
    assert works.passphrase(first) != works.passphrase(second)
    works.build()
    assert office.state(request) == State.PREPARED
    with office.database.reading() as session:
        assert [one.number for one in ready_exports(session, request.id)] == [2]


@pytest.mark.proves("D-10.1e", "edge-118")
def test_what_stands_in_signed_minutes_is_not_replaced_until_these_are_cancelled(works, counter, office, recorded):
    request = works.ordered(recorded)
    works.build()
    request = office.fresh(request)
    delivery, first = counter.signed(request), works.export(request)
    assert office.refusal(replace, request, first, works.desk, by="officer") == "delivery_signed"
    with office.database.writing() as session:
        assert is_signed(session, session.merge(delivery))
        cancel(session, office.clock, delivery.record_id, "Paketin dosyası bozuldu", by=office.by("officer"))
        assert not is_signed(session, session.merge(delivery))
    assert office.act(replace, request, first, works.desk, by="officer").number == 2
    works.build()
    again = counter.signed(office.fresh(request))
    assert again.record_id != delivery.record_id


def test_nothing_is_looked_for_anew_while_packages_are_made_of_what_was_found(works, office, recorded):
    request = works.ordered(recorded)
    assert office.refusal(record_search, office.fresh(request), [], by="officer") == "exports_ordered"


def test_the_database_keeps_no_passphrase_of_what_is_gone(works, office, recorded):
    export_id = works.export(works.ordered(recorded)).id

    def forget_the_passphrase(session, clock, by):
        gone = session.get_one(Export, export_id)
        gone.state, gone.purged_us = ExportState.PURGED.value, 1
        gone.purge_why, gone.purge_due_us = PurgeWhy.DELIVERED.value, 1

    assert office.refusal(forget_the_passphrase) == "export_passphrase_outlives"
