"""Holds: effective at once, for 90 days, released by nobody's forgetting."""

import threading
from datetime import date, timedelta

import pytest
from hold_records import printed
from sqlalchemy import select

from vms.archive.deletion import delete_expired
from vms.footage.availability import Found
from vms.footage.holds.asks import NewAsk, ask_for_hold, decline
from vms.footage.holds.model import Basis, Hold, HoldState
from vms.footage.holds.service import (
    expire,
    place,
    refuse_export,
    refuse_longer,
    release,
    sign,
    unsigned_since,
)
from vms.footage.letters.correcting import LetterCorrection, correct_letter
from vms.footage.letters.model import Sender
from vms.footage.letters.register import Lack, count_letters
from vms.footage.queries import asks_of, hold_items_of, holds_of_request, waiting_asks
from vms.footage.upkeep import run_once
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import day_of, end_us
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id
from vms.kernel.span import Span
from vms.people.rules import Role

HOUR_US = 3600 * 1_000_000
SEF = [Role.VMS_UNIT_HEAD]


def sweep(office, days=20):
    return delete_expired(office.shelf.volume, {office.camera(): days}, office.clock.now_us()).deleted


def upkeep(office):
    return run_once(office.database, office.archive, office.clock, is_clock_believed=True, by=office.by("clerk"))


@pytest.fixture
def filmed(office):
    office.film(days=1)
    return office


def code(call, *given, **more):
    with pytest.raises(VmsError) as err:
        call(*given, **more)
    return err.value.code


@pytest.mark.proves("D-10.1f", "D-10.2b", "edge-70")
def test_a_hold_keeps_from_the_moment_it_is_placed_signed_or_not(filmed):
    hold = filmed.hold()
    assert (hold.state, hold.signed_us, list(filmed.told.pending)) == (HoldState.OPEN, None, [])
    assert filmed.locked() == [Span(filmed.ago(hours=6), filmed.ago(hours=3))]
    filmed.clock.advance(30 * 86_400)
    assert {one.span.duration_us for one in sweep(filmed)} == {HOUR_US}
    assert len(filmed.shelf.ends(filmed.camera())) == 3
    assert upkeep(filmed).unsigned == [hold.number]
    signed = filmed.act(sign, hold, SEF, printed(filmed, hold), by="sef")
    assert (signed.state, signed.signed_by_name) == (HoldState.ACTIVE, "Sef · sef")
    assert upkeep(filmed).unsigned == []


@pytest.mark.proves("edge-70")
def test_a_record_that_waits_for_its_signature_is_told_after_three_days(filmed):
    hold = filmed.hold()
    assert upkeep(filmed).unsigned == []
    filmed.clock.advance(3 * 86_400)
    assert upkeep(filmed).unsigned == []
    filmed.clock.advance(1)
    assert upkeep(filmed).unsigned == [hold.number]
    with filmed.database.reading() as session:
        assert unsigned_since(session, hold.starts_us) == []


@pytest.mark.proves("edge-62", "D-10.1f", "D-10.2b")
@pytest.mark.parametrize(
    ("basis", "missing", "expected"),
    [
        (Basis.UNWRITTEN_REQUEST, {"institution": " "}, "institution_required"),
        (Basis.PRE_INVESTIGATION, {"incident": ""}, "incident_required"),
    ],
)
def test_a_hold_says_for_whom_or_for_what(filmed, basis, missing, expected):
    assert code(filmed.hold, basis=basis, **missing) == expected
    assert filmed.locked() == []


@pytest.mark.proves("edge-62")
def test_a_hold_says_why(filmed):
    from vms.footage.holds.service import NewHold, check_new

    new = NewHold(basis=Basis.UNWRITTEN_REQUEST, reason=" ", institution="Emniyet", cameras=[], intervals=[])
    assert code(check_new, new) == "reason_required"


@pytest.mark.proves("edge-61")
def test_what_is_gone_cannot_be_held_and_what_is_left_is(filmed):
    filmed.film(days=30, until_us=filmed.ago(days=5))
    delete_expired(filmed.shelf.volume, {filmed.camera(): 21}, filmed.clock.now_us())
    with pytest.raises(VmsError) as err:
        filmed.hold(intervals=[(filmed.ago(days=30), filmed.ago(days=29))])
    assert (err.value.code, err.value.detail) == (
        "nothing_to_hold",
        {"causes": ["retention_expired"], "offer": "P-07"},
    )
    assert filmed.locked() == []
    oldest_us = min(filmed.shelf.ends(filmed.camera())) - HOUR_US
    hold = filmed.hold(intervals=[(oldest_us - 5 * HOUR_US, oldest_us + HOUR_US)])
    with filmed.database.reading() as session:
        (item,) = hold_items_of(session, hold.id)
    assert item.found["covered_us"] == HOUR_US
    assert [hole[:3] for hole in item.found["missing"]] == [[oldest_us - 5 * HOUR_US, oldest_us, "retention_expired"]]


