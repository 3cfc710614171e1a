"""Looking for what a request asks for: what exists is written down with causes for the rest."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from vms.archive.archive import Archive
from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.cameras.model import Camera
from vms.footage.availability import Found, Wanted, away_of, found_json, is_late, look, state_of, wanted_of_camera
from vms.footage.case_events import note_event
from vms.footage.exports.model import ExportState
from vms.footage.exports.queries import exports_ordered, standing_exports
from vms.footage.letters.model import Letter
from vms.footage.model import FootageRequest, RequestItem
from vms.footage.queries import items_of
from vms.footage.requests.service import Reach, case_of
from vms.footage.rules import SEARCHABLE, State, guaranteed_window, wrong_state
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError


def wanted_items(session: Session, request_id: UUID) -> list[Wanted]:
    """A request's items as `availability.look` asks for them, in the order of `items_of`."""
    return [_wanted(session, item) for item in items_of(session, request_id)]


def reach_of_registered(session: Session, request: FootageRequest) -> Reach:
    """What a registered request asks for, with the window of its letter."""
    letter = session.get_one(Letter, request.letter_id)
    wanted = wanted_items(session, request.id)
    cameras = {one.camera_id: session.get_one(Camera, one.camera_id) for one in wanted}
    return Reach(guaranteed_window(letter.served_us), cameras, wanted)


def look_everywhere(archive: Archive, wanted: Sequence[Wanted], now_us: int) -> list[Found]:
    """As `availability.look`, of every volume: what is said to be missing lets its lock go.

    VmsError(UNAVAILABLE, `volume_away`) when a volume could not be asked.
    """
    found = look(archive, wanted, now_us)
    if away_of(found):
        raise VmsError(
            Kind.UNAVAILABLE, "volume_away", "A disk that may hold this footage is away. Mount it, then try again.",
        )  # fmt: skip
    return found


def check_officer(request: FootageRequest, account_id: UUID | None) -> None:
    """VmsError(FORBIDDEN, `request_not_assigned`) for whose work it is not (D-6.14)."""
    if account_id is None or request.officer_id != account_id:
        raise VmsError(
            Kind.FORBIDDEN, "request_not_assigned",
            "This request is not assigned to you. Only its officer looks for its footage.",
        )  # fmt: skip


def check_may_search(session: Session, request: FootageRequest) -> None:
    """VmsError(CONFLICT): `request_state` before approval, and once packages were made; `exports_ordered` meanwhile."""
    if State(request.state) not in SEARCHABLE:
        raise wrong_state(State(request.state))
    if any(one.state != ExportState.FAILED for one in standing_exports(session, request.id)):
        raise exports_ordered()


def record_search(
    session: Session, clock: Clock, request: FootageRequest, found: Sequence[Found], *, by: Actor
) -> FootageRequest:
    """Write down what exists of an approved request: all, some or nothing of it. `found`: of `wanted_items`, just read.

    VmsError as `check_may_search`.
    """
    check_may_search(session, request)
    by_item = {(one.wanted.camera_id, one.wanted.span): one for one in found}
    for item in items_of(session, request.id):
        item.found = found_json(by_item[item.camera_id, item.span])
    letter = session.get_one(Letter, request.letter_id)
    request.state, request.searched_us = state_of(found).value, clock.now_us()
    request.is_late = is_late(found, guaranteed_window(letter.served_us))
    note_event(
        session, clock, case_of(request), Act.REQUEST_SEARCHED, by, state=request.state, late=request.is_late,
        covered_us=sum(one.covered_us for one in found), size_bytes=sum(one.amount.size_bytes for one in found),
    )  # fmt: skip
    return request


def _wanted(session: Session, item: RequestItem) -> Wanted:
    camera = session.get_one(Camera, item.camera_id)
    return wanted_of_camera(session, camera, item.span)
