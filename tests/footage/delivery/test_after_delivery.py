"""Late, lost, an own unit's, given from before the window: what a request may still become."""

from datetime import date

import pytest
from packaged import SEF, receiver
from read_paper import words_of

from vms.documents.forms.delivery import Channel, Medium
from vms.documents.queries import need_document
from vms.footage.case_events import events_of
from vms.footage.delivery.delivering import hand_over, sign
from vms.footage.delivery.purging import run_once
from vms.footage.exports.model import Delivery, ExportState
from vms.footage.exports.service import order
from vms.footage.exports.taking import show_passphrase, take
from vms.footage.letters.model import Sender
from vms.footage.papers.records import print_unreached
from vms.footage.queries import items_of
from vms.footage.requests.closing import answer
from vms.footage.requests.review import approve
from vms.footage.requests.service import RequestCorrection, correct, register
from vms.footage.rules import Origin, Outcome, State
from vms.footage.statistics import statistics

HOUR_US = 3600 * 1_000_000


def purge(counter):
    run_once(counter.database, counter.clock, counter.exports, counter.desk, by=counter.office.by("clerk"))
    counter.office.tell()


def overdue(counter):
    with counter.database.reading() as session:
        found = statistics(session, date(2025, 1, 1), date(2026, 12, 31), counter.clock.now_us())
    return [one.number for one in found.overdue]


@pytest.mark.proves("edge-59", "S-1b", "A-30")
def test_what_is_overdue_since_a_holiday_is_told_and_delivered_all_the_same(counter, at):
    """Registered ten minutes before New Year's Day: the target runs through it, by the clock."""
    office = counter.office
    at(date(2025, 12, 31), 23, 50)
    office.film(days=1)
    request = office.approved()
    assert (request.due_soft_us, request.due_hard_us) == (
        at(date(2026, 1, 1), 3, 50), at(date(2026, 1, 1), 23, 50)
    )  # fmt: skip
    assert overdue(counter) == []
    office.clock.advance(1)
    assert overdue(counter) == [request.number]
    at(date(2026, 1, 12), 9)
    counter.packed(office.searched(office.fresh(request)))
    delivery = counter.delivered(office.fresh(request))
    assert delivery.delivered_us == office.clock.now_us() > request.due_hard_us
    purge(counter)
    closed = office.fresh(request)
    assert (closed.state, closed.outcome, overdue(counter)) == (State.CLOSED, Outcome.DELIVERED, [])


@pytest.mark.proves("edge-51", "edge-50", "D-10.2a")
def test_who_lost_the_disc_gets_another_by_another_letter_and_nothing_by_the_one_before(works, office, counter):
    recorded = works.record()
    request = works.ordered(recorded)
    works.build()
    counter.delivered(office.fresh(request))
    purge(counter)
    lost, planned = office.fresh(request), works.plan(request)
    export = works.export(lost)
    assert (lost.state, export.state, works.files()) == (State.CLOSED, ExportState.PURGED, [])
    for use_case in (take, show_passphrase):
        assert office.refusal(use_case, works.desk, lost, export, by="officer") == "export_purged"
    assert office.refusal(order, lost, planned, works.desk, by="officer") == "request_state"
    again = works.ordered(recorded)
    works.build()
    assert (works.export(again).state, office.state(again)) == (ExportState.READY, State.PREPARED)
    assert works.files() == [works.desk.whole(works.export(again)).name]


@pytest.mark.proves("edge-38", "D-10.1b")
@pytest.mark.parametrize(("days", "is_outside"), [(25, True), (15, False)])
def test_minutes_mark_what_was_given_from_before_the_window(counter, days, is_outside):
    office = counter.office
    office.film(days=30)
    request = office.searched(office.approved(intervals=[(office.ago(days=days), office.ago(days=days, hours=-2))]))
    counter.packed(request)
    delivery = counter.prepare(request)
    with counter.database.reading() as session:
        (row,) = need_document(session, delivery.record_id).fields["items"]
    assert (row["is_outside"], row["missing"]) == (is_outside, [])


@pytest.mark.proves("edge-55", "D-10.2c")
def test_a_request_of_a_city_view_camera_alone_is_answered_by_its_record(works, office, counter):
    request = works.request(works.record(), cameras="square")
    assert request.state == State.UNAVAILABLE
    with office.database.reading() as session:
        (item,) = items_of(session, request.id)
    assert [hole[2] for hole in item.found["missing"]] == ["live_only"]
    planned = works.plan(works.request(works.record("lobby"), cameras="lobby"))
    assert office.refusal(order, request, planned, works.desk, by="officer") == "nothing_to_give"
    assert office.refusal(answer, request, "S-1", office.town.today) == "unreached_record_missing"
    record = office.act(
        lambda session, clock, case, *, by: print_unreached(session, clock, counter.desk, case, by=by),
        request, by="officer",
    )  # fmt: skip
    assert record.kind == "P-07"
    counter.hand_in(record.id)
    assert office.act(answer, request, "S-1", office.town.today).outcome == Outcome.UNAVAILABLE


