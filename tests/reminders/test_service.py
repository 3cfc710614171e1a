"""Reminders of a municipality: from real papers to rows that are written once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from vms.authority.acts import Letter
from vms.authority.agreements.service import withdraw_agreement
from vms.authority.grants.activation import activate
from vms.authority.grants.endings import reinstate, suspend, withdraw
from vms.authority.grants.renewals import register_renewal
from vms.authority.policy import Policy
from vms.authority.shared_reviews.model import Decision
from vms.authority.shared_reviews.service import NewReview, review
from vms.people.person_service import leave
from vms.people.role_service import give_role
from vms.people.rules import Role


@pytest.fixture
def head(town):
    """The mayor activates grants, the gardener keeps the register."""
    town.act(give_role, town.accounts["mayor"], Role.VMS_UNIT_HEAD)
    town.act(give_role, town.accounts["gardener"], Role.REGISTRY_CLERK)
    town.act(
        review,
        town.accounts["wall"],
        NewReview(reviewer="M", decision=Decision.KEEP, cameras=town.ids("gate"), olur="2026/9"),
    )


@pytest.mark.proves("D-11.5b", "S-6")
def test_each_mark_is_written_once_for_the_person_and_who_signs_for_them(town, desk, at, day, head):
    town.grant("ayse")
    assert desk.write() == 0
    for n in range(140, 181):
        at(day(n), hours=9)
        desk.write()
        assert desk.write() == 0  # again at once: nothing new
    marks = [(who, kind, mark) for who, kind, mark, _ in desk.written() if "grant" in kind]
    expected = [("Ayse", "grant_ends"), ("Chief", "staff_grant_ends")]
    assert sorted(marks) == sorted((*who, mark) for who in expected for mark in ("30", "14", "7", "1"))
    at(day(181))
    assert [one for one in desk.for_person("ayse") if one[0] == "grant_ends"] == []


def test_jobs_that_stood_still_catch_up_with_what_still_counts(town, desk, at, day, head):
    town.grant("ayse")
    at(day(151))
    desk.write()
    at(day(168))  # the fourteen days' mark passed meanwhile
    desk.write()
    assert [(mark, state) for who, _, mark, state in desk.written() if who == "Ayse"] == [
        ("30", "over"),
        ("14", "waiting"),
    ]


@pytest.mark.proves("D-11.5b")
def test_a_renewal_asks_for_the_password_and_then_for_nothing(town, desk, at, day, head):
    grant = town.grant("ayse")
    at(day(170))
    assert desk.for_person("ayse") == [("grant_ends", 14, 10)]
    town.act(register_renewal, grant, Letter("Z-1", day(170)), town.people["chief"].id, policy=Policy())
    assert desk.for_person("ayse") == [("password_waits", 14, 10)]
    assert [one for one in desk.for_person("chief") if "grant" in one[0]] == []


@pytest.mark.proves("R-12", "W-12.2")
def test_a_grant_that_nobody_activates_is_mailed_about_after_three_days(town, desk, clock, head):
    town.sign("ayse")
    grant = town.enter("ayse")
    assert desk.for_person("mayor") == [("approval_waits", 3, 0)]  # who looks is told at once
    clock.advance(3 * 86_400 - 1)
    assert desk.write() == 0  # no mail yet
    clock.advance(1)
    assert desk.for_person("mayor") == [("approval_waits", 3, 3)]
    assert (desk.write(), desk.write()) == (1, 0)
    town.act(activate, grant, by=town.head)
    assert (desk.write(), desk.for_person("mayor")) == (0, [])
    assert [row[3] for row in desk.written()] == ["over"]


def test_three_days_count_from_the_moment_the_last_paper_came(town, desk, clock, head):
    from vms.authority.grants.service import submit

    draft = town.act(_draft(town), town.accounts["ayse"])
    clock.advance(10 * 86_400)
    town.act(submit, draft, town.olur())
    clock.advance(2 * 86_400)
    assert desk.for_person("mayor") == []
    town.sign("ayse")
    assert desk.for_person("mayor") == [("approval_waits", 3, 0)]
    clock.advance(3 * 86_400 - 1)
    assert desk.write() == 0
    clock.advance(1)
    assert (desk.write(), desk.for_person("mayor")) == (1, [("approval_waits", 3, 3)])


def _draft(town):
    from vms.authority.grants.service import NewGrant, enter

    def draft(session, clock, account, *, by):
        new = NewGrant(scope=town.scope(), purpose="güvenlik", training="Eğitim")
        return enter(session, clock, account, new, by=by)

    return draft


@pytest.mark.proves("D-11.2b", "A-24")
def test_who_has_not_signed_is_told_and_who_records_signatures_too(town, desk, clock, head):
    town.enter("ayse")
    assert desk.for_person("ayse") == [("agreement_missing", 0, 0)]
    assert desk.for_person("gardener") == [("staff_agreement_missing", 0, 0)]
    assert desk.write() == 2
    town.sign("ayse")
    assert desk.for_person("ayse") == desk.for_person("gardener") == []
    town.act(withdraw_agreement, town.sign("ayse"), "karar")
    assert desk.write() == 2  # another occasion


def test_a_guard_whose_agreement_was_withdrawn_is_told_unless_guards_need_none(town, desk, clock, head):
    signed = town.sign("guard")
    town.assign("guard", by=town.head)
    assert desk.for_person("guard") == []
    town.act(withdraw_agreement, signed, "karar")
    assert desk.for_person("guard") == [("agreement_missing", 0, 0)]
    assert desk.due(Policy(guards_need_papers=False)) == []
    clock.advance(9 * 3600)  # the shift is over
    assert desk.for_person("guard") == []


@pytest.mark.proves("D-11.6")
def test_a_shared_account_is_reviewed_before_its_six_months_are_over(town, desk, at, head):
    at(town.today + timedelta(days=160))
    assert ("review_due", 30, 24) in desk.for_person("chief")
    assert ("review_due", 30, 24) in desk.for_person("mayor")
    at(town.today + timedelta(days=60))
    assert desk.for_person("chief")[0][:2] == ("review_due", 0)


def test_a_mail_that_was_given_up_too_early_waits_again(town, desk, at, day, head):
    grant = town.grant("ayse")
    at(day(151))
    desk.write()
    town.act(suspend, grant, "karar")
    desk.write()
    assert {row[3] for row in desk.written()} == {"over"}
    town.act(reinstate, grant)
    assert desk.write() == 0
    assert {row[3] for row in desk.written()} == {"waiting"}


def test_who_left_is_reminded_of_nothing(town, desk, at, day, head):
    grant = town.grant("ayse")
    at(day(151))
    town.act(withdraw, grant, "karar")
    town.enter("bekir")
    assert desk.for_person("bekir") != []
    town.act(leave, town.people["bekir"].id)
    assert desk.for_person("bekir") == desk.for_person("ayse") == []


def test_two_processes_that_write_at_once_write_one_row_each(town, desk, at, day, head):
    town.grant("ayse")
    town.grant("bekir")
    at(day(151))
    with ThreadPoolExecutor(2) as threads:
        new = list(threads.map(lambda _: desk.write(), range(2)))
    assert sum(new) == 4 == len(desk.written())
