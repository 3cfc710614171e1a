"""`/requests`: footage requests, from registration to what exists."""

from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.cameras.placement_queries import standings_by_camera
from vms.footage.availability import Found, away_of, is_late, look, state_of
from vms.footage.case_events import note_event
from vms.footage.letters.service import check_served, duplicates_of, need_letter, register_letter
from vms.footage.locks.keeping import tell, volume_names
from vms.footage.model import FootageRequest
from vms.footage.once import Once, done_before
from vms.footage.paging import MAX_ROWS, PLACE
from vms.footage.queries import need_request
from vms.footage.requests.register import RequestFilter, RequestGroup, count_requests, requests_page
from vms.footage.requests.searching import reach_of_registered
from vms.footage.requests.service import Reach, RequestCorrection, case_of, correct, marks_of, reach_of, register
from vms.footage.rules import Mark
from vms.people.roles import Action
from web.acting import By
from web.api.request_bodies import PreviewBody, RequestBody, RequestCorrectionBody
from web.authorisation import Me, declares_action
from web.backends import Backends, Here
from web.callers import Caller
from web.problems import refusals
from web.rows.availability import Availability, availability
from web.rows.letter import LetterRow, letter_row
from web.rows.request import RequestDetail, RequestRow, request_detail, request_rows

router = APIRouter(prefix="/requests", tags=["requests"])

_SEES = declares_action(Action.SEE_REQUESTS)
_REGISTERS = declares_action(Action.REGISTER_REQUEST)


class RequestCounts(BaseModel):
    """How many requests of each group say what was searched for, and are that officer's."""

    open: int
    overdue: int
    today: int
    signature: int
    closed: int
    all: int


class RequestPage(BaseModel):
    """Requests, the one that is due first at the top; what is over behind, newest first. Open: neither delivered nor
    closed. `next_after`: what to ask `after` with for those behind; null at the end.
    """  # noqa: D205

    requests: list[RequestRow]
    next_after: str | None
    counts: RequestCounts


class Preview(BaseModel):
    """What registering would be answered with. `duplicates`: letters with the same number, date and sender."""

    availability: Availability
    duplicates: list[LetterRow]


