"""`/audit`: who did what, for those whose duty it is to read it: auditors alone (requirements, 7)."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from vms.audit.checkpoints import newest_checkpoint
from vms.audit.entry import NewEntry
from vms.audit.export import csv_lines, detail_of, wanted_facts
from vms.audit.model import AuditEntry
from vms.audit.queries import Wanted, count, entries, entries_after, newest_of, viewings
from vms.audit.rules import Act
from vms.cameras.queries import cameras
from vms.kernel.spreadsheet import MARK
from vms.people.queries import accounts
from vms.people.roles import Action
from web.acting import By
from web.api.asked import MAX_TIME_US, span_of
from web.authorisation import declares_action
from web.backends import Backends, Here
from web.problems import refusals
from web.rows.audit import EntryRow, ViewingRow, entry_row, viewing_row

router = APIRouter(prefix="/audit", tags=["audit"])

MAX_ENTRIES = 500
MAX_ACTS = 60
MAX_WORDS = 200
CSV = "text/csv"

Before = Annotated[int | None, Query(ge=1, le=2**62, description="Go on below this number: `next` of the last page.")]
Limit = Annotated[int, Query(ge=1, le=MAX_ENTRIES)]


class EntryPage(BaseModel):
    """Entries, the newest first. `next` null: there are no more."""

    entries: list[EntryRow]
    next: int | None


class ViewingPage(BaseModel):
    """Viewings, the newest first. `next` null: there are no more."""

    viewings: list[ViewingRow]
    next: int | None


class ChainAnswer(BaseModel):
    """Whether the log is what was written, as the server found when it last looked; null: it has not looked yet.

    `signed_entries`: up to which number the newest signature reaches. `is_verifying`: it is looking now.
    """

    entries: int
    signed_us: int | None
    signed_entries: int | None
    verified_us: int | None
    verified_entries: int | None
    problems: int | None
    first_problem: str
    is_verifying: bool


class PersonName(BaseModel):
    """Somebody to ask about."""

    id: UUID
    name: str
    display_name: str
    is_disabled: bool


class CameraName(BaseModel):
    """A camera to ask about, also one out of service."""

    id: UUID
    number: int
    name: str
    site: str
    is_retired: bool


class Names(BaseModel):
    """Everybody and everything there is to ask about."""

    people: list[PersonName]
    cameras: list[CameraName]


def _wanted(
    person: Annotated[UUID | None, Query(description="What this person did.")] = None,
    camera: Annotated[UUID | None, Query(description="What was done with this camera.")] = None,
    act: Annotated[list[Act] | None, Query(max_length=MAX_ACTS)] = None,
    basis: Annotated[str, Query(max_length=MAX_WORDS, description="A part of the basis.")] = "",
    right: Annotated[UUID | None, Query(description="The right a view stood on.")] = None,
    start: Annotated[int, Query(ge=0, le=MAX_TIME_US, description="UTC microseconds, inside.")] = 0,
    end: Annotated[int, Query(ge=0, le=MAX_TIME_US, description="UTC microseconds, outside.")] = MAX_TIME_US,
    text: Annotated[str, Query(max_length=MAX_WORDS, description="A part of who, what, where from, basis, code.")] = "",
    refused: Annotated[bool, Query(description="Only what came to nothing.")] = False,
) -> Wanted:
    span = None if (start, end) == (0, MAX_TIME_US) else span_of(start, end)
    return Wanted(
        person_id=person, camera_id=camera, acts=act or (), basis=basis.strip(), basis_id=right, span=span,
        text=text.strip(), is_refused=refused,
    )  # fmt: skip


Filter = Annotated[Wanted, Depends(_wanted)]


@router.get("", dependencies=[declares_action(Action.READ_AUDIT)], responses=refusals())
async def list_entries(wanted: Filter, by: By, here: Here, before: Before = None, limit: Limit = 100) -> EntryPage:
    """Entries that fit; of a span those written in it. Reading them is logged."""

    def read() -> list[AuditEntry]:
        with here.database.reading() as session:
            return entries(session, wanted, before=before, limit=limit + 1)

    await _note_reading(here, by, "entries", wanted)
    found = await here.audit_readers.run(read)
    rows = [entry_row(entry) for entry in found[:limit]]
    return EntryPage(entries=rows, next=rows[-1].number if len(found) > limit else None)


@router.get("/viewings", dependencies=[declares_action(Action.READ_AUDIT)], responses=refusals())
async def list_viewings(wanted: Filter, by: By, here: Here, before: Before = None, limit: Limit = 100) -> ViewingPage:
    """Who watched a camera, or what a person watched: viewings that touch the span. Acts do not narrow them."""

    def read() -> list[ViewingRow]:
        with here.database.reading() as session:
            return [viewing_row(one) for one in viewings(session, wanted, before=before, limit=limit + 1)]

    await _note_reading(here, by, "viewings", wanted)
    found = await here.audit_readers.run(read)
    rows = found[:limit]
    return ViewingPage(viewings=rows, next=rows[-1].number if len(found) > limit else None)


@router.get(
    "/entries.csv",
    dependencies=[declares_action(Action.READ_AUDIT)],
    response_class=StreamingResponse,
    responses={200: {"content": {CSV: {"schema": {"type": "string"}}}}, **refusals()},
)
async def export_entries(wanted: Filter, by: By, here: Here) -> StreamingResponse:
    """All entries that fit, the oldest first, as CSV in UTF-8. That they were taken is logged before the first one."""
    detail = {"format": "csv", "filter": wanted_facts(wanted)}
    await here.trail.write(NewEntry(act=Act.AUDIT_EXPORTED, actor=by, detail=detail))
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingResponse(_lines(here, wanted), headers=headers, media_type=CSV)


@router.get("/chain", dependencies=[declares_action(Action.READ_AUDIT)], responses=refusals())
async def read_chain(here: Here) -> ChainAnswer:
    """How the log's chain is."""

    def read() -> ChainAnswer:
        with here.database.reading() as session:
            signed, last = newest_checkpoint(session), newest_of(session, Act.AUDIT_VERIFIED)
            found = detail_of(last) if last else {}
            return ChainAnswer(
                entries=count(session),
                signed_us=signed.at_us if signed else None,
                signed_entries=signed.sequence if signed else None,
                verified_us=last.at_us if last else None,
                verified_entries=_number(found.get("entries")),
                problems=_number(found.get("problems")),
                first_problem=str(found.get("first", "")),
                is_verifying=here.audit_proof.is_running,
            )

    return await here.audit_readers.run(read)


