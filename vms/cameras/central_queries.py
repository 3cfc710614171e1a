"""What others ask about cameras that are recorded centrally for a time."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.cameras.model import Camera, CentralRecording
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span, union


def central_recordings_of(session: Session, camera_id: UUID) -> list[CentralRecording]:
    """All that was ever ordered of a camera, oldest first."""
    wanted = select(CentralRecording).where(CentralRecording.camera_id == camera_id)
    return list(session.scalars(wanted.order_by(CentralRecording.from_us, CentralRecording.ordered_us)))


def ordered_now(session: Session, now_us: int) -> frozenset[UUID]:
    """Cameras of which a period is current: they are recorded whatever their own switch says."""
    wanted = select(CentralRecording.camera_id).where(
        CentralRecording.from_us <= now_us,
        CentralRecording.until_us > now_us,
        CentralRecording.ended_us.is_(None),
    )
    return frozenset(session.scalars(wanted))


def ordered_spans(session: Session, camera_ids: Collection[UUID]) -> dict[UUID, list[Span]]:
    """When each of these cameras was or will be meant to be recorded, sorted; those without are missing."""
    known: dict[UUID, list[Span]] = {}
    for row in session.scalars(select(CentralRecording).where(CentralRecording.camera_id.in_(camera_ids))):
        if row.span is not None:
            known.setdefault(row.camera_id, []).append(row.span)
    return {camera_id: union(spans) for camera_id, spans in known.items()}


def need_central_recording(session: Session, camera: Camera, row_id: UUID) -> CentralRecording:
    """One of this camera, or VmsError(NOT_FOUND, `central_recording_not_found`)."""
    row = session.get(CentralRecording, row_id)
    if row is None or row.camera_id != camera.id:
        raise VmsError(
            Kind.NOT_FOUND, "central_recording_not_found", "No such recording was ordered of this camera. Reload."
        )
    return row
