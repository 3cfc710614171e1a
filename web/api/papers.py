"""Papers of viewing authority, printed where what they tell is kept."""

from uuid import UUID

from fastapi import APIRouter

from vms.authority.grants.queries import need_grant
from vms.authority.papers import print_agreement, print_application, print_authority, print_posting, print_review
from vms.authority.postings.queries import need_assignment
from vms.authority.shared_reviews.service import need_review
from vms.documents.forms.renewal import Wish
from vms.people.organisation_model import Person
from vms.people.roles import Action
from web.acting import By
from web.api.asked import Body
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals
from web.rows.paper import PaperRow, printed_row

router = APIRouter(tags=["papers"])

Refused = refusals(404, 409, 413)


class ApplicationBody(Body):
    """What the supervisor asks for."""

    wish: Wish


@router.post(
    "/grants/{grant_id}/papers/agreement", status_code=201, dependencies=[declares_action(Action.RECORD_AGREEMENT)],
    responses=Refused,
)  # fmt: skip
def print_grant_agreement(grant_id: UUID, by: By, here: Here) -> PaperRow:
    """P-08 for the grant's person to sign; the same again while it waits for that."""
    with here.database.writing() as session:
        person = session.get_one(Person, need_grant(session, grant_id).person_id)
        return printed_row(session, print_agreement(session, here.clock, here.desk, person, by=by))


@router.post(
    "/grants/{grant_id}/papers/authority", status_code=201, dependencies=[declares_action(Action.ISSUE_DOCUMENT)],
    responses=Refused,
)  # fmt: skip
def print_grant_form(grant_id: UUID, by: By, here: Here) -> PaperRow:
    """P-09 of an activated grant, where it could not be printed with the activation."""
    with here.database.writing() as session:
        grant = need_grant(session, grant_id)
        return printed_row(session, print_authority(session, here.clock, here.desk, grant, by=by))


@router.post(
    "/grants/{grant_id}/papers/application", status_code=201, dependencies=[declares_action(Action.ENTER_RENEWAL)],
    responses=Refused,
)  # fmt: skip
def print_grant_application(grant_id: UUID, body: ApplicationBody, by: By, here: Here) -> PaperRow:
    """P-10: the draft of the supervisor's letter about this grant."""
    with here.database.writing() as session:
        grant = need_grant(session, grant_id)
        return printed_row(session, print_application(session, here.clock, here.desk, grant, body.wish, by=by))


@router.post(
    "/assignments/{assignment_id}/paper", status_code=201, dependencies=[declares_action(Action.ENTER_ASSIGNMENT)],
    responses=Refused,
)  # fmt: skip
def print_assignment_list(assignment_id: UUID, by: By, here: Here) -> PaperRow:
    """P-32: the list of all guards whom this assignment's letter posts; another version where it changed."""
    with here.database.writing() as session:
        assignment = need_assignment(session, assignment_id)
        return printed_row(session, print_posting(session, here.clock, here.desk, assignment, by=by))


@router.post(
    "/shared-accounts/{account_id}/reviews/{number}/paper", status_code=201,
    dependencies=[declares_action(Action.REVIEW_SHARED_ACCOUNT)], responses=Refused,
)  # fmt: skip
def print_review_minutes(account_id: UUID, number: int, by: By, here: Here) -> PaperRow:
    """P-17 of a review, where it could not be printed with it."""
    with here.database.writing() as session:
        review = need_review(session, account_id, number)
        return printed_row(session, print_review(session, here.clock, here.desk, review, by=by))
