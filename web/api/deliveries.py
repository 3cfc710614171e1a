"""`/requests/{id}/delivery`: minutes, signature, hand-over."""

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session

from vms.documents.forms.delivery import Channel, Medium, Receiver
from vms.footage.delivery.delivering import delivery_of, hand_over, prepare, sign
from vms.footage.delivery.handing import Handing, receiver_of
from vms.footage.exports.model import Delivery
from vms.footage.model import FootageRequest
from vms.footage.queries import need_request
from vms.people.roles import Action
from web.acting import By
from web.api.asked import Body, Text, TimeUs
from web.authorisation import Me, declares_action
from web.backends import Backends, Here
from web.problems import refusals
from web.rows.delivery import DeliveryRow, delivery_row

router = APIRouter(prefix="/requests/{request_id}/delivery", tags=["deliveries"])

_SEES = declares_action(Action.SEE_REQUESTS)
_DELIVERS = declares_action(Action.DELIVER_FOOTAGE)
_Refused = refusals(404, 409, 413)


class ReceiverBody(Body):
    """Who takes it. Name and number are needed."""

    name: Text = ""
    title: Text = ""
    institution: Text = ""
    identity_no: Text = ""
    identity_seen: Text = ""

    def receiver(self) -> Receiver:
        """For the use cases."""
        return receiver_of(self.name, self.title, self.institution, self.identity_no, self.identity_seen)


class DeliveryBody(Body):
    """How it is given. `receiver` null: known when it is fetched, and room for a pen in the minutes."""

    medium: Medium
    channel: Channel
    medium_serial: Text = ""
    passphrase_route: Text = ""
    receiver: ReceiverBody | None = None
    note: Text = ""

    def handing(self) -> Handing:
        """For the use cases."""
        return Handing(
            medium=self.medium, channel=self.channel, medium_serial=self.medium_serial,
            passphrase_route=self.passphrase_route, receiver=self.receiver.receiver() if self.receiver else None,
            note=self.note,
        )  # fmt: skip


class HandOverBody(Body):
    """Who took it; null: whom the minutes name. `delivered_at_us` null: now."""

    receiver: ReceiverBody | None = None
    delivered_at_us: TimeUs | None = None


class SignatureOfDelivery(Body):
    """Nothing more than who asks: the signed paper was handed in as a document."""


@router.get("", dependencies=[_SEES], responses=refusals(404))
def read_delivery(request_id: UUID, here: Here) -> DeliveryRow | None:
    """How far it is; null before it was prepared."""
    with here.database.reading() as session:
        found = delivery_of(session, need_request(session, request_id).id)
        return None if found is None else delivery_row(session, found)


@router.put("", dependencies=[_DELIVERS], responses=_Refused)
async def prepare_delivery(request_id: UUID, body: DeliveryBody, by: By, here: Here) -> DeliveryRow:
    """Say how it is given, print P-04; while it is not signed, again: another version."""

    def change(session: Session, request: FootageRequest) -> Delivery:
        return prepare(session, here.clock, here.desk, request, body.handing(), by=by, policy=here.footage_policy)

    return await _changed(here, request_id, change)


@router.post("/signature", dependencies=[declares_action(Action.SIGN_RECORD)], responses=_Refused)
async def sign_delivery(request_id: UUID, _: SignatureOfDelivery, me: Me, by: By, here: Here) -> DeliveryRow:
    """The chief or the manager stands for the signed minutes."""

    def change(session: Session, request: FootageRequest) -> Delivery:
        return sign(session, here.clock, request, me.roles, by=by, policy=here.footage_policy)

    return await _changed(here, request_id, change)


@router.post("/hand-over", dependencies=[_DELIVERS], responses=_Refused)
async def hand_over_delivery(request_id: UUID, body: HandOverBody, by: By, here: Here) -> DeliveryRow:
    """It is in the receiver's hands: every copy here is destroyed next. Sent twice it is one delivery."""

    def change(session: Session, request: FootageRequest) -> Delivery:
        receiver = body.receiver.receiver() if body.receiver else None
        return hand_over(
            session, here.clock, request, receiver, body.delivered_at_us, by=by, policy=here.footage_policy
        )

    row = await _changed(here, request_id, change)
    here.views.recheck_soon()
    return row


async def _changed(
    here: Backends, request_id: UUID, change: Callable[[Session, FootageRequest], Delivery]
) -> DeliveryRow:
    def save() -> DeliveryRow:
        with here.database.writing() as session:
            return delivery_row(session, change(session, need_request(session, request_id)))

    return await here.archive_workers.run(save)
