"""All papers that let people see, as rows of one list."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.agreements.queries import agreement_of
from vms.authority.grants.queries import cameras_of, grants, last_until_us, periods_of
from vms.authority.grants.rows import words_of as words_of_grant
from vms.authority.grants.rules import State, state_of
from vms.authority.postings.model import Assignment
from vms.authority.postings.queries import assignments, cameras_of_post
from vms.authority.postings.rows import end_us_of, has_agreement
from vms.authority.postings.rows import words_of as words_of_assignment
from vms.authority.rules import Source, sources_of
from vms.authority.shared_reviews.service import cameras_of_review, last_review
from vms.authority.work_orders.service import words_of as words_of_order
from vms.authority.work_orders.service import work_orders
from vms.kernel.days import day_of
from vms.people.model import Account
from vms.people.queries import roles_by_account, roles_of
from vms.people.rules import AccountKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One paper. `state`: of a grant `grants.rules.State`; of others active, awaiting_nda, planned, ended, overdue.

    One that the account's roles let nobody see by now is suspended, whatever its kind.
    """

    paper: Source
    id: UUID
    number: int | None
    account_id: UUID
    account: str
    state: str
    words: str
    cameras: int
    is_live: bool
    is_playback: bool
    until_us: int | None


def rows(session: Session, now_us: int, account_id: UUID | None = None) -> list[Row]:
    """Every paper (of one account): grants, assignments, reviews, work orders; each kind newest first."""
    accounts = {account.id: account for account in session.scalars(select(Account))}
    own = [accounts[account_id]] if account_id is not None else list(accounts.values())
    found = [
        *_grant_rows(session, now_us, account_id, accounts),
        *_assignment_rows(session, now_us, account_id, accounts),
        *(row for account in own if (row := _review_row(session, now_us, account)) is not None),
        *_order_rows(session, now_us, account_id, accounts),
    ]
    held = roles_by_account(session, [account.id for account in own], now_us)
    return [_resting(row, held.get(row.account_id, frozenset())) for row in found]


def _resting(row: Row, roles: frozenset[Role]) -> Row:
    rests = row.state == State.ACTIVE and row.paper not in sources_of(roles)
    return replace(row, state=State.SUSPENDED.value) if rests else row


def _grant_rows(session: Session, now_us: int, account_id: UUID | None, accounts: dict[UUID, Account]) -> list[Row]:
    found = []
    for grant in grants(session, account_id):
        until_us = last_until_us(grant, periods_of(session, grant.id))
        has = agreement_of(session, grant.person_id, day_of(now_us)) is not None
        found.append(
            Row(
                paper=Source.GRANT, id=grant.id, number=grant.number, account_id=grant.account_id,
                account=accounts[grant.account_id].name, state=state_of(grant, until_us, has, now_us).value,
                words=words_of_grant(grant) if grant.olur_no else "", cameras=len(cameras_of(session, grant.id)),
                is_live=grant.is_live, is_playback=grant.is_playback, until_us=until_us,
            )
        )  # fmt: skip
    return found


def _assignment_rows(
    session: Session, now_us: int, account_id: UUID | None, accounts: dict[UUID, Account]
) -> list[Row]:  # fmt: skip
    return [
        Row(
            paper=Source.ASSIGNMENT, id=one.id, number=None, account_id=one.account_id,
            account=accounts[one.account_id].name, state=state_of_assignment(session, one, now_us),
            words=words_of_assignment(session, one), cameras=len(cameras_of_post(session, one.post_id)), is_live=True,
            is_playback=False, until_us=end_us_of(one),
        )
        for one in assignments(session, account_id)
    ]  # fmt: skip


def state_of_assignment(session: Session, one: Assignment, now_us: int) -> str:
    """ended, planned, awaiting_nda, suspended (the guard's roles are others by now) or active."""
    if one.ended_us is not None or end_us_of(one) <= now_us:
        return "ended"
    if not has_agreement(session, one.account_id, now_us):
        return State.AWAITING_NDA.value
    if now_us < one.from_us:
        return "planned"
    fits = Source.ASSIGNMENT in sources_of(roles_of(session, one.account_id, now_us))
    return State.ACTIVE.value if fits else State.SUSPENDED.value


def _review_row(session: Session, now_us: int, account: Account) -> Row | None:
    if account.kind == AccountKind.PERSONAL:
        return None
    newest = last_review(session, account.id)
    if newest is None:
        return None
    is_overdue = newest.until_us <= now_us
    return Row(
        paper=Source.SHARED_REVIEW, id=newest.id, number=newest.number, account_id=account.id, account=account.name,
        state="ended" if newest.decision == "close" else "overdue" if is_overdue else "active", words=newest.reviewer,
        cameras=len(cameras_of_review(session, newest.id)), is_live=True, is_playback=False, until_us=newest.until_us,
    )  # fmt: skip


def _order_rows(session: Session, now_us: int, account_id: UUID | None, accounts: dict[UUID, Account]) -> list[Row]:
    return [
        Row(
            paper=Source.WORK_ORDER, id=one.id, number=one.number, account_id=one.account_id,
            account=accounts[one.account_id].name,
            state="active" if one.closed_us is None and now_us < one.closes_us else "ended", words=words_of_order(one),
            cameras=1, is_live=True, is_playback=False, until_us=one.closes_us,
        )
        for one in work_orders(session, account_id)
    ]  # fmt: skip
