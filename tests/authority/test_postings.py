import pytest

from vms.authority.acts import Letter
from vms.authority.agreements.service import introduce_text, withdraw_agreement
from vms.authority.policy import Policy
from vms.authority.postings.assignments import NewAssignment, assign, end_assignment
from vms.authority.postings.posts import change_cameras, close_post, open_post
from vms.kernel.span import Span
from vms.people.acting import actor_of
from vms.people.model import Account

HOUR_US = 3_600_000_000


@pytest.fixture
def signed(town):
    town.sign("guard")
    return town


@pytest.mark.proves("D-7.3", "D-11.1a", "A-51", "edge-82")
def test_a_guard_sees_the_live_pictures_of_the_own_post_until_the_shift_ends(signed, clock):
    town = signed
    began_us = clock.now_us()
    town.assign(hours=8)
    assert town.sees("guard") == began_us + 8 * HOUR_US
    assert town.sees("guard", "lobby") == "no_assignment"
    seconds_ago = Span(clock.now_us() - 30_000_000, clock.now_us())
    assert town.sees("guard", mode="playback", interval=seconds_ago) == "playback_needs_olur"
    clock.advance(8 * 3600)
    assert town.sees("guard") == "no_assignment"


def test_a_shift_of_tomorrow_opens_nothing_today(signed, clock):
    signed.assign(hours=8, from_us=clock.now_us() + 24 * HOUR_US)
    assert signed.sees("guard") == "no_assignment"
    clock.advance(24 * 3600)
    assert isinstance(signed.sees("guard"), int)


@pytest.mark.proves("A-24")
def test_a_guard_needs_agreement_and_training(town, clock):
    post = town.post()
    new = NewAssignment(letter=Letter("KG-7", town.today), from_us=clock.now_us(), until_us=clock.now_us() + HOUR_US)
    assert town.refusal(assign, town.accounts["guard"], post, new) == "nda_missing"
    town.sign("guard")
    assert town.refusal(assign, town.accounts["guard"], post, new) == "training_missing"
    town.act(assign, town.accounts["guard"], post, new, policy=Policy(guards_need_papers=False))
    assert isinstance(town.sees("guard"), int)


@pytest.mark.proves("D-11.2b", "edge-91")
def test_an_agreement_that_is_withdrawn_or_outdated_lets_everything_rest(town):
    for name in ("ayse", "guard"):
        agreement = town.sign(name)
    town.grant("ayse")
    town.assign()
    town.act(withdraw_agreement, agreement, "Geri alındı")
    assert (town.sees("guard"), isinstance(town.sees("ayse"), int)) == ("nda_missing", True)
    town.sign("guard")
    assert isinstance(town.sees("guard"), int)
    town.act(introduce_text, "2", must_resign=False)
    assert isinstance(town.sees("ayse"), int), "never silently"
    town.act(introduce_text, "3", must_resign=True)
    assert (town.sees("guard"), town.sees("ayse")) == ("nda_missing", "nda_missing")
    town.sign("ayse")
    assert (town.sees("guard"), isinstance(town.sees("ayse"), int)) == ("nda_missing", True)
    for used in ("1", "3"):
        assert town.refusal(introduce_text, used, must_resign=False) == "version_taken"


@pytest.mark.proves("A-24")
def test_an_assignment_lasts_180_days_at_the_longest(signed, clock):
    town, post = signed, signed.post()
    from vms.kernel.days import nth_day_end_us

    end_us = nth_day_end_us(clock.now_us(), 180)
    more = {"letter": Letter("KG-7", town.today), "from_us": clock.now_us(), "training": "Eğitim"}
    too_long = NewAssignment(until_us=end_us + 1, **more)
    assert town.refusal(assign, town.accounts["guard"], post, too_long) == "grant_too_long"
    town.act(assign, town.accounts["guard"], post, NewAssignment(until_us=end_us, **more))
    assert town.sees("guard") == end_us


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"letter": Letter(" ", None)}, "assignment_letter_missing"),
        ({"hours": -1}, "until_in_the_past"),
        ({"name": "ayse"}, "paper_not_for_role"),
    ],
)
def test_an_assignment_that_makes_no_sense_is_refused(signed, clock, more, code):
    town = signed
    until_us = clock.now_us() + round(more.get("hours", 8) * HOUR_US)
    given = more.get("letter", Letter("KG-7", None))
    new = NewAssignment(
        letter=Letter(given.no, town.today), from_us=clock.now_us(), until_us=until_us, training="Eğitim"
    )
    assert town.refusal(assign, town.accounts[more.get("name", "guard")], town.post(), new) == code


def test_nobody_posts_themselves(signed):
    with pytest.raises(Exception, match="Another person"):
        signed.assign(by=actor_of(signed.accounts["guard"]))


@pytest.mark.proves("D-11.1a", "C-7")
def test_nobody_widens_the_post_they_stand_on(signed, clock):
    town, post = signed, signed.post(cameras="gate lobby")
    own, colleague = actor_of(signed.accounts["guard"]), actor_of(signed.accounts["chief"])
    town.assign(hours=8, post=post, by=colleague)
    assert town.refusal(change_cameras, post, town.ids("gate yard"), by=own) == "second_person_missing"
    assert town.sees("guard", "yard") == "no_assignment"
    assert isinstance(town.sees("guard", "lobby"), int), "refused whole"
    town.act(change_cameras, post, town.ids("gate"), by=own)
    assert town.sees("guard", "lobby") == "no_assignment"
    town.act(change_cameras, post, town.ids("gate yard"), by=colleague)
    assert isinstance(town.sees("guard", "yard"), int)
    clock.advance(8 * 3600)
    town.act(change_cameras, post, town.ids("gate yard lobby"), by=own)


def test_who_is_posted_tomorrow_widens_nothing_today(signed, clock):
    post = signed.post()
    signed.assign(post=post, from_us=clock.now_us() + 24 * HOUR_US)
    own = actor_of(signed.accounts["guard"])
    assert signed.refusal(change_cameras, post, signed.ids("gate lobby"), by=own) == "second_person_missing"


def test_an_old_password_is_changed_at_the_next_sign_in(signed, at, day):
    signed.assign()
    at(day(181), 9)
    signed.assign(post=signed.post("Avlu", "yard"))
    with signed.database.reading() as session:
        assert session.get_one(Account, signed.accounts["guard"].id).must_change_password


@pytest.mark.proves("D-7.3")
def test_taking_a_guard_off_the_post_counts_at_once(signed, clock):
    assignment = signed.assign()
    signed.act(end_assignment, assignment, "Nöbet değişti")
    assert signed.sees("guard") == "no_assignment"
    assert signed.refusal(end_assignment, assignment, "again") == "assignment_ended"


def test_a_guard_sees_what_the_post_watches_now(signed):
    town = signed
    post = town.post(cameras="gate lobby")
    town.assign(post=post)
    town.act(change_cameras, post, town.ids("lobby yard"))
    assert town.sees("guard", "gate") == "no_assignment"
    assert isinstance(town.sees("guard", "lobby"), int)
    assert isinstance(town.sees("guard", "yard"), int)
    town.act(close_post, post, "Bina boşaltıldı")
    assert {town.sees("guard", one) for one in ("gate", "lobby", "yard")} == {"no_assignment"}
    assert town.refusal(open_post, post.name, "", town.ids("gate")) == "post_name_taken"
