"""Tying holds to written requests for the same footage: both keep it from then on."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.footage.case_events import Case, note_event
from vms.footage.holds.model import Hold, HoldRequest
from vms.footage.queries import holds_touching
from vms.kernel.clock import Clock
from vms.kernel.span import Span


def link_holds(
    session: Session, clock: Clock, request: Case, items: Collection[tuple[UUID, Span]], *, by: Actor
) -> list[Hold]:
    """Link every hold in force that keeps some of `items` (8.3, edge-64). The hold's own lock stays what it is."""
    linked = []
    for hold in holds_touching(session, items):
        if session.get(HoldRequest, (hold.id, request.id)) is None:
            session.add(HoldRequest(hold.id, request.id, clock.now_us()))
            note_event(session, clock, case_of_hold(hold), Act.HOLD_LINKED, by, request=request.words)
            linked.append(hold)
    return linked


def case_of_hold(hold: Hold) -> Case:
    """The hold as what an event is about."""
    return Case("hold", hold.id, words_of_hold(hold))


def words_of_hold(hold: Hold) -> str:
    """What people call it, what a volume writes down with its locks."""
    return f"Muhafaza {hold.number}"
