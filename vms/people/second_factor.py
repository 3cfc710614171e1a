"""The second factor of a person: setting it up, asking for its code, taking it away.

Functions here are part of the caller's transaction; none raises for a wrong code, because it must be counted.
"""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.kernel.secrets import SecretBox
from vms.people.acting import subject_of
from vms.people.model import Account, SignInSession
from vms.people.rules import refuse_own
from vms.people.sessions import end_sessions
from vms.people.sign_in_model import RecoveryCode, SecondFactor
from vms.people.totp import is_recovery, new_recovery_codes, new_secret, recovery_digest, spelt, step_of


class Judged(Enum):
    """What became of a code."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class FactorState:
    """How a person's second factor stands. `recovery_codes_left`: of those on paper."""

    is_in_use: bool
    confirmed_us: int | None
    recovery_codes_left: int


def factor_of(session: Session, account_id: UUID) -> SecondFactor | None:
    """The person's factor, in use or begun."""
    return session.get(SecondFactor, account_id)


def has_factor(session: Session, account_id: UUID) -> bool:
    """Whether codes are asked of this person."""
    found = factor_of(session, account_id)
    return found is not None and found.is_in_use


def state_of(session: Session, account_id: UUID) -> FactorState:
    """How the person's factor stands."""
    found = factor_of(session, account_id)
    unused = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_us.is_(None))
    is_in_use = found is not None and found.is_in_use
    return FactorState(is_in_use, found.confirmed_us if found else None, session.scalar(unused) or 0)


def begin(session: Session, clock: Clock, box: SecretBox, account: Account) -> str:
    """A new secret that waits for its first code; the one in use stays in use until then."""
    secret = new_secret()
    factor = factor_of(session, account.id)
    if factor is None:
        factor = SecondFactor(account_id=account.id, begun_us=clock.now_us())
        session.add(factor)
    factor.pending_secret, factor.begun_us = box.seal(secret), clock.now_us()
    session.flush()
    return secret


def pending_secret(session: Session, box: SecretBox, account_id: UUID) -> str:
    """The secret that waits for its first code; VmsError(CONFLICT, `second_factor_not_begun`)."""
    factor = factor_of(session, account_id)
    if factor is None or factor.pending_secret is None:
        raise not_begun()
    return box.open(factor.pending_secret)


def confirm(
    session: Session, clock: Clock, box: SecretBox, account: Account, code: str, by: Actor
) -> list[str] | Judged:
    """Take the begun secret into use when `code` is one of its codes; the recovery codes to show once.

    Sessions that waited for it are opened. Else what became of the code. VmsError as `pending_secret`.
    """
    secret = pending_secret(session, box, account.id)
    factor = session.get_one(SecondFactor, account.id)
    now_us = clock.now_us()
    if factor.is_locked(now_us):
        return Judged.LOCKED
    step = step_of(secret, spelt(code), now_us, last_step=0)
    if step is None:
        factor.count_wrong(now_us)
        session.flush()
        return Judged.WRONG
    factor.sealed_secret, factor.pending_secret = factor.pending_secret, None
    factor.confirmed_us, factor.last_step = now_us, step
    factor.forget_wrong()
    for waiting in session.scalars(select(SignInSession).where(SignInSession.account_id == account.id)):
        waiting.must_enrol = False
    codes = _renew_codes(session, clock, account.id)
    append(session, clock, NewEntry(act=Act.SECOND_FACTOR_SET, actor=by, subject=subject_of(account)))
    return codes


def judge(session: Session, clock: Clock, box: SecretBox, account: Account, code: str, by: Actor) -> Judged:
    """Whether `code` is right now, from the authenticator or from paper; counts, and uses it up."""
    factor = factor_of(session, account.id)
    now_us = clock.now_us()
    if factor is None or factor.sealed_secret is None:
        return Judged.WRONG
    if factor.is_locked(now_us):
        return Judged.LOCKED
    given = spelt(code)
    is_right = (
        _use_recovery(session, clock, account, given, by)
        if is_recovery(given)
        else _use_step(factor, box.open(factor.sealed_secret), given, now_us)
    )
    if is_right:
        factor.forget_wrong()
    else:
        factor.count_wrong(now_us)
        entry = NewEntry(
            act=Act.SIGN_IN_REFUSED, actor=by, subject=subject_of(account), outcome="code_wrong",
            detail={"why": "wrong_code"},
        )  # fmt: skip
        append(session, clock, entry)
    session.flush()
    return Judged.RIGHT if is_right else Judged.WRONG


def renew_recovery_codes(session: Session, clock: Clock, account: Account, by: Actor) -> list[str]:
    """New codes for paper; none of the former ones counts any more."""
    codes = _renew_codes(session, clock, account.id)
    entry = NewEntry(
        act=Act.SECOND_FACTOR_SET, actor=by, subject=subject_of(account), detail={"what": "recovery_codes"}
    )
    append(session, clock, entry)
    return codes


def reset(session: Session, clock: Clock, account: Account, *, by: Actor) -> None:
    """Take the factor away, for who lost telephone with paper: all sessions end, the next one begins with a new factor.

    `by`: an administrator who looked at the person, not at a message. VmsError FORBIDDEN `own_account`: who only found
    an administrator's open console takes nothing away.
    """
    refuse_own(by.person_id, account.id)
    session.execute(delete(SecondFactor).where(SecondFactor.account_id == account.id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    append(session, clock, NewEntry(act=Act.SECOND_FACTOR_RESET, actor=by, subject=subject_of(account)))
    end_sessions(session, clock, account.id, why="second_factor_reset", by=by)


def refusal(judged: Judged, factor: SecondFactor | None) -> VmsError:
    """What to tell of a code that was not taken."""
    if judged is Judged.LOCKED:
        return VmsError(
            Kind.FORBIDDEN,
            "second_factor_locked",
            "Too many wrong codes: wait a quarter of an hour, or ask your administrator.",
            until_us=factor.locked_until_us if factor else None,
        )
    return VmsError(
        Kind.FORBIDDEN, "code_wrong", "The code is wrong, or was used before. Enter the one that is shown now."
    )


def not_begun() -> VmsError:
    """There is no secret that waits for a code."""
    return VmsError(
        Kind.CONFLICT, "second_factor_not_begun", "No second factor is being set up. Begin with a new QR code."
    )


def _use_step(factor: SecondFactor, secret: str, code: str, now_us: int) -> bool:
    step = step_of(secret, code, now_us, factor.last_step)
    factor.last_step = step or factor.last_step
    return step is not None


def _use_recovery(session: Session, clock: Clock, account: Account, code: str, by: Actor) -> bool:
    wanted = select(RecoveryCode).where(
        RecoveryCode.account_id == account.id,
        RecoveryCode.code_sha256 == recovery_digest(code),
        RecoveryCode.used_us.is_(None),
    )
    found = session.scalar(wanted)
    if found is None:
        return False
    found.used_us = clock.now_us()
    append(session, clock, NewEntry(act=Act.RECOVERY_CODE_USED, actor=by, subject=subject_of(account)))
    return True


def _renew_codes(session: Session, clock: Clock, account_id: UUID) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = new_recovery_codes()
    for code in codes:
        session.add(RecoveryCode(id=new_id(clock), account_id=account_id, code_sha256=recovery_digest(code)))
    session.flush()
    return codes
