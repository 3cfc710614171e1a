"""Papers that are printed again as what they tell of is corrected."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.documents.desk import Desk
from vms.documents.forms.known import form_of
from vms.documents.model import Document
from vms.documents.rules import Kind, State
from vms.documents.service import NewDocument, issue_new, revise
from vms.kernel.clock import Clock

STANDS = (State.ISSUED, State.SIGNED)  # the states in which a paper counts


def issue_as_it_reads_now(
    session: Session, clock: Clock, desk: Desk, former_id: UUID | None, new: NewDocument, *, by: Actor
) -> Document:
    """The paper that says what `new` says: the former while it says the same, else another version of it (edge-118).

    A first one with a number of its own where there is no former, or that one was cancelled. VmsError as
    `Desk.need_press`, `service.issue`, `service.revise`.
    """
    former = standing(session, former_id)
    if former is None:
        return issue_new(session, clock, desk.need_press(), desk.store, new, by=by)
    if _says(new.kind, former.fields) == _says(new.kind, new.fields):
        return former
    return revise(session, clock, desk.need_press(), desk.store, former.id, new.fields, by=by)


def _says(kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says: one of before it had its newest fields says the same while these are empty."""
    return form_of(kind, fields).model_dump(mode="json")


def standing(session: Session, document_id: UUID | None) -> Document | None:
    """The document while it counts."""
    found = None if document_id is None else session.get(Document, document_id)
    return found if found is not None and found.state in STANDS else None
