"""`/work-orders`: a technician's view of one camera while the work lasts."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from vms.authority.work_orders.model import Work, WorkOrder
from vms.authority.work_orders.service import (
    MAX_HOURS,
    close_work_order,
    need_work_order,
    open_work_order,
    technicians,
    work_orders,
)
from vms.cameras.model import Camera
from vms.cameras.queries import cameras
from vms.people.model import Account
from vms.people.queries import need_account_by_id
from vms.people.roles import Action
from web.acting import By
from web.api.asked import MAX_TIME_US, Body, ReasonBody, Text
from web.api.my_authority import CameraChoice
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/work-orders", tags=["work orders"])


class WorkOrderBody(Body):
    """What is to be done, by whom, at which camera, until when."""

    account_id: UUID
    camera_id: UUID
    kind: Work
    closes_us: int = Field(ge=0, le=MAX_TIME_US)
    note: Text = ""


class WorkOrderRow(BaseModel):
    """One order. `closed_us`: when somebody closed it before its end."""

    id: UUID
    number: int
    kind: Work
    camera_id: UUID
    camera_number: int
    camera_name: str
    account_id: UUID
    account_name: str
    display_name: str
    note: str
    opened_us: int
    closes_us: int
    opened_by: str
    is_open: bool
    closed_us: int | None
    closed_why: str


class WorkOrderList(BaseModel):
    """All orders, newest first."""

    orders: list[WorkOrderRow]


class TechnicianChoice(BaseModel):
    """Who may be given a work order."""

    id: UUID
    name: str
    display_name: str


class WorkChoices(BaseModel):
    """What the form offers: technicians by name, cameras by number (names only, no picture), the longest order."""

    technicians: list[TechnicianChoice]
    cameras: list[CameraChoice]
    most_hours: int


@router.get("", dependencies=[declares_action(Action.OPEN_WORK_ORDER)], responses=refusals())
def list_work_orders(here: Here) -> WorkOrderList:
    """All orders there ever were."""
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        return WorkOrderList(orders=[_row(session, one, now_us) for one in work_orders(session)])


@router.get("/choices", dependencies=[declares_action(Action.OPEN_WORK_ORDER)], responses=refusals())
def read_work_choices(here: Here) -> WorkChoices:
    """Whom, where and for how long work can be ordered."""
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        return WorkChoices(
            technicians=[
                TechnicianChoice(id=one.id, name=one.name, display_name=one.display_name)
                for one in technicians(session, now_us)
            ],
            cameras=[
                CameraChoice(id=one.id, number=one.number, name=one.name, site=one.site) for one in cameras(session)
            ],
            most_hours=MAX_HOURS,
        )


@router.post(
    "", status_code=201, dependencies=[declares_action(Action.OPEN_WORK_ORDER)], responses=refusals(404, 409, 413)
)
def add_work_order(body: WorkOrderBody, by: By, here: Here) -> WorkOrderRow:
    """Order work; the technician sees the camera live until it is closed."""
    with here.database.writing() as session:
        account = need_account_by_id(session, body.account_id)
        order = open_work_order(
            session, here.clock, account, body.kind, body.camera_id, body.closes_us, body.note, by=by,
            policy=here.authority_policy,
        )  # fmt: skip
        return _row(session, order, here.clock.now_us())


@router.post(
    "/{order_id}/closing", dependencies=[declares_action(Action.OPEN_WORK_ORDER)], responses=refusals(404, 409, 413)
)
def close_one_work_order(order_id: UUID, body: ReasonBody, by: By, here: Here) -> WorkOrderRow:
    """The work is done."""
    with here.database.writing() as session:
        order = close_work_order(session, here.clock, need_work_order(session, order_id), body.why, by=by)
        row = _row(session, order, here.clock.now_us())
    here.views.recheck_soon()
    return row


def _row(session: Session, one: WorkOrder, now_us: int) -> WorkOrderRow:
    camera, account = session.get_one(Camera, one.camera_id), session.get_one(Account, one.account_id)
    return WorkOrderRow(
        id=one.id, number=one.number, kind=Work(one.kind), camera_id=camera.id, camera_number=camera.number,
        camera_name=camera.name, account_id=account.id, account_name=account.name, display_name=account.display_name,
        note=one.note, opened_us=one.opened_us, closes_us=one.closes_us, opened_by=one.opened_by_name,
        is_open=one.closed_us is None and now_us < one.closes_us, closed_us=one.closed_us, closed_why=one.closed_why,
    )  # fmt: skip