@pytest.mark.proves("edge-55", "D-10.2c")
def test_beside_a_recorded_camera_a_city_view_camera_is_given_nothing_of_and_the_minutes_say_why(
    works, office, counter
):
    request = works.ordered(works.record(), cameras="gate square")
    works.build()
    export = works.export(request)
    assert [film["camera_name"] for film in export.summary["films"]] == ["gate"]
    assert export.summary["missing"] == []  # nothing was looked for of what never was
    delivery = counter.prepare(office.fresh(request))
    with counter.database.reading() as session:
        rows = need_document(session, delivery.record_id).fields["items"]
    causes = {row["camera"]["name"]: [hole["cause"] for hole in row["missing"]] for row in rows}
    assert causes == {"gate": [], "square": ["live_only"]}


@pytest.mark.proves("edge-49", "D-10.1d", "D-10.1e")
def test_the_database_itself_keeps_no_delivery_to_nobody_and_none_unsigned(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    counter.packed(request)
    delivery = counter.signed(request)
    for broken, code in (
        ({"receiver_identity_no": " "}, "delivery_to_nobody"), ({"receiver_name": ""}, "delivery_to_nobody"),
        ({"signed_us": None}, "delivery_unsigned"),
    ):  # fmt: skip
        values = {"receiver_name": "Çağlar Işık", "receiver_identity_no": "345 118"} | broken

        def delivered(session, clock, *, by, values=values):
            row = session.get_one(Delivery, delivery.id)
            row.delivered_us = clock.now_us()
            for name, value in values.items():
                setattr(row, name, value)

        assert office.refusal(delivered) == code


@pytest.mark.proves("D-4.5c", "D-6.14c")
def test_footage_of_an_own_unit_is_closed_only_by_minutes_that_name_its_olur(counter):
    office = counter.office
    office.film(days=1)
    claim = office.claim(Origin.INTERNAL, olur_no="E-11/7", olur_issuer="general_secretariat")
    request = office.searched(office.approved(claim=claim))
    counter.packed(request)
    counter.taken(request)
    given = (request, receiver())
    assert office.refusal(hand_over, *given, by="officer") == "delivery_record_missing"
    assert office.refusal(answer, request, "S-1", office.town.today) == "request_state"
    delivery = counter.prepare(request)
    with counter.database.reading() as session:
        minutes = need_document(session, delivery.record_id)
    assert (minutes.kind, minutes.fields["request"]["olur"]["number"]) == ("P-04", "E-11/7")
    counter.hand_in(minutes.id)
    assert office.refusal(hand_over, *given, by="officer") == "supervisor_signature_missing"
    office.act(sign, request, SEF, by="sef")
    purge(counter)
    assert office.state(request) == State.PREPARED
    assert office.act(hand_over, *given, by="officer").receiver_name == receiver().name
    purge(counter)
    assert office.state(request) == State.CLOSED


@pytest.mark.proves("E-10", "D-10.1d")
def test_a_delivery_by_registered_mail_is_kept_as_one(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    counter.packed(request)
    delivery = counter.delivered(request, medium=Medium.KEP, channel=Channel.KEP)
    assert (delivery.medium, delivery.channel) == ("kep", "kep")
    with counter.database.reading() as session:
        words = words_of(counter.desk.store.read(need_document(session, delivery.record_id).pdf_sha256))
        (event,) = [one for one in events_of(session, request.id) if one.act == "delivered"]
    assert "KEP" in words
    assert (event.detail["medium"], event.detail["channel"]) == ("kep", "kep")


@pytest.mark.proves("edge-42", "D-4.5a", "D-4.5b")
def test_an_internal_request_does_not_become_what_could_not_be_registered(office):
    office.film(days=1)
    letter = office.letter(Sender.UNIT, filed=False)
    request = office.register(claim=office.claim(Origin.INTERNAL), letter=letter)
    for more, code in (
        ({"is_judicial": True}, "judicial_event_needs_authority"), ({"olur_no": ""}, "olur_missing"),
        ({"olur_on": None}, "olur_missing"), ({"olur_issuer": "unit"}, "olur_wrong_issuer"),
    ):  # fmt: skip
        changed = RequestCorrection(claim=office.claim(Origin.INTERNAL, **more))
        assert office.refusal(correct, request, changed) == code
    assert office.refusal(approve, request, by="lawyer") == "olur_missing"  # the Olur's paper is not there
    office.file(letter)
    assert office.act(approve, request, by="lawyer").state == State.APPROVED


@pytest.mark.proves("edge-43", "D-4.5a")
def test_a_letter_of_somebody_else_carries_no_request_and_whose_it_turns_out_to_be_is_reviewed(office):
    office.film(days=1)
    internal, external = office.claim(Origin.INTERNAL), office.claim()
    for sender, claim in ((Sender.AUTHORITY, internal), (Sender.UNIT, external)):
        assert office.refusal(register, office.letter(sender), office.new(claim=claim)) == "letter_sender_differs"
    assert office.locked() == []
    request = office.register(claim=internal)
    office.act(correct, request, RequestCorrection(claim=external, letter=office.letter()))
    assert (office.state(request), len(office.locked())) == (State.REGISTERED, 1)
    assert office.refusal(approve, request, by="clerk") == "separation_of_duties"
    office.act(approve, request, by="lawyer")
    back = RequestCorrection(claim=internal, letter=office.letter(Sender.UNIT))
    assert office.refusal(correct, request, back) == "request_decided"
    kept = office.fresh(request)
    assert (kept.origin, kept.authority_kind) == ("external", "prosecutor")
