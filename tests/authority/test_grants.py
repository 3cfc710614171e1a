from datetime import timedelta
from uuid import uuid4

import pytest

from vms.authority.agreements.queries import agreement_of
from vms.authority.grants.activation import activate
from vms.authority.grants.endings import reinstate, suspend, withdraw
from vms.authority.grants.model import Grant, Stored
from vms.authority.grants.queries import cameras_of, last_until_us, need_grant, periods_of
from vms.authority.grants.replacements import change_scope, replace_person
from vms.authority.grants.rules import Olur, State, next_mark, state_of
from vms.authority.grants.service import Correction, NewGrant, cancel, correct, enter, submit
from vms.authority.policy import Policy
from vms.kernel.days import start_us
from vms.kernel.span import Span
from vms.people.service import disable, enable

PAST = Span(1, 2)


def state(town, grant):
    with town.database.reading() as session:
        now = need_grant(session, grant.id)
        last_us = last_until_us(now, periods_of(session, grant.id))
        has = agreement_of(session, now.person_id, town.today) is not None
        return state_of(now, last_us, has, town.clock.now_us())


@pytest.mark.proves("D-11.5a", "edge-75")
def test_it_is_valid_to_the_last_moment_of_day_180(town, at, day):
    town.grant()
    end_us = start_us(day(181))
    at(day(180), 23, 59, 59)
    assert town.sees() == end_us
    at(day(181))
    assert town.sees() == "grant_expired"


@pytest.mark.proves("D-11.5a", "edge-74")
def test_181_days_are_refused_and_180_are_not(town):
    town.sign("ayse")
    assert town.refusal(enter, town.accounts["ayse"], NewGrant(scope=town.scope(), purpose="x", days=181)) == (
        "grant_too_long"
    )
    assert town.enter(days=180).days == 180


def test_a_grant_of_fewer_days_ends_with_them(town, at, day):
    town.grant(days=10)
    at(day(10), 23, 59)
    assert town.sees() == start_us(day(11))
    at(day(11))
    assert town.sees() == "grant_expired"


@pytest.mark.proves("D-11.5a")
def test_an_earlier_end_that_the_olur_names_wins(town, at, day):
    town.grant(olur=town.olur(ends_on=day(20)))
    assert town.sees() == start_us(day(21))
    at(day(21))
    assert town.sees() == "grant_expired"


@pytest.mark.proves("D-11.5a")
def test_a_later_end_that_the_olur_names_moves_nothing(town, day):
    town.grant(olur=town.olur(ends_on=day(300)))
    assert town.sees() == start_us(day(181))


@pytest.mark.proves("D-11.2b", "edge-73")
def test_nothing_is_active_without_an_agreement(town, at, day):
    grant = town.enter()
    assert state(town, grant) is State.AWAITING_NDA
    assert town.refusal(activate, grant, by=town.head) == "nda_missing"
    at(day(2), 9)
    town.sign("ayse")
    at(day(1), 9)  # the clock was wrong: by now the signature is dated tomorrow
    assert town.refusal(activate, grant, by=town.head) == "nda_missing"
    at(day(2), 10)
    assert state(town, grant) is State.AWAITING_ACTIVATION
    assert town.sees() == "no_grant"
    town.act(activate, grant, by=town.head)
    assert (state(town, grant), town.sees()) == (State.ACTIVE, start_us(day(182)))


@pytest.mark.proves("D-12.11", "C-7")
def test_who_entered_it_does_not_activate_it(town):
    town.sign("ayse")
    grant = town.enter()
    assert town.refusal(activate, grant) == "second_person_missing"
    town.act(correct, grant, Correction(training="Eğitim 02.06.2025"), by=town.head)
    assert town.refusal(activate, grant, by=town.head) == "second_person_missing", "whoever corrects has entered it"
    town.act(activate, grant)
    assert isinstance(town.sees(), int)


