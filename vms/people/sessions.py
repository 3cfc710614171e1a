"""Open sessions: what a token in a browser stands for."""

import contextlib
import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id
from vms.people.acting import actor_of, session_subject
from vms.people.model import Account, SignInSession
from vms.people.rules import ABSOLUTE_LIMIT_US, IDLE_LIMIT_US, MAX_SESSIONS, TOUCH_INTERVAL_US

MAX_TOKEN_CHARACTERS = 128
MAX_ADDRESS_CHARACTERS = 64
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that is open. `ends_us`: when it ends unless it is used before."""

    id: UUID
    account: Account
    ends_us: int


def begin_session(session: Session, clock: Clock, account_id: UUID, address: str) -> str:
    """Open a session; its token, which is stored nowhere. Sessions that are over, or one too many, go."""
    account = session.get_one(Account, account_id)
    _sweep(session, clock)
    newest = select(SignInSession).where(SignInSession.account_id == account_id)
    newest = newest.order_by(SignInSession.created_us.desc(), SignInSession.id.desc())
    for surplus in list(session.scalars(newest.offset(MAX_SESSIONS - 1))):
        _end(session, clock, account, surplus, "too_many", actor_of(account, address=address))
    now_us = clock.now_us()
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    begun = SignInSession(
        id=new_id(clock),
        account_id=account_id,
        token_sha256=_digest(token),
        address=address[:MAX_ADDRESS_CHARACTERS],
        created_us=now_us,
        last_seen_us=now_us,
    )
    session.add(begun)
    session.flush()
    actor, subject = actor_of(account, begun.id, begun.address), session_subject(account, begun.id)
    append(session, clock, NewEntry(act=Act.SIGNED_IN, actor=actor, subject=subject))
    return token


def open_session(database: Database, clock: Clock, token: str) -> OpenSession | None:
    """The session `token` stands for; None when it is unknown, over, or its account was disabled.

    Counts as use, which is written down at most once a minute; nothing is locked otherwise, so every request may ask.
    VmsError `database_unavailable`.
    """
    if len(token) > MAX_TOKEN_CHARACTERS:
        return None
    now_us = clock.now_us()
    with database.reading() as session:
        found = session.execute(_with_account().where(SignInSession.token_sha256 == _digest(token))).one_or_none()
    if found is None:
        return None
    row, account = found
    if account.disabled_us is not None or now_us >= row.ends_us:
        return None
    if now_us - row.last_seen_us >= TOUCH_INTERVAL_US:
        with contextlib.suppress(VmsError):  # a busy database costs a minute of idle time, not the session
            _touch(database, row.id, now_us)
        row.last_seen_us = now_us
    return OpenSession(row.id, account, row.ends_us)


def signed_in(database: Database, clock: Clock, token: str) -> Account | None:
    """Whose session `token` stands for; see `open_session`."""
    found = open_session(database, clock, token)
    return None if found is None else found.account


def sign_out(session: Session, clock: Clock, token: str, *, address: str = "", is_replaced: bool = False) -> None:
    """End the session of `token`, if there is one. `is_replaced`: not asked for, but because of another sign-in."""
    for row, account in session.execute(_with_account().where(SignInSession.token_sha256 == _digest(token))).all():
        by = actor_of(account, row.id, address or row.address)
        if is_replaced:
            _end(session, clock, account, row, "replaced", by)
            continue
        session.delete(row)
        append(session, clock, NewEntry(act=Act.SIGNED_OUT, actor=by, subject=session_subject(account, row.id)))


def end_sessions(
    session: Session,
    clock: Clock,
    account_id: UUID,
    *,
    keep_token: str | None = None,
    why: str = "ended",
    by: Actor = UNNAMED,
) -> None:
    """End all sessions of an account, the one of `keep_token` excepted. `why`, `by`: for the audit log."""
    ended = _with_account().where(SignInSession.account_id == account_id)
    if keep_token is not None:
        ended = ended.where(SignInSession.token_sha256 != _digest(keep_token))
    for row, account in session.execute(ended).all():
        _end(session, clock, account, row, why, by)


def _sweep(session: Session, clock: Clock) -> None:
    """Remove the sessions that have ended by themselves since somebody last looked."""
    now_us = clock.now_us()
    over = or_(
        SignInSession.last_seen_us <= now_us - IDLE_LIMIT_US, SignInSession.created_us <= now_us - ABSOLUTE_LIMIT_US
    )
    for row, account in session.execute(_with_account().where(over)).all():
        _end(session, clock, account, row, "ran_out", actor_of(account, row.id, row.address), at_us=row.ends_us)


def _end(
    session: Session,
    clock: Clock,
    account: Account,
    row: SignInSession,
    why: str,
    by: Actor,
    at_us: int | None = None,
) -> None:
    session.delete(row)
    subject = session_subject(account, row.id)
    append(session, clock, NewEntry(act=Act.SESSION_ENDED, actor=by, subject=subject, detail={"why": why}, at_us=at_us))


def _with_account() -> Select[SignInSession, Account]:
    return select(SignInSession, Account).join(Account, Account.id == SignInSession.account_id)


def _touch(database: Database, session_id: UUID, now_us: int) -> None:
    with database.writing() as session:
        session.execute(
            update(SignInSession)
            .where(SignInSession.id == session_id, SignInSession.last_seen_us < now_us)
            .values(last_seen_us=now_us)
        )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
