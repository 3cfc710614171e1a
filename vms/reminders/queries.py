"""Reads what reminders are worked out from; a handful of questions, however many grants there are."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.agreements.model import Agreement
from vms.authority.agreements.queries import counts
from vms.authority.grants.model import Grant, GrantPeriod, Stored
from vms.authority.grants.queries import last_until_us, pending_of
from vms.authority.grants.rules import State, state_of
from vms.authority.policy import Policy
from vms.authority.postings.queries import open_assignments
from vms.authority.postings.rows import end_us_of
from vms.authority.postings.supervisors import supervisor_of
from vms.authority.refusals import NDA_MISSING
from vms.authority.shared_reviews.service import last_review
from vms.footage.letters.model import Letter
from vms.kernel.days import day_of
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.queries import roles_by_account
from vms.people.roles import actions_of
from vms.people.rules import AccountKind
from vms.reminders.facts import (
    GivenLetter,
    Reader,
    Records,
    RunningGrant,
    SharedAccount,
    Somebody,
    UnsignedPaper,
    UntrainedVersion,
    WaitingGrant,
)
from vms.reminders.initials import waiting_initials
from vms.reminders.lapsed import lapsed_grants
from vms.reminders.signatures import waiting_signatures
from vms.training.queries import Gap, gaps

Signed = Mapping[UUID, "Signatures"]


class Signatures:
    """A person's agreements: the one that counts today, the last of those that do not any more."""

    def __init__(self) -> None:
        self.good: Agreement | None = None
        self.former: Agreement | None = None


def records(session: Session, now_us: int, policy: Policy) -> Records:
    """What the papers and the people are now."""
    accounts = list(session.scalars(select(Account).where(Account.disabled_us.is_(None))))
    held = roles_by_account(session, [one.id for one in accounts], now_us)
    staff = [one for one in session.scalars(select(Person)) if one.is_staff(now_us)]
    people = _people(staff, accounts)
    signed = _signatures(session, now_us)
    running, waiting, unsigned = _grants(session, now_us, {one.id: one for one in staff}, signed)
    if policy.guards_need_papers:
        unsigned += _assignments(session, now_us, {one.id: one for one in accounts}, signed)
    return Records(
        readers=[Reader(one.id, one.person_id, actions_of(held.get(one.id, frozenset()))) for one in accounts],
        people=people,
        running=running,
        waiting=waiting,
        unsigned=[one for one in unsigned if one.person_id in people],
        shared=_shared(session, accounts),
        untrained=_untrained(session, now_us),
        letters=_letters(session),
        lapsed=lapsed_grants(session, now_us),
        initials=waiting_initials(session, now_us),
        signatures=waiting_signatures(session),
    )


def _people(staff: list[Person], accounts: list[Account]) -> dict[UUID, Somebody]:
    languages = {one.person_id: one.language for one in accounts if one.person_id is not None}
    return {one.id: Somebody(one.id, one.full_name, one.email, languages.get(one.id, "tr")) for one in staff}


def _signatures(session: Session, now_us: int) -> Signed:
    today = day_of(now_us)
    found: dict[UUID, Signatures] = defaultdict(Signatures)
    is_good: dict[str, bool] = {}
    for one in session.scalars(select(Agreement).order_by(Agreement.signed_on, Agreement.id)):
        if one.version not in is_good:
            is_good[one.version] = counts(session, one.version)
        if one.ended_us is None and one.signed_on <= today and is_good[one.version]:
            found[one.person_id].good = one
        else:
            found[one.person_id].former = one
    return found