def test_a_camera_with_nothing_is_named_in_the_hold_and_not_locked(filmed):
    hold = filmed.hold("gate lobby")
    with filmed.database.reading() as session:
        kept = {item.camera_id: item.lock_id is not None for item in hold_items_of(session, hold.id)}
    assert kept == {filmed.camera("gate"): True, filmed.camera("lobby"): False}
    assert filmed.locked("lobby") == []


@pytest.mark.proves("edge-63", "C-2")
def test_footage_under_a_hold_outlives_its_retention_and_goes_after_it_with_the_holds_words(filmed):
    hold = filmed.hold()
    filmed.clock.advance(50 * 86_400)
    sweep(filmed)
    assert len(filmed.shelf.ends(filmed.camera())) == 3
    filmed.clock.advance((hold.ends_us - filmed.clock.now_us()) / 1e6)
    assert upkeep(filmed).expired == 1
    assert filmed.fresh(hold).state == HoldState.EXPIRED
    locks = filmed.shelf.volume
    from vms.archive.locks import list_locks

    (lock,) = list_locks(locks, with_released=True)
    assert (lock.reference, lock.kind, lock.released_us) == (f"Muhafaza {hold.number}", "hold", hold.ends_us)
    sweep(filmed)
    assert filmed.shelf.ends(filmed.camera()) == []


@pytest.mark.proves("edge-67", "D-10.2b")
def test_a_hold_of_the_last_minute_of_a_day_lasts_to_the_end_of_its_ninetieth(office, at):
    at(date(2025, 7, 1), 23, 59)
    office.film(days=1)
    hold = office.hold()
    assert hold.ends_us == end_us(date(2025, 9, 29))
    at(date(2025, 9, 29), 23, 59, 59)
    assert (upkeep(office).expired, len(office.locked())) == (0, 1)
    at(date(2025, 9, 30))
    assert (upkeep(office).expired, upkeep(office).expired, office.locked()) == (1, 0, [])


@pytest.mark.proves("edge-64")
def test_a_written_request_keeps_what_its_hold_lets_go(filmed):
    hold = filmed.hold()
    request = filmed.register()
    with filmed.database.reading() as session:
        assert [one.id for one in holds_of_request(session, request.id)] == [hold.id]
    assert len(filmed.locked()) == 2
    filmed.clock.advance((hold.ends_us - filmed.clock.now_us()) / 1e6)
    upkeep(filmed)
    sweep(filmed)
    assert len(filmed.locked()) == 1
    assert len(filmed.shelf.ends(filmed.camera())) == 3


@pytest.mark.proves("edge-65")
def test_a_hold_that_ends_while_its_request_is_worked_on_takes_nothing_away(filmed):
    hold = filmed.hold()
    request = filmed.approved()
    assert filmed.searched(request).state == "available"
    filmed.clock.advance((hold.ends_us - filmed.clock.now_us()) / 1e6)
    assert upkeep(filmed).expired == 1
    sweep(filmed)
    assert len(filmed.shelf.ends(filmed.camera())) == 3
    assert filmed.searched(request).state == "available"


@pytest.mark.proves("edge-66")
def test_of_two_holds_one_ends_and_the_other_keeps(filmed):
    first = filmed.hold()
    filmed.clock.advance(10 * 86_400)
    second = filmed.hold(intervals=[(first.starts_us - 5 * HOUR_US, first.starts_us - 4 * HOUR_US)])
    filmed.clock.advance((first.ends_us - filmed.clock.now_us()) / 1e6)
    assert upkeep(filmed).expired == 1
    sweep(filmed)
    assert [one.reference for one in filmed.archive.locks()] == [f"Muhafaza {second.number}"]
    assert len(filmed.shelf.ends(filmed.camera())) == 1


