"""`/assignments`, `/posts`: guards on their posts."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from vms.authority.acts import Letter
from vms.authority.overview import state_of_assignment
from vms.authority.postings.assignments import NewAssignment, assign, end_assignment
from vms.authority.postings.model import Assignment, Post
from vms.authority.postings.posts import change_cameras, close_post, open_post
from vms.authority.postings.queries import (
    assignments,
    cameras_of_post,
    need_assignment,
    need_post,
    open_assignments,
    posts,
)
from vms.authority.postings.rows import end_us_of
from vms.kernel.days import days_left
from vms.people.model import Account
from vms.people.queries import need_account_by_id
from vms.people.roles import Action
from web.acting import By
from web.api.asked import MAX_CAMERAS, MAX_TIME_US, Body, ReasonBody, Text
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals
from web.rows.paper import PaperRow, paper_row

router = APIRouter(tags=["assignments"])


class PostBody(Body):
    """A post with the cameras it watches."""

    name: Text
    site: Text = ""
    cameras: list[UUID] = Field(max_length=MAX_CAMERAS)


class PostCameras(Body):
    """Which cameras a post watches from now on."""

    cameras: list[UUID] = Field(max_length=MAX_CAMERAS)


class AssignmentBody(Body):
    """What the letter of Koruma ve Güvenlik says. In force in `[from_us, until_us)`."""

    account_id: UUID
    post_id: UUID
    letter_no: Text
    letter_on: date
    from_us: int = Field(ge=0, le=MAX_TIME_US)
    until_us: int = Field(ge=0, le=MAX_TIME_US)
    training: Text = ""


class PostRow(BaseModel):
    """A post. `guards_now`: how many are posted there now with all their papers."""

    id: UUID
    name: str
    site: str
    camera_ids: list[UUID]
    guards_now: int


class AssignmentRow(BaseModel):
    """A guard on a post. `state`: active, planned, awaiting_nda, ended. `paper`: the printed list of its letter."""

    id: UUID
    account_id: UUID
    account_name: str
    display_name: str
    post_id: UUID
    post_name: str
    letter_no: str
    letter_on: date
    training: str
    from_us: int
    until_us: int
    days_left: int
    state: str
    entered_by: str
    ended_why: str
    paper: PaperRow | None


class AssignmentList(BaseModel):
    """The posts that are not closed, all assignments newest first."""

    posts: list[PostRow]
    assignments: list[AssignmentRow]


Refused = refusals(404, 409, 413)
Enter = [declares_action(Action.ENTER_ASSIGNMENT)]


@router.get("/assignments", dependencies=[declares_action(Action.SEE_AUTHORITY)], responses=refusals())
def list_assignments(here: Here) -> AssignmentList:
    """Who is posted where, on which letter."""
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        return AssignmentList(
            posts=[_post(session, one, now_us) for one in posts(session)],
            assignments=[_row(session, one, now_us) for one in assignments(session)],
        )


@router.post("/assignments", status_code=201, dependencies=Enter, responses=Refused)
def add_assignment(body: AssignmentBody, by: By, here: Here) -> AssignmentRow:
    """Post a guard by letter."""
    new = NewAssignment(
        letter=Letter(body.letter_no, body.letter_on), from_us=body.from_us, until_us=body.until_us,
        training=body.training,
    )  # fmt: skip
    with here.database.writing() as session:
        account, post = need_account_by_id(session, body.account_id), need_post(session, body.post_id)
        made = assign(session, here.clock, account, post, new, by=by, policy=here.authority_policy)
        row = _row(session, made, here.clock.now_us())
    here.views.recheck_soon()
    return row


@router.post("/assignments/{assignment_id}/end", dependencies=Enter, responses=Refused)
def end_one_assignment(assignment_id: UUID, body: ReasonBody, by: By, here: Here) -> AssignmentRow:
    """Take a guard off the post now."""
    with here.database.writing() as session:
        found = need_assignment(session, assignment_id)
        end_assignment(session, here.clock, found, body.why, by=by, policy=here.authority_policy)
        row = _row(session, found, here.clock.now_us())
    here.views.recheck_soon()
    return row


@router.post("/posts", status_code=201, dependencies=Enter, responses=Refused)
def add_post(body: PostBody, by: By, here: Here) -> PostRow:
    """Open a post."""
    with here.database.writing() as session:
        made = open_post(session, here.clock, body.name, body.site, body.cameras, by=by)
        return _post(session, made, here.clock.now_us())


@router.put("/posts/{post_id}/cameras", dependencies=Enter, responses=Refused)
def change_post_cameras(post_id: UUID, body: PostCameras, by: By, here: Here) -> PostRow:
    """Let a post watch these cameras; its guards see them at once, the others no more."""
    with here.database.writing() as session:
        post = need_post(session, post_id)
        change_cameras(session, here.clock, post, body.cameras, by=by, policy=here.authority_policy)
        row = _post(session, post, here.clock.now_us())
    here.views.recheck_soon()
    return row


@router.post("/posts/{post_id}/closing", status_code=204, dependencies=Enter, responses=Refused)
def close_one_post(post_id: UUID, body: ReasonBody, by: By, here: Here) -> None:
    """Close a post; its assignments end."""
    with here.database.writing() as session:
        close_post(session, here.clock, need_post(session, post_id), body.why, by=by, policy=here.authority_policy)
    here.views.recheck_soon()


def _post(session: Session, post: Post, now_us: int) -> PostRow:
    states = [state_of_assignment(session, one, now_us) for one in open_assignments(session, post_id=post.id)]
    return PostRow(
        id=post.id, name=post.name, site=post.site, camera_ids=cameras_of_post(session, post.id),
        guards_now=states.count("active"),
    )  # fmt: skip


def _row(session: Session, one: Assignment, now_us: int) -> AssignmentRow:
    account, post = session.get_one(Account, one.account_id), session.get_one(Post, one.post_id)
    until_us = end_us_of(one)
    return AssignmentRow(
        id=one.id, account_id=account.id, account_name=account.name, display_name=account.display_name, post_id=post.id,
        post_name=post.name, letter_no=one.letter_no, letter_on=one.letter_on, training=one.training,
        from_us=one.from_us, until_us=until_us, days_left=days_left(until_us, now_us),
        state=state_of_assignment(session, one, now_us), entered_by=one.entered_by_name, ended_why=one.ended_why,
        paper=paper_row(session, one.document_id),
    )  # fmt: skip
