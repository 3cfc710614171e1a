"""Entering viewing authority by Olur: draft, submission, correction, cancellation."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import MAX_NOTE_CHARACTERS, line, tell, training_note
from vms.authority.grants.grantees import check_cameras, check_holder, staff_of
from vms.authority.grants.model import Grant, GrantCamera, Stored
from vms.authority.grants.queries import cameras_of, next_number
from vms.authority.grants.rows import subject_of_grant
from vms.authority.grants.rules import GRANT_DAYS, Olur, check_days, check_olur, olur_limit_us, olur_missing
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.people.roles import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is to be seen. Live and recorded pictures are named apart (D-11.2a)."""

    cameras: Collection[UUID]
    is_live: bool
    is_playback: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrant:
    """What a clerk enters. Without `olur` it stays a draft. `training`: when and how the person was trained."""

    scope: Scope
    purpose: str
    olur: Olur | None = None
    days: int = GRANT_DAYS
    training: str = ""


def enter(session: Session, clock: Clock, account: Account, new: NewGrant, *, by: Actor) -> Grant:
    """A grant that nobody may see by yet: a draft, or submitted when the Olur is there.

    VmsError: `grant_too_long`, `grant_without_mode`, `cameras_missing`, `camera_not_found`, `purpose_missing`,
    `not_staff`, `person_missing`; what `check_olur` and `check_holder` refuse.
    """
    now_us = clock.now_us()
    check_holder(session, account, Paper.OLUR, now_us)
    person = staff_of(session, account, now_us)
    cameras = _check_scope(session, new.scope)
    grant = Grant(
        id=new_id(clock), number=next_number(session), account_id=account.id, person_id=person.id,
        state=Stored.DRAFT.value, purpose=line(new.purpose, "purpose_missing", "A purpose", MAX_NOTE_CHARACTERS),
        is_live=new.scope.is_live, is_playback=new.scope.is_playback, days=check_days(new.days),
        entered_by=by.person_id, entered_by_name=by.name, entered_us=now_us, training=training_note(new.training),
    )  # fmt: skip
    session.add(grant)
    session.flush()
    _put_cameras(session, grant, cameras)
    if new.olur is not None:
        put_olur(grant, check_olur(new.olur, day_of(now_us)), now_us)
    session.flush()
    tell(session, clock, Act.GRANT_ENTERED, by, subject_of_grant(grant), **_told(grant, cameras))
    return grant


def submit(session: Session, clock: Clock, grant: Grant, olur: Olur, *, by: Actor) -> Grant:
    """The Olur of a draft came. VmsError: `grant_state`; what `check_olur` refuses."""
    need_state(grant, Stored.DRAFT)
    now_us = clock.now_us()
    put_olur(grant, check_olur(olur, day_of(now_us)), now_us)
    _own(grant, by)
    session.flush()
    tell(session, clock, Act.GRANT_CHANGED, by, subject_of_grant(grant), **_told(grant, cameras_of(session, grant.id)))
    return grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """How a grant should read; None leaves a field as it is."""

    account_id: UUID | None = None
    scope: Scope | None = None
    purpose: str | None = None
    training: str | None = None


def correct(session: Session, clock: Clock, grant: Grant, new: Correction, *, by: Actor) -> Grant:
    """Correct what was entered; of a draft its scope and purpose, later the training only.

    Whoever corrects has entered it: another person activates. VmsError(CONFLICT): `grantee_immutable` for another
    person (D-11.3), `olur_missing` for another scope or purpose than the Olur's (D-12.3b, A-27), `grant_state` once it
    is over.
    """
    if new.account_id is not None and new.account_id != grant.account_id:
        raise VmsError(
            Kind.CONFLICT, "grantee_immutable",
            "The person of a grant never changes (article 11(3)). Another person needs a new Olur: enter a"
            " replacement.",
        )  # fmt: skip
    if Stored(grant.state) not in (Stored.DRAFT, Stored.SUBMITTED, Stored.ACTIVE, Stored.SUSPENDED):
        raise wrong_state(grant)
    cameras = cameras_of(session, grant.id)
    if new.scope is not None and not _is_same_scope(grant, cameras, new.scope):
        if grant.state != Stored.DRAFT:
            raise olur_missing()
        cameras = _check_scope(session, new.scope)
        grant.is_live, grant.is_playback = new.scope.is_live, new.scope.is_playback
        session.execute(delete(GrantCamera).where(GrantCamera.grant_id == grant.id))
        _put_cameras(session, grant, cameras)
    if new.purpose is not None:
        _correct_purpose(grant, new.purpose)
    if new.training is not None:
        grant.training = training_note(new.training)
    if grant.state in (Stored.DRAFT, Stored.SUBMITTED):
        _own(grant, by)
    session.flush()
    tell(session, clock, Act.GRANT_CHANGED, by, subject_of_grant(grant), **_told(grant, cameras))
    return grant


