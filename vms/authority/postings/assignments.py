"""Guards on their posts, by letter of Koruma ve Güvenlik (D-7.3, D-11.1a)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import Letter, check_letter, line, tell, training_note
from vms.authority.agreements.queries import nda_missing
from vms.authority.grants.activation import training_missing
from vms.authority.grants.grantees import check_holder, staff_of
from vms.authority.grants.rules import GRANT_DAYS
from vms.authority.policy import DEFAULT, Policy
from vms.authority.postings.model import Assignment, Post
from vms.authority.postings.rows import has_agreement, settle_assignment, subject_of_assignment
from vms.authority.second_person import check_not_oneself
from vms.kernel.clock import US_PER_DAY, Clock
from vms.kernel.days import day_of, nth_day_end_us
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.people.roles import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssignment:
    """What the letter says. In force in `[from_us, until_us)`: a shift, or up to 180 days."""

    letter: Letter
    from_us: int
    until_us: int
    training: str = ""


def assign(
    session: Session,
    clock: Clock,
    account: Account,
    post: Post,
    new: NewAssignment,
    *,
    by: Actor,
    policy: Policy = DEFAULT,
) -> Assignment:
    """Post a guard: live pictures of the post's cameras, nothing else.

    Who last chose a password more than 180 days ago chooses another at the next sign-in (A-24). VmsError: INVALID
    `assignment_letter_missing`, `letter_in_future`, `grant_too_long`, `until_in_the_past`, `not_staff`; CONFLICT
    `nda_missing`, `training_missing` (unless the policy asks for neither), `second_person_missing` (nobody posts
    themselves); what `check_holder` refuses.
    """
    now_us = clock.now_us()
    check_holder(session, account, Paper.ASSIGNMENT, now_us)
    check_not_oneself(account.id, by)
    letter = check_letter(new.letter, "assignment_letter_missing", day_of(now_us))
    _check_period(new.from_us, new.until_us, now_us)
    if policy.guards_need_papers:
        staff_of(session, account, now_us)
        if not has_agreement(session, account.id, now_us):
            raise nda_missing()
        if not new.training.strip():
            raise training_missing()
    assignment = Assignment(
        id=new_id(clock), account_id=account.id, post_id=post.id, letter_no=letter.no, letter_on=letter.on,
        training=training_note(new.training),
        from_us=new.from_us, until_us=new.until_us, entered_by=by.person_id, entered_by_name=by.name, entered_us=now_us,
    )  # fmt: skip
    session.add(assignment)
    session.flush()
    subject = subject_of_assignment(session, assignment)
    told = tell(
        session, clock, Act.GUARD_ASSIGNED, by, subject, account=str(account.id), from_us=new.from_us,
        until_us=new.until_us, training=assignment.training,
    )  # fmt: skip
    if account.password_set_us <= now_us - GRANT_DAYS * US_PER_DAY:
        account.must_change_password = True
    settle_assignment(session, clock, assignment, by=by, told=told, policy=policy)
    return assignment


def end_assignment(
    session: Session, clock: Clock, assignment: Assignment, why: str, *, by: Actor, policy: Policy = DEFAULT
) -> Assignment:
    """Take a guard off the post now. VmsError: CONFLICT `assignment_ended`; INVALID `reason_required`."""
    if assignment.ended_us is not None:
        raise VmsError(Kind.CONFLICT, "assignment_ended", "This assignment has ended already. Reload the list.")
    assignment.ended_us, assignment.ended_why = clock.now_us(), line(why, "reason_required", "A reason")
    told = tell(
        session, clock, Act.ASSIGNMENT_ENDED, by, subject_of_assignment(session, assignment), why=assignment.ended_why
    )
    settle_assignment(session, clock, assignment, by=by, told=told, policy=policy)
    return assignment


def _check_period(from_us: int, until_us: int, now_us: int) -> None:
    if until_us <= max(from_us, now_us):
        raise VmsError(
            Kind.INVALID, "until_in_the_past", "An assignment ends after it begins, and after now. Correct it."
        )
    if until_us > nth_day_end_us(from_us, GRANT_DAYS):
        raise VmsError(
            Kind.INVALID, "grant_too_long",
            f"An assignment lasts {GRANT_DAYS} days at the longest (article 11(5)). Give an earlier end.",
            most=GRANT_DAYS,
        )  # fmt: skip
