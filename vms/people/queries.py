"""What others ask about accounts."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from vms.kernel.errors import Kind, VmsError
from vms.people.model import Account, RoleHeld
from vms.people.rules import Role, account_key


def accounts(session: Session) -> list[Account]:
    """All accounts by name, disabled ones too."""
    return list(session.scalars(select(Account).order_by(Account.name)))


def account_by_name(session: Session, name: str) -> Account | None:
    """The account of this name, however it is capitalised, disabled or not."""
    key = account_key(name)
    return None if key is None else session.scalar(select(Account).where(Account.name == key))


def account_by_id(session: Session, account_id: UUID) -> Account | None:
    """The account with this id, disabled or not."""
    return session.get(Account, account_id)


def account_of_person(session: Session, person_id: UUID) -> Account | None:
    """A person's own account, disabled or not."""
    return session.scalar(select(Account).where(Account.person_id == person_id))


def need_account(session: Session, name: str) -> Account:
    """The account of this name, or VmsError(NOT_FOUND, `account_not_found`)."""
    return _found(account_by_name(session, name))


def need_account_by_id(session: Session, account_id: UUID) -> Account:
    """The account with this id, or VmsError(NOT_FOUND, `account_not_found`)."""
    return _found(account_by_id(session, account_id))


def roles_of(session: Session, account_id: UUID, now_us: int) -> frozenset[Role]:
    """The roles an account holds now; those of a disabled account too, which can do nothing with them."""
    return roles_by_account(session, [account_id], now_us).get(account_id, frozenset())


def roles_by_account(session: Session, account_ids: Collection[UUID], now_us: int) -> dict[UUID, frozenset[Role]]:
    """The roles that accounts hold now; who holds none is not in it."""
    wanted = select(RoleHeld.account_id, RoleHeld.role)
    wanted = wanted.where(RoleHeld.account_id.in_(account_ids), is_held(now_us))
    found: dict[UUID, set[Role]] = defaultdict(set)
    for account_id, role in session.execute(wanted).all():
        found[account_id].add(Role(role))
    return {account_id: frozenset(roles) for account_id, roles in found.items()}


def is_held(now_us: int) -> ColumnElement[bool]:
    """Condition: the role of a `RoleHeld` is in force now."""
    return and_(RoleHeld.from_us <= now_us, or_(RoleHeld.until_us.is_(None), RoleHeld.until_us > now_us))


def _found(account: Account | None) -> Account:
    if account is None:
        raise VmsError(Kind.NOT_FOUND, "account_not_found", "No account has this name. See `vms user list`.")
    return account
