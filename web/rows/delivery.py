"""Deliveries as the API shows them."""

from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.documents.forms.delivery import Channel, Medium
from vms.documents.queries import need_document
from vms.footage.exports.model import Delivery
from vms.footage.queries import is_signed
from web.rows.paper import PaperRow, printed_row


class ReceiverRow(BaseModel):
    """Who takes it, or took it. `identity_no`: of what they showed."""

    name: str
    title: str
    institution: str
    identity_no: str
    identity_seen: str


class DeliveryRow(BaseModel):
    """The hand-over of a request's packages. `record`: its minutes (P-04), handed in signed as a document.

    `signed_us` null: no şef or müdür stands for it yet, or the paper they signed was cancelled. `delivered_us` null:
    nobody has it yet.
    """

    record: PaperRow
    medium: Medium
    medium_serial: str
    channel: Channel
    passphrase_route: str
    receiver: ReceiverRow | None
    prepared_us: int
    prepared_by_name: str
    signed_us: int | None
    signed_by_name: str
    delivered_us: int | None
    delivered_by_name: str


def delivery_row(session: Session, one: Delivery) -> DeliveryRow:
    """For the case's page."""
    signed_us = one.signed_us if is_signed(session, one) else None
    return DeliveryRow(
        record=printed_row(session, need_document(session, one.record_id)), medium=Medium(one.medium),
        medium_serial=one.medium_serial, channel=Channel(one.channel), passphrase_route=one.passphrase_route,
        receiver=_receiver(one), prepared_us=one.prepared_us, prepared_by_name=one.prepared_by_name,
        signed_us=signed_us, signed_by_name=one.signed_by_name if signed_us else "", delivered_us=one.delivered_us,
        delivered_by_name=one.delivered_by_name,
    )  # fmt: skip


def _receiver(one: Delivery) -> ReceiverRow | None:
    if not one.receiver_name:
        return None
    return ReceiverRow(
        name=one.receiver_name, title=one.receiver_title, institution=one.receiver_institution,
        identity_no=one.receiver_identity_no, identity_seen=one.receiver_identity_seen,
    )  # fmt: skip
