"""`/cameras`: the cameras one may see."""

from fastapi import APIRouter
from pydantic import BaseModel

from web.authorisation import Access, Me, declares
from web.backends import Here
from web.camera_rows import Camera, for_person
from web.problems import refusals

router = APIRouter(prefix="/cameras", tags=["cameras"])


class CameraList(BaseModel):
    """Cameras by number."""

    cameras: list[Camera]
    server_time_us: int


@router.get("", dependencies=[declares(Access.SIGNED_IN)], responses=refusals())
async def list_cameras(me: Me, here: Here) -> CameraList:
    """The cameras for which the caller has a right now, with its basis. Others are not named."""
    allowed = await here.people_workers.run(lambda: here.door.rights(me))
    rows = await here.feed.rows() if allowed else {}
    cameras = [for_person(row, allowed[camera_id]) for camera_id, row in rows.items() if camera_id in allowed]
    return CameraList(cameras=cameras, server_time_us=here.clock.now_us())
