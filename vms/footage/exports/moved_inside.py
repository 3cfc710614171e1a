"""Cameras that were moved inside the time of which a derived copy hides something."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from vms.cameras.placement_queries import need_camera_by_id, standings_by_camera
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
    known = standings_by_camera(session, spans.keys()) if spans else {}
    found = []
    for camera_id, asked in spans.items():
        whole = Span(min(one.start_us for one in asked), max(one.end_us for one in asked))
        camera = need_camera_by_id(session, camera_id)
        found += [
            MovedInside(camera_id, camera.number, camera.name, at_us) for at_us in moves_in(known[camera_id], whole)
        ]
    return sorted(found, key=lambda one: one.at_us)


def moved_under_masks(session: Session, export: Export) -> list[MovedInside]:
    """The same of the cameras in which this package's copies hide something."""
    if export.derived is None:
        return []
    masked = [camera_id for camera_id, masks in DerivedWish.from_json(export.derived).cameras.items() if masks]
    return moved_inside(session, export.request_id, masked) if masked else []
