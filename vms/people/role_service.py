"""Giving roles, taking them back."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.acting import subject_of
from vms.people.model import Account, RoleHeld
from vms.people.queries import roles_of
from vms.people.roles import OF_KIND
from vms.people.rules import AccountKind, Role, refuse_own

USUAL_ROLES: Mapping[AccountKind, Collection[Role]] = {
    AccountKind.PERSONAL: (),
    AccountKind.SHARED: (Role.SHARED_ACCOUNT,),
    AccountKind.SERVICE: (Role.API_CLIENT,),
}


def give_role(
    session: Session, clock: Clock, account: Account, role: Role, until_us: int | None = None, *, by: Actor = UNNAMED
) -> None:
    """Let `account` hold `role` from now on, `until_us` (a deputy's last moment) or until taken back.

    VmsError: INVALID `role_not_for_kind`, `until_in_the_past`; CONFLICT `auditor_has_no_other_role`,
    `role_held_already`, `account_disabled`; FORBIDDEN `own_account`.
    """
    refuse_own(by.person_id, account.id)
    now_us = clock.now_us()
    if until_us is not None and until_us <= now_us:
        raise VmsError(Kind.INVALID, "until_in_the_past", "A role ends after today. Correct its end.")
    if account.disabled_us is not None:
        raise VmsError(Kind.CONFLICT, "account_disabled", "This account is disabled. Enable it, or choose another.")
    held = roles_of(session, account.id, now_us)
    if role in held:
        raise VmsError(Kind.CONFLICT, "role_held_already", "The account holds this role already.", role=role)
    check_roles(AccountKind(account.kind), held | {role})
    hold_roles(session, clock, account, [role], by, until_us)
    _tell(session, clock, Act.ROLE_GIVEN, account, role, by, until_us)


def take_role(session: Session, clock: Clock, account: Account, role: Role, *, by: Actor = UNNAMED) -> None:
    """End `role` of `account` now; what it was let see as somebody of that role rests with it (`vms.authority`).

    VmsError: NOT_FOUND `role_not_held`; FORBIDDEN `own_account`.
    """
    refuse_own(by.person_id, account.id)
    now_us = clock.now_us()
    wanted = select(RoleHeld).where(
        RoleHeld.account_id == account.id,
        RoleHeld.role == role.value,
        or_(RoleHeld.until_us.is_(None), RoleHeld.until_us > now_us),
    )
    held = list(session.scalars(wanted))
    if not held:
        raise VmsError(Kind.NOT_FOUND, "role_not_held", "The account does not hold this role.", role=role)
    for one in held:
        one.until_us = max(now_us, one.from_us)  # the clock may have gone back since it was given
    session.flush()
    _tell(session, clock, Act.ROLE_TAKEN, account, role, by, None)


def check_roles(kind: AccountKind, roles: Iterable[Role]) -> frozenset[Role]:
    """`roles` when an account of `kind` may hold all of them.

    VmsError: INVALID `role_not_for_kind`; CONFLICT `auditor_has_no_other_role`: who audits changes nothing.
    """
    wanted = frozenset(roles)
    foreign = sorted(wanted - OF_KIND[kind])
    if foreign:
        raise VmsError(
            Kind.INVALID, "role_not_for_kind", "An account of this kind cannot hold this role. Choose another.",
            account_kind=kind, roles=foreign,
        )  # fmt: skip
    if Role.AUDITOR in wanted and len(wanted) > 1:
        raise VmsError(
            Kind.CONFLICT, "auditor_has_no_other_role",
            "An auditor reads what others do, and does nothing else. Take the other roles back first.",
        )  # fmt: skip
    return wanted


def hold_roles(
    session: Session, clock: Clock, account: Account, roles: Iterable[Role], by: Actor, until_us: int | None = None
) -> None:
    """Rows for roles that were checked; their act is told by who calls."""
    for role in sorted(roles):
        held = RoleHeld(
            id=new_id(clock),
            account_id=account.id,
            role=role.value,
            from_us=clock.now_us(),
            until_us=until_us,
            given_by=by.person_id,
        )
        session.add(held)
    session.flush()


def _tell(
    session: Session, clock: Clock, act: Act, account: Account, role: Role, by: Actor, until_us: int | None
) -> None:
    detail = {"role": role.value} | ({} if until_us is None else {"until_us": until_us})
    append(session, clock, NewEntry(act=act, actor=by, subject=subject_of(account), detail=detail))
