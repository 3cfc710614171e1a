"""Giving people the right to see, taking it back."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.authority.model import ViewingRight
from vms.authority.rules import Mode, check_basis
from vms.cameras.model import Camera
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.acting import subject_of
from vms.people.model import Account
from vms.people.queries import roles_of
from vms.people.rules import Role


def allow(
    session: Session,
    clock: Clock,
    account: Account,
    camera: Camera,
    live: bool,
    playback: bool,
    basis: str,
    until_us: int | None = None,
    *,
    by: Actor = UNNAMED,
) -> ViewingRight:
    """A new right from now on, beside those there are. `until_us`: its first moment without; None: until revoked.

    VmsError: INVALID `right_without_mode`, `basis_missing`, `until_in_the_past`; CONFLICT `account_disabled`,
    `auditor_sees_no_picture`. `by`: who decides it, for the audit entry in the same transaction.
    """
    if not live and not playback:
        raise VmsError(Kind.INVALID, "right_without_mode", "A right is for live pictures, recordings or both. Choose.")
    now_us = clock.now_us()
    if until_us is not None and until_us <= now_us:
        raise VmsError(Kind.INVALID, "until_in_the_past", "A right ends after today. Correct its end.")
    if account.disabled_us is not None:
        raise VmsError(Kind.CONFLICT, "account_disabled", "This account is disabled. Enable it, or choose another.")
    if Role.AUDITOR in roles_of(session, account.id, now_us):
        raise VmsError(
            Kind.CONFLICT, "auditor_sees_no_picture",
            "An auditor reads who watched, and watches nothing. Give this right to another account.",
        )  # fmt: skip
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
    append(session, clock, _entry(Act.RIGHT_GRANTED, account, right, by))
    return right


def revoke(
    session: Session, clock: Clock, account: Account, camera: Camera | None = None, *, by: Actor = UNNAMED
) -> int:
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
        append(session, clock, _entry(Act.RIGHT_REVOKED, account, right, by))
    return len(ended)


def _entry(act: Act, account: Account, right: ViewingRight, by: Actor) -> NewEntry:
    given = ((Mode.LIVE, right.is_live), (Mode.PLAYBACK, right.is_playback))
    return NewEntry(
        act=act, actor=by, subject=subject_of(account), camera_id=right.camera_id,
        mode=" ".join(mode for mode, is_given in given if is_given),
        basis=right.basis, basis_id=right.id, detail={"until_us": right.until_us},
    )  # fmt: skip
