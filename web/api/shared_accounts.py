"""`/shared-accounts`: accounts that are nobody's own, reviewed every six months (D-11.6)."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.papers import print_if_possible, print_review
from vms.authority.shared_reviews.model import Decision, SharedReview
from vms.authority.shared_reviews.service import (
    REMIND_DAYS,
    NewReview,
    cameras_of_review,
    review,
    reviews,
    shown_due_on,
)
from vms.kernel.days import day_of, days_left
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.queries import need_account_by_id
from vms.people.roles import Action
from vms.people.rules import AccountKind
from web.acting import By
from web.api.asked import MAX_CAMERAS, Body, Text
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals
from web.rows.paper import PaperRow, paper_row

router = APIRouter(prefix="/shared-accounts", tags=["shared accounts"])


class ReviewBody(Body):
    """What the reviewer decides. `cameras` stay; `olur`: what those stand on that no review before named."""

    reviewer: Text
    decision: Decision
    cameras: list[UUID] = Field(default_factory=list, max_length=MAX_CAMERAS)
    note: Text = ""
    olur: Text = ""


class ReviewRow(BaseModel):
    """One review."""

    number: int
    reviewed_us: int
    until_us: int
    reviewer: str
    decision: Decision
    note: str
    olur: str
    camera_ids: list[UUID]
    paper: PaperRow | None


class SharedAccountRow(BaseModel):
    """An account. `due_on`: the day people are asked to review by; `state`: active, due, overdue, new, closed."""

    account_id: UUID
    account_name: str
    display_name: str
    responsible_name: str
    state: str
    due_on: date | None
    days_left: int | None
    open_views: int
    reviews: list[ReviewRow]


class SharedAccountList(BaseModel):
    """All of them by name."""

    accounts: list[SharedAccountRow]


@router.get("", dependencies=[declares_action(Action.SEE_AUTHORITY)], responses=refusals())
def list_shared_accounts(here: Here) -> SharedAccountList:
    """Accounts that are nobody's own, with their reviews."""
    with here.database.reading() as session:
        found = session.scalars(select(Account).where(Account.kind != AccountKind.PERSONAL).order_by(Account.name))
        return SharedAccountList(accounts=[_row(session, one, here) for one in found])


@router.post(
    "/{account_id}/reviews", status_code=201, dependencies=[declares_action(Action.REVIEW_SHARED_ACCOUNT)],
    responses=refusals(404, 409, 413),
)  # fmt: skip
def add_review(account_id: UUID, body: ReviewBody, by: By, here: Here) -> SharedAccountRow:
    """Record a review: live pictures for six more months, or the account's end. Its minutes (P-17) are printed."""
    new = NewReview(
        reviewer=body.reviewer, decision=body.decision, cameras=body.cameras, note=body.note, olur=body.olur
    )
    with here.database.writing() as session:
        account = need_account_by_id(session, account_id)
        made = review(session, here.clock, account, new, by=by)
        print_if_possible(session, lambda: print_review(session, here.clock, here.desk, made, by=by))
        row = _row(session, account, here)
    here.views.recheck_soon()
    return row


def _row(session: Session, account: Account, here: Here) -> SharedAccountRow:
    now_us = here.clock.now_us()
    found = reviews(session, account.id)
    responsible = account.responsible_person_id
    due = shown_due_on(day_of(found[0].reviewed_us)) if found else None
    left = days_left(found[0].until_us, now_us) if found else None
    return SharedAccountRow(
        account_id=account.id, account_name=account.name, display_name=account.display_name,
        responsible_name=session.get_one(Person, responsible).full_name if responsible else "",
        state=_state(account, left), due_on=due, days_left=left, open_views=here.views.count_of(account.id),
        reviews=[_review(session, one) for one in found],
    )  # fmt: skip


def _state(account: Account, left: int | None) -> str:
    if account.disabled_us is not None:
        return "closed"
    if left is None:
        return "new"
    if left < 0:
        return "overdue"
    return "due" if left <= REMIND_DAYS else "active"


def _review(session: Session, one: SharedReview) -> ReviewRow:
    return ReviewRow(
        number=one.number, reviewed_us=one.reviewed_us, until_us=one.until_us, reviewer=one.reviewer,
        decision=Decision(one.decision), note=one.note, olur=one.olur, camera_ids=cameras_of_review(session, one.id),
        paper=paper_row(session, one.document_id),
    )  # fmt: skip
