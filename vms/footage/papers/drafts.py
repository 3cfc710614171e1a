"""What the papers of a case would say now: filled in to be read before they are printed. Nothing is written."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.documents.forms.form import Form
from vms.footage.delivery.delivering import check_may_prepare
from vms.footage.delivery.handing import Handing
from vms.footage.holds.model import Hold, HoldState
from vms.footage.model import FootageRequest
from vms.footage.papers.delivery import delivery_form
from vms.footage.papers.hold import KeptSegment, hold_form
from vms.footage.papers.request import unreached_hold_form
from vms.footage.policy import DEFAULT, Policy


def hold_record_form(session: Session, hold: Hold, segments: Sequence[KeptSegment], by: Actor) -> Form:
    """P-05 or P-06 of a hold, P-07 of one that came too late. VmsError(CONFLICT, `nothing_missing`)."""
    if hold.state == HoldState.VOID:
        return unreached_hold_form(session, hold, by)
    return hold_form(session, hold, segments)


def minutes_form(
    session: Session, request: FootageRequest, handing: Handing, *, by: Actor, policy: Policy = DEFAULT
) -> Form:
    """P-04 as `delivering.prepare` would print it. VmsError as that, but for the letterhead."""
    packages = check_may_prepare(session, request, by=by, policy=policy)
    return delivery_form(session, request, packages, handing.cleaned(), by)
