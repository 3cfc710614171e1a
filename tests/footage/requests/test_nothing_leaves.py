"""Holds keep and applications are answered: no way leads from either to a package or to a picture."""

import pytest

from vms.footage.exports.model import Export
from vms.footage.exports.service import order
from vms.footage.holds.model import HoldState
from vms.footage.letters.application_model import Applicant, ApplicationChannel
from vms.footage.letters.applications import NewApplication, answer_application, register_application
from vms.footage.letters.model import Sender
from vms.footage.locks.model import LockOrder
from vms.footage.queries import holds_of_request, need_request
from vms.footage.requests.review import approve
from vms.footage.requests.service import register
from vms.footage.rules import AuthorityKind, Origin, State
from vms.kernel.errors import Kind, VmsError

EVERYBODY = ("clerk", "lawyer", "officer", "sef", "guard", "technician")
UNSEEN = {"no_grant", "no_assignment"}


@pytest.fixture
def recorded(works):
    return works.record()


def application(office, kind=Applicant.CITIZEN):
    new = NewApplication(
        kind=kind, channel=ApplicationChannel.CIMER, applicant="Deniz Kaya", subject="Kazanın görüntüsü",
        received_us=office.clock.now_us(),
    )  # fmt: skip
    return office.act(register_application, new)


def packages(office):
    with office.database.reading() as session:
        return session.query(Export).count()


def refusal_to_give_away(office, export, owner_id):
    """How the database refuses to call a package somebody else's than a request's."""
    with pytest.raises(VmsError) as refused, office.database.writing() as session:
        session.get_one(Export, export.id).request_id = owner_id
    return refused.value.kind


def is_no_request(office, case):
    with office.database.reading() as session, pytest.raises(VmsError, match="request_not_found"):
        need_request(session, case.id)
    return True


@pytest.mark.proves("edge-69", "D-10.1f")
def test_what_a_hold_keeps_is_shown_to_nobody(works, office, recorded):
    hold = office.hold(intervals=[(recorded.start_us, recorded.end_us)])
    assert office.locked() == [recorded]
    for name in EVERYBODY:
        assert office.town.sees(name, "gate", "playback", recorded) in UNSEEN, name
    assert is_no_request(office, hold)
    assert (works.build(), works.files(), packages(office)) == (0, [], 0)


@pytest.mark.proves("edge-69", "D-10.1f")
def test_a_request_that_is_no_written_one_yet_is_not_helped_by_its_hold(works, office, recorded):
    """It is registered, linked to the hold; its letter's file is missing, then its approval."""
    intervals = [(recorded.start_us, recorded.end_us)]
    planned = works.plan(works.request(recorded))
    hold = office.hold(intervals=intervals)
    letter = office.letter(filed=False)
    request = office.register("gate", intervals, letter=letter)
    with office.database.writing() as session:
        assert [one.id for one in holds_of_request(session, request.id)] == [hold.id]
        session.merge(request).officer_id = office.town.accounts["officer"].id
    assert office.refusal(order, request, planned, works.desk, by="officer") == "request_not_approved"
    assert office.refusal(approve, request, by="lawyer") == "written_request_missing"
    office.file(letter)
    assert office.refusal(order, request, planned, works.desk, by="officer") == "request_not_approved"
    office.take_back(request)
    assert office.refusal(order, request, planned, works.desk, by="officer") == "request_state"
    assert (office.fresh(hold).state, works.build(), packages(office)) == (HoldState.OPEN, 0, 0)


@pytest.mark.proves("edge-69", "edge-44")
def test_no_package_belongs_to_a_hold_or_an_application(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    (export,) = counter.packed(request)
    for owner in (office.hold(), application(office)):
        assert refusal_to_give_away(office, export, owner.id) is Kind.CONFLICT
    assert counter.exports_of(request)[0].id == export.id


@pytest.mark.proves("edge-44", "S-1g")
@pytest.mark.parametrize("kind", list(Applicant))
def test_an_application_keeps_nothing_and_opens_nothing_before_and_after_its_answer(works, office, recorded, kind):
    applied = application(office, kind)
    given = ("Kolluğa ya da savcılığa başvurun", "S-12", office.town.today)
    for step in (None, answer_application):
        if step is not None:
            office.act(step, applied, *given)
        assert is_no_request(office, applied)
        for name in EVERYBODY:
            assert office.town.sees(name, "gate", "playback", recorded) in UNSEEN, name
        with office.database.reading() as session:
            assert session.query(LockOrder).count() == 0
        assert (office.locked(), works.build(), works.files(), packages(office)) == ([], 0, [], 0)


@pytest.mark.proves("edge-44", "S-1g", "D-10.1a")
@pytest.mark.parametrize(
    ("sender", "origin", "kind", "code"),
    [
        (Sender.OTHER, Origin.EXTERNAL, AuthorityKind.PROSECUTOR, "letter_sender_differs"),
        (Sender.OTHER, Origin.EXTERNAL, AuthorityKind.OTHER_OFFICIAL, "letter_sender_differs"),
        (Sender.OTHER, Origin.INTERNAL, None, "letter_sender_differs"),
        (Sender.OTHER, Origin.EXTERNAL, None, "not_an_authority"),
        (Sender.AUTHORITY, Origin.EXTERNAL, None, "not_an_authority"),
    ],
)
def test_a_citizens_letter_makes_no_request_whatever_it_is_called(office, sender, origin, kind, code):
    office.film(days=1)
    more = {"authority_kind": kind, "legal_basis": "213 s. VUK m. 148"} if origin is Origin.EXTERNAL else {}
    letter = office.letter(sender)
    assert office.refusal(register, letter, office.new(claim=office.claim(origin, **more))) == code
    assert office.locked() == []


@pytest.mark.proves("edge-69", "D-10.1f")
def test_what_was_held_is_given_once_its_letter_came_and_was_approved(works, office, recorded):
    """The way that there is: without it the others prove nothing."""
    hold = office.hold(intervals=[(recorded.start_us, recorded.end_us)])
    request = works.ordered(recorded)
    assert (works.build(), office.state(request)) == (1, State.PREPARED)
    assert office.fresh(hold).state == HoldState.OPEN
