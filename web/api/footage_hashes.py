"""`/footage-hashes/{sha256}`: whether a file is one that was given, long after its copy here is gone."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel

from vms.footage.exports.hash_register import Given, Known, find_hash
from vms.people.roles import Action
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/footage-hashes", tags=["footage hashes"])


class KnownFileRow(BaseModel):
    """A file that was given. `record`: number of its minutes (P-04); `delivered_us` null: not handed over.

    `purged_us`: since when no copy of it is here.
    """

    what: Given
    name: str
    size_bytes: int | None
    request_id: UUID
    request_number: int
    export_number: int
    record: str
    delivered_us: int | None
    purged_us: int | None


@router.get("/{sha256}", dependencies=[declares_action(Action.SEE_REQUESTS)], responses=refusals(404))
def read_footage_hash(sha256: Annotated[str, Path(max_length=100)], here: Here) -> list[KnownFileRow]:
    """What the register knows of a file by its SHA-256, blanks between groups left out."""
    with here.database.reading() as session:
        return [_row(one) for one in find_hash(session, sha256)]


def _row(one: Known) -> KnownFileRow:
    return KnownFileRow(
        what=one.what, name=one.name, size_bytes=one.size_bytes, request_id=one.request.id,
        request_number=one.request.number, export_number=one.export.number, record=one.record,
        delivered_us=one.delivered_us, purged_us=one.export.purged_us,
    )  # fmt: skip
