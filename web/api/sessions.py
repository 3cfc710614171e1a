"""`/sessions`: what is open of one's own, and ending it."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from vms.people.closed_sessions import BY_OTHER
from vms.people.open_sessions import end_one, last_sign_in, sessions_of
from vms.people.sessions import end_sessions
from web.acting import By
from web.authorisation import Access, Me, declares
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/sessions", tags=["session"])


class OwnSession(BaseModel):
    """An open session. `last_seen_us` is true to a minute; `is_this`: the one that asks."""

    id: UUID
    address: str
    created_us: int
    last_seen_us: int
    ends_us: int
    is_this: bool


class PastSignIn(BaseModel):
    """When and where one signed in."""

    at_us: int
    address: str


class OwnSessions(BaseModel):
    """Open sessions, newest first. `before`: the sign-in before this session's."""

    sessions: list[OwnSession]
    before: PastSignIn | None


@router.get("", dependencies=[declares(Access.OWN_SESSION)], responses=refusals())
async def list_own_sessions(me: Me, here: Here) -> OwnSessions:
    """One's own open sessions."""

    def look() -> OwnSessions:
        with here.database.reading() as session:
            rows = sessions_of(session, here.clock, me.account_id)
            before = last_sign_in(session, me.account_id, me.session_id)
        return OwnSessions(
            sessions=[
                OwnSession(
                    id=row.id,
                    address=row.address,
                    created_us=row.created_us,
                    last_seen_us=row.last_seen_us,
                    ends_us=row.ends_us,
                    is_this=row.id == me.session_id,
                )
                for row in rows
            ],
            before=None if before is None else PastSignIn(at_us=before.at_us, address=before.address),
        )

    return await here.people_workers.run(look)


@router.delete("", status_code=204, dependencies=[declares(Access.OWN_SESSION)], responses=refusals())
async def end_other_sessions(me: Me, by: By, here: Here) -> None:
    """End all of one's own sessions but the one that asks; their browsers are told."""

    def end() -> None:
        with here.database.writing() as session:
            end_sessions(session, here.clock, me.account_id, keep_token=me.token, why=BY_OTHER, by=by)

    await here.people_workers.run(end)
    here.views.recheck_soon()


@router.delete("/{session_id}", status_code=204, dependencies=[declares(Access.OWN_SESSION)], responses=refusals(404))
async def end_own_session(session_id: UUID, me: Me, by: By, here: Here) -> None:
    """End one of one's own sessions; its browser is told."""

    def end() -> None:
        with here.database.writing() as session:
            end_one(session, here.clock, session_id, by, of_account=me.account_id)

    await here.people_workers.run(end)
    here.views.recheck_soon()
