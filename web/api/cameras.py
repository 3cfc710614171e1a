"""`/cameras`: the cameras one may see."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from web.authorisation import Access, Me, declares
from web.backends import Here
from web.problems import refusals
from web.rows.camera import Camera, for_person

router = APIRouter(prefix="/cameras", tags=["cameras"])


class EndedCamera(BaseModel):
    """A camera that the caller saw within a day and does not see any more. `code`: why, as a refusal says it."""

    id: UUID
    code: str


class CameraList(BaseModel):
    """Cameras by number; those that were lost lately, so that an open wall says why."""

    cameras: list[Camera]
    ended: list[EndedCamera]
    server_time_us: int


@router.get("", dependencies=[declares(Access.SIGNED_IN)], responses=refusals())
async def list_cameras(me: Me, here: Here) -> CameraList:
    """The cameras for which the caller has a right now, with its basis. Others are not named."""
    allowed = await here.people_workers.run(lambda: here.door.rights(me))
    rows = await here.feed.rows() if allowed else {}
    cameras = [for_person(row, allowed[camera_id]) for camera_id, row in rows.items() if camera_id in allowed]
    now_us = here.clock.now_us()
    lost = await here.people_workers.run(lambda: here.authority.ended(me.account_id, now_us))
    ended = [EndedCamera(id=camera_id, code=code) for camera_id, code in lost.items() if camera_id not in allowed]
    return CameraList(cameras=cameras, ended=ended, server_time_us=here.clock.now_us())
