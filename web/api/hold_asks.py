"""`/hold-asks`: asking that footage be kept, without seeing it; answering such wishes."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from vms.authority.refusals import NO_GRANT, refused
from vms.footage.holds.asks import NewAsk, ask_for_hold, decline
from vms.footage.holds.placing import place_and_tell
from vms.footage.queries import asks_of, waiting_asks
from vms.people.queries import need_account_by_id
from vms.people.roles import Action
from web.acting import By
from web.api.asked import Body, ReasonBody, Text, TimeUs
from web.api.holds import told
from web.api.request_bodies import HoldBody
from web.authorisation import Me, declares_action
from web.backends import Here
from web.problems import refusals
from web.rows.hold import HoldAskRow, HoldDetail, hold_ask_row

router = APIRouter(prefix="/hold-asks", tags=["holds"])

_ASKS = declares_action(Action.ASK_FOR_HOLD)
_PLACES = declares_action(Action.PLACE_HOLD)


class HoldAskBody(Body):
    """What should be kept, and why. `incident_id`: the incident note it is written with."""

    camera_id: UUID
    from_us: TimeUs
    until_us: TimeUs
    reason: Text
    incident_id: UUID | None = None


class HoldAskList(BaseModel):
    """Wishes, newest first."""

    asks: list[HoldAskRow]


@router.get("", dependencies=[_PLACES], responses=refusals())
def list_hold_asks(here: Here) -> HoldAskList:
    """Wishes that nobody answered yet, for who places holds."""
    with here.database.reading() as session:
        return HoldAskList(asks=[hold_ask_row(session, one) for one in waiting_asks(session)])


@router.get("/mine", dependencies=[_ASKS], responses=refusals())
def list_my_hold_asks(me: Me, here: Here) -> HoldAskList:
    """The caller's last hundred, with what came of them."""
    with here.database.reading() as session:
        return HoldAskList(asks=[hold_ask_row(session, one) for one in asks_of(session, me.account_id)])


@router.post("", status_code=HTTPStatus.CREATED, dependencies=[_ASKS], responses=refusals(404, 409, 413))
def add_hold_ask(body: HoldAskBody, me: Me, by: By, here: Here) -> HoldAskRow:
    """Ask that footage of a camera one may see be kept; nothing of it is shown, nothing is kept by asking."""
    if body.camera_id not in here.door.rights(me):
        raise refused(NO_GRANT)
    new = NewAsk(
        camera_id=body.camera_id, from_us=body.from_us, until_us=body.until_us, reason=body.reason,
        incident_id=body.incident_id,
    )  # fmt: skip
    with here.database.writing() as session:
        account = need_account_by_id(session, me.account_id)
        return hold_ask_row(session, ask_for_hold(session, here.clock, account, new, by=by))


@router.post(
    "/{ask_id}/hold", status_code=HTTPStatus.CREATED, dependencies=[_PLACES], responses=refusals(404, 409, 413)
)
async def follow_hold_ask(ask_id: UUID, body: HoldBody, me: Me, by: By, here: Here) -> HoldDetail:
    """Place a hold for it."""

    def place() -> HoldDetail:
        once = body.once(me.account_id)
        placed = place_and_tell(here.database, here.archive(), here.clock, body.new(), by=by, ask_id=ask_id, once=once)
        return told(here, placed.hold.id)

    return await here.archive_workers.run(place)


@router.post("/{ask_id}/refusal", dependencies=[_PLACES], responses=refusals(404, 409, 413))
def refuse_hold_ask(ask_id: UUID, body: ReasonBody, by: By, here: Here) -> HoldAskRow:
    """Do not follow it, and say why."""
    with here.database.writing() as session:
        return hold_ask_row(session, decline(session, here.clock, ask_id, body.why, by=by))
