"""Grants as the API shows them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.model import AuditEntry
from vms.authority.agreements.queries import agreement_of
from vms.authority.grants.model import Grant, GrantPeriod, Stored
from vms.authority.grants.queries import cameras_of, last_until_us, pending_of, periods_of
from vms.authority.grants.rules import (
    REMINDER_DAYS,
    State,
    is_unrenewed,
    next_mark,
    period_end_us,
    running,
    state_of,
)
from vms.authority.postings.supervisors import supervisor_of
from vms.authority.rules import Source, sources_of
from vms.authority.second_person import is_wider_use
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import day_of, days_left, end_us
from vms.people.model import Account
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.queries import roles_of
from web.rows.paper import PaperRow, papers_of_grant

MAX_HISTORY = 100


class GrantRow(BaseModel):
    """One line of the list. `days_left`: 0 on the last day. `reminder`: 30, 14, 7 or 1 when that is due.

    `missing`: codes of what it waits for, in the order in which people bring it. `is_unrenewed`: it ran out
    and nobody applied for more.
    """

    id: UUID
    number: int
    account_id: UUID
    account_name: str
    person_id: UUID
    person_name: str
    unit_name: str
    state: State
    olur_no: str
    olur_on: date | None
    is_live: bool
    is_playback: bool
    cameras: int
    until_us: int | None
    days_left: int | None
    reminder: int | None
    missing: list[str]
    is_renewal_prepared: bool
    is_unrenewed: bool


class PeriodRow(BaseModel):
    """A period of at most 180 days. Without times it waits for the person's new password."""

    number: int
    from_us: int | None
    until_us: int | None
    letter_no: str
    letter_on: date | None
    registered_us: int
    registered_by: str
    is_cancelled: bool


class HistoryRow(BaseModel):
    """What was done with it: the audit log's act, by whom, when."""

    at_us: int
    act: str
    by: str


class GrantDetail(GrantRow):
    """The whole grant. `marks_us`: when reminders are due in the running period. `open_views`: what would close now.

    `supervisor_id`, `supervisor_name`: who signs for this person. `papers`: what was printed for it.
    `would_end_us`: where its first period would end if it were activated now; null once it was.
    """

    purpose: str
    days: int
    training: str
    olur_issuer: str
    olur_ends_on: date | None
    camera_ids: list[UUID]
    entered_by: str
    entered_us: int
    activated_by: str
    activated_us: int | None
    ended_us: int | None
    ended_why: str
    replaces_id: UUID | None
    agreement_on: date | None
    is_wider_use: bool
    supervisor_id: UUID | None
    supervisor_name: str
    papers: list[PaperRow]
    open_views: int
    would_end_us: int | None
    marks_us: list[int]
    periods: list[PeriodRow]
    history: list[HistoryRow]


def grant_row(session: Session, grant: Grant, now_us: int) -> GrantRow:
    """For the list."""
    return GrantRow(**_facts(session, grant, now_us))


def grant_detail(session: Session, grant: Grant, now_us: int, open_views: int) -> GrantDetail:
    """For its own page."""
    session.flush()
    periods = periods_of(session, grant.id)
    person = session.get_one(Person, grant.person_id)
    agreement = agreement_of(session, grant.person_id, day_of(now_us))
    head = supervisor_of(session, person)
    last_us = last_until_us(grant, periods)
    return GrantDetail(
        **_facts(session, grant, now_us),
        purpose=grant.purpose,
        days=grant.days,
        training=grant.training,
        olur_issuer=grant.olur_issuer,
        olur_ends_on=grant.olur_ends_on,
        camera_ids=cameras_of(session, grant.id),
        entered_by=grant.entered_by_name,
        entered_us=grant.entered_us,
        activated_by=grant.activated_by_name,
        activated_us=grant.activated_us,
        ended_us=grant.ended_us,
        ended_why=grant.ended_why,
        replaces_id=grant.replaces_id,
        agreement_on=agreement.signed_on if agreement else None,
        is_wider_use=is_wider_use(session, grant),
        supervisor_id=head,
        supervisor_name=session.get_one(Person, head).full_name if head else "",
        papers=papers_of_grant(session, grant, now_us),
        open_views=open_views,
        would_end_us=period_end_us(grant, now_us) if grant.state == Stored.SUBMITTED else None,
        marks_us=[] if last_us is None else [_mark_us(last_us, days) for days in REMINDER_DAYS],
        periods=[_period(one) for one in periods],
        history=_history(session, grant),
    )


