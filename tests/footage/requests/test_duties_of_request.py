"""Separation of duties over the life of a request."""

import pytest

from vms.footage.policy import ALL_PAIRS, Duty, Policy
from vms.footage.requests.assigning import assign
from vms.footage.requests.review import approve, refuse
from vms.footage.rules import State
from vms.people.queries import roles_of
from vms.people.role_service import give_role
from vms.people.rules import Role


def everything(office, name="clerk"):
    """Let one person hold every role that a request needs."""
    with office.database.writing() as session:
        account = session.merge(office.town.accounts[name])
        held = roles_of(session, account.id, office.clock.now_us())
        for role in {Role.LEGAL_REVIEWER, Role.FOOTAGE_OFFICER} - held:
            give_role(session, office.clock, account, role, by=office.by("sef"))


@pytest.mark.proves("C-7", "edge-45")
def test_the_same_person_neither_approves_nor_exports_what_they_registered(office):
    everything(office)
    request = office.register()
    assert office.refusal(approve, request, by="clerk") == "separation_of_duties"
    assert office.refusal(refuse, request, "neden", by="clerk") == "separation_of_duties"
    assert office.refusal(assign, request, office.town.accounts["clerk"]) == "separation_of_duties"
    assert office.act(approve, request, by="lawyer").state == State.APPROVED


@pytest.mark.proves("C-7")
def test_the_officer_of_a_request_does_not_approve_it_nor_its_approver_export_it(office):
    everything(office, "officer")
    request = office.register()
    office.act(assign, request, office.town.accounts["officer"])
    assert office.refusal(approve, request, by="officer") == "separation_of_duties"
    other = office.register()
    office.act(approve, other, by="officer")
    assert office.refusal(assign, other, office.town.accounts["officer"]) == "separation_of_duties"
    assert office.act(assign, other, office.town.accounts["officer2"]).officer_id is not None


@pytest.mark.proves("C-7")
def test_a_small_municipality_leaves_pairs_out(office):
    everything(office)
    small = Policy(separate=ALL_PAIRS - {frozenset({Duty.REGISTER, Duty.APPROVE})})
    request = office.register()
    assert office.act(approve, request, by="clerk", policy=small).state == State.APPROVED
    assert office.refusal(assign, request, office.town.accounts["clerk"], policy=small) == "separation_of_duties"


@pytest.mark.proves("D-6.14")
def test_only_an_officer_is_given_a_request(office):
    request = office.register()
    assert office.refusal(assign, request, office.town.accounts["lawyer"]) == "paper_not_for_role"
    assert office.refusal(assign, request, office.town.accounts["wall"]) == "shared_account_not_allowed"
