"""What others ask about viewing rights."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from vms.authority.model import ViewingRight
from vms.authority.rules import Holder
from vms.people.model import Account
from vms.people.rules import AccountKind, Role


def rights_of(session: Session, account_id: UUID, camera_id: UUID | None = None) -> list[ViewingRight]:
    """All rights an account ever had (for one camera), oldest first; none while the account is disabled."""
    wanted = _of(account_id)
    if camera_id is not None:
        wanted = wanted.where(ViewingRight.camera_id == camera_id)
    return list(session.scalars(wanted))


def rights_in_force(session: Session, account_id: UUID, now_us: int) -> list[ViewingRight]:
    """The rights of an account that count now, oldest first; years of ended ones are not read."""
    wanted = _of(account_id).where(
        ViewingRight.from_us <= now_us,
        or_(ViewingRight.until_us.is_(None), ViewingRight.until_us > now_us),
        ViewingRight.revoked_us.is_(None),
    )
    return list(session.scalars(wanted))


def rights_ended_since(session: Session, account_id: UUID, since_us: int, now_us: int) -> list[ViewingRight]:
    """The rights of an account that ended in `[since_us, now_us]`, by themselves or by revocation, oldest first."""
    wanted = _of(account_id).where(
        or_(
            and_(ViewingRight.until_us > since_us, ViewingRight.until_us <= now_us),
            and_(ViewingRight.revoked_us > since_us, ViewingRight.revoked_us <= now_us),
        )
    )
    return list(session.scalars(wanted))


def holder_of(session: Session, account_id: UUID, roles: Collection[Role]) -> Holder:
    """Whose account it is, by these roles, for the words of a refusal; an unknown one is said to be anybody's."""
    account = session.get(Account, account_id)
    if account is None:
        return Holder.STAFF
    if account.kind != AccountKind.PERSONAL:
        return Holder.SHARED
    return Holder.GUARD if Role.GUARD in roles else Holder.STAFF


def _of(account_id: UUID) -> Select[ViewingRight]:
    return (
        select(ViewingRight)
        .join(Account, Account.id == ViewingRight.account_id)
        .where(ViewingRight.account_id == account_id, Account.disabled_us.is_(None))
        .order_by(ViewingRight.from_us, ViewingRight.id)
    )