def missing_of(grant: Grant, state: State, *, fits_role: bool) -> list[str]:
    """What a grant waits for. `fits_role`: whether the account's roles let it see by an Olur."""
    if state not in (State.DRAFT, State.AWAITING_NDA, State.AWAITING_ACTIVATION, State.ACTIVE, State.SUSPENDED):
        return []
    is_begun = state in (State.ACTIVE, State.SUSPENDED)
    wanted = (
        ("role_missing", not fits_role),
        ("olur_missing", state is State.DRAFT),
        ("nda_missing", state is State.AWAITING_NDA or (is_begun and grant.suspended_as == "nda_missing")),
        ("training_missing", not is_begun and not grant.training),
        ("second_person_missing", state is State.AWAITING_ACTIVATION and bool(grant.training)),
    )
    return [code for code, is_so in wanted if is_so]


def _facts(session: Session, grant: Grant, now_us: int) -> dict[str, object]:
    periods = periods_of(session, grant.id)
    person = session.get_one(Person, grant.person_id)
    until_us = last_until_us(grant, periods)
    has_agreement = agreement_of(session, grant.person_id, day_of(now_us)) is not None
    state = state_of(grant, until_us, has_agreement, now_us)
    fits_role = Source.GRANT in sources_of(roles_of(session, grant.account_id, now_us))
    left = days_left(until_us, now_us) if until_us is not None and state is State.ACTIVE else None
    is_prepared = pending_of(periods) is not None or any(
        one.from_us is not None and one.from_us > now_us for one in running(periods)
    )
    return {
        "id": grant.id,
        "number": grant.number,
        "account_id": grant.account_id,
        "account_name": session.get_one(Account, grant.account_id).name,
        "person_id": person.id,
        "person_name": person.full_name,
        "unit_name": session.get_one(OrganisationUnit, person.unit_id).name,
        "state": state,
        "olur_no": grant.olur_no,
        "olur_on": grant.olur_on,
        "is_live": grant.is_live,
        "is_playback": grant.is_playback,
        "cameras": len(cameras_of(session, grant.id)),
        "until_us": until_us,
        "days_left": left,
        "reminder": None if left is None else next_mark(left),
        "missing": missing_of(grant, state, fits_role=fits_role),
        "is_renewal_prepared": is_prepared,
        "is_unrenewed": is_unrenewed(state, is_prepared),
    }


def _period(one: GrantPeriod) -> PeriodRow:
    return PeriodRow(
        number=one.number, from_us=one.from_us, until_us=one.until_us, letter_no=one.letter_no, letter_on=one.letter_on,
        registered_us=one.registered_us, registered_by=one.registered_by_name,
        is_cancelled=one.cancelled_us is not None,
    )  # fmt: skip


def _mark_us(until_us: int, days: int) -> int:
    """The moment from which `days` are left."""
    return end_us(day_of(until_us - 1 - (days + 1) * US_PER_DAY))


def _history(session: Session, grant: Grant) -> list[HistoryRow]:
    told = (
        select(AuditEntry)
        .where(AuditEntry.subject_kind == "grant", AuditEntry.subject_id == str(grant.id))
        .order_by(AuditEntry.sequence.desc())
        .limit(MAX_HISTORY)
    )
    return [HistoryRow(at_us=one.at_us, act=one.act, by=one.actor_name) for one in session.scalars(told)]
