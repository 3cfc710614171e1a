"""Passwords that an account had before: none of the last ones may come back (edge-77)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.people.passwords import Passwords
from vms.people.rules import MAX_REMEMBERED_PASSWORDS
from vms.people.sign_in_model import FormerPassword


def check_not_former(database: Database, passwords: Passwords, account: Account, new: str, remembered: int) -> None:
    """Reckons a hash for each remembered one, with no lock held. VmsError(INVALID, `password_used_before`)."""
    with database.reading() as session:
        former = _newest(session, account, remembered)
    if any(passwords.is_right(one.password_hash, new) for one in former):
        raise VmsError(
            Kind.INVALID,
            "password_used_before",
            f"This was one of your last {remembered} passwords. Choose one that you never had.",
            remembered=remembered,
        )


def keep_former(session: Session, clock: Clock, account: Account) -> None:
    """Remember the hash that is about to be replaced."""
    if not account.password_hash:
        return  # it signs in elsewhere
    session.add(FormerPassword(new_id(clock), account.id, account.password_hash, clock.now_us()))
    session.flush()
    for old in _newest(session, account, None)[MAX_REMEMBERED_PASSWORDS:]:
        session.delete(old)


def _newest(session: Session, account: Account, most: int | None) -> list[FormerPassword]:
    found = (
        select(FormerPassword)
        .where(FormerPassword.account_id == account.id)
        .order_by(FormerPassword.replaced_us.desc(), FormerPassword.id.desc())
    )
    return list(session.scalars(found if most is None else found.limit(most)))
