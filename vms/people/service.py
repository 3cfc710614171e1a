"""Giving accounts, changing them, closing them.

Each use case writes its audit entry in the same transaction. `by`: who decides it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.acting import actor_of, subject_of
from vms.people.directory.staff import link_of
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.organisation_queries import need_person, need_staff
from vms.people.password_history import keep_former
from vms.people.passwords import PASSWORDS, Passwords
from vms.people.queries import account_by_name, account_of_person
from vms.people.role_service import USUAL_ROLES, check_roles, hold_roles
from vms.people.rules import (
    AccountKind,
    Role,
    check_account_name,
    check_display_name,
    check_language,
    check_password,
    refuse_own,
)
from vms.people.sessions import end_sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What an administrator says of a new account. The password stays out of `repr`.

    `person_id`: whose it is; the account then bears the person's name. `responsible_person_id`: for accounts that are
    nobody's own (D-11.6). Without `roles` an account of such a kind gets the one made for it.
    """

    name: str
    display_name: str = ""
    roles: Collection[Role] = ()
    password: str = field(repr=False)
    must_change_password: bool = False
    language: str = "tr"
    kind: AccountKind = AccountKind.PERSONAL
    person_id: UUID | None = None
    responsible_person_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountContent:
    """What an administrator says of an account that is there; a change names all of it."""

    display_name: str = ""
    language: str = "tr"
    person_id: UUID | None = None
    responsible_person_id: UUID | None = None


def create_account(
    session: Session, clock: Clock, new: NewAccount, *, passwords: Passwords = PASSWORDS, by: Actor = UNNAMED
) -> Account:
    """A new account, which may see nothing yet.

    VmsError: `account_name_invalid`, `display_name_invalid`, `language_unknown`, `password_weak`, `account_name_taken`;
    what `whose` and `role_service.check_roles` refuse.
    """
    name, language = check_account_name(new.name), check_language(new.language)
    roles = check_roles(new.kind, new.roles or USUAL_ROLES[new.kind])
    if new.person_id is None:
        check_display_name(new.display_name)
    password_hash = passwords.hash(check_password(name, new.password))  # before the first statement takes the lock
    if account_by_name(session, name) is not None:
        raise VmsError(
            Kind.CONFLICT, "account_name_taken", "Another account has this name. Choose another name.", name=name
        )
    person = whose(session, clock, new.kind, new.person_id, new.responsible_person_id)
    account = Account(
        id=new_id(clock),
        name=name,
        display_name=check_display_name(person.full_name if person else new.display_name),
        password_hash=password_hash,
        created_us=clock.now_us(),
        password_set_us=clock.now_us(),
        must_change_password=new.must_change_password,
        language=language,
        kind=new.kind.value,
        person_id=new.person_id,
        responsible_person_id=new.responsible_person_id,
    )
    session.add(account)
    session.flush()
    hold_roles(session, clock, account, roles, by)
    _tell(session, clock, Act.ACCOUNT_CREATED, account, by, roles=sorted(roles), kind=account.kind)
    return account


def whose(
    session: Session, clock: Clock, kind: AccountKind, person_id: UUID | None, responsible_id: UUID | None
) -> Person | None:
    """The person a new account is for; None for one that is nobody's own, or whose person is not registered.

    VmsError: INVALID `responsible_person_missing`, `shared_account_of_one_person`; CONFLICT `person_has_account`,
    `person_left`; NOT_FOUND `person_not_found`.
    """
    if kind is not AccountKind.PERSONAL:
        if person_id is not None:
            raise VmsError(
                Kind.INVALID, "shared_account_of_one_person",
                "A shared account is nobody's own. Name who is responsible for it instead.",
            )  # fmt: skip
        need_responsible(session, clock, responsible_id)
        return None
    if person_id is None:
        return None
    person = need_staff(session, person_id, clock.now_us())
    taken = account_of_person(session, person_id)
    if taken is not None:
        raise VmsError(
            Kind.CONFLICT, "person_has_account",
            "This person has an account already: one each (D-5.5). Open that one again, or correct it.",
            name=taken.name,
        )  # fmt: skip
    return person


