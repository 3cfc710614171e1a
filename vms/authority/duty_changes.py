"""A change of duty (görev değişikliği): everything the person may see ends, now or on the letter's date (D-11.5c)."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, Subject
from vms.audit.rules import Act
from vms.authority.acts import Letter, check_letter, note, tell
from vms.authority.agreements.model import DutyChange
from vms.authority.grants.endings import close
from vms.authority.grants.model import Stored
from vms.authority.grants.queries import open_grants_of_person
from vms.authority.grants.rows import settle_grant
from vms.authority.grants.service import cancel
from vms.authority.policy import DEFAULT, Policy
from vms.authority.postings.assignments import end_assignment
from vms.authority.postings.queries import open_assignments
from vms.authority.postings.rows import settle_assignment
from vms.authority.refusals import REQUEST_ENDED
from vms.authority.rights import limit_kind, revoke_kind
from vms.authority.rules import Source
from vms.authority.work_orders.service import close_work_order, settle_work_order, work_orders
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.queries import account_of_person
from vms.people.sessions import end_sessions


def report_duty_change(
    session: Session, clock: Clock, person: Person, letter: Letter, effective_us: int | None = None, words: str = "", *,
    by: Actor, policy: Policy = DEFAULT,
) -> DutyChange:  # fmt: skip
    """Enter the letter. `effective_us`: from when; None or past: now, and the person's sessions end with it.

    What is decided after the letter stands by itself: a new duty has a new Olur (A-46). VmsError(INVALID):
    `duty_change_letter_missing`, `letter_in_future`.
    """
    now_us = clock.now_us()
    letter = check_letter(letter, "duty_change_letter_missing", day_of(now_us))
    effective_us = now_us if effective_us is None else max(effective_us, now_us)
    change = DutyChange(
        id=new_id(clock), person_id=person.id, letter_no=letter.no, letter_on=letter.on, effective_us=effective_us,
        note=note(words), entered_us=now_us, entered_by=by.person_id, entered_by_name=by.name,
    )  # fmt: skip
    session.add(change)
    session.flush()
    subject = Subject("person", str(person.id), person.full_name)
    told = tell(session, clock, Act.DUTY_CHANGED, by, subject, letter=str(letter), effective_us=effective_us)
    if effective_us <= now_us:
        end_papers(session, clock, person.id, f"duty change {letter.no}", by=by, policy=policy)
    else:
        _limit_papers(session, clock, person.id, effective_us, told, by, policy)
    return change


def end_papers(
    session: Session, clock: Clock, person_id: UUID, why: str, *, by: Actor, policy: Policy = DEFAULT
) -> None:
    """End everything that lets this person see: grants, assignments, work orders, prepared renewals, sessions."""
    for grant in open_grants_of_person(session, person_id):
        if grant.state in (Stored.DRAFT, Stored.SUBMITTED):
            cancel(session, clock, grant, why, by=by)
        else:
            close(session, clock, grant, Stored.REVOKED, why, by=by)
    account = account_of_person(session, person_id)
    if account is None:
        return
    for assignment in open_assignments(session, account_id=account.id):
        end_assignment(session, clock, assignment, why, by=by, policy=policy)
    for order in work_orders(session, account.id):
        if order.closed_us is None:
            close_work_order(session, clock, order, why, by=by)
    revoke_kind(session, clock, account.id, Source.REQUEST, revoked_as=REQUEST_ENDED, by=by)
    end_sessions(session, clock, account.id, why="duty_change", by=by)


def _limit_papers(
    session: Session, clock: Clock, person_id: UUID, at_us: int, told: UUID, by: Actor, policy: Policy
) -> None:
    for grant in open_grants_of_person(session, person_id):
        grant.limit_us = at_us if grant.limit_us is None else min(grant.limit_us, at_us)
        settle_grant(session, clock, grant, by=by, told=told)
    account = account_of_person(session, person_id)
    if account is None:
        return
    for assignment in open_assignments(session, account_id=account.id):
        assignment.limit_us = at_us if assignment.limit_us is None else min(assignment.limit_us, at_us)
        settle_assignment(session, clock, assignment, by=by, told=told, policy=policy)
    for order in work_orders(session, account.id):
        if order.closed_us is None and order.opened_us < at_us < order.closes_us:
            order.closes_us = at_us
            settle_work_order(session, clock, order, by=by, told=told)
    limit_kind(session, clock, account.id, Source.REQUEST, at_us, by=by, told=told)


def next_change_us(session: Session, person_id: UUID, since_us: int) -> int | None:
    """When the person's first duty change at or after `since_us` takes effect; None if there is none.

    What was given by `since_us` ends then: it was given to the duty that the person had.
    """
    wanted = select(func.min(DutyChange.effective_us))
    return session.scalar(wanted.where(DutyChange.person_id == person_id, DutyChange.effective_us >= since_us))


def end_papers_of_closed(
    session: Session, clock: Clock, account: Account, *, by: Actor, policy: Policy = DEFAULT
) -> None:
    """End what an account held that the institution's directory has closed: its grants are revoked for good (edge-88).

    Whoever comes back needs a new Olur. An account that an administrator closes keeps its papers, which then rest.
    """
    if account.person_id is not None:
        end_papers(session, clock, account.person_id, "directory", by=by, policy=policy)


def end_papers_of_gone(session: Session, clock: Clock, *, by: Actor, policy: Policy = DEFAULT) -> int:
    """End what people still hold who work here no more (görevden ayrılma); how many they were. Idempotent."""
    now_us = clock.now_us()
    gone = session.execute(
        select(Person.id, Account.id)
        .join(Account, Account.person_id == Person.id)
        .where(Person.left_us.is_not(None), Person.left_us <= now_us)
    )
    ended = 0
    for person_id, account_id in gone.all():
        orders = [one for one in work_orders(session, account_id) if one.closed_us is None]
        if open_grants_of_person(session, person_id) or open_assignments(session, account_id=account_id) or orders:
            end_papers(session, clock, person_id, "left", by=by, policy=policy)
            ended += 1
    return ended
