"""What others ask about requests, letters, holds, applications."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from vms.cameras.model import Camera
from vms.documents.model import Document
from vms.documents.reissue import STANDS, standing
from vms.documents.rules import Kind as Kinds
from vms.documents.rules import State as Issued
from vms.footage.availability import Wanted, wanted_of_cameras
from vms.footage.duties import Done, Duty
from vms.footage.exports.model import Delivery
from vms.footage.holds.model import IN_FORCE, Hold, HoldAsk, HoldItem, HoldRequest
from vms.footage.letters.application_model import Application
from vms.footage.letters.model import Letter
from vms.footage.model import FootageRequest, RequestDuty, RequestItem
from vms.footage.rules import MAX_CAMERA_DAYS, MAX_CAMERAS, MAX_ITEMS, State
from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.kernel.turkish import sort_key
from vms.people.model import Account
from vms.people.rules import AccountKind

MAX_ANSWERED = 100


def requests_of_letter(session: Session, letter_id: UUID) -> list[FootageRequest]:
    """What stands on a letter, by number."""
    wanted = select(FootageRequest).where(FootageRequest.letter_id == letter_id)
    return list(session.scalars(wanted.order_by(FootageRequest.number)))


def is_ending(session: Session, letter_id: UUID) -> bool:
    """Whether a request was withdrawn, or a hold released, by this letter."""
    withdrawn = select(FootageRequest.id).where(FootageRequest.withdrawal_letter_id == letter_id)
    released = select(Hold.id).where(Hold.decision_letter_id == letter_id)
    return any(session.scalars(wanted).first() is not None for wanted in (withdrawn, released))


def need_request(session: Session, request_id: UUID) -> FootageRequest:
    """The request with this id, or VmsError(NOT_FOUND, `request_not_found`)."""
    found = session.get(FootageRequest, request_id)
    if found is None:
        raise VmsError(Kind.NOT_FOUND, "request_not_found", "There is no such footage request. Reload the list.")
    return found


def items_of(session: Session, request_id: UUID) -> list[RequestItem]:
    """What a request asks for, by camera's number and time."""
    wanted = select(RequestItem).join(Camera).where(RequestItem.request_id == request_id)
    return list(session.scalars(wanted.order_by(Camera.number, Camera.id, RequestItem.from_us)))


def hold_items_of(session: Session, hold_id: UUID) -> list[HoldItem]:
    """What a hold keeps, by camera's number and time."""
    wanted = select(HoldItem).join(Camera).where(HoldItem.hold_id == hold_id)
    return list(session.scalars(wanted.order_by(Camera.number, Camera.id, HoldItem.from_us)))


def duties_of(session: Session, request: FootageRequest) -> list[Done]:
    """Who did which duty for a request, oldest first; the officer it is assigned to is to export it."""
    wanted = select(RequestDuty).where(RequestDuty.request_id == request.id).order_by(RequestDuty.at_us, RequestDuty.id)
    done = [Done(Duty(one.duty), one.account_id, one.name) for one in session.scalars(wanted)]
    if request.officer_id is not None:
        done.append(Done(Duty.EXPORT, request.officer_id, ""))
    return done


def request_duties(session: Session, request_id: UUID) -> list[RequestDuty]:
    """The rows behind the separation strip, oldest first."""
    wanted = select(RequestDuty).where(RequestDuty.request_id == request_id)
    return list(session.scalars(wanted.order_by(RequestDuty.at_us, RequestDuty.id)))


def letters_to_act_on(session: Session, account_id: UUID) -> list[Letter]:
    """Letters that were given to an account and are not done, the one that is due first at the top."""
    wanted = select(Letter).where(Letter.assignee_id == account_id, Letter.done_us.is_(None))
    return list(session.scalars(wanted.order_by(Letter.due_us.is_(None), Letter.due_us, Letter.number.desc())))


def assignees(session: Session) -> list[Account]:
    """Accounts that may be given a letter, by the name people know them by: a person's own, whatever their role."""
    wanted = select(Account).where(Account.disabled_us.is_(None), Account.kind == AccountKind.PERSONAL)
    return sorted(session.scalars(wanted), key=lambda one: (sort_key(one.display_name), one.name))


def awaiting_signature(session: Session) -> set[UUID]:
    """Requests for whose printed record a signature is missing: şef's or müdür's below the minutes (P-04), anybody's
    below the record of what was not found (P-07). Once it is there, the request waits for something else.
    """  # noqa: D205
    printed = Document.state.in_([one.value for one in STANDS])
    minutes = (
        select(FootageRequest.id)
        .join(Delivery, Delivery.request_id == FootageRequest.id)
        .join(Document, Document.id == Delivery.record_id)
        .where(FootageRequest.state == State.PREPARED.value, Delivery.signed_us.is_(None), printed)
    )
    unsigned = Document.kind == Kinds.UNREACHED.value, Document.state == Issued.ISSUED.value
    open_ids = set(session.scalars(select(FootageRequest.id).where(FootageRequest.closed_us.is_(None))))
    unreached = {UUID(one) for one in session.scalars(select(Document.subject_id).where(*unsigned)) if one}
    return set(session.scalars(minutes)) | (unreached & open_ids)


