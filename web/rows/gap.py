"""Time without footage, as the API tells it."""

from collections.abc import Iterable

from pydantic import BaseModel

from vms.archive.model import Cause, Gap


class GapRow(BaseModel):
    """Time without footage, with its cause. `end_us` null: it goes on."""

    start_us: int
    end_us: int | None
    cause: Cause
    detail: str


def gap_rows(gaps: Iterable[Gap]) -> list[GapRow]:
    """The same gaps for the API."""
    return [GapRow(start_us=gap.start_us, end_us=gap.end_us, cause=gap.cause, detail=gap.detail) for gap in gaps]
