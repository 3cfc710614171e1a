"""Reads which minutes of delivery wait for a signature."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.documents.model import Document
from vms.documents.reissue import STANDS
from vms.footage.exports.model import Delivery
from vms.footage.model import FootageRequest
from vms.footage.rules import State
from vms.reminders.facts import WaitingSignature


def waiting_signatures(session: Session) -> list[WaitingSignature]:
    """Of prepared deliveries, the oldest first; not before the last initials of their chain are given (S-1f)."""
    rows = session.execute(
        select(FootageRequest.id, Document.id, FootageRequest.number, Document.issued_us)
        .join(Delivery, Delivery.request_id == FootageRequest.id)
        .join(Document, Document.id == Delivery.record_id)
        .where(
            FootageRequest.state == State.PREPARED.value, Delivery.signed_us.is_(None), Document.turn_folded == "",
            Document.issued_us.is_not(None), Document.state.in_([one.value for one in STANDS]),
        )
        .order_by(Document.issued_us, FootageRequest.number)
    )  # fmt: skip
    return [
        WaitingSignature(id=request_id, document_id=document_id, number=number, since_us=since_us or 0)
        for request_id, document_id, number, since_us in rows
    ]
