"""What routes of the API ask for in the same words."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from web.language import Language

MAX_TEXT, MAX_CAMERAS = 1_000, 5_000  # rules are the contexts'; these only bound what is looked at
MAX_TIME_US = 253_402_300_799_000_000  # the end of the year 9999
MIN_WIDTH_PX, MAX_WIDTH_PX = 16, 3840

Text = Annotated[str, Field(max_length=MAX_TEXT)]
TimeUs = Annotated[int, Field(ge=0, le=MAX_TIME_US)]
CameraId = Annotated[UUID, Path(description="A camera's id. One that may not be seen is answered like one unknown.")]
Stream = Annotated[Literal["main", "sub"], Query(description="`sub` is the smaller of a camera's two streams.")]
StartUs = Annotated[int, Query(alias="start", ge=0, le=MAX_TIME_US, description="UTC microseconds, inside.")]
EndUs = Annotated[int, Query(alias="end", ge=0, le=MAX_TIME_US, description="UTC microseconds, outside.")]
AtUs = Annotated[int, Query(alias="at", ge=0, le=MAX_TIME_US, description="UTC microseconds.")]
Lang = Annotated[Language | None, Query(description="What its sentences speak; else what the caller has chosen.")]
WidthPx = Annotated[int, Query(alias="width", ge=MIN_WIDTH_PX, le=MAX_WIDTH_PX)]


class Body(BaseModel):
    """What a caller says."""

    model_config = ConfigDict(extra="forbid")


class ReasonBody(Body):
    """Why."""

    why: Text


def span_of(start_us: int, end_us: int) -> Span:
    """The span asked for. VmsError(INVALID, `span_empty`)."""
    if end_us <= start_us:
        raise VmsError(Kind.INVALID, "span_empty", "The end lies behind the start. Correct the times.")
    return Span(start_us, end_us)
