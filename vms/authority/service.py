"""Giving people the right to see, taking it back."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vms.authority.model import ViewingRight
from vms.authority.rules import check_basis
from vms.cameras.model import Camera
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.model import Account


def allow(
    session: Session,
    clock: Clock,
    account: Account,
    camera: Camera,
    live: bool,
    playback: bool,
    basis: str,
    until_us: int | None = None,
) -> ViewingRight:
    """A new right from now on, beside those there are. `until_us`: its first moment without; None: until revoked.

    VmsError: INVALID `right_without_mode`, `basis_missing`, `until_in_the_past`; CONFLICT `account_disabled`.
    """
    if not live and not playback:
        raise VmsError(Kind.INVALID, "right_without_mode", "A right is for live pictures, recordings or both. Choose.")
    now_us = clock.now_us()
    if until_us is not None and until_us <= now_us:
        raise VmsError(Kind.INVALID, "until_in_the_past", "A right ends after today. Correct its end.")
    if account.disabled_us is not None:
        raise VmsError(Kind.CONFLICT, "account_disabled", "This account is disabled. Enable it, or choose another.")
    right = ViewingRight(
        id=new_id(clock),
        account_id=account.id,
        camera_id=camera.id,
        is_live=live,
        is_playback=playback,
        basis=check_basis(basis),
        from_us=now_us,
        until_us=until_us,
    )
    session.add(right)
    session.flush()
    return right


def revoke(session: Session, clock: Clock, account: Account, camera: Camera | None = None) -> int:
    """End all rights of an account (for one camera) that count now or would later; how many there were."""
    now_us = clock.now_us()
    wanted = select(ViewingRight).where(
        ViewingRight.account_id == account.id,
        ViewingRight.revoked_us.is_(None),
        or_(ViewingRight.until_us.is_(None), ViewingRight.until_us > now_us),
    )
    if camera is not None:
        wanted = wanted.where(ViewingRight.camera_id == camera.id)
    ended = list(session.scalars(wanted))
    for right in ended:
        right.revoked_us = now_us
    session.flush()
    return len(ended)
