"""Proving with a password who one is."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy.orm import Session

from vms.audit.entry import NOTHING, Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.people.acting import actor_of, subject_of
from vms.people.directory.port import LocalProver, Prover
from vms.people.model import Account
from vms.people.password_history import check_not_former, keep_former
from vms.people.passwords import PASSWORDS, Passwords
from vms.people.queries import account_by_name
from vms.people.rules import check_password, normalised
from vms.people.sessions import end_sessions

log = logging.getLogger(__name__)

Tell = Callable[[NewEntry], None]
T = TypeVar("T")

# These functions take the database, not a session: a failure is counted although it raises, and a hash, a tenth of a
# second long, is never reckoned while the writer's lock is held.


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, with the token for their browser. It is not stored and stays out of `repr`."""

    account: Account
    token: str = field(repr=False)


def proved(
    database: Database,
    clock: Clock,
    name: str,
    password: str,
    stranger: Actor,
    prover: Prover,
    then: Callable[[Session, Account], T],
) -> T:
    """What `then` makes of the account whose password is right, in the transaction that made sure of it.

    Within `telling`. Blocks while the hash is reckoned. VmsError: UNAUTHENTICATED `sign_in_failed`, one answer in about
    one time for an unknown name, a wrong password, a disabled account; FORBIDDEN `account_locked` with `until_us` after
    five failures; UNAVAILABLE `sign_in_busy`, `database_unavailable`. A wrong password is logged where it is counted.
    """
    with database.reading() as session:
        account = account_by_name(session, name)
    refusal = sign_in_failed()
    if account is None or account.disabled_us is not None:
        prover.is_right(None, password)
        raise Untold(refusal, account, stranger, "unknown_name" if account is None else "account_disabled")
    if not _is_proved(database, clock, account, password, prover, stranger):
        raise refusal
    fresh_hash = prover.fresh_hash(account, password)
    with database.writing() as session:
        own = session.get_one(Account, account.id)
        if own.disabled_us is not None or own.password_hash != account.password_hash:
            # closed, or given another password, while this one was reckoned
            raise Untold(refusal, own, stranger, "account_changed")
        own.password_hash = fresh_hash or own.password_hash
        return then(session, own)


def sign_in_failed() -> VmsError:
    """The one answer to all that must not be told apart."""
    return VmsError(
        Kind.UNAUTHENTICATED, "sign_in_failed", "Name or password is wrong. Try again, or ask your administrator."
    )


def change_password(
    database: Database,
    clock: Clock,
    account: Account,
    old: str,
    new: str,
    *,
    keep_token: str | None = None,
    remembered: int = 0,
    passwords: Passwords = PASSWORDS,
    by: Actor | None = None,
    tell: Tell | None = None,
) -> Account:
    """A person changes their own password. All their sessions end, the one of `keep_token` (where they sit) excepted.

    Wrong old passwords count as failed sign-ins: a stolen session must not become a way to guess. VmsError: FORBIDDEN
    `password_wrong`, `account_locked`; INVALID `password_weak`, `password_unchanged`, `password_used_before`; CONFLICT
    `password_elsewhere`; UNAVAILABLE as `proved`. `remembered`: so many former passwords are refused as well.
    `by`: the person in this session; `tell`: see `telling`.
    """
    if not account.password_hash:
        raise VmsError(
            Kind.CONFLICT,
            "password_elsewhere",
            "Your password is your institution's. Change it there; it counts here as well.",
        )
    check_password(account.name, new)
    by = by or actor_of(account)
    with telling(database, clock, tell):
        is_proved = _is_proved(database, clock, account, old, LocalProver(passwords), by)
    if not is_proved:
        raise VmsError(Kind.FORBIDDEN, "password_wrong", "The present password is wrong. Enter it again.")
    if normalised(old) == normalised(new):
        raise VmsError(Kind.INVALID, "password_unchanged", "The new password is the old one. Choose another.")
    check_not_former(database, passwords, account, new, remembered)
    new_hash = passwords.hash(new)
    with database.writing() as session:
        own = session.get_one(Account, account.id)
        keep_former(session, clock, own)
        own.set_password_hash(new_hash, clock.now_us())
        own.must_change_password = False
        append(session, clock, NewEntry(act=Act.ACCOUNT_PASSWORD_SET, actor=by, subject=subject_of(own)))
        end_sessions(session, clock, own.id, keep_token=keep_token, why="password_set", by=by)
    return own


class Untold(Exception):  # noqa: N818 - not an error of its own: a refusal with its audit entry
    """A refusal that left nothing in the database, with the entry that tells of it."""

    def __init__(self, refusal: VmsError, account: Account | None, by: Actor, why: str) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.entry = refused(account, by, refusal.code, why)


@contextmanager
def telling(database: Database, clock: Clock, tell: Tell | None) -> Iterator[None]:
    """Let what the block refuses leave as a VmsError, its entry told.

    Of some there may be any number: `tell` gets their entries and decides which are written; without it all are.
    """
    try:
        yield
    except Untold as untold:
        if tell is not None:
            tell(untold.entry)
        else:
            with database.writing() as session:
                append(session, clock, untold.entry)
        raise untold.refusal from None


def refused(account: Account | None, by: Actor, code: str, why: str) -> NewEntry:
    """A name nobody has is not kept: people type their password there, and an entry can never be taken back."""
    subject = subject_of(account) if account else NOTHING
    return NewEntry(act=Act.SIGN_IN_REFUSED, actor=by, subject=subject, outcome=code, detail={"why": why})


def _is_proved(database: Database, clock: Clock, account: Account, password: str, prover: Prover, by: Actor) -> bool:
    """Whether `password` is the one of `account`; counts a failure. VmsError `sign_in_busy`; `Untold` while locked."""
    with database.reading() as session:
        before = session.get_one(Account, account.id)
    _refuse_locked(before, clock.now_us(), by)
    is_right = prover.is_right(before, password)
    with database.writing() as session:
        own = session.get_one(Account, account.id)
        now_us = clock.now_us()
        _refuse_locked(own, now_us, by)  # guesses that ran at the same time were counted first
        is_right = is_right and own.disabled_us is None and own.password_hash == before.password_hash
        if is_right:
            own.forget_failures()
        else:
            _count_failure(session, clock, own, by)
    return is_right


def _count_failure(session: Session, clock: Clock, account: Account, by: Actor) -> None:
    now_us = clock.now_us()
    account.count_failure(now_us)
    append(session, clock, refused(account, by, "sign_in_failed", "wrong_password"))
    if account.is_locked(now_us):
        log.warning("account %s is locked after too many wrong passwords", account.name)


def _refuse_locked(account: Account, now_us: int, by: Actor) -> None:
    if account.is_locked(now_us):
        refusal = VmsError(
            Kind.FORBIDDEN,
            "account_locked",
            "Too many wrong passwords: this account is shut for a quarter of an hour. Wait, or ask your administrator.",
            until_us=account.locked_until_us,
        )
        raise Untold(refusal, account, by, "account_locked")
