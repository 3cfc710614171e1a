"""Tying a hold that comes later to the open requests for what it keeps."""

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.footage.holds.links import link_holds
from vms.footage.holds.model import Hold
from vms.footage.locks.model import Owner
from vms.footage.locks.orders import owners_keeping
from vms.footage.model import FootageRequest
from vms.footage.queries import hold_items_of, items_of
from vms.footage.requests.service import case_of
from vms.kernel.clock import Clock


def link_requests(session: Session, clock: Clock, hold: Hold, *, by: Actor) -> None:
    """Every request whose lock keeps some of the same footage is as if it had come after the hold (8.3, edge-64)."""
    kept = [(one.camera_id, one.span) for one in hold_items_of(session, hold.id) if one.lock_id is not None]
    for request_id in sorted(owners_keeping(session, kept)[Owner.REQUEST]):
        request = session.get_one(FootageRequest, request_id)
        items = [(one.camera_id, one.span) for one in items_of(session, request_id)]
        link_holds(session, clock, case_of(request), items, by=by)
