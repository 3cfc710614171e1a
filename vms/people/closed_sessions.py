"""Why a session ended, for the browser that still has its token."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.people.model import SignInSession
from vms.people.sign_in_model import ClosedSession
from vms.people.sign_in_rules import CLOSED_SESSION_KEPT_US

ELSEWHERE = "signed_in_elsewhere"
BY_OTHER = "session_ended_by_other"
_SENTENCES = {
    ELSEWHERE: "You signed in elsewhere; this session was closed. Sign in again to go on here.",
    BY_OTHER: "This session was ended from another place. Sign in again.",
}


def remember(session: Session, clock: Clock, ended: SignInSession, why: str) -> None:
    """Keep for a day why `ended` ended, if its person should be told."""
    if why not in _SENTENCES:
        return
    now_us = clock.now_us()
    session.execute(delete(ClosedSession).where(ClosedSession.at_us <= now_us - CLOSED_SESSION_KEPT_US))
    session.add(ClosedSession(ended.id, ended.token_sha256, why, now_us))


def why_closed(session: Session, token_sha256: bytes) -> VmsError | None:
    """What to tell the browser with this token; None when there is nothing to tell."""
    why = session.scalar(select(ClosedSession.why).where(ClosedSession.token_sha256 == token_sha256).limit(1))
    return None if why is None else told(why)


def reasons(session: Session, session_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Why each of these ended, of those where it is known."""
    found = select(ClosedSession.session_id, ClosedSession.why).where(ClosedSession.session_id.in_(session_ids))
    return {row.session_id: row.why for row in session.execute(found).all()}


def told(why: str) -> VmsError:
    """The refusal whose code is the reason."""
    return VmsError(Kind.UNAUTHENTICATED, why, _SENTENCES[why])