@pytest.mark.proves("edge-68")
def test_a_hold_is_carried_on_by_another_one_only(filmed):
    hold = filmed.hold()
    assert code(refuse_longer, hold, hold.ends_us + US_PER_DAY) == "hold_end_fixed"
    filmed.clock.advance(80 * 86_400)
    span = (hold.starts_us - 6 * HOUR_US, hold.starts_us - 3 * HOUR_US)
    after = filmed.hold(intervals=[span], extends=hold.id)
    assert (after.extends_id, filmed.fresh(hold).ends_us) == (hold.id, hold.ends_us)
    assert after.ends_us > hold.ends_us
    filmed.clock.advance((hold.ends_us - filmed.clock.now_us()) / 1e6)
    upkeep(filmed)
    assert filmed.locked() == [Span(*span)]
    assert code(filmed.hold, intervals=[span], extends=hold.id) == "hold_state"


@pytest.mark.proves("edge-69", "D-10.1f")
def test_nothing_leaves_on_a_hold(filmed):
    assert code(refuse_export, filmed.hold()) == "written_request_missing"


@pytest.mark.proves("edge-71")
def test_a_hold_on_what_is_still_to_come_is_refused(filmed):
    now_us = filmed.clock.now_us()
    assert code(filmed.hold, intervals=[(now_us - HOUR_US, now_us + 1)]) == "interval_in_future"
    assert filmed.hold(intervals=[(now_us - HOUR_US, now_us)]).state == HoldState.OPEN


@pytest.mark.proves("edge-72", "edge-61")
def test_a_hold_that_a_sweep_overtook_is_void_and_says_so(office):
    """The sweep comes between the look and the lock, where no luck is needed to hit it."""
    office.film(days=1)
    begin_us = office.ago(days=1)
    archive, told = office.archive, []
    take = archive.place_locks

    def late(locks):
        office.clock.advance(21 * 86_400)
        while sweep(office):
            pass
        told.extend(locks)
        return take(locks)

    archive.place_locks = late
    with pytest.raises(VmsError) as err:
        office.hold(intervals=[(begin_us, begin_us + HOUR_US)])
    assert (err.value.code, len(told)) == ("nothing_to_hold", 1)
    del archive.place_locks
    office.tell()
    with office.database.reading() as session:
        assert [hold.state for hold in session.scalars(select(Hold))] == [HoldState.VOID]
    assert office.locked() == []


def swept_at(started, office):
    started.wait()
    sweep(office)


def hold_or_none(office, span):
    """None when it came too late, and said so."""
    try:
        return office.hold(intervals=[(span.start_us, span.end_us)])
    except VmsError as err:
        if err.code != "nothing_to_hold":
            raise
        return None


@pytest.mark.proves("edge-72", "C-2")
def test_sweep_and_hold_race_and_there_is_never_a_lock_on_nothing(office):
    """Both at once, again and again: the segment is kept, or the hold says that it came too late."""
    office.clock.advance(60 * 86_400)
    kept = void = 0
    for _ in range(60):
        span = Span(office.ago(days=20, hours=1), office.ago(days=20))
        office.shelf.write(span, office.camera())
        thread = threading.Thread(target=swept_at, args=(started := threading.Barrier(2), office))
        thread.start()
        started.wait()
        hold = hold_or_none(office, span)
        thread.join()
        if hold is None:
            void += 1
        else:
            kept += 1
            assert span.end_us in office.shelf.ends(office.camera())
            office.let_go(hold)
        office.tell()
        assert office.locked() == []
        office.clock.advance(7_200)
    assert kept + void == 60


@pytest.mark.proves("D-10.1e", "edge-48")
def test_a_record_is_signed_and_a_hold_released_by_chief_or_manager(filmed):
    hold = filmed.hold()
    for roles in ([Role.UNIT_SUPERVISOR], [Role.REGISTRY_CLERK], []):
        assert filmed.refusal(sign, hold, roles, None, by="sef") == "supervisor_signature_missing"
        wanted = (hold, filmed.decision().id, "gerek kalmadı", roles)
        assert filmed.refusal(release, *wanted, by="sef") == "supervisor_signature_missing"
    assert filmed.refusal(sign, hold, SEF, None, by="clerk") == "separation_of_duties"
    decision = filmed.decision()
    released = filmed.act(release, hold, decision.id, "gerek kalmadı", SEF, by="sef")
    filmed.tell()
    assert (released.state, released.decision_no, filmed.locked()) == (HoldState.RELEASED, decision.no, [])
    assert filmed.refusal(sign, hold, SEF, None, by="sef") == "hold_state"


