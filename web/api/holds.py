"""`/holds`: what is kept without being given out."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from vms.cameras.placement_queries import standings_by_camera
from vms.footage.availability import away_of, look, state_of
from vms.footage.holds.placing import place_and_tell
from vms.footage.holds.register import HoldFilter, HoldGroup, count_holds, holds_page
from vms.footage.holds.service import NewHold, refuse_export, refuse_longer, release, sign
from vms.footage.locks.keeping import tell, volume_names
from vms.footage.paging import MAX_ROWS, PLACE
from vms.footage.queries import cameras_named, hold_items_of, need_hold, wanted_of
from vms.footage.rules import check_past
from vms.people.roles import Action
from web.acting import By
from web.api.asked import Body, Text, TimeUs
from web.api.request_bodies import ExtensionBody, HoldBody, ScopeBody, hold_reason
from web.authorisation import Me, declares_action
from web.backends import Backends, Here
from web.problems import refusals
from web.rows.availability import Availability, availability
from web.rows.hold import HoldDetail, HoldRow, hold_detail, hold_row

router = APIRouter(prefix="/holds", tags=["holds"])

_SEES = declares_action(Action.SEE_REQUESTS)
_PLACES = declares_action(Action.PLACE_HOLD)
_SIGNS = declares_action(Action.SIGN_RECORD)
_Refused = refusals(404, 409, 413)


class HoldCounts(BaseModel):
    """How many holds of each group say what was searched for."""

    in_force: int
    unsigned: int
    ended: int
    all: int


class HoldPage(BaseModel):
    """Holds in force by their end, then the others, newest first.

    `next_after`: what to ask `after` with for those behind; null at the end.
    """

    holds: list[HoldRow]
    next_after: str | None
    counts: HoldCounts


class SignatureBody(Body):
    """The signed record; null: the one that was printed last."""

    record_id: UUID | None = None


class ReleaseBody(Body):
    """The written decision by which a hold ends early: a registered letter with its file."""

    decision_id: UUID | None = None
    why: Text


class EndBody(Body):
    """Another end."""

    ends_us: TimeUs


@router.get("", dependencies=[_SEES], responses=refusals())
def list_holds(
    here: Here,
    show: Annotated[HoldGroup, Query(description="How they stand.")] = HoldGroup.ALL,
    search: Annotated[str, Query(max_length=200, description="Number, institution, incident, place, reason.")] = "",
    after: Annotated[str | None, Query(pattern=PLACE, description="The `next_after` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = 50,
) -> HoldPage:
    """A page of holds with what they keep; no picture."""
    with here.database.reading() as session:
        page = holds_page(session, HoldFilter(show, search, after, limit))
        return HoldPage(
            holds=[hold_row(session, one) for one in page.rows], next_after=page.next_after,
            counts=HoldCounts(**{group.value: count for group, count in count_holds(session, search).items()}),
        )  # fmt: skip


@router.post("/preview", dependencies=[_PLACES], responses=refusals(404, 413))
async def preview_hold(body: ScopeBody, here: Here) -> Availability:
    """What exists of it; nothing is kept by asking."""

    def read() -> Availability:
        now_us, archive = here.clock.now_us(), here.archive()
        spans = check_past(body.pairs(), now_us)
        with here.database.reading() as session:
            cameras = cameras_named(session, body.cameras)
            stood = standings_by_camera(session, cameras.keys())
            wanted = wanted_of(session, cameras.values(), spans)
        found = look(archive, wanted, now_us)
        away = volume_names(archive, list(away_of(found)))
        return availability(found, cameras, state_of(found), [], None, away, stood)

    return await here.archive_workers.run(read)


@router.post("", status_code=HTTPStatus.CREATED, dependencies=[_PLACES], responses=_Refused)
async def place_hold(body: HoldBody, me: Me, by: By, here: Here) -> HoldDetail:
    """Keep what exists for 90 days, from this moment on, signed or not."""

    def place() -> HoldDetail:
        once = body.once(me.account_id)
        placed = place_and_tell(here.database, here.archive(), here.clock, body.new(), by=by, once=once)
        return told(here, placed.hold.id)

    return await here.archive_workers.run(place)


@router.get("/{hold_id}", dependencies=[_SEES], responses=refusals(404))
async def read_hold(hold_id: UUID, here: Here) -> HoldDetail:
    """The case of a hold."""
    return await here.archive_workers.run(lambda: told(here, hold_id))


@router.post("/{hold_id}/extension", status_code=HTTPStatus.CREATED, dependencies=[_PLACES], responses=_Refused)
async def extend_hold(hold_id: UUID, body: ExtensionBody, me: Me, by: By, here: Here) -> HoldDetail:
    """Another hold on the same cameras and intervals, with a reason and a record of its own; this one's end stays."""

    def place() -> HoldDetail:
        with here.database.reading() as session:
            need_hold(session, hold_id)
            items = hold_items_of(session, hold_id)
        new = NewHold(
            **hold_reason(body), cameras=[item.camera_id for item in items],
            intervals=sorted({(item.from_us, item.until_us) for item in items}), extends=hold_id,
        )  # fmt: skip
        once = body.once(me.account_id, about=hold_id)
        placed = place_and_tell(here.database, here.archive(), here.clock, new, by=by, once=once)
        return told(here, placed.hold.id)

    return await here.archive_workers.run(place)


@router.put("/{hold_id}/end", dependencies=[_PLACES], responses=refusals(404, 409, 413))
def change_hold_end(hold_id: UUID, body: EndBody, here: Here) -> HoldRow:
    """Always refused: the end of a hold never changes."""
    with here.database.reading() as session:
        hold = need_hold(session, hold_id)
        refuse_longer(hold, body.ends_us)
        return hold_row(session, hold)


@router.post("/{hold_id}/export", dependencies=[declares_action(Action.EXPORT_FOOTAGE)], responses=refusals(404, 409))
def export_hold(hold_id: UUID, here: Here) -> HoldRow:
    """Always refused: footage leaves on a written request only."""
    with here.database.reading() as session:
        hold = need_hold(session, hold_id)
        refuse_export(hold)
        return hold_row(session, hold)


@router.post("/{hold_id}/signature", dependencies=[_SIGNS], responses=_Refused)
async def sign_hold(hold_id: UUID, body: SignatureBody, me: Me, by: By, here: Here) -> HoldDetail:
    """The chief or the manager stands for its record, which was handed in signed."""

    def save() -> HoldDetail:
        with here.database.writing() as session:
            hold = need_hold(session, hold_id)
            sign(session, here.clock, hold, me.roles, body.record_id, by=by, policy=here.footage_policy)
        return told(here, hold_id)

    return await here.archive_workers.run(save)


@router.post("/{hold_id}/release", dependencies=[_SIGNS], responses=_Refused)
async def release_hold(hold_id: UUID, body: ReleaseBody, me: Me, by: By, here: Here) -> HoldDetail:
    """Let it end early by written decision; other locks on the same footage stay."""

    def save() -> HoldDetail:
        with here.database.writing() as session:
            hold = need_hold(session, hold_id)
            release(session, here.clock, hold, body.decision_id, body.why, me.roles, by=by)
        tell(here.database, here.archive(), here.clock, hold_id)
        return told(here, hold_id)

    return await here.archive_workers.run(save)


def told(here: Backends, hold_id: UUID) -> HoldDetail:
    """The hold as it is now. Asks the archive which volumes there are."""
    with here.database.reading() as session:
        return hold_detail(session, here.archive(), need_hold(session, hold_id))
