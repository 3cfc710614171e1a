"""Deciding on a request: approve it, return it for missing papers, refuse it."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import MAX_NOTE_CHARACTERS, line, note
from vms.footage.case_events import note_event
from vms.footage.duties import Duty, check_separation
from vms.footage.letters.model import Letter
from vms.footage.locks.orders import release_locks
from vms.footage.model import FootageRequest
from vms.footage.policy import DEFAULT, Policy
from vms.footage.queries import duties_of
from vms.footage.requests.rules import check_papers
from vms.footage.requests.service import add_duty, case_of, claim_of
from vms.footage.requests.viewing import settle_viewing
from vms.footage.rules import AuthorityKind, State, check_step
from vms.footage.service_entry import Law
from vms.kernel.clock import US_PER_DAY, Clock
from vms.kernel.days import day_of, end_us
from vms.kernel.errors import Kind, VmsError

MAX_MISSING_PAPERS = 20
PAPERS_DID_NOT_COME = (
    "papers_did_not_come"  # why the clock refuses: a code, for which each page and paper has its words
)


def approve(
    session: Session, clock: Clock, request: FootageRequest, words: str = "", *, laws: Sequence[Law] = (), by: Actor,
    policy: Policy = DEFAULT,
) -> FootageRequest:  # fmt: skip
    """Let its officer look for the footage and export it. `words`: of the decision, needed for other officials (A-04).

    `laws`: those it quotes, which its papers print (S-1h).

    VmsError: CONFLICT `request_state`, `separation_of_duties`, `written_request_missing` (edge-35), `olur_missing`;
    INVALID `legal_review_missing`.
    """
    check_step(State(request.state), State.APPROVED)
    check_separation(duties_of(session, request), Duty.APPROVE, by, policy.separate)
    letter = session.get_one(Letter, request.letter_id)
    check_papers(claim_of(request), has_file=letter.file_sha256 is not None)
    if request.authority_kind == AuthorityKind.OTHER_OFFICIAL and not words.strip():
        raise VmsError(
            Kind.INVALID, "legal_review_missing",
            "This authority is none of the four of article 10(1). Write why the law lets it have footage.",
        )  # fmt: skip
    request.decision, request.state, request.reviewed_us = note(words), State.APPROVED.value, clock.now_us()
    request.laws = [law.to_json() for law in laws]
    add_duty(session, clock, request, Duty.APPROVE, by)
    told = note_event(
        session, clock, case_of(request), Act.REQUEST_APPROVED, by, words=request.decision,
        laws=[law.no for law in laws],
    )  # fmt: skip
    settle_viewing(session, clock, request, by=by, told=told, policy=policy)
    return request


def return_for_papers(
    session: Session, clock: Clock, request: FootageRequest, missing: Collection[str], *, by: Actor,
    policy: Policy = DEFAULT,
) -> FootageRequest:  # fmt: skip
    """Ask for missing papers; the footage stays locked until their deadline. `missing`: what P-31 lists.

    VmsError: CONFLICT `request_state`, `separation_of_duties`; INVALID `missing_papers_required`.
    """
    check_step(State(request.state), State.RETURNED)
    check_separation(duties_of(session, request), Duty.APPROVE, by, policy.separate)
    if not 0 < len(missing) <= MAX_MISSING_PAPERS:
        raise VmsError(Kind.INVALID, "missing_papers_required", "Name which papers are missing, each in a line.")
    now_us = clock.now_us()
    request.missing = [line(one, "missing_papers_required", "A missing paper") for one in missing]
    request.state, request.reviewed_us = State.RETURNED.value, now_us
    request.return_until_us = end_us(day_of(now_us + policy.return_days * US_PER_DAY))
    add_duty(session, clock, request, Duty.APPROVE, by)
    note_event(
        session, clock, case_of(request), Act.REQUEST_RETURNED, by, missing=list(request.missing),
        until_us=request.return_until_us,
    )  # fmt: skip
    return request


def complete(
    session: Session, clock: Clock, request: FootageRequest, words: str = "", *, by: Actor, policy: Policy = DEFAULT
) -> FootageRequest:
    """The missing papers came: it is to be decided anew.

    VmsError(CONFLICT): `request_state`, `papers_too_late`, `separation_of_duties`.
    """
    check_step(State(request.state), State.REGISTERED)
    check_separation(duties_of(session, request), Duty.REGISTER, by, policy.separate)
    if request.return_until_us is not None and clock.now_us() >= request.return_until_us:
        raise VmsError(
            Kind.CONFLICT, "papers_too_late", "The deadline for missing papers is past. Register a new request."
        )
    request.state, request.missing, request.return_until_us = State.REGISTERED.value, [], None
    add_duty(session, clock, request, Duty.REGISTER, by)
    note_event(session, clock, case_of(request), Act.REQUEST_COMPLETED, by, words=note(words))
    return request


def refuse(
    session: Session, clock: Clock, request: FootageRequest, why: str, *, laws: Sequence[Law] = (), by: Actor,
    policy: Policy = DEFAULT,
) -> FootageRequest:  # fmt: skip
    """Refuse it: its locks are let go, other requests' and holds' stay (edge-41); the answer letter closes it.

    `laws`: those the refusal quotes, which the letter prints (S-1h).

    Tell the volumes next. VmsError: CONFLICT `request_state`, `separation_of_duties`; INVALID `reason_required`.
    """
    check_step(State(request.state), State.REFUSED)
    check_separation(duties_of(session, request), Duty.APPROVE, by, policy.separate)
    _refuse(session, clock, request, line(why, "reason_required", "A reason", MAX_NOTE_CHARACTERS), laws, by)
    add_duty(session, clock, request, Duty.APPROVE, by)
    return request


def refuse_overdue(session: Session, clock: Clock, *, by: Actor) -> int:
    """Refuse those whose missing papers did not come by their deadline (8.2); how many they were. Idempotent."""
    wanted = select(FootageRequest).where(FootageRequest.return_until_us <= clock.now_us())
    found = session.scalars(wanted.order_by(FootageRequest.number)).all()
    for request in found:
        _refuse(session, clock, request, PAPERS_DID_NOT_COME, (), by)
    return len(found)


def _refuse(session: Session, clock: Clock, request: FootageRequest, why: str, laws: Sequence[Law], by: Actor) -> None:
    request.state, request.decision, request.return_until_us = State.REFUSED.value, why, None
    request.reviewed_us, request.laws = clock.now_us(), [law.to_json() for law in laws]
    released = release_locks(session, clock, request.id)
    note_event(
        session, clock, case_of(request), Act.REQUEST_REFUSED, by, why=why, locks_released=released,
        laws=[law.no for law in laws],
    )  # fmt: skip
