"""Who may look at a request's footage: its officer, exactly its intervals, while it is worked on (D-6.14, edge-46)."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority import refusals
from vms.authority.duty_changes import next_change_us
from vms.authority.grants.grantees import check_holder
from vms.authority.model import ViewingRight
from vms.authority.queries import rights_in_force
from vms.authority.rights import Paper as RightPaper
from vms.authority.rights import Wanted, settle
from vms.authority.rules import Source
from vms.footage.case_events import note_event
from vms.footage.model import FootageRequest
from vms.footage.policy import DEFAULT, Policy
from vms.footage.queries import items_of
from vms.footage.requests.searching import check_officer
from vms.footage.requests.service import case_of, words_of
from vms.footage.rules import APPROVED, State
from vms.kernel.clock import US_PER_DAY, Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.roles import Paper


def settle_viewing(
    session: Session, clock: Clock, request: FootageRequest, *, by: Actor, told: UUID, policy: Policy = DEFAULT
) -> None:
    """Make the viewing rights of `request` what it says now: one for each item of an approved, assigned one.

    A right opens its own interval and nothing else, for `viewing_days` from the assignment or the approval at most, and
    not beyond the duty that the officer had when it was assigned (D-11.5c).
    """
    session.flush()
    if request.officer_id is None:
        return
    wanted = _rows(session, request, policy) if State(request.state) in APPROVED else []
    paper = RightPaper(Source.REQUEST, request.id, request.officer_id, words_of(request))
    settle(session, clock, paper, wanted, revoked_as=refusals.REQUEST_ENDED, by=by, told=told)


def shown_now(session: Session, request: FootageRequest, account_id: UUID, now_us: int) -> set[tuple[UUID, Span]]:
    """What of the request an account may look at now: cameras in their intervals, by rights that stand."""
    rights = rights_in_force(session, account_id, now_us)
    return {(one.camera_id, one.footage) for one in rights if one.source_id == request.id and one.footage is not None}


def check_may_watch(session: Session, request: FootageRequest, account_id: UUID, now_us: int) -> None:
    """VmsError: FORBIDDEN `request_not_assigned`; CONFLICT `viewing_over` to its officer, whose rights have ended."""
    check_officer(request, account_id)
    if not shown_now(session, request, account_id, now_us):
        raise VmsError(
            Kind.CONFLICT, "viewing_over",
            "The time for looking at this footage is over. Have the request assigned to the same officer again.",
        )  # fmt: skip


def take_from_unfit(session: Session, clock: Clock, *, by: Actor, policy: Policy = DEFAULT) -> int:
    """Take open requests from officers who may not hold one any more; how many. Idempotent.

    They lost the role, their account is disabled, the duty is over that it was assigned to (whether they see something
    of it yet or not), or what they saw of it was taken otherwise.
    """
    taken = 0
    wanted = select(FootageRequest).where(FootageRequest.officer_id.is_not(None), FootageRequest.closed_us.is_(None))
    for request in session.scalars(wanted.order_by(FootageRequest.number)).all():
        account = session.get_one(Account, request.officer_id)
        end_us = _duty_end_us(session, request)
        is_on_duty = end_us is None or clock.now_us() < end_us
        if is_on_duty and _is_fit(session, clock, account) and not _was_taken(session, clock, request, policy):
            continue
        paper = RightPaper(Source.REQUEST, request.id, account.id, words_of(request))
        settle(session, clock, paper, [], revoked_as=refusals.REQUEST_ENDED, by=by)
        request.officer_id, request.assigned_us = None, None
        note_event(session, clock, case_of(request), Act.REQUEST_ASSIGNED, by, account="", taken_from=account.name)
        taken += 1
    return taken


def _rows(session: Session, request: FootageRequest, policy: Policy) -> list[Wanted]:
    assert request.reviewed_us is not None
    from_us = max(request.reviewed_us, request.assigned_us or 0)
    until_us = from_us + policy.viewing_days * US_PER_DAY
    duty_end_us = _duty_end_us(session, request)
    until_us = until_us if duty_end_us is None else min(until_us, duty_end_us)
    return [
        Wanted(one.camera_id, False, True, from_us, until_us, refusals.REQUEST_ENDED, one.span)
        for one in items_of(session, request.id)
        if one.lock_id is not None and from_us < until_us
    ]


def _duty_end_us(session: Session, request: FootageRequest) -> int | None:
    """When the duty ends (or ended) that its officer had when it was assigned; None: nobody said that it does."""
    account = None if request.officer_id is None else session.get(Account, request.officer_id)
    if account is None or account.person_id is None:
        return None
    person = session.get_one(Person, account.person_id)
    ends = [person.left_us, next_change_us(session, person.id, request.assigned_us or 0)]
    return min((end_us for end_us in ends if end_us is not None), default=None)


def _was_taken(session: Session, clock: Clock, request: FootageRequest, policy: Policy) -> bool:
    """Whether a right that the request still gives was revoked by something else than the request."""
    if State(request.state) not in APPROVED:
        return False
    given = [one for one in _rows(session, request, policy) if clock.now_us() < one.until_us]
    standing = select(func.count()).where(ViewingRight.source_id == request.id, ViewingRight.revoked_us.is_(None))
    return bool(given) and not session.scalar(standing)


def _is_fit(session: Session, clock: Clock, account: Account) -> bool:
    try:
        check_holder(session, account, Paper.REQUEST, clock.now_us())
    except VmsError:
        return False
    return True
