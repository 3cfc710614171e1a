"""Accounts whose people prove in the institution's directory who they are."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.acting import subject_of
from vms.people.directory.port import DirectoryPerson
from vms.people.model import Account
from vms.people.queries import account_by_name
from vms.people.role_service import check_roles, hold_roles
from vms.people.rules import (
    MAX_DISPLAY_NAME_CHARACTERS,
    AccountKind,
    Role,
    check_account_name,
    check_display_name,
    check_language,
)
from vms.people.sessions import end_sessions
from vms.people.sign_in_model import DirectoryLink


def link_of(session: Session, account_id: UUID) -> DirectoryLink | None:
    """Where the person proves who they are; None: here, with a password of the account."""
    return session.get(DirectoryLink, account_id)


def linked_account(session: Session, way: str, person: DirectoryPerson) -> Account | None:
    """Whose account it is: by the lasting subject; before the first sign-in by the name the account was given."""
    wanted = select(Account).join(DirectoryLink, DirectoryLink.account_id == Account.id)
    found = session.scalar(wanted.where(DirectoryLink.way == way, DirectoryLink.subject == person.subject))
    if found is not None:
        return found
    named = account_by_name(session, person.name)
    link = link_of(session, named.id) if named else None
    return named if link is not None and link.way == way and link.subject is None else None


def linked(session: Session, way: str) -> Sequence[tuple[Account, DirectoryLink]]:
    """Open accounts of this way whose subject is known."""
    wanted = (
        select(Account, DirectoryLink)
        .join(DirectoryLink, DirectoryLink.account_id == Account.id)
        .where(DirectoryLink.way == way, DirectoryLink.subject.is_not(None), Account.disabled_us.is_(None))
    )
    return [(account, link) for account, link in session.execute(wanted).all()]


def create_staff_account(
    session: Session,
    clock: Clock,
    name: str,
    display_name: str,
    way: str,
    *,
    roles: Collection[Role] = (),
    language: str = "tr",
    subject: str | None = None,
    by: Actor = UNNAMED,
) -> Account:
    """A new account without a password of its own, which may see nothing yet.

    VmsError: `account_name_invalid`, `display_name_invalid`, `language_unknown`, `account_name_taken`; what
    `role_service.check_roles` refuses.
    """
    name, display_name = check_account_name(name), check_display_name(display_name)
    if account_by_name(session, name) is not None:
        raise VmsError(
            Kind.CONFLICT, "account_name_taken", "Another account has this name. Choose another name.", name=name
        )
    account = Account(
        id=new_id(clock),
        name=name,
        display_name=display_name,
        password_hash="",
        created_us=clock.now_us(),
        password_set_us=clock.now_us(),
        language=check_language(language),
    )
    session.add(account)
    session.flush()
    session.add(DirectoryLink(account.id, way, clock.now_us(), subject))
    session.flush()
    held = check_roles(AccountKind.PERSONAL, roles)
    hold_roles(session, clock, account, held, by)
    detail = {"roles": sorted(held), "way": way}
    append(session, clock, NewEntry(act=Act.ACCOUNT_CREATED, actor=by, subject=subject_of(account), detail=detail))
    return account


def link_account(session: Session, clock: Clock, account: Account, way: str, *, by: Actor) -> None:
    """Have the account's person prove elsewhere who they are from now on: its own password counts no more.

    VmsError(CONFLICT, `shared_account_has_no_person`) for one that is nobody's own.
    """
    own = session.get_one(Account, account.id)
    if own.kind != AccountKind.PERSONAL:
        raise VmsError(
            Kind.CONFLICT, "shared_account_has_no_person",
            "An account that is nobody's own is in no directory. Give it a password.",
        )  # fmt: skip
    own.password_hash, own.must_change_password = "", False
    own.forget_failures()
    former = link_of(session, own.id)
    if former is not None:
        session.delete(former)
        session.flush()
    session.add(DirectoryLink(own.id, way, clock.now_us()))
    session.flush()
    entry = NewEntry(act=Act.ACCOUNT_LINKED, actor=by, subject=subject_of(own), detail={"way": way})
    append(session, clock, entry)
    end_sessions(session, clock, own.id, why="linked", by=by)


def unlink_account(session: Session, clock: Clock, account: Account, *, by: Actor) -> None:
    """Take the account out of the directory's hands; nobody signs in with it before it is given a password."""
    link = link_of(session, account.id)
    if link is None:
        return
    session.delete(link)
    session.flush()
    entry = NewEntry(act=Act.ACCOUNT_LINKED, actor=by, subject=subject_of(account), detail={"way": "local"})
    append(session, clock, entry)
    end_sessions(session, clock, account.id, why="linked", by=by)


def learn_subject(session: Session, clock: Clock, account: Account, person: DirectoryPerson, by: Actor) -> None:
    """Tie the account to the person who signed in with it for the first time."""
    link = link_of(session, account.id)
    if link is None or link.subject is not None:
        return
    link.subject = person.subject
    session.flush()
    detail = {"way": link.way, "subject": person.subject}
    append(session, clock, NewEntry(act=Act.ACCOUNT_LINKED, actor=by, subject=subject_of(account), detail=detail))


def shown_name(person: DirectoryPerson, name: str) -> str:
    """The person's name as an account may bear it."""
    printable = "".join(one for one in person.display_name if one.isprintable()).strip()
    return printable[:MAX_DISPLAY_NAME_CHARACTERS].strip() or name
