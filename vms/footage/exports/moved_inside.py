"""Cameras that were moved inside the time of which a derived copy hides something."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.cameras.model import Camera
from vms.cameras.placement_queries import standings_by_camera
from vms.cameras.standing import moves_in
from vms.footage.exports.derived_order import DerivedWish
from vms.footage.exports.model import Export
from vms.footage.exports.plan import asked_of
from vms.kernel.span import Span


@dataclass(frozen=True, slots=True)
class MovedInside:
    """A camera that stood elsewhere from `at_us` on: a mask drawn on a picture of before may hide nothing after."""

    camera_id: UUID
    camera_number: int
    camera_name: str
    at_us: int


def moved_inside(session: Session, request_id: UUID, camera_ids: Collection[UUID]) -> list[MovedInside]:
    """Each move of these cameras between the first and the last moment asked of them, by time.

    Between, not only within an interval: a camera has one set of masks for all intervals of its request.
    """
    spans: dict[UUID, list[Span]] = {}
    for one in asked_of(session, request_id):
        if one.camera_id in camera_ids:
            spans.setdefault(one.camera_id, []).append(one.span)
    if not spans:
        return []
    known = standings_by_camera(session, spans.keys())
    found = []
    for camera in session.scalars(select(Camera).where(Camera.id.in_(spans)).order_by(Camera.number, Camera.id)):
        asked = spans[camera.id]
        whole = Span(min(one.start_us for one in asked), max(one.end_us for one in asked))
        found += [
            MovedInside(camera.id, camera.number, camera.name, at_us) for at_us in moves_in(known[camera.id], whole)
        ]
    return sorted(found, key=lambda one: one.at_us)


def moved_under_masks(session: Session, request_id: UUID, exports: Iterable[Export]) -> dict[UUID, list[MovedInside]]:
    """The same of the cameras in which the copies of each of a request's packages hide something, by its id."""
    masked = {one.id: _masked(one) for one in exports}
    cameras = {camera_id for those in masked.values() for camera_id in those}
    found = moved_inside(session, request_id, cameras) if cameras else []
    return {export_id: [one for one in found if one.camera_id in those] for export_id, those in masked.items()}


def _masked(export: Export) -> set[UUID]:
    if export.derived is None:
        return set()
    return {camera_id for camera_id, masks in DerivedWish.from_json(export.derived).cameras.items() if masks}
