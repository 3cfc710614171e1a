"""An assignment's rows: live pictures of its post's cameras while it lasts."""

from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor, Subject
from vms.authority import refusals
from vms.authority.agreements.queries import agreement_of
from vms.authority.policy import Policy
from vms.authority.postings.model import Assignment, Post
from vms.authority.postings.queries import cameras_of_post
from vms.authority.rights import Paper, Wanted, settle
from vms.authority.rules import Source
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.people.model import Account


def settle_assignment(
    session: Session, clock: Clock, assignment: Assignment, *, by: Actor, told: UUID, policy: Policy
) -> None:
    """Make the rows of `assignment` what it says now."""
    session.flush()
    has_papers = not policy.guards_need_papers or has_agreement(session, assignment.account_id, clock.now_us())
    cameras = cameras_of_post(session, assignment.post_id) if has_papers else []
    paper = Paper(Source.ASSIGNMENT, assignment.id, assignment.account_id, words_of(session, assignment))
    code = refusals.NO_ASSIGNMENT if has_papers else refusals.NDA_MISSING
    settle(session, clock, paper, wanted_rows(assignment, cameras), revoked_as=code, by=by, told=told)


def wanted_rows(assignment: Assignment, cameras: list[UUID]) -> list[Wanted]:
    """What the assignment lets see, live only (D-11.1a)."""
    until_us = end_us_of(assignment)
    if assignment.ended_us is not None or until_us <= assignment.from_us:
        return []
    return [
        Wanted(camera_id, True, False, assignment.from_us, until_us, refusals.NO_ASSIGNMENT) for camera_id in cameras
    ]


def end_us_of(assignment: Assignment) -> int:
    """Where it ends by itself, an earlier limit counted."""
    limit_us = assignment.limit_us
    return assignment.until_us if limit_us is None else min(assignment.until_us, limit_us)


def has_agreement(session: Session, account_id: UUID, now_us: int) -> bool:
    """Whether the account's person has an agreement that counts today."""
    person_id = session.get_one(Account, account_id).person_id
    return person_id is not None and agreement_of(session, person_id, day_of(now_us)) is not None


def words_of(session: Session, assignment: Assignment) -> str:
    """What a view on it stands on, as the tile says it."""
    post = session.get_one(Post, assignment.post_id)
    return f"{post.name}: Görevlendirme {assignment.letter_no}, {assignment.letter_on:%d.%m.%Y}"


def subject_of_assignment(session: Session, assignment: Assignment) -> Subject:
    """The assignment as what an act is about."""
    return Subject("assignment", str(assignment.id), words_of(session, assignment))