def is_signed(session: Session, delivery: Delivery) -> bool:
    """Whether şef or müdür stands for minutes of it that count: the signature of a cancelled paper is gone with it."""
    return delivery.signed_us is not None and standing(session, delivery.record_id) is not None


def need_hold(session: Session, hold_id: UUID) -> Hold:
    """The hold with this id, or VmsError(NOT_FOUND, `hold_not_found`)."""
    found = session.get(Hold, hold_id)
    if found is None:
        raise VmsError(Kind.NOT_FOUND, "hold_not_found", "There is no such hold. Reload the list.")
    return found


def holds_of_request(session: Session, request_id: UUID) -> list[Hold]:
    """Holds that keep some of what a request asks for."""
    wanted = select(Hold).join(HoldRequest, HoldRequest.hold_id == Hold.id).where(HoldRequest.request_id == request_id)
    return list(session.scalars(wanted.order_by(Hold.number)))


def requests_of_hold(session: Session, hold_id: UUID) -> list[FootageRequest]:
    """Requests that came for what a hold keeps."""
    wanted = select(FootageRequest).join(HoldRequest, HoldRequest.request_id == FootageRequest.id)
    return list(session.scalars(wanted.where(HoldRequest.hold_id == hold_id).order_by(FootageRequest.number)))


def holds_touching(session: Session, items: Iterable[tuple[UUID, Span]]) -> list[Hold]:
    """Holds in force that keep some of these spans of cameras."""
    touching = [
        (HoldItem.camera_id == camera_id) & (HoldItem.from_us < span.end_us) & (HoldItem.until_us > span.start_us)
        for camera_id, span in items
    ]
    found: dict[UUID, Hold] = {}
    counts = Hold.state.in_([state.value for state in IN_FORCE]), HoldItem.lock_id.is_not(None)
    for start in range(0, len(touching), 100):  # SQLite bounds the depth of an expression
        wanted = select(Hold).join(HoldItem).where(*counts, or_(*touching[start : start + 100]))
        found |= {hold.id: hold for hold in session.scalars(wanted)}
    return sorted(found.values(), key=lambda hold: hold.number)


def waiting_asks(session: Session) -> list[HoldAsk]:
    """All wishes for holds that nobody answered yet, newest first."""
    return list(session.scalars(select(HoldAsk).where(HoldAsk.answered_us.is_(None)).order_by(HoldAsk.asked_us.desc())))


def asks_of(session: Session, account_id: UUID) -> list[HoldAsk]:
    """The last `MAX_ANSWERED` wishes of an account, newest first."""
    wanted = select(HoldAsk).where(HoldAsk.account_id == account_id).order_by(HoldAsk.asked_us.desc())
    return list(session.scalars(wanted.limit(MAX_ANSWERED)))


def cameras_named(session: Session, camera_ids: Collection[UUID]) -> dict[UUID, Camera]:
    """The cameras, retired ones too: their footage lives on (edge-19). VmsError: INVALID `cameras_missing`,
    `cameras_too_many`; NOT_FOUND `camera_not_found`.
    """  # noqa: D205
    wanted = list(dict.fromkeys(camera_ids))
    if not wanted:
        raise VmsError(Kind.INVALID, "cameras_missing", "Name at least one camera.")
    if len(wanted) > MAX_CAMERAS:
        raise VmsError(
            Kind.INVALID, "cameras_too_many", f"A request names at most {MAX_CAMERAS} cameras. Divide it.",
            limit=MAX_CAMERAS,
        )  # fmt: skip
    found = session.scalars(select(Camera).where(Camera.id.in_(wanted)).order_by(Camera.number, Camera.id))
    known = {camera.id: camera for camera in found}
    if len(known) != len(wanted):
        raise VmsError(Kind.NOT_FOUND, "camera_not_found", "One of these cameras is not registered. Reload.")
    return known


def wanted_of(session: Session, cameras: Iterable[Camera], spans: Sequence[Span]) -> list[Wanted]:
    """Each camera in each interval, as `availability.look` asks for it.

    VmsError(INVALID): `items_too_many`, `camera_days_too_many` (what it costs to look for grows with them).
    """
    known = list(cameras)
    if len(known) * len(spans) > MAX_ITEMS:
        raise VmsError(
            Kind.INVALID, "items_too_many", f"Cameras times intervals are at most {MAX_ITEMS}. Divide it.",
            limit=MAX_ITEMS,
        )  # fmt: skip
    if len(known) * sum(span.duration_us for span in spans) > MAX_CAMERA_DAYS * US_PER_DAY:
        raise VmsError(
            Kind.INVALID, "camera_days_too_many",
            f"Cameras times days are at most {MAX_CAMERA_DAYS}. Shorten the intervals, or divide it.",
            limit=MAX_CAMERA_DAYS,
        )  # fmt: skip
    return wanted_of_cameras(session, known, spans)


def next_number(session: Session, table: type[FootageRequest] | type[Hold] | type[Application]) -> int:
    """The number after the highest; part of the caller's writing transaction."""
    return (session.scalar(select(func.max(table.number))) or 0) + 1
