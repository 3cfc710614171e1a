"""Registering requests: the window, the lock, the marks, the clock that runs."""

import time
from datetime import timedelta

import pytest

from vms.archive.deletion import delete_expired
from vms.archive.model import Cause
from vms.cameras.service import NewCamera, retire
from vms.cameras.service import register as register_camera
from vms.documents.model import Document
from vms.footage.availability import is_late, look, state_of
from vms.footage.case_events import events_of
from vms.footage.letters.correcting import LetterCorrection, correct_letter
from vms.footage.letters.model import Letter, Sender
from vms.footage.locks.keeping import tell
from vms.footage.locks.model import LockConfirmation, LockOrder
from vms.footage.papers.records import print_unreached
from vms.footage.papers.request import is_shortfall_recorded, need_unreached_record
from vms.footage.queries import duties_of, items_of
from vms.footage.requests.closing import answer, withdraw
from vms.footage.requests.review import approve, complete, refuse, refuse_overdue, return_for_papers
from vms.footage.requests.service import (
    RequestCorrection,
    correct,
    marks_of,
    reach_of,
    register,
)
from vms.footage.rules import AuthorityKind, Mark, Origin, Outcome, State
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import day_of, start_us
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id
from vms.kernel.span import Span

HOUR_US = 3600 * 1_000_000


@pytest.mark.proves("D-10.1c", "D-6.14a")
def test_what_is_asked_for_is_locked_when_registering_is_done(office):
    office.film(days=1)
    span = Span(office.ago(hours=6), office.ago(hours=3))
    request = office.register("gate lobby")
    assert request.state == State.REGISTERED
    assert office.locked("gate") == office.locked("lobby") == [span]
    assert office.locked("yard") == []
    assert (office.told.placed, list(office.told.pending)) == (2, [])
    with office.database.reading() as session:
        events = [event.act for event in events_of(session, request.id)]
        assert events == ["request_registered"]


@pytest.mark.proves("edge-40", "C-2", "D-10.1c")
def test_footage_that_comes_of_age_while_a_request_is_reviewed_stays(office):
    office.film(days=20)
    begin_us = office.ago(days=20)
    request = office.register(intervals=[(begin_us, begin_us + 3 * HOUR_US)])
    office.clock.advance(3 * 86_400)
    result = delete_expired(office.shelf.volume, {office.camera(): 20}, office.clock.now_us())
    assert result.deleted
    assert min(office.shelf.ends(office.camera())) == begin_us + HOUR_US
    assert min(one.span.start_us for one in result.deleted) == begin_us + 3 * HOUR_US
    office.act(refuse, request, "yetkisiz", by="lawyer")
    office.tell()
    delete_expired(office.shelf.volume, {office.camera(): 20}, office.clock.now_us())
    assert min(office.shelf.ends(office.camera())) > begin_us + 3 * HOUR_US


@pytest.mark.proves("edge-38", "D-10.1b")
def test_an_interval_before_the_window_is_taken_with_its_mark_and_answered_with_what_exists(office):
    office.film(days=30)
    served_us = office.clock.now_us()
    border_us = start_us(day_of(served_us) - timedelta(days=20))
    cases = [
        (border_us, []),
        (border_us - 60_000_000, [Mark.OUTSIDE_GUARANTEED_WINDOW]),
        (office.ago(days=25), [Mark.OUTSIDE_GUARANTEED_WINDOW]),
    ]
    for from_us, expected in cases:
        with office.database.reading() as session:
            reach = reach_of(session, [office.camera()], [(from_us, from_us + HOUR_US)], served_us)
        assert marks_of(reach) == expected
        assert state_of(look(office.archive, reach.wanted, served_us)) is State.AVAILABLE
    request = office.approved(intervals=[(office.ago(days=25), office.ago(days=24))])
    assert office.searched(request).state == State.AVAILABLE


@pytest.mark.proves("edge-38", "D-10.2c")
def test_what_is_gone_is_answered_with_its_cause(office, counter):
    office.film(days=30)
    delete_expired(office.shelf.volume, {office.camera(): 21}, office.clock.now_us())
    request = office.approved(intervals=[(office.ago(days=25), office.ago(days=24))])
    assert office.searched(request).state == State.UNAVAILABLE
    with office.database.reading() as session:
        (item,) = items_of(session, request.id)
    assert item.found["covered_us"] == 0
    assert item.found["missing"] == [[item.from_us, item.until_us, "retention_expired", ""]]
    assert office.refusal(answer, request, "S-1", office.town.today) == "unreached_record_missing"
    record = office.act(
        lambda session, clock, case, *, by: print_unreached(session, clock, counter.desk, case, by=by), request
    )
    assert office.refusal(answer, request, "S-1", office.town.today) == "unreached_record_unsigned"
    assert office.state(request) == State.UNAVAILABLE
    counter.hand_in(record.id)
    office.act(answer, request, "S-1", office.town.today)
    closed = office.fresh(request)
    assert (closed.state, closed.outcome, closed.answer_no) == (State.CLOSED, Outcome.UNAVAILABLE, "S-1")


