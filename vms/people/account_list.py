"""The list of accounts as an administrator looks through it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from vms.kernel.turkish import folded, sort_key
from vms.people.model import Account, RoleHeld
from vms.people.organisation_model import Person
from vms.people.queries import is_held
from vms.people.rules import AccountKind, Role

MAX_PAGE = 200
MAX_WORDS = 8

Openness = Literal["open", "disabled", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFilter:
    """Which accounts are wanted. `search`: each of its words stands in the account's or its person's names."""

    search: str = ""
    role: Role | None = None
    kind: AccountKind | None = None
    openness: Openness = "open"
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class AccountPage:
    """A part of the list, with how many there are in all."""

    accounts: Sequence[Account]
    total: int


def find_accounts(session: Session, wanted: AccountFilter, now_us: int) -> AccountPage:
    """The accounts wanted, by their people's names in the order of the Turkish alphabet.

    All of them are looked at: a municipality has some thousands, and no database folds Turkish capitals.
    """
    rows = session.execute(
        select(Account, Person.words_folded)
        .outerjoin(Person, Person.id == func.coalesce(Account.person_id, Account.responsible_person_id))
        .where(*_conditions(wanted, now_us))
    ).all()
    words = folded(wanted.search).split()[:MAX_WORDS]
    found = [account for account, more in rows if _has_all(words, account, more)]
    found.sort(key=lambda account: (sort_key(account.display_name), account.name))
    start = max(wanted.offset, 0)
    return AccountPage(found[start : start + min(max(wanted.limit, 1), MAX_PAGE)], len(found))


def _conditions(wanted: AccountFilter, now_us: int) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.openness != "all":
        is_open = Account.disabled_us.is_(None)
        conditions.append(is_open if wanted.openness == "open" else ~is_open)
    if wanted.kind is not None:
        conditions.append(Account.kind == wanted.kind.value)
    if wanted.role is not None:
        held = select(RoleHeld.account_id).where(RoleHeld.role == wanted.role.value, is_held(now_us))
        conditions.append(Account.id.in_(held))
    return conditions


def _has_all(words: Sequence[str], account: Account, more: str | None) -> bool:
    place = folded(f"{account.name} {account.display_name} {more or ''}")
    return all(word in place for word in words)
