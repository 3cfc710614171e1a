"""Which papers of cases something rests upon: a hand-over, a destruction, a hold, the end of a request."""

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.documents.model import Document
from vms.documents.queries import need_document
from vms.documents.rules import Kind
from vms.documents.rules import State as PaperState
from vms.footage.exports.model import Delivery, Export
from vms.footage.holds.model import Hold
from vms.footage.model import FootageRequest
from vms.footage.rules import Outcome


def rests_upon(session: Session, document: Document) -> bool:
    """Whether a case would be left without the paper that it stands on, were this one cancelled now.

    Minutes by which was delivered, the record of a destruction, the signed record of a hold, the signed record of what
    was not found by which a request was answered or which its minutes name. What can be printed anew as it was is free.
    """
    asked = _ASKED.get(Kind(document.kind))
    return asked is not None and asked(session, document)


def _delivered(session: Session, document: Document) -> bool:
    wanted = select(Delivery.id).where(Delivery.record_id == document.id, Delivery.delivered_us.is_not(None))
    return session.scalars(wanted).first() is not None


def _destroyed(session: Session, document: Document) -> bool:
    return session.scalars(select(Export.id).where(Export.destruction_id == document.id)).first() is not None


def _held(session: Session, document: Document) -> bool:
    wanted = select(Hold.id).where(Hold.record_id == document.id, Hold.signed_us.is_not(None))
    return session.scalars(wanted).first() is not None


def _answered(session: Session, document: Document) -> bool:
    request = session.get(FootageRequest, UUID(document.subject_id))  # of a hold there is none with this id
    if request is None:
        return False
    if request.outcome == Outcome.UNAVAILABLE:
        return document.state == PaperState.SIGNED
    wanted = select(Delivery.record_id).where(Delivery.request_id == request.id, Delivery.delivered_us.is_not(None))
    minutes = session.scalars(wanted).first()
    return minutes is not None and need_document(session, minutes).fields.get("unreached") == document.number


_ASKED: Mapping[Kind, Callable[[Session, Document], bool]] = {
    Kind.DELIVERY: _delivered, Kind.DESTRUCTION: _destroyed, Kind.UNWRITTEN_HOLD: _held,
    Kind.INVESTIGATION_HOLD: _held, Kind.UNREACHED: _answered,
}  # fmt: skip