def test_one_person_is_enough_where_the_municipality_says_so(town):
    town.sign("ayse")
    town.act(activate, town.enter(), policy=Policy(two_person=False))
    assert isinstance(town.sees(), int)


def test_nobody_activates_their_own(town):
    town.sign("ayse")
    from vms.people.acting import actor_of

    own = actor_of(town.accounts["ayse"])
    assert town.refusal(activate, town.enter(), by=own, policy=Policy(two_person=False)) == "second_person_missing"


@pytest.mark.proves("edge-90")
def test_an_olur_used_again_for_more_cameras_needs_the_second_person_always(town):
    olur, alone = town.olur(), Policy(two_person=False)
    for name in ("ayse", "bekir"):
        town.sign(name)
    town.act(activate, town.enter("ayse", "gate lobby", olur=olur), policy=alone)
    town.act(activate, town.enter("bekir", "gate", olur=olur), policy=alone)  # it lists both of them
    wider = town.enter("bekir", "gate yard", olur=olur)
    assert town.refusal(activate, wider, policy=alone) == "second_person_missing"
    town.act(activate, wider, by=town.head, policy=alone)


@pytest.mark.proves("D-12.11")
def test_training_is_noted_before_anybody_watches(town):
    town.sign("ayse")
    grant = town.enter(training="")
    assert town.refusal(activate, grant, by=town.head) == "training_missing"
    town.act(correct, grant, Correction(training="Eğitim 01.07.2025"))
    town.act(activate, grant, by=town.head)


@pytest.mark.proves("D-3.1g", "D-11.1b")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"issuer": "department"}, "olur_wrong_issuer"),
        ({"issuer": "general_secretariat"}, None),
        ({"issuer": "deputy_general_secretariat"}, None),
        ({"no": " "}, "olur_missing"),
        ({"no": "2026/1\n"}, "olur_missing"),
    ],
)
def test_an_olur_comes_from_the_presidency_and_has_a_number(town, change, code):
    new = NewGrant(scope=town.scope(), purpose="x", olur=town.olur(**change))
    if code:
        assert town.refusal(enter, town.accounts["ayse"], new) == code
    else:
        assert town.act(enter, town.accounts["ayse"], new).state == Stored.SUBMITTED


def test_an_olur_of_tomorrow_is_none(town):
    new = NewGrant(scope=town.scope(), purpose="x", olur=town.olur(on=town.today + timedelta(days=1)))
    assert town.refusal(enter, town.accounts["ayse"], new) == "letter_in_future"


def test_without_an_olur_it_stays_a_draft(town):
    town.sign("ayse")
    new = NewGrant(scope=town.scope(), purpose="x", training="Eğitim")
    grant = town.act(enter, town.accounts["ayse"], new)
    assert state(town, grant) is State.DRAFT
    assert town.refusal(activate, grant, by=town.head) == "grant_state"
    town.act(submit, grant, town.olur())
    town.act(activate, grant, by=town.head)
    assert isinstance(town.sees(), int)


@pytest.mark.proves("D-11.2a", "D-12.11")
def test_it_opens_what_the_olur_says_and_nothing_wider(town):
    town.grant("ayse", "gate")
    town.grant("bekir", "gate lobby", playback=True)
    assert isinstance(town.sees("ayse"), int)
    assert town.sees("ayse", "lobby") == "no_grant"
    assert town.sees("ayse", mode="playback", interval=PAST) == "mode_not_granted"
    assert isinstance(town.sees("bekir", "lobby", "playback", PAST), int)
    assert town.sees("bekir", "yard") == "no_grant" == town.sees("bekir", uuid4())


@pytest.mark.proves("D-11.2a")
def test_recordings_without_live_pictures_are_granted_apart(town):
    town.grant(live=False, playback=True)
    assert isinstance(town.sees(mode="playback", interval=PAST), int)
    assert town.sees() == "mode_not_granted"


