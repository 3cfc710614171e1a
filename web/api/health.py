"""`/health`: how the node is, for those who keep it going."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel

from vms.authority.rules import Allowed
from vms.kernel.clock import US_PER_SECOND
from vms.operations.alarms import Severity
from vms.people.roles import Action
from web.api.asked import Lang
from web.authorisation import Me, declares_action
from web.backends import Here
from web.facts import AlarmFacts, Silence, VolumeFacts
from web.language import language_of
from web.overview import CameraView, Overview, Part
from web.problems import refusals
from web.rows.camera import Camera, for_person
from web.rows.gap import GapRow, gap_rows
from web.status.alarms import AlarmRows
from web.status.figures import Figures
from web.status.health import ReasonCode, reasons
from web.status.words import Words

router = APIRouter(prefix="/health", tags=["health"])

_NOTHING = Allowed(None, None)


class CameraHealth(Camera):
    """A camera with what is kept of it; `gaps` of the last 24 hours."""

    is_missing: bool
    is_frozen: bool
    is_below_minimum: bool
    oldest_us: int | None
    retention_days: int | None
    gaps: list[GapRow]


class VolumeHealth(BaseModel):
    """A volume. `state` is `ok` or why it takes no footage."""

    uuid: str
    path_name: str
    state: str
    total_bytes: int
    free_bytes: int
    footage_bytes: int | None
    days_until_full: float | None
    is_retention_at_risk: bool
    is_measuring: bool


class AlarmHealth(BaseModel):
    """An open alarm; `sentence` says what to do, `reason` why, in the caller's language."""

    code: str
    severity: Severity
    subject: str
    sentence: str
    reason: str
    advice: str
    since_us: int


class ReasonRow(BaseModel):
    """Why the node is not well."""

    code: ReasonCode
    count: int


class RetentionHealth(BaseModel):
    """The last sweep, null before the first, with how many cameras lack footage that must be there."""

    finished_us: int | None
    outcome: str | None
    deleted_segments: int
    deleted_bytes: int
    below_minimum: int
    days_until_full: float | None


class RecorderHealth(BaseModel):
    """A recorder process. `reason` empty: it answers."""

    name: str
    is_up: bool
    reason: Silence
    cameras: int
    cpu_s: float
    rss_bytes: int
    uptime_s: int


class HealthAnswer(BaseModel):
    """The node at `now_us`; `unread` names parts that could not be read."""

    now_us: int
    day_start_us: int
    verdict: Literal["ok", "failing"]
    reasons: list[ReasonRow]
    cameras: list[CameraHealth]
    volumes: list[VolumeHealth]
    alarms: list[AlarmHealth]
    recorders: list[RecorderHealth]
    retention: RetentionHealth
    unread: list[Part]


@router.get("", dependencies=[declares_action(Action.SEE_HEALTH)], responses=refusals())
async def read_health(me: Me, request: Request, here: Here, lang: Lang = None) -> HealthAnswer:
    """Everything the status page tells, for machines. Names every camera, shows none."""
    allowed = await here.people_workers.run(lambda: here.door.rights(me))
    view = await here.node_workers.run(here.observer.look)
    rows = here.feed.rows_of(view)
    words = Words(lang or language_of(request))
    alarm_rows = AlarmRows(words, Figures(words, here.zone), view.now_us)
    found = reasons(view)
    return HealthAnswer(
        now_us=view.now_us,
        day_start_us=view.day.start_us,
        verdict="failing" if found else "ok",
        reasons=[ReasonRow(code=one.code, count=one.count) for one in found],
        cameras=[
            _camera(camera, for_person(rows[camera_id], allowed.get(camera_id, _NOTHING)), view.now_us)
            for camera in view.cameras
            for camera_id in (UUID(camera.registered.camera_id),)
        ],
        volumes=[_volume(volume) for volume in view.volumes],
        alarms=[_alarm(alarm, alarm_rows) for alarm in view.alarms],
        recorders=_recorders(view),
        retention=_retention(view),
        unread=sorted(view.unread),
    )


def _camera(view: CameraView, camera: Camera, now_us: int) -> CameraHealth:
    gaps = view.footage.gaps if view.footage else ()
    return CameraHealth.model_construct(
        **dict(camera),
        is_missing=view.is_missing,
        is_frozen=view.is_frozen,
        is_below_minimum=view.is_below_minimum(now_us),
        oldest_us=view.footage.oldest_us if view.footage else None,
        retention_days=view.registered.retention_days,
        gaps=gap_rows(gaps),
    )


def _volume(volume: VolumeFacts) -> VolumeHealth:
    return VolumeHealth(
        uuid=volume.uuid,
        path_name=volume.name,
        state=volume.state,
        total_bytes=volume.total_bytes,
        free_bytes=volume.free_bytes,
        footage_bytes=volume.footage_bytes,
        days_until_full=volume.days_until_full,
        is_retention_at_risk=volume.is_retention_at_risk,
        is_measuring=volume.is_measuring,
    )


def _alarm(alarm: AlarmFacts, rows: AlarmRows) -> AlarmHealth:
    (row,) = rows.of([alarm])
    return AlarmHealth(
        code=alarm.code,
        severity=alarm.severity,
        subject=alarm.subject,
        sentence=row.text,
        reason=row.reason,
        advice=row.advice,
        since_us=alarm.since_us,
    )


def _recorders(view: Overview) -> list[RecorderHealth]:
    return [
        RecorderHealth(
            name=report.name,
            is_up=report.status is not None,
            reason=report.reason,
            cameras=len(report.status.cameras) if report.status else 0,
            cpu_s=report.status.cpu_s if report.status else 0.0,
            rss_bytes=report.status.rss_bytes if report.status else 0,
            uptime_s=(report.status.now_us - report.status.started_us) // US_PER_SECOND if report.status else 0,
        )
        for report in view.recorders
    ]


def _retention(view: Overview) -> RetentionHealth:
    days = [volume.days_until_full for volume in view.volumes if volume.days_until_full is not None]
    sweep = view.sweep
    return RetentionHealth(
        finished_us=sweep.finished_us if sweep else None,
        outcome=sweep.outcome if sweep else None,
        deleted_segments=sweep.deleted_segments if sweep else 0,
        deleted_bytes=sweep.deleted_bytes if sweep else 0,
        below_minimum=len(view.below_minimum),
        days_until_full=min(days, default=None),
    )
