"""Recording a camera of another unit with this server, for a time (D-12.4b).

The camera's own switch stays as it is: it is recorded when that is on or one of these periods is current. What is
handed over to the recorder is the one answer of both, so that changing from one to the other restarts nothing.
"""

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.cameras.central_queries import central_recordings_of
from vms.cameras.model import Camera, CentralRecording
from vms.cameras.placements import tell
from vms.cameras.rules import CameraKind, check_central_reason, check_central_recording, check_recording
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id


def record_centrally(
    session: Session, clock: Clock, camera: Camera, until_us: int, reason: str, *, from_us: int | None = None, by: Actor
) -> CentralRecording:
    """Record `camera` from `from_us` (None: from now on) until `until_us`. It may overlap others, or the camera's own
    switch: that is how one takes over from the other without a gap.

    VmsError: INVALID `city_view_not_recorded`, those of `check_central_recording`, `central_recording_reason_missing`;
    CONFLICT `camera_out_of_service`, `camera_switched_off`.
    """  # noqa: D205
    check_recording(CameraKind(camera.kind), records=True)
    if camera.retired_us is not None:
        raise VmsError(Kind.CONFLICT, "camera_out_of_service", "This camera is out of service: nothing of it can come.")
    if not camera.is_enabled:
        raise VmsError(
            Kind.CONFLICT, "camera_switched_off", "This camera is switched off. Switch it on, then have it recorded."
        )
    now_us = clock.now_us()
    from_us = now_us if from_us is None else from_us
    check_central_recording(from_us, until_us, now_us)
    row = CentralRecording(
        id=new_id(clock), camera_id=camera.id, from_us=from_us, until_us=until_us,
        reason=check_central_reason(reason), ordered_us=now_us, ordered_by=by.name,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _tell(session, clock, camera, row, by, reason=row.reason, is_ordered=True)
    return row


def end_central_recording(session: Session, clock: Clock, row: CentralRecording, why: str, *, by: Actor) -> None:
    """It counts until now only; what was recorded stays under its retention.

    VmsError: INVALID `central_recording_reason_missing`; CONFLICT `central_recording_over`.
    """
    if row.is_over(clock.now_us()):
        raise VmsError(Kind.CONFLICT, "central_recording_over", "This recording has ended already. Reload the page.")
    _end(session, clock, row, check_central_reason(why), by)


def end_with_camera(session: Session, clock: Clock, camera: Camera, *, by: Actor) -> None:
    """It was taken out of service: nothing that was ordered of it can come any more."""
    for row in central_recordings_of(session, camera.id):
        if not row.is_over(clock.now_us()):
            _end(session, clock, row, "", by)


def check_none_open(session: Session, clock: Clock, camera: Camera) -> None:
    """VmsError(CONFLICT, `central_recording_open`) while one is current or to come: a city-view camera has none."""
    if any(not row.is_over(clock.now_us()) for row in central_recordings_of(session, camera.id)):
        raise VmsError(
            Kind.CONFLICT, "central_recording_open",
            "This camera is recorded centrally, or will be; a city-view camera is not. End that first.",
        )  # fmt: skip


def _end(session: Session, clock: Clock, row: CentralRecording, why: str, by: Actor) -> None:
    row.ended_us, row.ended_by, row.end_reason = clock.now_us(), by.name, why
    session.flush()
    _tell(session, clock, session.get_one(Camera, row.camera_id), row, by, reason=why, is_ordered=False)


def _tell(
    session: Session, clock: Clock, camera: Camera, row: CentralRecording, by: Actor, *, reason: str, is_ordered: bool
) -> None:
    detail: dict[str, object] = {
        "central_recording": is_ordered, "from_us": row.from_us, "until_us": row.until_us, "reason": reason,
    }  # fmt: skip
    tell(session, clock, Act.CAMERA_CHANGED, camera, by, detail)