def _grants(
    session: Session, now_us: int, staff: Mapping[UUID, Person], signed: Signed
) -> tuple[list[RunningGrant], list[WaitingGrant], list[UnsignedPaper]]:
    running: list[RunningGrant] = []
    waiting: list[WaitingGrant] = []
    unsigned: list[UnsignedPaper] = []
    wanted = select(Grant).where(Grant.state.in_((Stored.SUBMITTED, Stored.ACTIVE, Stored.SUSPENDED)))
    grants = [one for one in session.scalars(wanted.order_by(Grant.number)) if one.person_id in staff]
    periods: dict[UUID, list[GrantPeriod]] = defaultdict(list)
    for period in session.scalars(select(GrantPeriod).where(GrantPeriod.grant_id.in_([one.id for one in grants]))):
        periods[period.grant_id].append(period)
    for grant in grants:
        signatures = signed.get(grant.person_id)
        good = None if signatures is None else signatures.good
        until_us = last_until_us(grant, periods[grant.id])
        state = state_of(grant, until_us, good is not None, now_us)
        if state is State.ACTIVE and until_us is not None:
            supervisor_id = supervisor_of(session, staff[grant.person_id])
            running.append(
                RunningGrant(
                    id=grant.id, number=grant.number, person_id=grant.person_id, until_us=until_us,
                    supervisor_id=supervisor_id if supervisor_id in staff else None,
                    has_letter=pending_of(periods[grant.id]) is not None,
                )
            )  # fmt: skip
        elif state is State.AWAITING_ACTIVATION and good is not None:
            since_us = max(_submitted_us(grant), good.recorded_us)
            waiting.append(
                WaitingGrant(id=grant.id, number=grant.number, since_us=since_us, entered_by=grant.entered_by)
            )
        elif state is State.AWAITING_NDA or (state is State.SUSPENDED and grant.suspended_as == NDA_MISSING):
            unsigned.append(_unsigned(grant.id, grant.person_id, _submitted_us(grant), signatures))
    return running, waiting, unsigned


def _submitted_us(grant: Grant) -> int:
    """Grants older than this column count from their entry."""
    return grant.entered_us if grant.submitted_us is None else grant.submitted_us


def _assignments(
    session: Session, now_us: int, accounts: Mapping[UUID, Account], signed: Signed
) -> list[UnsignedPaper]:  # fmt: skip
    found = []
    for one in open_assignments(session):
        account = accounts.get(one.account_id)
        person_id = None if account is None else account.person_id
        if person_id is None or end_us_of(one) <= now_us:
            continue
        signatures = signed.get(person_id)
        if signatures is None or signatures.good is None:
            found.append(_unsigned(one.id, person_id, one.entered_us, signatures))
    return found


def _unsigned(paper_id: UUID, person_id: UUID, since_us: int, signatures: Signatures | None) -> UnsignedPaper:
    former = None if signatures is None else signatures.former
    if former is not None and former.ended_us is not None:
        since_us = max(since_us, former.ended_us)
    return UnsignedPaper(
        id=paper_id, person_id=person_id, since_us=since_us, former_id=None if former is None else former.id
    )


def _untrained(session: Session, now_us: int) -> list[UntrainedVersion]:
    of_version: dict[UUID, list[Gap]] = defaultdict(list)
    for gap in gaps(session, now_us):
        of_version[gap.current.version.id].append(gap)
    return [
        UntrainedVersion(
            id=version_id, title=found[0].current.material.title,
            published_us=found[0].current.version.published_us or 0,
            account_ids=frozenset(one.account.id for one in found),
        )
        for version_id, found in of_version.items()
    ]  # fmt: skip


def _letters(session: Session) -> list[GivenLetter]:
    given = session.scalars(select(Letter).where(Letter.assignee_id.is_not(None), Letter.done_us.is_(None)))
    return [
        GivenLetter(
            id=one.id, number=one.number, account_id=one.assignee_id, assigned_us=one.assigned_us, due_us=one.due_us,
        )
        for one in given if one.assignee_id is not None and one.assigned_us is not None
    ]  # fmt: skip


def _shared(session: Session, accounts: list[Account]) -> list[SharedAccount]:
    found = []
    for one in accounts:
        if one.kind == AccountKind.PERSONAL:
            continue
        newest = last_review(session, one.id)
        found.append(
            SharedAccount(
                id=one.id, name=one.display_name, created_us=one.created_us, responsible_id=one.responsible_person_id,
                until_us=None if newest is None else newest.until_us,
            )
        )  # fmt: skip
    return found
