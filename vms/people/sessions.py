"""Open sessions: what a token in a browser stands for."""

import contextlib
import hashlib
import logging
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id
from vms.people.acting import actor_of, session_subject
from vms.people.closed_sessions import ELSEWHERE, remember, why_closed
from vms.people.model import Account, SignInSession
from vms.people.rules import ABSOLUTE_LIMIT_US, IDLE_LIMIT_US, MAX_SESSIONS, TOUCH_INTERVAL_US, AccountKind
from vms.people.sign_in_rules import PLAIN, Terms

log = logging.getLogger(__name__)

MAX_TOKEN_CHARACTERS = 128
MAX_ADDRESS_CHARACTERS = 64
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that is open. `ends_us`: when it ends unless it is used before. The rest: see `Terms`."""

    id: UUID
    account: Account
    ends_us: int
    must_enrol: bool = False
    must_accept: bool = False


def begin_session(session: Session, clock: Clock, account_id: UUID, address: str, terms: Terms = PLAIN) -> str:
    """Open a session; its token, which is stored nowhere. Sessions that are over, or one too many, go.

    Other sessions of the account at other addresses are marked: `parallel_use` (edge-79). `terms` say whether they end.
    """
    account = session.get_one(Account, account_id)
    _sweep(session, clock)
    _mind_others(session, clock, account, address[:MAX_ADDRESS_CHARACTERS], terms)
    newest = select(SignInSession).where(SignInSession.account_id == account_id)
    newest = newest.order_by(SignInSession.created_us.desc(), SignInSession.id.desc())
    for surplus in list(session.scalars(newest.offset(MAX_SESSIONS - 1))):
        end_session(session, clock, account, surplus, "too_many", actor_of(account, address=address))
    now_us = clock.now_us()
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    begun = SignInSession(
        id=new_id(clock),
        account_id=account_id,
        token_sha256=_digest(token),
        address=address[:MAX_ADDRESS_CHARACTERS],
        created_us=now_us,
        last_seen_us=now_us,
        must_enrol=terms.must_enrol,
        must_accept=terms.must_accept,
    )
    session.add(begun)
    session.flush()
    actor, subject = actor_of(account, begun.id, begun.address), session_subject(account, begun.id)
    append(session, clock, NewEntry(act=Act.SIGNED_IN, actor=actor, subject=subject, detail={"way": terms.way}))
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
    return OpenSession(row.id, account, row.ends_us, row.must_enrol, row.must_accept)


def closed_why(database: Database, token: str) -> VmsError | None:
    """What to tell the browser whose `token` opens nothing; None when it was never ours, or nothing is to tell."""
    if not token or len(token) > MAX_TOKEN_CHARACTERS:
        return None
    with database.reading() as session:
        return why_closed(session, _digest(token))


def sign_out(session: Session, clock: Clock, token: str, *, address: str = "", is_replaced: bool = False) -> None:
    """End the session of `token`, if there is one. `is_replaced`: not asked for, but because of another sign-in."""
    for row, account in session.execute(_with_account().where(SignInSession.token_sha256 == _digest(token))).all():
        by = actor_of(account, row.id, address or row.address)
        if is_replaced:
            end_session(session, clock, account, row, "replaced", by)
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
        end_session(session, clock, account, row, why, by)


def _sweep(session: Session, clock: Clock) -> None:
    """Remove the sessions that have ended by themselves since somebody last looked."""
    now_us = clock.now_us()
    over = or_(
        SignInSession.last_seen_us <= now_us - IDLE_LIMIT_US, SignInSession.created_us <= now_us - ABSOLUTE_LIMIT_US
    )
    for row, account in session.execute(_with_account().where(over)).all():
        end_session(session, clock, account, row, "ran_out", actor_of(account, row.id, row.address), at_us=row.ends_us)


def _mind_others(session: Session, clock: Clock, account: Account, address: str, terms: Terms) -> None:
    """Mark use of one's own account from several places at once; end what the new session takes the place of."""
    others = list(session.scalars(select(SignInSession).where(SignInSession.account_id == account.id)))
    by = actor_of(account, address=address)
    for other in others:
        if other.address == address or account.kind != AccountKind.PERSONAL:
            continue
        log.warning("account %s is used from two places at once", account.name)
        detail = {"other_address": other.address, "idle_s": (clock.now_us() - other.last_seen_us) // US_PER_SECOND}
        subject = session_subject(account, other.id)
        append(session, clock, NewEntry(act=Act.PARALLEL_USE, actor=by, subject=subject, detail=detail))
    for other in others if terms.is_single else ():
        end_session(session, clock, account, other, ELSEWHERE, by)


def end_session(
    session: Session,
    clock: Clock,
    account: Account,
    row: SignInSession,
    why: str,
    by: Actor,
    at_us: int | None = None,
) -> None:
    """End one session. `why`: for the audit log, and for its browser if it should be told. `at_us`: when it ended."""
    session.delete(row)
    remember(session, clock, row, why)
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