@pytest.mark.proves("D-10.1f", "D-10.2b")
def test_a_hold_is_signed_on_its_own_record_only(filmed):
    hold = filmed.hold()
    unknown, other = new_id(filmed.clock), filmed.hold()
    for record, expected in (
        (None, "hold_record_missing"),
        (unknown, "document_not_found"),
        (printed(filmed, hold, kind="P-06"), "hold_record_wrong"),
        (printed(filmed, hold, subject=other.id), "hold_record_wrong"),
        (printed(filmed, hold, state="issued"), "hold_record_unsigned"),
        (printed(filmed, hold, state="cancelled"), "hold_record_unsigned"),
    ):
        filmed.clock.advance(0.001)
        assert filmed.refusal(sign, hold, SEF, record, by="sef") == expected
    record = printed(filmed, hold)
    assert filmed.act(sign, hold, SEF, record, by="sef").record_id == record


@pytest.mark.proves("D-0.2")
def test_without_a_written_decision_nothing_is_released(filmed):
    hold = filmed.hold()
    today = day_of(filmed.clock.now_us())
    for decision_id, expected in (
        (None, "release_decision_missing"),
        (new_id(filmed.clock), "letter_not_found"),
        (filmed.letter(Sender.UNIT, on=today, filed=False).id, "letter_unfiled"),
        (filmed.letter(Sender.UNIT, on=today - timedelta(days=1)).id, "release_decision_old"),
    ):
        assert filmed.refusal(release, hold, decision_id, "neden", SEF, by="sef") == expected
    assert filmed.refusal(release, hold, filmed.decision().id, " ", SEF, by="sef") == "reason_required"
    assert len(filmed.locked()) == 1


@pytest.mark.proves("D-0.2")
def test_the_decision_by_which_a_hold_was_released_stays_as_it_is(filmed):
    hold, decision = filmed.hold(), filmed.decision()
    filmed.act(correct_letter, decision, LetterCorrection(subject="Muhafazanın kaldırılması"))
    filmed.act(release, hold, decision.id, "gerek kalmadı", SEF, by="sef")
    assert filmed.refusal(correct_letter, decision, LetterCorrection(subject="Başka")) == "letter_decided"
    with pytest.raises(VmsError, match="letter_decided"):
        filmed.file(decision)
    with filmed.database.reading() as session:
        assert count_letters(session, filmed.clock.now_us())[1][Lack.REQUEST] == 0  # it asks for nothing


@pytest.mark.proves("R-9")
def test_a_guards_wish_keeps_nothing_until_it_is_followed(filmed):
    guard = filmed.town.accounts["guard"]
    new = NewAsk(camera_id=filmed.camera(), from_us=filmed.ago(hours=1), until_us=filmed.ago(), reason="Çanta kapıldı")
    ask = filmed.town.act(ask_for_hold, guard, new, by=filmed.by("guard"))
    assert filmed.locked() == []
    hold = filmed.hold(intervals=[(ask.from_us, ask.until_us)], basis=Basis.PRE_INVESTIGATION, ask_id=ask.id)
    assert filmed.locked() == [Span(ask.from_us, ask.until_us)]
    answered = filmed.fresh(ask)
    assert (answered.hold_id, filmed.fresh(hold).ask_id) == (hold.id, ask.id)
    assert filmed.refusal(decline, ask.id, "gerek yok") == "hold_ask_answered"
    second = filmed.town.act(ask_for_hold, guard, new, by=filmed.by("guard"))
    filmed.act(decline, second.id, "tekrar")
    with filmed.database.reading() as session:
        assert waiting_asks(session) == []
        assert [one.answer for one in asks_of(session, guard.id)] in (["tekrar", ""], ["", "tekrar"])


def test_expiring_and_placing_agree_on_the_last_moment(filmed):
    hold = filmed.hold()
    filmed.clock.advance((hold.ends_us - filmed.clock.now_us()) / 1e6 - 1)
    assert filmed.act(expire) == []
    filmed.clock.advance(1)
    assert [one.id for one in filmed.act(expire)] == [hold.id]


def test_nothing_found_is_no_hold_whatever_is_asked(filmed):
    from vms.footage.availability import Wanted
    from vms.footage.holds.service import NewHold

    wanted = Wanted(filmed.camera("yard"), Span(1, 2), False, 0)
    new = NewHold(basis=Basis.UNWRITTEN_REQUEST, reason="x", institution="y", cameras=[], intervals=[])
    assert filmed.refusal(place, new, [Found(wanted)]) == "nothing_to_hold"
