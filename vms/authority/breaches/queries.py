"""What others ask about breaches of confidentiality."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.authority.breaches.model import Breach, BreachEvidence
from vms.kernel.errors import Kind, VmsError

MAX_PAGE = 100


@dataclass(frozen=True, slots=True)
class BreachPage:
    """A part of a list, with how many there are in all."""

    breaches: Sequence[Breach]
    total: int


def breaches(session: Session, offset: int, limit: int) -> BreachPage:
    """Breaches, the ones recorded last first."""
    total = session.scalar(select(func.count()).select_from(Breach)) or 0
    wanted = select(Breach).order_by(Breach.recorded_us.desc(), Breach.id.desc())
    page = wanted.offset(max(offset, 0)).limit(min(max(limit, 1), MAX_PAGE))
    return BreachPage(list(session.scalars(page)), total)


def need_breach(session: Session, breach_id: UUID) -> Breach:
    """The breach with this id, or VmsError(NOT_FOUND, `breach_not_found`)."""
    found = session.get(Breach, breach_id)
    if found is None:
        raise VmsError(Kind.NOT_FOUND, "breach_not_found", "There is no such record. Reload the list.")
    return found


def evidence_of(session: Session, breach_id: UUID) -> list[BreachEvidence]:
    """What shows a breach, in the order people gave."""
    wanted = select(BreachEvidence).where(BreachEvidence.breach_id == breach_id)
    return list(session.scalars(wanted.order_by(BreachEvidence.position)))


def is_recorded(session: Session, entry_number: int) -> bool:
    """Whether a breach names this entry of the audit log already."""
    wanted = select(BreachEvidence.breach_id).where(BreachEvidence.entry_number == entry_number)
    return session.scalar(wanted.limit(1)) is not None