@router.post(
    "/chain/verification", status_code=202, dependencies=[declares_action(Action.READ_AUDIT)], responses=refusals()
)
async def verify_chain(by: By, here: Here) -> ChainAnswer:
    """Have the whole log proved now; `/audit/chain` says when that is done. While one runs no other is begun."""
    here.audit_proof.begin(by)
    return await read_chain(here)


@router.get("/names", dependencies=[declares_action(Action.READ_AUDIT)], responses=refusals())
async def list_names(here: Here) -> Names:
    """People with their accounts, cameras: what filters are chosen from. No picture comes with them."""

    def read() -> Names:
        with here.database.reading() as session:
            people = [
                PersonName(
                    id=one.id, name=one.name, display_name=one.display_name, is_disabled=one.disabled_us is not None
                )
                for one in accounts(session)
            ]
            places = [
                CameraName(
                    id=one.id, number=one.number, name=one.name, site=one.site, is_retired=one.retired_us is not None
                )
                for one in cameras(session, with_retired=True)
            ]
        return Names(people=people, cameras=places)

    return await here.audit_readers.run(read)


async def _note_reading(here: Backends, by: By, what: str, wanted: Wanted) -> None:
    detail = {"what": what, "filter": wanted_facts(wanted)}
    await here.trail.note(NewEntry(act=Act.AUDIT_READ, actor=by, detail=detail))


async def _lines(here: Backends, wanted: Wanted) -> AsyncIterator[str]:
    """Read as the caller takes them, a few at a time: no transaction stays open meanwhile."""

    def head() -> int:
        with here.database.reading() as session:
            return count(session)

    def part() -> list[AuditEntry]:
        with here.database.reading() as session:
            return entries_after(session, wanted, after, until)

    until, after = await here.audit_readers.run(head), 0
    yield MARK + "".join(csv_lines([]))
    while found := await here.audit_readers.run(part):
        after = found[-1].sequence
        yield "".join(csv_lines(found, with_header=False))


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
