"""Holds, and wishes for them, as the API shows them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.archive.archive import Archive
from vms.cameras.model import Camera
from vms.footage.holds.model import Basis, Hold, HoldAsk, HoldItem, HoldState
from vms.footage.queries import hold_items_of, requests_of_hold
from web.rows.availability import MissingRow, missing_rows
from web.rows.case import EventRow, LocksRow, event_rows, locks_row


class HoldItemRow(BaseModel):
    """One camera in one interval. `is_kept`: something of it existed when the hold was placed."""

    camera_id: UUID
    camera_number: int
    camera_name: str
    start_us: int
    end_us: int
    is_kept: bool
    covered_us: int
    size_bytes: int
    missing: list[MissingRow]
    missing_in_all: int


class RequestLinkRow(BaseModel):
    """A request that came for what a hold keeps."""

    id: UUID
    number: int
    state: str


class HoldRow(BaseModel):
    """A hold. `ends_us` never changes. `signed_us` null: its record is not signed; it keeps all the same.

    `covered_us` of `asked_us`: how much of what was asked for existed. `ended_why`: of one that was released.
    """

    id: UUID
    number: int
    basis: Basis
    state: HoldState
    institution: str
    contact: str
    asked_how: str
    incident: str
    place: str
    incident_us: int | None
    reason: str
    starts_us: int
    ends_us: int
    placed_by: str
    signed_us: int | None
    signed_by: str
    record_id: UUID | None
    extends_id: UUID | None
    extends_number: int | None
    extended_by: list[int]
    ended_us: int | None
    ended_why: str
    decision_no: str
    decision_on: date | None
    decision_letter_id: UUID | None
    cameras: int
    asked_us: int
    covered_us: int


class HoldDetail(HoldRow):
    """The case of a hold."""

    items: list[HoldItemRow]
    locks: LocksRow
    requests: list[RequestLinkRow]
    events: list[EventRow]


class HoldAskRow(BaseModel):
    """A wish for a hold. `hold_number`: of the hold that was placed for it; `answer`: why none was."""

    id: UUID
    camera_id: UUID
    camera_number: int
    camera_name: str
    start_us: int
    end_us: int
    reason: str
    asked_by: str
    asked_us: int
    incident_id: UUID | None
    answered_us: int | None
    answered_by: str
    answer: str
    hold_id: UUID | None
    hold_number: int | None


def hold_row(session: Session, one: Hold) -> HoldRow:
    """For the list."""
    return HoldRow(**_facts(session, one, hold_items_of(session, one.id)))


def hold_detail(session: Session, archive: Archive, one: Hold) -> HoldDetail:
    """For its own page."""
    session.flush()
    items = hold_items_of(session, one.id)
    return HoldDetail(
        **_facts(session, one, items), items=[_item(session, item) for item in items],
        locks=locks_row(session, archive, one.id),
        requests=[
            RequestLinkRow(id=request.id, number=request.number, state=request.state)
            for request in requests_of_hold(session, one.id)
        ],
        events=event_rows(session, one.id),
    )  # fmt: skip


def hold_ask_row(session: Session, one: HoldAsk) -> HoldAskRow:
    """For the list."""
    camera = session.get_one(Camera, one.camera_id)
    hold = None if one.hold_id is None else session.get(Hold, one.hold_id)
    return HoldAskRow(
        id=one.id, camera_id=camera.id, camera_number=camera.number, camera_name=camera.name, start_us=one.from_us,
        end_us=one.until_us, reason=one.reason, asked_by=one.account_name, asked_us=one.asked_us,
        incident_id=one.incident_id, answered_us=one.answered_us, answered_by=one.answered_by_name, answer=one.answer,
        hold_id=one.hold_id, hold_number=hold.number if hold else None,
    )  # fmt: skip


def _facts(session: Session, one: Hold, items: list[HoldItem]) -> dict[str, object]:
    former = None if one.extends_id is None else session.get(Hold, one.extends_id)
    later = session.scalars(select(Hold.number).where(Hold.extends_id == one.id).order_by(Hold.number))
    return {
        "id": one.id, "number": one.number, "basis": one.basis, "state": one.state, "institution": one.institution,
        "contact": one.contact, "asked_how": one.asked_how, "incident": one.incident, "place": one.place,
        "incident_us": one.incident_us, "reason": one.reason, "starts_us": one.starts_us, "ends_us": one.ends_us,
        "placed_by": one.placed_by_name, "signed_us": one.signed_us, "signed_by": one.signed_by_name,
        "record_id": one.record_id, "extends_id": one.extends_id, "extends_number": former.number if former else None,
        "extended_by": list(later), "ended_us": one.ended_us, "ended_why": one.ended_why,
        "decision_no": one.decision_no, "decision_on": one.decision_on,
        "decision_letter_id": one.decision_letter_id,
        "cameras": len({item.camera_id for item in items}), "asked_us": sum(item.span.duration_us for item in items),
        "covered_us": sum(item.found.get("covered_us", 0) for item in items),
    }  # fmt: skip


def _item(session: Session, one: HoldItem) -> HoldItemRow:
    camera = session.get_one(Camera, one.camera_id)
    return HoldItemRow(
        camera_id=camera.id, camera_number=camera.number, camera_name=camera.name, start_us=one.from_us,
        end_us=one.until_us, is_kept=one.lock_id is not None, covered_us=one.found["covered_us"],
        size_bytes=one.found["size_bytes"], missing=missing_rows(one.found),
        missing_in_all=one.found["missing_in_all"],
    )  # fmt: skip
