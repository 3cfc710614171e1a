"""Whether the node does what it is for, in one word for machines."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from web.authorisation import Access, declares
from web.overview import Observer, Overview
from web.workers import Workers

ReasonCode = Literal["recorder_unavailable", "volume_failed", "no_camera_recording", "archive_unreadable"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the node is not well; `count` of what. Never names a camera: anybody may read it."""

    code: ReasonCode
    count: int
    message: str


def reasons(view: Overview) -> list[Reason]:
    """Everything that must be put right; empty when the node is well.

    A single silent camera is no reason: it has its alarm, and restarting the node would not help it.
    """
    found: list[Reason] = []
    away = [report for report in view.recorders if report.status is None]
    if away or not view.recorders:
        found.append(Reason("recorder_unavailable", max(1, len(away)), "A recorder does not answer."))
    if view.failed_volumes:
        found.append(Reason("volume_failed", len(view.failed_volumes), "A volume takes no footage."))
    wanted = [camera for camera in view.cameras if camera.is_recording or camera.is_missing]
    if wanted and not any(camera.is_recording for camera in wanted):
        found.append(Reason("no_camera_recording", len(wanted), "No camera records although cameras should."))
    if "volumes" in view.unread:
        found.append(Reason("archive_unreadable", 1, "The archive cannot be read."))
    return found


def add_health(app: FastAPI, observer: Observer, workers: Workers) -> None:
    """Serve `/healthz`: 200 `ok`, or 503 with reasons. Looks on `workers`, which no other kind of caller takes."""

    @app.get("/healthz", include_in_schema=False, dependencies=[declares(Access.PUBLIC_HEALTH)])
    async def healthz() -> JSONResponse:
        found = reasons(await workers.run(observer.glance))
        body = {
            "status": "failing" if found else "ok",
            "reasons": [{"code": one.code, "count": one.count, "message": one.message} for one in found],
        }
        status = HTTPStatus.SERVICE_UNAVAILABLE if found else HTTPStatus.OK
        return JSONResponse(body, status, headers={"Cache-Control": "no-store"})