@pytest.mark.proves("D-1.3c", "D-11.1b", "edge-81")
def test_no_office_shows_a_picture(town):
    for name in town.accounts:
        assert town.sees(name) == {"guard": "no_assignment"}.get(name, "no_grant")
        assert town.authority.allowed(town.accounts[name].id, town.clock.now_us()) == {}


@pytest.mark.proves("D-3.1e", "D-3.1f")
def test_only_staff_is_given_authority(town):
    with town.database.writing() as session:
        session.merge(town.people["ayse"]).left_us = town.clock.now_us()
    assert town.refusal(enter, town.accounts["ayse"], NewGrant(scope=town.scope(), purpose="x")) == "not_staff"


@pytest.mark.proves("D-11.6")
@pytest.mark.parametrize(
    ("name", "code"),
    [("wall", "shared_account_not_allowed"), ("guard", "paper_not_for_role"), ("technician", "person_missing")],
)
def test_an_olur_is_for_a_person_of_the_office(town, name, code):
    assert town.refusal(enter, town.accounts[name], NewGrant(scope=town.scope(), purpose="x")) == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"live": False}, "grant_without_mode"),
        ({"cameras": ""}, "cameras_missing"),
        ({"days": 0}, "grant_too_short"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(town, more, code):
    scope = town.scope(more.get("cameras", "gate"), more.get("live", True))
    new = NewGrant(scope=scope, purpose="x", days=more.get("days", 180))
    assert town.refusal(enter, town.accounts["ayse"], new) == code


@pytest.mark.proves("D-11.3", "D-12.3b", "A-27", "edge-80")
def test_neither_its_person_nor_its_cameras_nor_its_purpose_are_edited(town):
    grant = town.grant()
    assert town.refusal(correct, grant, Correction(account_id=town.accounts["bekir"].id)) == "grantee_immutable"
    assert town.refusal(correct, grant, Correction(scope=town.scope("gate lobby"))) == "olur_missing"
    assert town.refusal(correct, grant, Correction(scope=town.scope(playback=True))) == "olur_missing"
    assert town.refusal(correct, grant, Correction(purpose="trafik", training="Eğitim 02.07.2025")) == "olur_missing"
    same = Correction(account_id=town.accounts["ayse"].id, scope=town.scope(), purpose=" güvenlik ")
    assert town.act(correct, grant, same).training == "Eğitim 01.06.2025", "what is refused changes nothing"
    again = Correction(purpose=grant.purpose, training="Eğitim 02.07.2025")
    assert town.act(correct, grant, again).training == "Eğitim 02.07.2025"
    assert (town.sees("bekir"), town.sees("ayse", "lobby")) == ("no_grant", "no_grant")


@pytest.mark.proves("A-27")
@pytest.mark.parametrize("ended", [suspend, None], ids=["suspended", "submitted"])
def test_an_olur_carries_its_purpose_in_every_state(town, ended):
    grant = town.enter() if ended is None else town.grant()
    if ended:
        town.act(ended, grant, "Olay incelemesi")
    assert town.refusal(correct, grant, Correction(purpose="trafik")) == "olur_missing"


def test_a_drafts_cameras_and_purpose_may_be_corrected(town):
    draft = town.act(enter, town.accounts["ayse"], NewGrant(scope=town.scope("gate"), purpose="x"))
    town.act(correct, draft, Correction(scope=town.scope("lobby yard"), purpose="trafik"))
    with town.database.reading() as session:
        assert session.get_one(Grant, draft.id).purpose == "trafik"
        assert set(cameras_of(session, draft.id)) == set(town.ids("lobby yard"))
    assert town.refusal(correct, draft, Correction(account_id=town.accounts["bekir"].id)) == "grantee_immutable"


@pytest.mark.proves("D-12.3b")
def test_another_scope_is_a_new_grant_that_takes_the_place_when_activated(town):
    old = town.grant("ayse", "gate", playback=True)
    new = NewGrant(scope=town.scope("lobby"), purpose="x", training="Eğitim")
    assert town.refusal(change_scope, old, new) == "olur_missing"
    same = Olur(old.olur_no, old.olur_on, "presidency")
    assert town.refusal(change_scope, old, NewGrant(scope=new.scope, purpose="x", olur=same)) == "olur_missing"
    entered = town.act(change_scope, old, NewGrant(scope=new.scope, purpose="x", olur=town.olur(), training="Eğitim"))
    assert isinstance(town.sees(), int), "the old one goes on until then"
    town.act(activate, entered, by=town.head)
    assert (town.sees(), state(town, old)) == ("grant_revoked", State.SUPERSEDED)
    assert isinstance(town.sees(camera="lobby"), int)


@pytest.mark.proves("D-11.3", "A-46")
def test_another_person_is_a_new_grant_and_the_old_one_ends_at_once(town):
    old = town.grant("ayse")
    new = NewGrant(scope=town.scope(), purpose="x", olur=town.olur(), training="Eğitim")
    no_olur = NewGrant(scope=town.scope(), purpose="x", training="Eğitim")
    assert town.refusal(replace_person, old, town.accounts["bekir"], no_olur) == "olur_missing"
    assert town.refusal(replace_person, old, town.accounts["ayse"], new) == "same_person"
    entered = town.act(replace_person, old, town.accounts["bekir"], new)
    assert (town.sees("ayse"), state(town, old)) == ("grant_revoked", State.REPLACED)
    assert town.sees("bekir") == "no_grant"
    town.sign("bekir")
    town.act(activate, entered, by=town.head)
    assert isinstance(town.sees("bekir"), int)


@pytest.mark.proves("D-12.3b")
def test_withdrawing_counts_at_once_and_for_good(town, clock):
    grant = town.grant()
    town.act(withdraw, grant, "Komisyon kararı")
    assert (town.sees(), state(town, grant)) == ("grant_revoked", State.REVOKED)
    clock.step_wall(-3600)  # a clock that is set back brings nothing back
    assert town.sees() == "grant_revoked"
    assert town.refusal(withdraw, grant, "again") == "grant_state"
    assert town.refusal(reinstate, grant) == "grant_state"


def test_a_suspended_grant_goes_on_until_the_end_it_had(town, at, day):
    grant = town.grant()
    at(day(10))
    town.act(suspend, grant, "Olay incelemesi")
    assert (town.sees(), state(town, grant)) == ("grant_revoked", State.SUSPENDED)
    at(day(60))
    town.act(reinstate, grant)
    assert town.sees() == start_us(day(181))
    town.act(suspend, grant, "Olay incelemesi")
    at(day(181))
    assert state(town, grant) is State.EXPIRED
    town.act(reinstate, grant)
    assert town.sees() in {"grant_expired", "grant_revoked"}


def test_a_grant_that_never_began_is_cancelled(town):
    grant = town.enter()
    assert town.refusal(cancel, grant, " ") == "reason_required"
    town.act(cancel, grant, "Yanlış kişi")
    assert state(town, grant) is State.CANCELLED
    assert town.refusal(activate, grant, by=town.head) == "grant_state"


@pytest.mark.proves("edge-89")
def test_of_two_grants_for_one_camera_one_is_enough(town, at, day):
    short, long = town.grant(days=10), town.grant(days=20)
    at(day(11), 1)
    assert town.sees() == start_us(day(21))
    town.act(withdraw, long, "karar")
    assert town.sees() == "grant_revoked"
    assert state(town, short) is State.EXPIRED


def test_a_disabled_account_sees_nothing_until_it_is_enabled(town):
    town.grant()
    town.act(disable, town.accounts["ayse"])
    assert town.sees() == "no_grant"
    town.act(enable, town.accounts["ayse"])
    assert isinstance(town.sees(), int)


@pytest.mark.parametrize(
    ("left", "mark"), [(31, None), (30, 30), (15, 30), (14, 14), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)]
)
def test_people_are_reminded_at_30_14_7_1_days(left, mark):
    assert next_mark(left) == mark
