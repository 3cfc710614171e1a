"""Separation of duties over the life of a request."""

import pytest

from vms.footage.letters.correcting import LetterCorrection, correct_letter
from vms.footage.letters.model import Letter
from vms.footage.policy import ALL_PAIRS, Duty, Policy
from vms.footage.requests.assigning import assign
from vms.footage.requests.review import approve, refuse, return_for_papers
from vms.footage.requests.service import RequestCorrection, correct
from vms.footage.rules import State
from vms.kernel.errors import VmsError
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


def letter_of(office, request):
    with office.database.reading() as session:
        return session.get(Letter, request.letter_id)


CHANGES = {
    "corrects": lambda office, letter: office.act(correct_letter, letter, LetterCorrection(sender_name="B"), by="b"),
    "files": lambda office, letter: office.file(letter, by="b"),
    "files again": lambda office, letter: office.file(office.file(letter), by="b"),
}


@pytest.fixture
def both(office):
    """B is registry clerk, legal reviewer and officer."""
    with office.database.writing() as session:
        account = office.town._account(session, "b", Role.REGISTRY_CLERK, display_name="B")
    office.town.accounts["b"] = account
    everything(office, "b")
    return office


@pytest.mark.proves("C-7", "edge-45")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("is_before", [True, False], ids=["before registering", "after registering"])
def test_who_changes_the_letter_has_registered_what_stands_on_it(both, change, is_before):
    letter = both.letter(filed=False)
    if is_before:
        change(both, letter)
    request = both.register(letter=letter)
    if not is_before:
        change(both, letter)
    both.file(letter)
    assert both.refusal(approve, request, by="b") == "separation_of_duties"
    assert both.refusal(assign, request, both.town.accounts["b"]) == "separation_of_duties"
    assert both.act(approve, request, by="lawyer").state == State.APPROVED


@pytest.mark.proves("C-7")
def test_who_decided_on_a_request_does_not_change_its_letter(both):
    request = both.register()
    both.act(return_for_papers, request, ["Karar"], by="b")
    letter = letter_of(both, request)
    assert both.refusal(correct_letter, letter, LetterCorrection(subject="x"), by="b") == "separation_of_duties"
    with pytest.raises(VmsError, match="separation_of_duties"):
        both.file(letter, by="b")
    small = Policy(separate=ALL_PAIRS - {frozenset({Duty.REGISTER, Duty.APPROVE})})
    assert both.file(letter, by="b", policy=small).file_by_name == "B · b"
    assert both.act(correct_letter, letter, LetterCorrection(ebys_no="E-1"), by="lawyer").ebys_no == "E-1"


@pytest.mark.proves("C-7", "R-10")
def test_the_number_of_ebys_registers_nothing(both):
    letter = both.letter()
    both.act(correct_letter, letter, LetterCorrection(ebys_no="E-1"), by="b")
    request = both.register(letter=letter)
    both.act(correct_letter, letter, LetterCorrection(ebys_no="E-2", ebys_on=both.town.today), by="b")
    assert both.act(approve, request, by="b").state == State.APPROVED


@pytest.mark.proves("C-7")
def test_a_request_that_is_put_on_another_letter_was_registered_by_who_wrote_that_one(both):
    request, letter = both.register(), both.letter()
    both.act(correct_letter, letter, LetterCorrection(sender_name="B"), by="b")
    both.act(correct, request, RequestCorrection(letter=letter))
    assert both.refusal(approve, request, by="b") == "separation_of_duties"
