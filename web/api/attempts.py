"""`/attempts`: the console tells of what looks like an attempt to record the screen."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from web.acting import By
from web.authorisation import Access, declares
from web.backends import Here
from web.problems import refusals
from web.watching.attempts import note_attempt

router = APIRouter(prefix="/attempts", tags=["attempts"])


class Attempt(BaseModel):
    """What was tried, over which camera's picture if over one."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal[
        "watermark_removed", "context_menu", "save_key", "print_key", "print_screen", "picture_in_picture",
        "display_capture", "stream_capture", "drag_out",
    ]  # fmt: skip
    camera_id: UUID | None = None


@router.post("", status_code=204, dependencies=[declares(Access.SIGNED_IN)], responses=refusals(413))
async def report_attempt(body: Attempt, by: By, here: Here) -> None:
    """Log it as `recording_attempt`. The same again within a minute is counted, so it may be told at every event."""
    await note_attempt(here, by, body.kind, body.camera_id)
