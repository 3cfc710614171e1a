"""`/requests/{id}/records`, `/holds/{id}/records`: the papers of a case."""

from enum import StrEnum
from uuid import UUID

from fastapi import APIRouter

from vms.footage.availability import look
from vms.footage.holds.model import Basis
from vms.footage.holds.unreached import record_unreached
from vms.footage.papers.hold import KeptSegment, kept_segments
from vms.footage.papers.records import print_answer, print_hold_record, print_unreached, records_of
from vms.footage.queries import cameras_named, hold_items_of, need_hold, need_request, wanted_of
from vms.footage.rules import check_past
from vms.people.roles import Action
from web.acting import By
from web.api.asked import Body
from web.api.request_bodies import HoldBody
from web.authorisation import declares_action
from web.backends import Backends, Here
from web.problems import refusals
from web.rows.paper import PaperRow, printed_row

router = APIRouter(tags=["footage records"])

_SEES = declares_action(Action.SEE_REQUESTS)
_PRINTS = [declares_action(Action.ISSUE_DOCUMENT), _SEES]
_HOLDS = [declares_action(Action.PLACE_HOLD), _SEES]
_Refused = refusals(404, 409, 413)


class RecordKind(StrEnum):
    """What is printed of a request without a package. The record of delivery is printed by preparing that."""

    UNREACHED = "unreached"  # P-07
    ANSWER = "answer"  # P-31


class RecordBody(Body):
    """Which paper."""

    kind: RecordKind


@router.get("/requests/{request_id}/records", dependencies=[_SEES], responses=refusals(404))
def list_request_records(request_id: UUID, here: Here) -> list[PaperRow]:
    """P-04, P-07, P-28, P-31 of a request, by the time they were printed."""
    with here.database.reading() as session:
        need_request(session, request_id)
        return [printed_row(session, one) for one in records_of(session, request_id)]


@router.post("/requests/{request_id}/records", status_code=201, dependencies=_PRINTS, responses=_Refused)
async def print_request_record(request_id: UUID, body: RecordBody, by: By, here: Here) -> PaperRow:
    """Print it; the same again while it would say the same, else another version."""
    use_case = print_unreached if body.kind is RecordKind.UNREACHED else print_answer

    def save() -> PaperRow:
        with here.database.writing() as session:
            found = use_case(session, here.clock, here.desk, need_request(session, request_id), by=by)
            return printed_row(session, found)

    return await here.archive_workers.run(save)


@router.get("/holds/{hold_id}/records", dependencies=[_SEES], responses=refusals(404))
def list_hold_records(hold_id: UUID, here: Here) -> list[PaperRow]:
    """P-05, P-06, P-07 of a hold, by the time they were printed."""
    with here.database.reading() as session:
        need_hold(session, hold_id)
        return [printed_row(session, one) for one in records_of(session, hold_id)]


@router.post("/holds/{hold_id}/records", status_code=201, dependencies=_PRINTS, responses=_Refused)
async def print_hold_record_paper(hold_id: UUID, by: By, here: Here) -> PaperRow:
    """P-05 or P-06 by its basis, with what is covered and what is not; P-07 of a hold that came too late."""

    def save() -> PaperRow:
        segments = kept_of(here, hold_id)
        with here.database.writing() as session:
            hold = need_hold(session, hold_id)
            found = print_hold_record(session, here.clock, here.desk, hold, segments, by=by)
            return printed_row(session, found)

    return await here.archive_workers.run(save)


@router.post("/holds/unreached", status_code=201, dependencies=_HOLDS, responses=_Refused)
async def record_unreached_hold(body: HoldBody, by: By, here: Here) -> PaperRow:
    """P-07 of what nothing could be held of: a hold that is void from its beginning is registered, which keeps it."""

    def save() -> PaperRow:
        now_us = here.clock.now_us()
        spans = check_past(body.pairs(), now_us)
        with here.database.reading() as session:
            wanted = wanted_of(session, cameras_named(session, body.cameras).values(), spans)
        found = look(here.archive(), wanted, now_us)
        with here.database.writing() as session:
            hold = record_unreached(session, here.clock, body.new(), found, by=by)
            return printed_row(session, print_hold_record(session, here.clock, here.desk, hold, (), by=by))

    return await here.archive_workers.run(save)


def kept_of(here: Backends, hold_id: UUID) -> list[KeptSegment]:
    """What P-06 lists by their hashes, read before the writer's lock is taken."""
    with here.database.reading() as session:
        hold, items = need_hold(session, hold_id), hold_items_of(session, hold_id)
    return kept_segments(here.archive(), items) if hold.basis == Basis.PRE_INVESTIGATION else []
