"""`/camera-register/…/central-recordings`: cameras of other units that are recorded here for a time (D-12.4b)."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.cameras.central import end_central_recording, record_centrally
from vms.cameras.central_queries import central_recordings_of, need_central_recording
from vms.cameras.model import Camera, CentralRecording
from vms.cameras.placement_queries import need_camera_by_id
from vms.people.roles import Action
from web.acting import By
from web.api.asked import Body, ReasonBody, Text, TimeUs
from web.api.camera_register import CameraId
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/camera-register/{camera_id}/central-recordings", tags=["camera register"])

_SEES = declares_action(Action.SEE_HEALTH)
_MANAGES = declares_action(Action.MANAGE_CAMERAS)
_Refused = refusals(404, 409, 413)


class CentralRecordingBody(Body):
    """Record it from `from_us` (null: from now on) until `until_us`; why."""

    from_us: TimeUs | None = None
    until_us: TimeUs
    reason: Text


class CentralRecordingRow(BaseModel):
    """A period in which a camera is recorded by this server.

    `ended_us`: when it was ended before its time; `end_reason` empty then: it was taken out of service. `state`
    `called_off`: it was ended before it began.
    """

    id: UUID
    from_us: int
    until_us: int
    reason: str
    ordered_us: int
    ordered_by: str
    ended_us: int | None
    ended_by: str
    end_reason: str
    state: Literal["to_come", "current", "over", "called_off"]


class CentralRecordings(BaseModel):
    """All that was ordered of a camera, newest first. `is_recorded`: its own switch is on, too."""

    is_recorded: bool
    recordings: list[CentralRecordingRow]


@router.get("", dependencies=[_SEES], responses=refusals(404))
def list_central_recordings(camera_id: CameraId, here: Here) -> CentralRecordings:
    """When it was, is or will be recorded centrally."""
    with here.database.reading() as session:
        return _all(session, need_camera_by_id(session, camera_id), here.clock.now_us())


@router.post("", dependencies=[_MANAGES], responses=_Refused)
def order_central_recording(camera_id: CameraId, body: CentralRecordingBody, by: By, here: Here) -> CentralRecordings:
    """Record it centrally for a time; the recorder takes it up within ten seconds."""
    with here.database.writing() as session:
        camera = need_camera_by_id(session, camera_id)
        record_centrally(session, here.clock, camera, body.until_us, body.reason, from_us=body.from_us, by=by)
        return _all(session, camera, here.clock.now_us())


@router.post("/{recording_id}/end", dependencies=[_MANAGES], responses=_Refused)
def end_recording_early(
    camera_id: CameraId, recording_id: UUID, body: ReasonBody, by: By, here: Here
) -> CentralRecordings:
    """It counts until now only; what was recorded stays under its retention."""
    with here.database.writing() as session:
        camera = need_camera_by_id(session, camera_id)
        row = need_central_recording(session, camera, recording_id)
        end_central_recording(session, here.clock, row, body.why, by=by)
        return _all(session, camera, here.clock.now_us())


def _all(session: Session, camera: Camera, now_us: int) -> CentralRecordings:
    rows = central_recordings_of(session, camera.id)
    return CentralRecordings(is_recorded=camera.is_recorded, recordings=[_row(one, now_us) for one in reversed(rows)])


def _row(one: CentralRecording, now_us: int) -> CentralRecordingRow:
    return CentralRecordingRow(
        id=one.id, from_us=one.from_us, until_us=one.until_us, reason=one.reason, ordered_us=one.ordered_us,
        ordered_by=one.ordered_by, ended_us=one.ended_us, ended_by=one.ended_by, end_reason=one.end_reason,
        state=_state(one, now_us),
    )  # fmt: skip


def _state(one: CentralRecording, now_us: int) -> Literal["to_come", "current", "over", "called_off"]:
    if one.span is None:
        return "called_off"
    if one.is_over(now_us):
        return "over"
    return "current" if one.from_us <= now_us else "to_come"
