"""What others ask about people."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.kernel.errors import Kind, VmsError
from vms.people.model import Account
from vms.people.rules import account_key


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


def need_account(session: Session, name: str) -> Account:
    """The account of this name, or VmsError(NOT_FOUND, `account_not_found`)."""
    account = account_by_name(session, name)
    if account is None:
        raise VmsError(Kind.NOT_FOUND, "account_not_found", "No account has this name. See `vms user list`.")
    return account
