"""Giving accounts, changing them, closing them.

Each use case writes its audit entry in the same transaction. `by`: who decides it.
"""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.acting import actor_of, subject_of
from vms.people.model import Account
from vms.people.password_history import keep_former
from vms.people.passwords import PASSWORDS, Passwords
from vms.people.queries import account_by_name
from vms.people.rules import Role, check_account_name, check_display_name, check_language, check_password
from vms.people.sessions import end_sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What an administrator says of a new account. The password stays out of `repr`."""

    name: str
    display_name: str
    role: Role
    password: str = field(repr=False)
    must_change_password: bool = False
    language: str = "tr"


def create_account(
    session: Session, clock: Clock, new: NewAccount, *, passwords: Passwords = PASSWORDS, by: Actor = UNNAMED
) -> Account:
    """A new account, which may see nothing yet.

    VmsError: `account_name_invalid`, `display_name_invalid`, `language_unknown`, `password_weak`, `account_name_taken`.
    """
    name = check_account_name(new.name)
    display_name, language = check_display_name(new.display_name), check_language(new.language)
    password_hash = passwords.hash(check_password(name, new.password))  # before the first statement takes the lock
    if account_by_name(session, name) is not None:
        raise VmsError(
            Kind.CONFLICT, "account_name_taken", "Another account has this name. Choose another name.", name=name
        )
    account = Account(
        id=new_id(clock),
        name=name,
        display_name=display_name,
        role=Role(new.role).value,
        password_hash=password_hash,
        created_us=clock.now_us(),
        password_set_us=clock.now_us(),
        must_change_password=new.must_change_password,
        language=language,
    )
    session.add(account)
    session.flush()
    _tell(session, clock, Act.ACCOUNT_CREATED, account, by, role=account.role)
    return account


def set_password(
    session: Session,
    clock: Clock,
    account: Account,
    new: str,
    must_change: bool = True,
    *,
    passwords: Passwords = PASSWORDS,
    by: Actor = UNNAMED,
) -> Account:
    """Give `account` another password without knowing the old one; unlocks it, ends its sessions. `password_weak`."""
    password_hash = passwords.hash(check_password(account.name, new))
    own = session.get_one(Account, account.id)
    keep_former(session, clock, own)
    own.set_password_hash(password_hash, clock.now_us())
    own.must_change_password = must_change
    session.flush()
    _tell(session, clock, Act.ACCOUNT_PASSWORD_SET, own, by, must_change=must_change)
    end_sessions(session, clock, account.id, why="password_set", by=by)
    return own


def set_language(
    session: Session, clock: Clock, account: Account, language: str, *, by: Actor | None = None
) -> Account:
    """Choose what the console speaks to this person. `by`: None for the person. VmsError: `language_unknown`."""
    own = session.get_one(Account, account.id)
    own.language = check_language(language)
    session.flush()
    _tell(session, clock, Act.ACCOUNT_CHANGED, own, by or actor_of(own), language=own.language)
    return own


def disable(session: Session, clock: Clock, account: Account, *, by: Actor = UNNAMED) -> Account:
    """Close an account: it signs in no more, its sessions end now, none of its rights counts."""
    own = session.get_one(Account, account.id)
    if own.disabled_us is None:
        own.disabled_us = clock.now_us()
    session.flush()
    _tell(session, clock, Act.ACCOUNT_DISABLED, own, by)
    end_sessions(session, clock, account.id, why="account_disabled", by=by)
    return own


def enable(session: Session, clock: Clock, account: Account, *, by: Actor = UNNAMED) -> Account:
    """Open a closed account again, with the rights it still has."""
    own = session.get_one(Account, account.id)
    own.disabled_us = None
    session.flush()
    _tell(session, clock, Act.ACCOUNT_ENABLED, own, by)
    return own


def _tell(session: Session, clock: Clock, act: Act, account: Account, by: Actor, **detail: object) -> None:
    append(session, clock, NewEntry(act=act, actor=by, subject=subject_of(account), detail=detail))
