import pytest

from vms.authority.acts import Letter
from vms.authority.duty_changes import report_duty_change
from vms.authority.grants.endings import withdraw
from vms.authority.grants.queries import periods_of
from vms.authority.grants.renewals import complete, register_renewal, waiting_accounts
from vms.kernel.days import start_us
from vms.people.model import Account
from vms.people.passwords import Passwords
from vms.people.sign_in import change_password

NEW = "Bahar temizligi 1938"


def letter(town, no="ZD-12"):
    return Letter(no, town.today)


@pytest.fixture
def renew(town):
    def renew(grant, applicant="chief", **more):
        return town.act(register_renewal, grant, more.pop("letter", letter(town)), town.people[applicant].id, **more)

    return renew


@pytest.fixture
def choose_password(town):
    """As the person does at the sign-in; then what follows, as the web does."""

    def choose(name="ayse", new=NEW):
        account = town.accounts[name]
        cheap = Passwords(time_cost=1, memory_kib=8)
        change_password(town.database, town.clock, account, "not for this", new, passwords=cheap)
        with town.database.writing() as session:
            complete(session, town.clock, session.get_one(Account, account.id), by=town.clerk)

    return choose


def must_change(town, name="ayse"):
    with town.database.reading() as session:
        return session.get_one(Account, town.accounts[name].id).must_change_password


def periods(town, grant):
    with town.database.reading() as session:
        return [(one.from_us, one.until_us, one.cancelled_us) for one in periods_of(session, grant.id)]


@pytest.mark.proves("D-11.5b", "A-27")
def test_letter_and_new_password_renew_without_a_gap(town, at, day, renew, choose_password):
    grant = town.grant()
    at(day(170), 10)
    renew(grant)
    assert must_change(town)
    choose_password()
    assert not must_change(town)
    assert town.sees() == start_us(day(181))
    at(day(180), 23, 59, 59)
    assert town.sees() == start_us(day(181))
    at(day(181))
    assert town.sees() == start_us(day(361))
    at(day(360), 23, 59, 59)
    assert isinstance(town.sees(), int)
    at(day(361))
    assert town.sees() == "grant_expired"


@pytest.mark.proves("D-11.5b", "edge-76")
def test_without_a_new_password_nothing_is_renewed(town, at, day, renew):
    grant = town.grant()
    at(day(170), 10)
    renew(grant)
    at(day(181))
    assert (town.sees(), must_change(town)) == ("grant_expired", True)


@pytest.mark.proves("A-28")
def test_a_password_of_the_running_period_is_new_enough(town, at, day, renew, choose_password):
    grant = town.grant()
    at(day(100), 10)
    choose_password()
    at(day(175), 10)
    renew(grant)
    assert not must_change(town)
    at(day(181))
    assert town.sees() == start_us(day(361))


def test_the_second_renewal_needs_another_password(town, at, day, renew, choose_password):
    grant = town.grant()
    at(day(170), 10)
    renew(grant)
    choose_password()
    at(day(350), 10)
    renew(grant)
    assert must_change(town), "the last one was chosen before this period began"


@pytest.mark.proves("edge-76")
@pytest.mark.parametrize("applicant", ["gardener", "ayse", "mayor", "bekir"])
def test_the_letter_comes_from_the_supervisor_of_the_persons_own_unit(town, at, day, applicant):
    grant = town.grant()
    at(day(170), 10)
    wrong = town.people[applicant].id
    assert town.refusal(register_renewal, grant, letter(town), wrong) == "not_own_supervisor"


def test_a_supervisors_own_renewal_is_signed_by_the_next_above(town, at, day, renew):
    grant = town.grant("chief")
    at(day(170), 10)
    assert town.refusal(register_renewal, grant, letter(town), town.people["chief"].id) == "not_own_supervisor"
    renew(grant, "mayor")


@pytest.mark.proves("D-11.5b")
def test_no_letter_no_renewal(town, at, day):
    grant = town.grant()
    at(day(170), 10)
    chief = town.people["chief"].id
    assert town.refusal(register_renewal, grant, Letter(" ", town.today), chief) == "renewal_letter_missing"
    assert town.refusal(register_renewal, grant, Letter("1", day(171)), chief) == "letter_in_future"


def test_a_renewal_is_registered_in_the_last_30_days(town, at, day, renew):
    grant = town.grant()
    chief = town.people["chief"].id
    at(day(150), 23, 59)
    assert town.refusal(register_renewal, grant, letter(town), chief) == "renewal_too_early"
    at(day(151))
    renew(grant)
    assert town.refusal(register_renewal, grant, letter(town), chief) == "renewal_pending"


def test_a_written_period_is_not_renewed_ahead_of_its_last_days(town, at, day, renew, choose_password):
    grant = town.grant()
    at(day(170), 10)
    renew(grant)
    choose_password()
    assert town.refusal(register_renewal, grant, letter(town), town.people["chief"].id) == "renewal_too_early"


@pytest.mark.proves("A-27")
def test_a_late_renewal_begins_when_it_is_complete_and_not_before(town, at, day, renew, choose_password):
    grant = town.grant()
    at(day(200), 10)
    renew(grant)
    assert town.sees() == "grant_expired"
    at(day(202), 10)
    choose_password()
    assert town.sees() == start_us(day(202 + 180))


def test_after_30_days_it_needs_a_new_olur(town, at, day, renew, choose_password):
    grant = town.grant()
    at(day(210), 23, 59)
    renew(grant)
    at(day(211))
    choose_password()  # the letter came in time, the password did not
    assert town.sees() == "grant_expired"
    assert periods(town, grant)[1][2] is not None
    assert town.refusal(register_renewal, grant, letter(town), town.people["chief"].id) == "renewal_too_late"


def test_what_the_olur_ends_a_letter_does_not_prolong(town, at, day):
    grant = town.grant(olur=town.olur(ends_on=day(40)))
    at(day(30))
    assert town.refusal(register_renewal, grant, letter(town), town.people["chief"].id) == "olur_missing"


@pytest.mark.proves("edge-78")
def test_a_prepared_renewal_ends_with_the_grant(town, at, day, renew, choose_password):
    first, second = town.grant(), town.grant("bekir")
    at(day(170), 10)
    for grant, name in ((first, "ayse"), (second, "bekir")):
        renew(grant)
        choose_password(name)
    town.act(withdraw, first, "karar")
    town.act(report_duty_change, town.people["bekir"], letter(town))
    at(day(181))
    assert (town.sees("ayse"), town.sees("bekir")) == ("grant_revoked", "grant_revoked")


def test_a_password_that_somebody_else_set_is_none_of_the_persons(town, at, day, renew):
    from vms.people.service import set_password

    grant = town.grant()
    at(day(170), 10)
    town.act(set_password, town.accounts["ayse"], "Yonetici verdi 12", must_change=True, passwords=Passwords(1, 8))
    renew(grant)
    at(day(181))
    assert town.sees() == "grant_expired"


def test_what_slipped_through_is_found_again(town, at, day, renew):
    """The web process may die between the new password and the period it makes."""
    grant = town.grant()
    at(day(170), 10)
    renew(grant)
    cheap = Passwords(time_cost=1, memory_kib=8)
    change_password(town.database, town.clock, town.accounts["ayse"], "not for this", NEW, passwords=cheap)
    with town.database.writing() as session:
        found = waiting_accounts(session)
        assert [one.name for one in found] == ["ayse"]
        assert [one.id for one in complete(session, town.clock, found[0], by=town.clerk)] == [grant.id]
        assert complete(session, town.clock, found[0], by=town.clerk) == []
    at(day(181))
    assert town.sees() == start_us(day(361))