@router.get("", dependencies=[_SEES], responses=refusals())
def list_requests(
    here: Here,
    show: Annotated[RequestGroup, Query(description="What they wait for.")] = RequestGroup.ALL,
    search: Annotated[str, Query(max_length=200, description="Numbers, authority, subject, officer.")] = "",
    officer: Annotated[UUID | None, Query(description="Whose work they are.")] = None,
    after: Annotated[str | None, Query(pattern=PLACE, description="The `next_after` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = 50,
) -> RequestPage:
    """A page of the work list; no picture, no footage."""
    wanted, now_us = RequestFilter(show, search, officer, after, limit), here.clock.now_us()
    with here.database.reading() as session:
        page = requests_page(session, wanted, now_us)
        counts = count_requests(session, wanted, now_us)
        return RequestPage(
            requests=request_rows(session, page.rows), next_after=page.next_after,
            counts=RequestCounts(**{group.value: count for group, count in counts.items()}),
        )  # fmt: skip


@router.post("/preview", dependencies=[_REGISTERS], responses=refusals(404, 413))
async def preview_request(body: PreviewBody, here: Here) -> Preview:
    """The guaranteed window, what exists of each camera, how much that is; nothing is kept by asking."""

    def read() -> Preview:
        check_served(body.letter_on or date.min, body.served_us, here.clock.now_us())
        with here.database.reading() as session:
            reach = reach_of(session, body.cameras, body.pairs(), body.served_us)
            twins = duplicates_of(session, body.letter_no, body.letter_on, body.sender_name) if body.letter_on else []
            rows = [letter_row(session, one, here.clock.now_us()) for one in twins]
        return Preview(availability=_looked_for(here, reach), duplicates=rows)

    return await here.archive_workers.run(read)


@router.post("", status_code=HTTPStatus.CREATED, dependencies=[_REGISTERS], responses=refusals(404, 409, 413))
async def add_request(body: RequestBody, me: Me, by: By, here: Here) -> RequestDetail:
    """Register a request; what it asks for is locked before this is answered (`locks` names volumes that were away)."""

    def save() -> RequestDetail:
        with here.database.writing() as session:
            once = body.once(me.account_id)
            made = done_before(session, FootageRequest, once) or _registered(session, here, body, once, by)
        tell_volumes(here, made, by)
        return told(here, made.id, me)

    return await here.archive_workers.run(save)


@router.get("/{request_id}", dependencies=[_SEES], responses=refusals(404))
async def read_request(request_id: UUID, me: Me, here: Here) -> RequestDetail:
    """The case: what it asks for, who did what, what happened, what the caller may do next."""
    return await here.archive_workers.run(lambda: told(here, request_id, me))


@router.put("/{request_id}", dependencies=[_REGISTERS], responses=refusals(404, 409, 413))
async def change_request(request_id: UUID, body: RequestCorrectionBody, me: Me, by: By, here: Here) -> RequestDetail:
    """Correct what was entered before it is decided. Cameras and intervals stay."""

    def save() -> RequestDetail:
        with here.database.writing() as session:
            letter = None if body.letter_id is None else need_letter(session, body.letter_id)
            new = RequestCorrection(
                claim=None if body.claim is None else body.claim.claim(), letter=letter, subject=body.subject,
                file_no=body.file_no, event_place=body.event_place,
            )  # fmt: skip
            correct(session, here.clock, need_request(session, request_id), new, by=by, policy=here.footage_policy)
        return told(here, request_id, me)

    return await here.archive_workers.run(save)


@router.get("/{request_id}/availability", dependencies=[_SEES], responses=refusals(404))
async def read_request_availability(request_id: UUID, here: Here) -> Availability:
    """What exists now of what it asks for: the matrix, holes with causes, sizes."""

    def read() -> Availability:
        with here.database.reading() as session:
            reach = reach_of_registered(session, need_request(session, request_id))
        return _looked_for(here, reach)

    return await here.archive_workers.run(read)


def told(here: Backends, request_id: UUID, me: Caller) -> RequestDetail:
    """The case as it is now. Asks the archive which volumes there are."""
    with here.database.reading() as session:
        request = need_request(session, request_id)
        return request_detail(session, here.archive(), request, me, here.footage_policy, here.clock.now_us())


def tell_volumes(here: Backends, request: FootageRequest, by: Actor) -> None:
    """Tell them what was just decided, write down what they said. On a worker thread, outside of any transaction."""
    archive = here.archive()
    done = tell(here.database, archive, here.clock, request.id)
    with here.database.writing() as session:
        note_event(
            session, here.clock, case_of(request), Act.LOCKS_PLACED, by, placed=done.placed, released=done.released,
            pending=volume_names(archive, done.pending),
        )  # fmt: skip


def _registered(session: Session, here: Backends, body: RequestBody, once: Once | None, by: Actor) -> FootageRequest:
    letter = (
        register_letter(session, here.clock, body.letter.new(), by=by)
        if body.letter is not None
        else need_letter(session, body.needed_letter())
    )
    return register(session, here.clock, letter, body.new(), by=by, policy=here.footage_policy, once=once)


def _looked_for(here: Backends, reach: Reach) -> Availability:
    archive = here.archive()
    found = look(archive, reach.wanted, here.clock.now_us())
    with here.database.reading() as session:
        stood = standings_by_camera(session, reach.cameras.keys())
    return availability(
        found, reach.cameras, state_of(found), _marks(reach, found), reach.window,
        volume_names(archive, list(away_of(found))), stood,
    )  # fmt: skip


def _marks(reach: Reach, found: list[Found]) -> list[Mark]:
    return [*marks_of(reach, found), *([Mark.LATE_REGISTRATION] if is_late(found, reach.window) else [])]
