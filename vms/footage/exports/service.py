"""Ordering packages of an approved request, trying again, replacing one, letting all of them go."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.footage.bundle.passphrase import new_passphrase
from vms.footage.case_events import note_event
from vms.footage.duties import Duty, check_separation
from vms.footage.exports.derived_order import DerivedWish
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.model import Delivery, Export, ExportState, PurgeWhy
from vms.footage.exports.parcels import Parcel
from vms.footage.exports.plan import Plan, nothing_to_give
from vms.footage.exports.queries import (
    exports_ordered,
    items_json,
    next_export_number,
    promised_bytes,
    standing_exports,
)
from vms.footage.model import FootageRequest
from vms.footage.policy import DEFAULT, Policy
from vms.footage.queries import duties_of, is_signed, items_of
from vms.footage.requests.searching import check_officer
from vms.footage.requests.service import add_duty, case_of
from vms.footage.rules import FOUND, Outcome, State, wrong_state
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id

_BEFORE_APPROVAL = frozenset({State.REGISTERED, State.RETURNED, State.REFUSED})


def order(
    session: Session, clock: Clock, request: FootageRequest, plan: Plan, desk: ExportDesk, *,
    takes_what_is_there: bool = False, derived: DerivedWish | None = None, by: Actor, policy: Policy = DEFAULT,
) -> list[Export]:  # fmt: skip
    """Order what was planned; `vms jobs` builds it. Each package has a passphrase of its own from now on.

    `takes_what_is_there`: see `bundle.order.Order`. `derived`: as it was planned with. VmsError: as `check_may_order`;
    CONFLICT `seal_missing`, `export_disk_full` (edge-56).
    """
    check_may_order(session, request, by=by, policy=policy)
    desk.need_press()
    _check_room(session, desk, plan.size_bytes)
    first = next_export_number(session, request.id)
    made = [
        _row(
            clock, desk, request, number, items=items_json((one.item_id, one.span) for one in parcel.parts),
            takes_what_is_there=takes_what_is_there, planned_bytes=parcel.size_bytes, by=by,
            derived=derived.to_json() if derived and _has_copies(parcel, derived) else None,
        )
        for number, parcel in enumerate(plan.parcels, start=first)
    ]  # fmt: skip
    session.add_all(made)
    _note(session, clock, request, made, by)
    return made


def _has_copies(parcel: Parcel, derived: DerivedWish) -> bool:
    return any(one.camera_id in derived.cameras for one in parcel.parts)


def check_may_order(session: Session, request: FootageRequest, *, by: Actor, policy: Policy = DEFAULT) -> None:
    """Refuse who may not order this request's packages, or not now.

    VmsError: CONFLICT `request_not_approved` (D-12.2), `request_state`, `exports_ordered`, `nothing_to_give`,
    `separation_of_duties` (C-7); FORBIDDEN `request_not_assigned`.
    """
    if State(request.state) in _BEFORE_APPROVAL:
        raise VmsError(
            Kind.CONFLICT, "request_not_approved",
            "Footage is given for an approved request only. Have it approved first.", state=request.state,
        )  # fmt: skip
    if standing_exports(session, request.id):
        raise exports_ordered()
    check_found(request)
    check_duty(session, request, by, policy)


def retry(
    session: Session, clock: Clock, request: FootageRequest, export: Export, desk: ExportDesk, *, by: Actor,
    policy: Policy = DEFAULT,
) -> Export:  # fmt: skip
    """Build a failed one from its beginning, of a request whose footage is there as it was looked for last.

    VmsError: CONFLICT `export_not_failed`, and as `order`; GONE `export_purged`.
    """
    check_duty(session, request, by, policy)
    check_stands(export)
    if export.state != ExportState.FAILED:
        raise VmsError(Kind.CONFLICT, "export_not_failed", "This package did not fail. Reload the page.")
    check_found(request)
    desk.need_press()
    _check_room(session, desk, export.planned_bytes or 0)
    export.state, export.failure, export.done_bytes = ExportState.WAITING.value, "", 0
    _note(session, clock, request, [export], by, is_again=True)
    return export


def replace(
    session: Session, clock: Clock, request: FootageRequest, export: Export, desk: ExportDesk, *, by: Actor,
    policy: Policy = DEFAULT,
) -> Export:  # fmt: skip
    """Order a ready one anew under another number and passphrase; the one before has to go at once.

    The request is not prepared until it is there. VmsError: CONFLICT `export_not_ready`, `delivery_signed` (its hash
    stands in signed minutes, while these are not cancelled), and as `order`; GONE `export_purged`.
    """
    check_duty(session, request, by, policy)
    check_stands(export)
    check_ready(export)
    if State(request.state) is not State.PREPARED:
        check_found(request)
    delivery = session.scalar(select(Delivery).where(Delivery.request_id == request.id))
    if delivery is not None and is_signed(session, delivery):
        raise delivery_signed()
    desk.need_press()
    _check_room(session, desk, export.size_bytes or 0)
    let_go(clock, export, PurgeWhy.REPLACED, 0)
    made = _row(
        clock, desk, request, next_export_number(session, request.id), items=export.items,
        takes_what_is_there=export.takes_what_is_there, planned_bytes=export.size_bytes or 0, by=by,
        derived=export.derived,
    )  # fmt: skip
    session.add(made)
    if State(request.state) is State.PREPARED:
        request.state = _state_before(session, request).value
    _note(session, clock, request, [made], by, replaces=export.number)
    return made


def due_purge(session: Session, clock: Clock, request: FootageRequest, why: PurgeWhy, after_us: int) -> list[Export]:
    """Have every package of a request destroyed from now + `after_us` on, whole or not; those that this was said of.

    No copy of it is given any more, and one that is being built is let go within a second
    (`export_queries.exports_to_purge`).
    """
    told = [one for one in standing_exports(session, request.id) if one.state != ExportState.PURGED]
    for export in told:
        let_go(clock, export, why, after_us)
    session.flush()
    return told


def due_purge_of_closed(session: Session, clock: Clock) -> list[Export]:
    """The same for any package left from a closed request, also one closed under an older rule."""
    standing = select(Export.request_id).where(Export.purge_why.is_(None))
    wanted = select(FootageRequest).where(FootageRequest.state == State.CLOSED.value, FootageRequest.id.in_(standing))
    closed = session.scalars(wanted.order_by(FootageRequest.number)).all()
    return [told for one in closed for told in due_purge(session, clock, one, why_of(Outcome(str(one.outcome))), 0)]


def why_of(outcome: Outcome) -> PurgeWhy:
    """After what the packages of a request go that ends so."""
    return PurgeWhy.WITHDRAWN if outcome is Outcome.WITHDRAWN else PurgeWhy.REPLACED  # no word of its authority's


def has_room(session: Session, desk: ExportDesk, size_bytes: int) -> tuple[bool, int]:
    """Whether the disk takes so much beside what is ordered already, and how much it takes."""
    free_bytes = max(0, desk.free_bytes() - promised_bytes(session))
    return size_bytes <= free_bytes, free_bytes


def check_stands(export: Export) -> None:
    """VmsError(GONE, `export_purged`) for what was delivered, withdrawn or replaced, from that moment on."""
    if export.purge_why is not None:
        raise VmsError(
            Kind.GONE, "export_purged",
            "No copy of this package is left. Whoever needs the footage again sends another letter.",
            why=export.purge_why,
        )  # fmt: skip


def check_ready(export: Export) -> None:
    """VmsError(CONFLICT, `export_not_ready`)."""
    if export.state != ExportState.READY:
        raise VmsError(Kind.CONFLICT, "export_not_ready", "This package is not ready yet. Wait until it is built.")


def check_found(request: FootageRequest) -> None:
    """VmsError(CONFLICT): `nothing_to_give`, `request_state`, unless there is something to make packages of."""
    state = State(request.state)
    if state is State.UNAVAILABLE:
        raise nothing_to_give()
    if state not in FOUND:
        raise wrong_state(state)


def check_duty(session: Session, request: FootageRequest, by: Actor, policy: Policy) -> None:
    """VmsError: FORBIDDEN `request_not_assigned`; CONFLICT `separation_of_duties` (C-7)."""
    check_officer(request, by.person_id)
    check_separation(duties_of(session, request), Duty.EXPORT, by, policy.separate)


def _check_room(session: Session, desk: ExportDesk, size_bytes: int) -> None:
    is_enough, free_bytes = has_room(session, desk, size_bytes)
    if not is_enough:
        raise disk_full(size_bytes, free_bytes)


def delivery_signed() -> VmsError:
    """The refusal to change what şef or müdür stands for."""
    return VmsError(
        Kind.CONFLICT, "delivery_signed",
        "The record of this delivery (P-04) is signed: it stays as it is. Cancel that paper with a reason first.",
    )  # fmt: skip


def disk_full(needed_bytes: int, free_bytes: int) -> VmsError:
    """Why a package is not begun."""
    return VmsError(
        Kind.CONFLICT, "export_disk_full",
        "The disk has no room for these packages. Deliver what waits there, or give the data folder more room.",
        needed_bytes=needed_bytes, free_bytes=free_bytes,
    )  # fmt: skip


def _row(
    clock: Clock, desk: ExportDesk, request: FootageRequest, number: int, *, items: list[dict[str, object]],
    takes_what_is_there: bool, planned_bytes: int, by: Actor, derived: dict[str, Any] | None,
) -> Export:  # fmt: skip
    return Export(
        id=new_id(clock), request_id=request.id, number=number, name=f"NAZAR-{request.number}-{number}",
        state=ExportState.WAITING.value, items=items, takes_what_is_there=takes_what_is_there,
        ordered_us=clock.now_us(), ordered_by=by.person_id, ordered_by_name=by.name, planned_bytes=planned_bytes,
        passphrase=desk.box.seal(new_passphrase()), derived=derived,
    )  # fmt: skip


def _note(
    session: Session, clock: Clock, request: FootageRequest, made: Sequence[Export], by: Actor, *,
    is_again: bool = False, replaces: int | None = None,
) -> None:  # fmt: skip
    add_duty(session, clock, request, Duty.EXPORT, by)
    more: dict[str, object] = {"again": True} if is_again else {}
    more |= {} if replaces is None else {"replaces": replaces}
    more |= _derived_words(made)
    note_event(
        session, clock, case_of(request), Act.EXPORT_ORDERED, by, packages=[one.name for one in made],
        size_bytes=sum(one.planned_bytes or 0 for one in made),
        takes_what_is_there=any(one.takes_what_is_there for one in made), **more,
    )  # fmt: skip


def _derived_words(made: Sequence[Export]) -> dict[str, object]:
    """What the audit log keeps of the copies that were asked for: of how many cameras, with how many masks."""
    told = next((one.derived for one in made if one.derived is not None), None)
    if told is None:
        return {}
    masks = sum(len(camera["masks"]) for camera in told["cameras"])
    return {"derived": {"cameras": len(told["cameras"]), "masks": masks, "watermark": told["is_marked"]}}


def let_go(clock: Clock, export: Export, why: PurgeWhy, after_us: int) -> None:
    """Have one package destroyed from now + `after_us` on; it counts for nothing any more."""
    export.purge_why, export.purge_due_us = why.value, clock.now_us() + after_us


def _state_before(session: Session, request: FootageRequest) -> State:
    """What was found when it was looked for."""
    has_holes = any((one.found or {}).get("missing_in_all") for one in items_of(session, request.id))
    return State.PARTIALLY_AVAILABLE if has_holes else State.AVAILABLE
