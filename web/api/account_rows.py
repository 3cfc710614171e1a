"""What the API tells of an account."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.people.directory.staff import link_of
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.queries import roles_of
from vms.people.rules import AccountKind, Role
from vms.people.second_factor import has_factor

State = Literal["open", "locked", "disabled"]


class AccountPerson(BaseModel):
    """Whose account it is, or who is responsible for it."""

    id: UUID
    full_name: str
    registry_no: str
    is_staff: bool


class AccountRow(BaseModel):
    """An account. `way`: where its person proves who they are. `state`: whether it can be signed in with now.

    `has_second_factor`: whether a code is asked of its person beside the password.
    """

    id: UUID
    name: str
    display_name: str
    kind: AccountKind
    roles: list[Role]
    state: State
    language: Literal["tr", "en"]
    way: Literal["local", "ldap", "oidc"]
    must_change_password: bool
    has_second_factor: bool
    person: AccountPerson | None
    responsible: AccountPerson | None
    created_us: int


def account_row(session: Session, account: Account, now_us: int) -> AccountRow:
    """What is told of one account."""
    link = link_of(session, account.id)
    state: State = "locked" if account.is_locked(now_us) else "open"
    return AccountRow(
        id=account.id,
        name=account.name,
        display_name=account.display_name,
        kind=AccountKind(account.kind),
        roles=sorted(roles_of(session, account.id, now_us)),
        state="disabled" if account.disabled_us is not None else state,
        language="en" if account.language == "en" else "tr",
        way="local" if link is None else ("oidc" if link.way == "oidc" else "ldap"),
        must_change_password=account.must_change_password,
        has_second_factor=has_factor(session, account.id),
        person=_person(session, account.person_id, now_us),
        responsible=_person(session, account.responsible_person_id, now_us),
        created_us=account.created_us,
    )


def _person(session: Session, person_id: UUID | None, now_us: int) -> AccountPerson | None:
    if person_id is None:
        return None
    person = session.get_one(Person, person_id)
    return AccountPerson(
        id=person.id, full_name=person.full_name, registry_no=person.registry_no or "", is_staff=person.is_staff(now_us)
    )
