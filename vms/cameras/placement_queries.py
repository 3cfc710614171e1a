"""What others ask about where cameras stood."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.cameras.model import Camera, CameraPlacement
from vms.cameras.standing import Standing
from vms.kernel.errors import Kind, VmsError


def placements_of(session: Session, camera_id: UUID) -> list[CameraPlacement]:
    """A camera's history, oldest first."""
    wanted = select(CameraPlacement).where(CameraPlacement.camera_id == camera_id)
    return list(session.scalars(wanted.order_by(CameraPlacement.from_us)))


def standings_of(session: Session, camera_id: UUID) -> list[Standing]:
    """The same without its table."""
    return [one.standing for one in placements_of(session, camera_id)]


def standings_by_camera(session: Session, camera_ids: Collection[UUID] | None = None) -> dict[UUID, list[Standing]]:
    """The histories of these cameras, or of all, each oldest first."""
    found: dict[UUID, list[Standing]] = {one: [] for one in camera_ids or ()}
    for row in session.scalars(select(CameraPlacement).order_by(CameraPlacement.camera_id, CameraPlacement.from_us)):
        if camera_ids is None or row.camera_id in found:
            found.setdefault(row.camera_id, []).append(row.standing)
    return found


def version_of_placements(rows: Sequence[CameraPlacement]) -> int:
    """A number that grows with every change of a camera's history."""
    return max((one.noted_us for one in rows), default=0)


def current_placement(session: Session, camera: Camera) -> CameraPlacement | None:
    """Where it stands now; None: it is out of service."""
    wanted = select(CameraPlacement).where(CameraPlacement.camera_id == camera.id, CameraPlacement.until_us.is_(None))
    return session.scalar(wanted)


def need_camera_by_id(session: Session, camera_id: UUID) -> Camera:
    """The camera, retired ones too, or VmsError(NOT_FOUND, `camera_not_found`)."""
    camera = session.get(Camera, camera_id)
    if camera is None:
        raise VmsError(Kind.NOT_FOUND, "camera_not_found", "There is no such camera. Reload the list.")
    return camera


def need_placement(session: Session, camera: Camera, placement_id: UUID) -> CameraPlacement:
    """A row of this camera's history, or VmsError(NOT_FOUND, `placement_not_found`)."""
    row = session.get(CameraPlacement, placement_id)
    if row is None or row.camera_id != camera.id:
        raise VmsError(Kind.NOT_FOUND, "placement_not_found", "This camera has no such place. Reload the page.")
    return row