def _correct_purpose(grant: Grant, purpose: str) -> None:
    wanted = line(purpose, "purpose_missing", "A purpose", MAX_NOTE_CHARACTERS)
    if wanted != grant.purpose and grant.state != Stored.DRAFT:
        raise olur_missing()
    grant.purpose = wanted


def cancel(session: Session, clock: Clock, grant: Grant, why: str, *, by: Actor) -> Grant:
    """Give up a grant that never became active. VmsError: `grant_state`, `reason_required`."""
    need_state(grant, Stored.DRAFT, Stored.SUBMITTED)
    grant.state, grant.ended_us, grant.ended_why = Stored.CANCELLED.value, clock.now_us(), reason(why)
    session.flush()
    tell(session, clock, Act.GRANT_CANCELLED, by, subject_of_grant(grant), why=grant.ended_why)
    return grant


def put_olur(grant: Grant, olur: Olur, now_us: int) -> None:
    """Let a draft stand on `olur`, which submits it. A limit that a paper set before stays where it is earlier."""
    grant.olur_no, grant.olur_on, grant.olur_issuer = olur.no.strip(), olur.on, olur.issuer
    grant.olur_ends_on, grant.olur_document_id = olur.ends_on, olur.document_id
    limits = [one for one in (grant.limit_us, olur_limit_us(olur.ends_on)) if one is not None]
    grant.limit_us = min(limits, default=None)
    grant.state, grant.submitted_us = Stored.SUBMITTED.value, now_us


def need_state(grant: Grant, *wanted: Stored) -> None:
    """VmsError(CONFLICT, `grant_state`) unless it is in one of these."""
    if grant.state not in wanted:
        raise wrong_state(grant)


def wrong_state(grant: Grant) -> VmsError:
    """The refusal of what requirements 8.1 does not list for a state."""
    return VmsError(
        Kind.CONFLICT, "grant_state",
        f"Grant {grant.number} is {grant.state}: this cannot be done with it. Look how it stands now.",
        state=grant.state,
    )  # fmt: skip


def reason(why: str) -> str:
    """Words that say why; VmsError(INVALID, `reason_required`)."""
    return line(why, "reason_required", "A reason", MAX_NOTE_CHARACTERS)


def _check_scope(session: Session, scope: Scope) -> list[UUID]:
    if not scope.is_live and not scope.is_playback:
        raise VmsError(
            Kind.INVALID, "grant_without_mode", "A grant is for live pictures, recordings or both. Choose as the Olur"
            " says.",
        )  # fmt: skip
    return check_cameras(session, scope.cameras)


def _is_same_scope(grant: Grant, cameras: Collection[UUID], scope: Scope) -> bool:
    return (grant.is_live, grant.is_playback, set(cameras)) == (scope.is_live, scope.is_playback, set(scope.cameras))


def _put_cameras(session: Session, grant: Grant, cameras: Collection[UUID]) -> None:
    session.add_all(GrantCamera(grant.id, camera_id) for camera_id in cameras)
    session.flush()


def _own(grant: Grant, by: Actor) -> None:
    grant.entered_by, grant.entered_by_name = by.person_id, by.name


def _told(grant: Grant, cameras: Collection[UUID]) -> dict[str, object]:
    return {
        "account": str(grant.account_id), "cameras": [str(one) for one in cameras], "live": grant.is_live,
        "playback": grant.is_playback, "days": grant.days, "purpose": grant.purpose, "training": grant.training,
        "olur_ends_on": str(grant.olur_ends_on or ""), "replaces": str(grant.replaces_id or ""),
    }  # fmt: skip