@pytest.mark.proves("D-10.2c")
def test_a_record_of_what_was_not_found_is_of_the_last_search(office, counter):
    def printed(request):
        return office.act(
            lambda session, clock, case, *, by: print_unreached(session, clock, counter.desk, case, by=by), request
        )

    def recorded(request):
        with office.database.reading() as session:
            return is_shortfall_recorded(session, office.fresh(request))

    request = office.approved(intervals=[(office.ago(days=25), office.ago(days=24))])
    office.searched(request)
    assert not recorded(request)
    first = printed(request)
    assert not recorded(request)
    counter.hand_in(first.id)
    assert recorded(request)
    office.clock.advance(60)
    assert office.searched(request).state == State.UNAVAILABLE
    assert office.refusal(answer, request, "S-1", office.town.today) == "unreached_record_old"
    with office.database.writing() as session:  # by a clock that was ahead then: it was not printed after the search
        session.get_one(Document, first.id).issued_us = office.clock.now_us() + HOUR_US
    assert not recorded(request)
    second = printed(request)
    assert (second.number, second.version) == (first.number, 2)
    assert office.refusal(answer, request, "S-1", office.town.today) == "unreached_record_unsigned"
    counter.hand_in(second.id)
    office.act(answer, request, "S-1", office.town.today)
    assert office.fresh(request).outcome == Outcome.UNAVAILABLE
    assert recorded(request)
    with office.database.reading() as session:
        assert need_unreached_record(session, office.fresh(request)).id == second.id


@pytest.mark.proves("edge-36", "D-10.1b")
def test_loss_between_service_and_registration_is_flagged(office):
    office.film(days=21)
    served_us = office.clock.now_us()
    letter = office.letter(served_us=served_us)
    begin_us = start_us(day_of(served_us) - timedelta(days=20))
    office.clock.advance(3 * 86_400)
    delete_expired(office.shelf.volume, {office.camera(): 20}, office.clock.now_us())
    request = office.approved(intervals=[(begin_us, begin_us + 6 * HOUR_US)], letter=letter)
    searched = office.searched(request)
    assert searched.is_late
    with office.database.reading() as session:
        reach = reach_of(session, [office.camera()], [(begin_us, served_us)], letter.served_us)
    assert reach.window.end_us == served_us
    found = look(office.archive, reach.wanted, office.clock.now_us())
    assert is_late(found, reach.window)
    assert not is_late(found, Span(served_us - 1, served_us))


@pytest.mark.proves("edge-37", "S-11")
def test_service_lies_between_the_letters_date_and_now(office):
    now_us = office.clock.now_us()
    today = office.town.today
    for served_us, on, code in (
        (now_us + 1, today, "served_in_future"),
        (now_us, today + timedelta(days=1), "letter_in_future"),
        (now_us - 2 * US_PER_DAY, today, "served_before_letter"),
    ):
        with pytest.raises(Exception, match=code):
            office.letter(served_us=served_us, on=on)
    assert office.letter(served_us=now_us, on=today).served_us == now_us


