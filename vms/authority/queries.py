"""What others ask about viewing rights."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.model import ViewingRight
from vms.people.model import Account


def rights_of(session: Session, account_id: UUID, camera_id: UUID | None = None) -> list[ViewingRight]:
    """All rights an account ever had (for one camera), oldest first; none while the account is disabled."""
    wanted = (
        select(ViewingRight)
        .join(Account, Account.id == ViewingRight.account_id)
        .where(ViewingRight.account_id == account_id, Account.disabled_us.is_(None))
        .order_by(ViewingRight.from_us, ViewingRight.id)
    )
    if camera_id is not None:
        wanted = wanted.where(ViewingRight.camera_id == camera_id)
    return list(session.scalars(wanted))
