"""`/requests/{id}/exports`: packages of an approved request; ordered and taken by its officer alone."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from vms.footage.exports.derived_order import DerivedWish, checked
from vms.footage.exports.giving_up import give_up
from vms.footage.exports.model import Export
from vms.footage.exports.moved_inside import moved_inside
from vms.footage.exports.order import watermark_of
from vms.footage.exports.plan import asked_of, plan
from vms.footage.exports.queries import exports_of, need_export
from vms.footage.exports.service import check_may_order, has_room, order, replace, retry
from vms.footage.exports.taking import may_be_given, note_given, show_passphrase, take
from vms.footage.model import FootageRequest
from vms.footage.queries import need_request
from vms.people.roles import Action
from web.acting import By
from web.api.asked import MAX_CAMERAS, Body, ReasonBody
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals
from web.rows.export import ExportRow, ExportWarningRow, export_row, export_rows, warning_rows
from web.transfer.export_file import ZIP, Leave, export_answer, wanted_range

router = APIRouter(prefix="/requests/{request_id}/exports", tags=["exports"])

_SEES = declares_action(Action.SEE_REQUESTS)
_EXPORTS = declares_action(Action.EXPORT_FOOTAGE)
_FULL = HTTPStatus.INSUFFICIENT_STORAGE
_FILE: dict[int | str, dict[str, Any]] = {
    status: {"content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}, "description": words}
    for status, words in ((200, "The package."), (206, "A range of it."))
}
_MOST = 1_000  # the rules are the context's; this bounds what is looked at
Mask = Annotated[list[Annotated[list[float], Field(max_length=_MOST)]], Field(max_length=_MOST)]
Number = Annotated[int, Path(ge=1, le=10_000)]


class DerivedCameraBody(Body):
    """A camera of which there is to be a copy, with what is masked in it: corners as parts of width and height."""

    camera_id: UUID
    masks: Annotated[list[Mask], Field(max_length=_MOST)] = Field(default_factory=list)


class DerivedBody(Body):
    """Copies with masks or watermark drawn in, beside the films; they prove nothing."""

    cameras: Annotated[list[DerivedCameraBody], Field(max_length=MAX_CAMERAS)]
    watermark: bool = True


class ExportBody(Body):
    """`takes_what_is_there`: also where the end is being recorded or a disk is away; both are then named as missing."""

    takes_what_is_there: bool = False
    derived: DerivedBody | None = None


class ExportEstimate(BaseModel):
    """What ordering now would make: about how large by the index, and what the disk takes beside what is ordered.

    `watermark`: what would be burnt into derived copies, beside the time. `warnings`: of the cameras of such copies.
    """

    packages: int
    bytes: int
    free_bytes: int
    is_enough: bool
    watermark: str
    warnings: list[ExportWarningRow]


class ExportPassphrase(BaseModel):
    """What opens the package. It travels by another way than the package."""

    passphrase: str


@router.get("", dependencies=[_SEES], responses=refusals(404))
def list_exports(request_id: UUID, here: Here) -> list[ExportRow]:
    """All packages of a request by number; those that are gone keep their hashes and times."""
    with here.database.reading() as session:
        need_request(session, request_id)
        return export_rows(session, request_id, exports_of(session, request_id))


@router.get("/estimate", dependencies=[_SEES], responses=refusals(404, 409))
async def estimate_exports(
    request_id: UUID, here: Here, derived: Annotated[list[UUID], Query(max_length=MAX_CAMERAS)] = []  # noqa: B006
) -> ExportEstimate:  # fmt: skip
    """How many packages it would be, how large, whether the disk takes them. `derived`: cameras with a derived copy."""

    def read() -> ExportEstimate:
        with here.database.reading() as session:
            request = need_request(session, request_id)
            asked = asked_of(session, request_id)
            press = here.exports.press
            moved = moved_inside(session, request_id, derived)
            watermark = watermark_of(session, request, "" if press is None else press.letterhead.institution)
        found = plan(here.archive(), asked, here.clock.now_us(), takes_what_is_there=True, derived=set(derived))
        with here.database.reading() as session:
            is_enough, free_bytes = has_room(session, here.exports, found.size_bytes)
        return ExportEstimate(
            packages=len(found.parcels), bytes=found.size_bytes, free_bytes=free_bytes, is_enough=is_enough,
            watermark=watermark, warnings=warning_rows(moved),
        )  # fmt: skip

    return await here.archive_workers.run(read)


@router.post("", status_code=HTTPStatus.CREATED, dependencies=[_EXPORTS], responses=refusals(404, 409, 413, _FULL))
async def order_exports(request_id: UUID, body: ExportBody, by: By, here: Here) -> list[ExportRow]:
    """Order the packages; they are built in the background, one after the other. The request's officer's work only."""
    takes = body.takes_what_is_there

    def save() -> list[ExportRow]:
        with here.database.reading() as session:
            check_may_order(session, need_request(session, request_id), by=by, policy=here.footage_policy)
            asked = asked_of(session, request_id)
            derived = _wish(body.derived, {one.camera_id for one in asked})
        copied = () if derived is None else derived.cameras.keys()
        found = plan(here.archive(), asked, here.clock.now_us(), takes_what_is_there=takes, derived=copied)
        with here.database.writing() as session:
            made = order(
                session, here.clock, need_request(session, request_id), found, here.exports, takes_what_is_there=takes,
                derived=derived, by=by, policy=here.footage_policy,
            )  # fmt: skip
            return export_rows(session, request_id, made)

    return await here.archive_workers.run(save)


@router.post("/{number}/retry", dependencies=[_EXPORTS], responses=refusals(404, 409, 410, _FULL))
def retry_export(request_id: UUID, number: Number, by: By, here: Here) -> ExportRow:
    """Build one that failed from its beginning."""
    with here.database.writing() as session:
        request, export = _named(session, request_id, number)
        policy = here.footage_policy
        return export_row(session, retry(session, here.clock, request, export, here.exports, by=by, policy=policy))


@router.post("/{number}/replacement", dependencies=[_EXPORTS], responses=refusals(404, 409, 410, _FULL))
def replace_export(request_id: UUID, number: Number, by: By, here: Here) -> ExportRow:
    """Have a ready one destroyed and built anew, under another number and passphrase; the new one is answered."""
    with here.database.writing() as session:
        request, export = _named(session, request_id, number)
        policy = here.footage_policy
        return export_row(session, replace(session, here.clock, request, export, here.exports, by=by, policy=policy))


@router.post("/{number}/abandonment", dependencies=[_EXPORTS], responses=refusals(404, 409, 410, 413))
def give_up_export(request_id: UUID, number: Number, body: ReasonBody, by: By, here: Here) -> ExportRow:
    """Go on without one that failed, or waits for what does not come; papers name what it would have held."""
    with here.database.writing() as session:
        request, export = _named(session, request_id, number)
        policy = here.footage_policy
        return export_row(session, give_up(session, here.clock, request, export, body.why, by=by, policy=policy))


@router.get(
    "/{number}/file", dependencies=[_EXPORTS], response_class=Response, responses=_FILE | refusals(404, 409, 410, 416),
)  # fmt: skip
async def take_export(
    request_id: UUID, number: Number, by: By, here: Here, range: Annotated[str, Header()] = "",  # noqa: A002 - its name
    if_range: Annotated[str, Header()] = "",
) -> Response:  # fmt: skip
    """The package as a download, for its officer alone; each is written down, and how far it came.

    Ranges let a broken one go on.
    """

    def begun() -> tuple[Any, int, str, tuple[int, int] | None]:
        with here.database.writing() as session:
            request, export = _named(session, request_id, number)
            etag, size_bytes = f'"{export.sha256}"', export.size_bytes or 0
            wanted = wanted_range(range, if_range, etag, size_bytes) if size_bytes else None
            first_byte = wanted[0] if wanted else 0
            path = take(session, here.clock, here.exports, request, export, first_byte=first_byte, by=by)
        return path, size_bytes, etag, wanted

    def may_go_on() -> bool:
        with here.database.reading() as session:
            request, export = _named(session, request_id, number)
            return may_be_given(request, export, by=by)

    def given(first_byte: int, until_byte: int) -> None:
        with here.database.writing() as session:
            request, export = _named(session, request_id, number)
            note_given(session, here.clock, request, export, first_byte, until_byte, by=by)

    path, size_bytes, etag, wanted = await here.archive_workers.run(begun)
    leave = Leave(here.clock, may_go_on)
    return await export_answer(path, size_bytes, etag, wanted, here.export_workers, leave, given)


@router.post("/{number}/passphrase", dependencies=[_EXPORTS], responses=refusals(404, 409, 410))
def show_export_passphrase(request_id: UUID, number: Number, by: By, here: Here) -> ExportPassphrase:
    """What opens the package, for its officer alone; each showing is written down."""
    with here.database.writing() as session:
        request, export = _named(session, request_id, number)
        found = show_passphrase(session, here.clock, here.exports, request, export, by=by)
    return ExportPassphrase(passphrase=found)


def _wish(body: DerivedBody | None, known: Collection[UUID]) -> DerivedWish | None:
    if body is None:
        return None
    return checked([(one.camera_id, one.masks) for one in body.cameras], known, is_marked=body.watermark)


def _named(session: Session, request_id: UUID, number: int) -> tuple[FootageRequest, Export]:
    return need_request(session, request_id), need_export(session, request_id, number)
