"""What others ask about grants."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.authority.grants.model import Grant, GrantCamera, GrantPeriod, Stored
from vms.authority.grants.rules import running
from vms.kernel.errors import Kind, VmsError

OPEN = (Stored.DRAFT, Stored.SUBMITTED, Stored.ACTIVE, Stored.SUSPENDED)


def need_grant(session: Session, grant_id: UUID) -> Grant:
    """The grant with this id, or VmsError(NOT_FOUND, `grant_not_found`)."""
    return _found(session.get(Grant, grant_id))


def need_grant_by_number(session: Session, number: int) -> Grant:
    """The grant of this number, or VmsError(NOT_FOUND, `grant_not_found`)."""
    return _found(session.scalar(select(Grant).where(Grant.number == number)))


def grants(session: Session, account_id: UUID | None = None) -> list[Grant]:
    """All grants there ever were (of one account), newest first."""
    wanted = select(Grant).order_by(Grant.number.desc())
    return list(session.scalars(wanted if account_id is None else wanted.where(Grant.account_id == account_id)))


def open_grants_of_person(session: Session, person_id: UUID) -> list[Grant]:
    """The grants of a person that are not over by somebody's decision, oldest first."""
    wanted = select(Grant).where(Grant.person_id == person_id, Grant.state.in_(OPEN))
    return list(session.scalars(wanted.order_by(Grant.number)))


def cameras_of(session: Session, grant_id: UUID) -> list[UUID]:
    """The cameras it names."""
    wanted = select(GrantCamera.camera_id).where(GrantCamera.grant_id == grant_id)
    return list(session.scalars(wanted.order_by(GrantCamera.camera_id)))


def periods_of(session: Session, grant_id: UUID) -> list[GrantPeriod]:
    """Its periods, oldest first, the cancelled too."""
    return list(
        session.scalars(select(GrantPeriod).where(GrantPeriod.grant_id == grant_id).order_by(GrantPeriod.number))
    )


def last_until_us(grant: Grant, periods: Sequence[GrantPeriod]) -> int | None:
    """The end of its last written period, an earlier limit counted; None before activation."""
    ends = [one.until_us for one in running(periods) if one.until_us is not None]
    if not ends:
        return None
    return max(ends) if grant.limit_us is None else min(max(ends), grant.limit_us)


def pending_of(periods: Sequence[GrantPeriod]) -> GrantPeriod | None:
    """The renewal whose letter is there and whose password is not changed yet."""
    return next((one for one in periods if one.from_us is None and one.cancelled_us is None), None)


def next_number(session: Session) -> int:
    """The number of the next grant. Call it in a transaction that writes."""
    return (session.scalar(select(func.max(Grant.number))) or 0) + 1


def cameras_of_olur(session: Session, no: str, on: object, except_id: UUID) -> set[UUID] | None:
    """Every camera that grants on this Olur name, this one left out; None when it is the first on it."""
    others = select(Grant.id).where(
        Grant.olur_no == no, Grant.olur_on == on, Grant.id != except_id, Grant.activated_us.is_not(None)
    )
    ids = list(session.scalars(others))
    if not ids:
        return None
    return set(session.scalars(select(GrantCamera.camera_id).where(GrantCamera.grant_id.in_(ids))))


def _found(grant: Grant | None) -> Grant:
    if grant is None:
        raise VmsError(Kind.NOT_FOUND, "grant_not_found", "There is no such grant. Reload the list.")
    return grant