def need_responsible(session: Session, clock: Clock, person_id: UUID | None) -> Person:
    """Who answers for an account that is nobody's own. VmsError `responsible_person_missing`, `person_left`."""
    if person_id is None:
        raise VmsError(
            Kind.INVALID, "responsible_person_missing",
            "An account that is nobody's own has a person who is responsible for it (D-11.6). Name one.",
        )  # fmt: skip
    return need_staff(session, person_id, clock.now_us())


def change_account(
    session: Session, clock: Clock, account: Account, content: AccountContent, *, by: Actor = UNNAMED
) -> Account:
    """Replace what is known of an account; whose it is and its kind never change (D-11.3, D-11.4a).

    An account of the time before persons were registered may get its person. VmsError as `create_account`, and CONFLICT
    `account_of_another`.
    """
    own = session.get_one(Account, account.id)
    kind = AccountKind(own.kind)
    before = _told(own)
    if content.person_id != own.person_id:
        if own.person_id is not None:
            raise VmsError(
                Kind.CONFLICT, "account_of_another",
                "An account stays its person's. Close it, and give the other person one of their own.",
            )  # fmt: skip
        whose(session, clock, kind, content.person_id, own.responsible_person_id)
        own.person_id = content.person_id
    if kind is not AccountKind.PERSONAL and content.responsible_person_id != own.responsible_person_id:
        own.responsible_person_id = need_responsible(session, clock, content.responsible_person_id).id
    person = None if own.person_id is None else need_person(session, own.person_id)
    own.display_name = check_display_name(content.display_name) if person is None else person.full_name
    own.language = check_language(content.language)
    session.flush()
    changed = {name: [before[name], value] for name, value in _told(own).items() if before[name] != value}
    if changed:
        _tell(session, clock, Act.ACCOUNT_CHANGED, own, by, **changed)
    return own


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
    """Give `account` another password without knowing the old one; unlocks it, ends its sessions.

    VmsError `password_weak`, `own_account`: one's own is changed by who knows it (`sign_in.change_password`).
    """
    refuse_own(by.person_id, account.id)
    password_hash = passwords.hash(check_password(account.name, new))
    if link_of(session, account.id) is not None:
        raise VmsError(
            Kind.CONFLICT, "password_elsewhere",
            "This person's password is their institution's. Unlink the account first: `vms user link NAME local`.",
        )  # fmt: skip
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
    """Close an account: it signs in no more, its sessions end now, none of its rights counts. `own_account`."""
    refuse_own(by.person_id, account.id)
    own = session.get_one(Account, account.id)
    if own.disabled_us is None:
        own.disabled_us = clock.now_us()
    session.flush()
    _tell(session, clock, Act.ACCOUNT_DISABLED, own, by)
    end_sessions(session, clock, account.id, why="account_disabled", by=by)
    return own


def enable(session: Session, clock: Clock, account: Account, *, by: Actor = UNNAMED) -> Account:
    """Open a closed account again, with the rights it still has. VmsError `person_left`: whose it is, who answers."""
    own = session.get_one(Account, account.id)
    for person_id in (own.person_id, own.responsible_person_id):
        if person_id is not None:
            need_staff(session, person_id, clock.now_us())
    own.disabled_us = None
    session.flush()
    _tell(session, clock, Act.ACCOUNT_ENABLED, own, by)
    return own


def _told(account: Account) -> dict[str, str | None]:
    ids = {"person_id": account.person_id, "responsible_person_id": account.responsible_person_id}
    told = {"display_name": account.display_name, "language": account.language}
    return told | {name: None if one is None else str(one) for name, one in ids.items()}


def _tell(session: Session, clock: Clock, act: Act, account: Account, by: Actor, **detail: object) -> None:
    append(session, clock, NewEntry(act=act, actor=by, subject=subject_of(account), detail=detail))
