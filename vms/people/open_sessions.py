"""Looking through open sessions, ending single ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.model import AuditEntry
from vms.audit.queries import Wanted, entries
from vms.audit.rules import Act
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.people.closed_sessions import BY_OTHER
from vms.people.model import Account, SignInSession
from vms.people.rules import AccountKind
from vms.people.sessions import end_session

_LOOKED_THROUGH = 30  # sign-ins; more sessions than these are not open at once


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One open session with its person. `last_seen_us` is true to a minute."""

    id: UUID
    account_id: UUID
    account_name: str
    display_name: str
    address: str
    created_us: int
    last_seen_us: int
    ends_us: int


def sessions_of(session: Session, clock: Clock, account_id: UUID | None = None) -> Sequence[SessionRow]:
    """Open sessions of one account, or of everybody; newest first."""
    now_us = clock.now_us()
    found = _wanted() if account_id is None else _wanted().where(SignInSession.account_id == account_id)
    rows = session.execute(found.order_by(SignInSession.created_us.desc(), SignInSession.id.desc())).all()
    return [_row(one, account) for one, account in rows if now_us < one.ends_us and account.disabled_us is None]


def in_several_places(session: Session, clock: Clock) -> dict[str, list[str]]:
    """Names of personal accounts that are open at more than one address now, with the addresses (edge-79)."""
    now_us, found = clock.now_us(), dict[str, set[str]]()
    for one, account in session.execute(_wanted().where(Account.kind == AccountKind.PERSONAL.value)).all():
        if now_us < one.ends_us and account.disabled_us is None:
            found.setdefault(account.name, set()).add(one.address)
    return {name: sorted(places) for name, places in sorted(found.items()) if len(places) > 1}


def last_sign_in(session: Session, account_id: UUID, this: UUID) -> AuditEntry | None:
    """When and where the person signed in before the session `this` began; None: never, as far as is known."""
    signed_in = entries(session, Wanted(person_id=account_id, acts=[Act.SIGNED_IN]), limit=_LOOKED_THROUGH)
    ids = [entry.session_id for entry in signed_in]
    at = ids.index(this) + 1 if this in ids else 0
    return next(iter(signed_in[at:]), None)


def end_one(session: Session, clock: Clock, session_id: UUID, by: Actor, *, of_account: UUID | None) -> None:
    """End the session. `of_account`: whose it must be; None: anybody's. VmsError(NOT_FOUND, `session_not_found`)."""
    found = session.execute(_wanted().where(SignInSession.id == session_id)).one_or_none()
    if found is None or of_account not in {None, found[1].id}:
        raise VmsError(Kind.NOT_FOUND, "session_not_found", "This session is over. Load the list again.")
    end_session(session, clock, found[1], found[0], BY_OTHER, by)


def _wanted() -> Select[SignInSession, Account]:
    return select(SignInSession, Account).join(Account, Account.id == SignInSession.account_id)


def _row(one: SignInSession, account: Account) -> SessionRow:
    times = (one.created_us, one.last_seen_us, one.ends_us)
    return SessionRow(one.id, account.id, account.name, account.display_name, one.address, *times)
