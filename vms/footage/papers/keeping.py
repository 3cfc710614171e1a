"""What keeps the source of a case's footage at this moment, in the words of papers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from vms.documents.rules import Kind
from vms.footage.holds.links import words_of_hold
from vms.footage.holds.model import Hold
from vms.footage.locks.model import Owner
from vms.footage.locks.orders import owners_keeping
from vms.footage.papers.parts import paper_number
from vms.kernel.span import Span


@dataclass(frozen=True, slots=True)
class Kept:
    """`by_request`: by the request's own lock. `by_others`: by another request's.

    `holds`: the records of those that keep some of it (A-14), by their numbers; of holds without one their words.
    """

    by_request: bool = False
    by_others: bool = False
    holds: Sequence[str] = field(default=())


def kept_now(session: Session, request_id: UUID, spans: Sequence[tuple[UUID, Span]]) -> Kept:
    """By the locks that are not let go, not by what was linked once: a hold may have come later than the request."""
    owners = owners_keeping(session, spans)
    requests, holds = owners[Owner.REQUEST], owners[Owner.HOLD]
    return Kept(request_id in requests, bool(requests - {request_id}), _records(session, sorted(holds)))


def _records(session: Session, hold_ids: Sequence[UUID]) -> Sequence[str]:
    holds = [hold for one in hold_ids if (hold := session.get(Hold, one)) is not None]
    return tuple(_words(session, hold) for hold in sorted(holds, key=lambda hold: hold.number))


def _words(session: Session, hold: Hold) -> str:
    kinds = (Kind.UNWRITTEN_HOLD, Kind.INVESTIGATION_HOLD)
    numbers = [paper_number(session, kind, hold.id) for kind in kinds]
    return next((number for number in numbers if number), words_of_hold(hold))
