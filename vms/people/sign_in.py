"""Proving with a password who one is."""

import logging
from dataclasses import dataclass, field

from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.people.model import Account
from vms.people.passwords import PASSWORDS, Passwords
from vms.people.queries import account_by_name
from vms.people.rules import check_password, normalised
from vms.people.sessions import begin_session, end_sessions

log = logging.getLogger(__name__)

# These functions take the database, not a session: a failure is counted although it raises, and a hash, a tenth of a
# second long, is never reckoned while the writer's lock is held.


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, with the token for their browser. It is not stored and stays out of `repr`."""

    account: Account
    token: str = field(repr=False)


def sign_in(
    database: Database, clock: Clock, name: str, password: str, address: str, *, passwords: Passwords = PASSWORDS
) -> SignedIn:
    """Open a session for who knows the password. `address`: where the browser is. Blocks while the hash is reckoned.

    VmsError: UNAUTHENTICATED `sign_in_failed`, one answer in about one time for an unknown name, a wrong password, a
    disabled account; FORBIDDEN `account_locked` with `until_us` after five failures; UNAVAILABLE `sign_in_busy`,
    `database_unavailable`.
    """
    with database.reading() as session:
        account = account_by_name(session, name)
    refusal = VmsError(
        Kind.UNAUTHENTICATED, "sign_in_failed", "Name or password is wrong. Try again, or ask your administrator."
    )
    if account is None or account.disabled_us is not None:
        passwords.is_right(None, password)
        raise refusal
    if not _is_proved(database, clock, account, password, passwords):
        raise refusal
    fresh_hash = passwords.hash(password) if passwords.is_outdated(account.password_hash) else None
    with database.writing() as session:
        own = session.get_one(Account, account.id)
        if own.disabled_us is not None or own.password_hash != account.password_hash:
            raise refusal  # closed, or given another password, while this one was reckoned
        own.password_hash = fresh_hash or own.password_hash
        token = begin_session(session, clock, own.id, address)
    return SignedIn(own, token)


def change_password(
    database: Database,
    clock: Clock,
    account: Account,
    old: str,
    new: str,
    *,
    keep_token: str | None = None,
    passwords: Passwords = PASSWORDS,
) -> Account:
    """A person changes their own password. All their sessions end, the one of `keep_token` (where they sit) excepted.

    Wrong old passwords count as failed sign-ins: a stolen session must not become a way to guess. VmsError: FORBIDDEN
    `password_wrong`, `account_locked`; INVALID `password_weak`, `password_unchanged`; UNAVAILABLE as `sign_in`.
    """
    check_password(account.name, new)
    if not _is_proved(database, clock, account, old, passwords):
        raise VmsError(Kind.FORBIDDEN, "password_wrong", "The present password is wrong. Enter it again.")
    if normalised(old) == normalised(new):
        raise VmsError(Kind.INVALID, "password_unchanged", "The new password is the old one. Choose another.")
    new_hash = passwords.hash(new)
    with database.writing() as session:
        own = session.get_one(Account, account.id)
        own.set_password_hash(new_hash, clock.now_us())
        own.must_change_password = False
        end_sessions(session, clock, own.id, keep_token=keep_token)
    return own


def _is_proved(database: Database, clock: Clock, account: Account, password: str, passwords: Passwords) -> bool:
    """Whether `password` is the one of `account`; counts a failure. VmsError `account_locked`, `sign_in_busy`."""
    with database.reading() as session:
        before = session.get_one(Account, account.id)
    _refuse_locked(before, clock.now_us())
    is_right = passwords.is_right(before.password_hash, password)
    with database.writing() as session:
        own = session.get_one(Account, account.id)
        now_us = clock.now_us()
        _refuse_locked(own, now_us)  # guesses that ran at the same time were counted first
        is_right = is_right and own.disabled_us is None and own.password_hash == before.password_hash
        if is_right:
            own.forget_failures()
        else:
            own.count_failure(now_us)
        if own.is_locked(now_us):
            log.warning("account %s is locked after too many wrong passwords", own.name)
    return is_right


def _refuse_locked(account: Account, now_us: int) -> None:
    if account.is_locked(now_us):
        raise VmsError(
            Kind.FORBIDDEN,
            "account_locked",
            "Too many wrong passwords: this account is shut for a quarter of an hour. Wait, or ask your administrator.",
            until_us=account.locked_until_us,
        )