@pytest.mark.proves("edge-39")
def test_each_camera_is_answered_for_itself(office):
    office.film("gate", days=1)
    office.film("lobby", days=0.125)
    office.gap(office.ago(days=1), office.ago(hours=3), Cause.CAMERA_OFFLINE, "yard")
    request = office.approved("gate lobby yard", [(office.ago(hours=6), office.ago())])
    assert office.searched(request).state == State.PARTIALLY_AVAILABLE
    with office.database.reading() as session:
        items = {item.camera_id: item for item in items_of(session, request.id)}
    covered = [items[office.camera(name)].found["covered_us"] // HOUR_US for name in ("gate", "lobby", "yard")]
    assert covered == [6, 3, 0]
    causes = [one[2] for one in items[office.camera("yard")].found["missing"]]
    assert causes == ["camera_offline", "unknown"]


@pytest.mark.proves("edge-55")
def test_of_a_city_view_camera_no_recording_exists(office):
    office.film("gate", days=1)
    request = office.approved("gate square")
    with office.database.reading() as session:
        reach = reach_of(session, [office.camera("square")], [(office.ago(1), office.ago())], office.clock.now_us())
        items = items_of(session, request.id)
    assert marks_of(reach) == [Mark.LIVE_ONLY]
    assert all(item.lock_id for item in items)  # a lock on nothing is none; what was recorded before stays
    assert office.searched(request).state == State.PARTIALLY_AVAILABLE
    with office.database.reading() as session:
        causes = [hole[2] for item in items_of(session, request.id) for hole in item.found["missing"]]
    assert causes == ["live_only"]


@pytest.mark.proves("edge-19")
def test_footage_of_a_camera_out_of_service_can_be_asked_for(office):
    office.film(days=2)
    with office.database.writing() as session:
        retire(session, session.merge(office.town.cameras["gate"]), office.clock, by=office.by("clerk"))
    assert office.searched(office.approved()).state == State.AVAILABLE


@pytest.mark.proves("edge-42", "D-4.5a", "D-4.5b")
def test_an_internal_request_without_olur_or_of_a_judicial_event_is_no_request(office):
    letter = office.letter(Sender.UNIT)
    new = office.new(claim=office.claim(Origin.INTERNAL, olur_no=""))
    assert office.refusal(register, letter, new) == "olur_missing"
    new = office.new(claim=office.claim(Origin.INTERNAL, is_judicial=True))
    assert office.refusal(register, letter, new) == "judicial_event_needs_authority"
    assert office.locked() == []
    assert office.register(claim=office.claim(Origin.INTERNAL)).authority_kind is None


@pytest.mark.proves("edge-43")
def test_whose_request_it_is_changes_with_its_letter_and_never_after_approval(office):
    request = office.register(claim=office.claim(Origin.INTERNAL))
    other = RequestCorrection(claim=office.claim(Origin.EXTERNAL))
    assert office.refusal(correct, request, other) == "letter_sender_differs"
    letter = office.letter()
    changed = office.act(correct, request, RequestCorrection(claim=office.claim(), letter=letter))
    assert (changed.origin, changed.authority_kind, changed.olur_no) == ("external", "prosecutor", "")
    office.act(approve, request, by="lawyer")
    again = RequestCorrection(claim=office.claim(Origin.INTERNAL), letter=office.letter(Sender.UNIT))
    assert office.refusal(correct, request, again) == "request_decided"


@pytest.mark.proves("edge-59", "S-1b")
def test_the_service_target_runs_by_the_clock_from_registration_and_never_blocks(office, at):
    from datetime import date

    at(date(2025, 12, 31), 23, 50)
    request = office.register()
    assert request.due_soft_us - request.registered_us == 4 * HOUR_US
    assert request.due_hard_us == start_us(date(2026, 1, 1)) + (23 * 60 + 50) * 60_000_000
    office.clock.advance(5 * 86_400)
    assert office.act(approve, request, by="lawyer").state == State.APPROVED


def test_a_letter_is_corrected_until_its_request_is_decided(office):
    request = office.register(intervals=[(office.ago(hours=6), office.ago(hours=3))])
    with office.database.reading() as session:
        letter = session.get(Letter, request.letter_id)
    early, just = LetterCorrection(served_us=office.ago(hours=4)), LetterCorrection(served_us=office.ago(hours=3))
    assert office.refusal(correct_letter, letter, early) == "interval_after_service"
    assert office.act(correct_letter, letter, just).served_us == just.served_us
    office.act(approve, request, by="lawyer")
    assert office.refusal(correct_letter, letter, LetterCorrection(no="7")) == "letter_decided"
    noted = office.act(correct_letter, letter, LetterCorrection(ebys_no="E-7"))
    assert noted.ebys_no == "E-7"


@pytest.mark.proves("edge-58")
def test_a_withdrawn_request_is_closed_and_lets_its_footage_go(office):
    office.film(days=1)
    request = office.approved()
    assert office.locked() != []
    office.take_back(request)
    office.tell()
    closed = office.fresh(request)
    assert (closed.state, closed.outcome) == (State.CLOSED, Outcome.WITHDRAWN)
    assert office.locked() == []
    assert office.refusal(withdraw, request, office.letter().id) == "request_state"


@pytest.mark.proves("D-0.2", "edge-58")
def test_a_request_is_withdrawn_by_a_later_letter_of_who_asked_with_its_file(office):
    earlier = office.letter(served_us=office.ago(days=1))
    request = office.approved()
    own = office.fresh(request).letter_id
    other = office.letter()
    office.act(correct_letter, other, LetterCorrection(sender_name="Konak Kaymakamlığı"))
    for letter_id, expected in (
        (None, "withdrawal_letter_missing"),
        (new_id(office.clock), "letter_not_found"),
        (office.letter(filed=False).id, "letter_unfiled"),
        (own, "withdrawal_letter_wrong"),
        (other.id, "withdrawal_letter_wrong"),
        (office.letter(Sender.UNIT).id, "withdrawal_letter_wrong"),
        (earlier.id, "withdrawal_letter_wrong"),
    ):
        assert office.refusal(withdraw, request, letter_id) == expected
    assert office.state(request) == State.APPROVED
    office.tell()
    assert len(office.locked()) == 1
    letter = office.letter()
    office.act(correct_letter, letter, LetterCorrection(sender_name="CUMHURİYET BAŞSAVCILIĞI"))
    office.act(withdraw, request, letter.id)
    assert office.refusal(correct_letter, letter, LetterCorrection(no="7")) == "letter_decided"
    with pytest.raises(VmsError, match="letter_decided"):
        office.file(letter)


def test_registering_keeps_every_word_and_every_number(office):
    first = office.register()
    second = office.register()
    assert (first.number, second.number) == (1, 2)
    with office.database.reading() as session:
        assert [(one.duty, one.name) for one in duties_of(session, second)] == [("register", "Clerk · clerk")]


@pytest.mark.proves("D-10.1c")
def test_a_hundred_cameras_of_twenty_days_are_locked_within_two_seconds(office):
    with office.database.writing() as session:
        for number in range(100):
            camera = register_camera(
                session, NewCamera(name=f"k{number}", main_address="rtsp://cam.example/"), office.town._box,
                office.clock,
            )  # fmt: skip
            office.town.cameras[f"k{number}"] = camera
    letter = office.letter()
    names = " ".join(f"k{number}" for number in range(100))
    begun = time.perf_counter()
    request = office.act(register, letter, office.new(names, [(office.ago(days=20), office.ago())]))
    told = tell(office.database, office.archive, office.clock, request.id)
    took_s = time.perf_counter() - begun
    assert (told.placed, list(told.pending)) == (100, [])
    with office.database.reading() as session:
        assert session.query(LockOrder).count() == session.query(LockConfirmation).count() == 100
    assert took_s < 2


@pytest.mark.proves("edge-35", "D-4.4", "D-10.1a")
def test_without_the_letters_file_a_request_is_registered_and_not_approved(office):
    letter = office.letter(filed=False)
    request = office.register(letter=letter)
    assert request.state == State.REGISTERED
    assert office.refusal(approve, request, by="lawyer") == "written_request_missing"
    office.file(letter)
    assert office.act(approve, request, by="lawyer").state == State.APPROVED


@pytest.mark.proves("D-10.1a")
def test_another_official_needs_a_text_and_a_legal_opinion(office):
    claim = office.claim(authority_kind=AuthorityKind.OTHER_OFFICIAL, legal_basis="213 s. VUK m. 148")
    request = office.register(claim=claim)
    assert office.refusal(approve, request, by="lawyer") == "legal_review_missing"
    assert office.act(approve, request, "m. 148 kapsamında", by="lawyer").decision == "m. 148 kapsamında"


@pytest.mark.proves("edge-41")
def test_a_refused_request_lets_go_of_its_own_lock_only(office):
    office.film(days=1)
    first, second = office.register(), office.register()
    assert len(office.locked()) == 2
    office.act(refuse, first, "yetkisiz makam", by="lawyer")
    office.tell()
    assert len(office.locked()) == 1
    assert office.state(first) == State.REFUSED
    office.act(answer, first, "S-3", office.town.today)
    assert office.fresh(first).outcome == Outcome.REFUSED
    office.act(refuse, second, "yetkisiz makam", by="lawyer")
    office.tell()
    assert office.locked() == []


def test_missing_papers_are_waited_for_with_the_footage_locked(office):
    office.film(days=1)
    request = office.register()
    office.act(return_for_papers, request, ["İmza sirküleri"], by="lawyer")
    assert office.fresh(request).missing == ["İmza sirküleri"]
    assert len(office.locked()) == 1
    assert office.refusal(approve, request, by="lawyer") == "request_state"
    assert office.refusal(complete, request, by="lawyer") == "separation_of_duties"
    office.act(complete, request, "geldi")
    assert office.act(approve, request, by="lawyer").state == State.APPROVED


def test_papers_that_never_come_refuse_a_request_at_the_deadline(office):
    office.film(days=1)
    request = office.register()
    office.act(return_for_papers, request, ["Yetki belgesi"], by="lawyer")
    deadline_us = office.fresh(request).return_until_us
    office.clock.advance((deadline_us - office.clock.now_us()) / 1e6 - 1)
    assert office.act(refuse_overdue) == 0
    office.clock.advance(1)
    assert office.refusal(complete, request) == "papers_too_late"
    assert (office.act(refuse_overdue), office.act(refuse_overdue)) == (1, 0)
    assert office.fresh(request).decision == "papers_did_not_come"  # a code, which each page puts into its words
    office.tell()
    assert (office.state(request), office.locked()) == (State.REFUSED, [])
