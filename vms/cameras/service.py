"""Registering cameras, changing them, giving them a retention.

Each use case writes its audit entry in the same transaction, without addresses. `by`: who decides it.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.cameras.central import check_none_open, end_with_camera
from vms.cameras.config import hide_address
from vms.cameras.model import Camera, RetentionPolicy
from vms.cameras.placement_queries import current_placement
from vms.cameras.placements import Words, begin_history, change_words, correct, end_history, move, need_free, tell
from vms.cameras.queries import current_policy
from vms.cameras.rules import (
    CameraKind,
    RetentionScope,
    Transport,
    check_address,
    check_name,
    check_recording,
    check_retention,
    check_site,
)
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.kernel.secrets import SecretBox


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCamera:
    """What a person says of a camera. `number` None: the next free one; `is_recorded` None: by its kind."""

    name: str
    main_address: str
    sub_address: str | None = None
    number: int | None = None
    kind: CameraKind = CameraKind.SECURITY
    site: str = ""
    transport: Transport = Transport.AUTO
    is_enabled: bool = True
    is_recorded: bool | None = None
    commissioned_us: int | None = None

    def __repr__(self) -> str:
        return f"NewCamera(number={self.number}, name={self.name!r}, kind={self.kind})"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraChange:
    """What a person changes; None leaves a value as it is, an empty `sub_address` removes the sub-stream.

    Number, name, site are where it stands: `since_us` since when they count, `is_correction` that they, or since when,
    were written wrongly; neither: they count from now on.
    """

    name: str | None = None
    main_address: str | None = None
    sub_address: str | None = None
    number: int | None = None
    kind: CameraKind | None = None
    site: str | None = None
    transport: Transport | None = None
    is_enabled: bool | None = None
    is_recorded: bool | None = None
    since_us: int | None = None
    is_correction: bool = False

    def __repr__(self) -> str:
        return f"CameraChange(number={self.number}, name={self.name!r}, kind={self.kind})"


def register(session: Session, new: NewCamera, box: SecretBox, clock: Clock, *, by: Actor = UNNAMED) -> Camera:
    """A new camera. VmsError: `city_view_not_recorded`, `address_invalid`, `name_invalid`, `number_invalid`,
    `site_invalid`, `camera_number_taken`.
    """  # noqa: D205
    records = new.kind is CameraKind.SECURITY if new.is_recorded is None else new.is_recorded
    check_recording(new.kind, records)
    number = _next_number(session) if new.number is None else new.number
    need_free(session, number)
    camera = Camera(
        id=new_id(clock),
        number=number,
        name=check_name(new.name),
        kind=new.kind.value,
        site=check_site(new.site),
        transport=new.transport.value,
        is_enabled=new.is_enabled,
        is_recorded=records,
        commissioned_us=clock.now_us() if new.commissioned_us is None else new.commissioned_us,
        created_us=clock.now_us(),
        sealed_main_address=_sealed(new.main_address, box),
        sealed_sub_address=_sealed(new.sub_address, box) if new.sub_address else None,
    )
    session.add(camera)
    session.flush()
    begin_history(session, clock, camera, by)
    tell(session, clock, Act.CAMERA_REGISTERED, camera, by, _facts(camera))
    return camera


def change(
    session: Session, camera: Camera, wanted: CameraChange, box: SecretBox, clock: Clock, *, by: Actor = UNNAMED
) -> Camera:
    """Apply `wanted`; errors as in `register`, of the place as in `placements`. Becoming city-view must stop recording
    in the same change, and none may be ordered of it: CONFLICT `central_recording_open`.
    """  # noqa: D205
    _place(session, camera, wanted, clock, by)
    before = _facts(camera)
    kind = CameraKind(camera.kind) if wanted.kind is None else wanted.kind
    records = camera.is_recorded if wanted.is_recorded is None else wanted.is_recorded
    check_recording(kind, records)
    if kind is CameraKind.CITY_VIEW:
        check_none_open(session, clock, camera)
    camera.kind, camera.is_recorded = kind.value, records
    if wanted.main_address is not None:
        camera.sealed_main_address = _sealed(wanted.main_address, box)
    if wanted.sub_address is not None:
        camera.sealed_sub_address = _sealed(wanted.sub_address, box) if wanted.sub_address else None
    if wanted.transport is not None:
        camera.transport = wanted.transport.value
    if wanted.is_enabled is not None:
        camera.is_enabled = wanted.is_enabled
    session.flush()
    changed: dict[str, object] = {
        name: [before[name], now] for name, now in _facts(camera).items() if before[name] != now
    }
    for name in ("main_address", "sub_address"):
        address = getattr(wanted, name)
        changed |= {} if address is None else {name: "set" if address else "removed"}
    if changed:
        tell(session, clock, Act.CAMERA_CHANGED, camera, by, changed)
    return camera


def _place(session: Session, camera: Camera, wanted: CameraChange, clock: Clock, by: Actor) -> None:
    """Where it stands, with an entry of its own: a move is another act than new settings."""
    words = Words(number=wanted.number, name=wanted.name, site=wanted.site)
    current = current_placement(session, camera)
    if wanted.is_correction and current is not None:
        correct(session, clock, current, words, wanted.since_us, by=by)
    elif wanted.since_us is not None:
        move(session, clock, camera, words, wanted.since_us, by=by)
    else:
        change_words(session, clock, camera, words, by=by)


def retire(session: Session, camera: Camera, clock: Clock, *, by: Actor = UNNAMED) -> None:
    """Take a camera out of service: it is not connected to any more, its footage stays under its retention."""
    camera.retired_us = clock.now_us()
    camera.is_enabled = False
    end_history(session, camera, camera.retired_us)
    session.flush()
    end_with_camera(session, clock, camera, by=by)
    tell(session, clock, Act.CAMERA_RETIRED, camera, by, {})


def set_retention(
    session: Session,
    clock: Clock,
    scope: RetentionScope,
    target: str,
    days: int,
    reason: str = "",
    *,
    by: Actor = UNNAMED,
) -> RetentionPolicy:
    """Put a policy in force; the one before stays as history.

    `target`: "" (global), the site's name, or the camera's id. A camera's id need not be registered: footage of an
    address that was only tried can be given an end. VmsError: `retention_below_minimum`, `retention_above_maximum`,
    `retention_reason_missing`, `retention_target_invalid`.
    """
    check_retention(days, reason)
    policy = RetentionPolicy(
        id=new_id(clock),
        scope=scope.value,
        target=_target(scope, target),
        days=days,
        reason=reason.strip(),
        set_us=clock.now_us(),
    )
    before = _end_current(session, clock, scope, policy.target)
    session.add(policy)
    session.flush()
    _tell_retention(session, clock, policy, by, before, days)
    return policy


def end_retention(session: Session, clock: Clock, scope: RetentionScope, target: str, *, by: Actor = UNNAMED) -> bool:
    """End a policy, so that the next wider one counts; False when there was none."""
    ended = _end_current(session, clock, scope, _target(scope, target))
    if ended is None:
        return False
    _tell_retention(session, clock, ended, by, ended, None)
    return True


def _end_current(session: Session, clock: Clock, scope: RetentionScope, target: str) -> RetentionPolicy | None:
    current = current_policy(session, scope, target)
    if current is not None:
        current.ended_us = clock.now_us()
        session.flush()
    return current


def _tell_retention(
    session: Session,
    clock: Clock,
    policy: RetentionPolicy,
    by: Actor,
    before: RetentionPolicy | None,
    days: int | None,
) -> None:
    """`days` None: the policy ended, the next wider one counts."""
    detail = {"days": days, "before": before.days if before else None, "reason": policy.reason}
    is_of_camera = policy.scope == RetentionScope.CAMERA
    new = NewEntry(
        act=Act.SETTING_CHANGED, actor=by, subject=Subject("retention", policy.target, policy.scope),
        camera_id=UUID(policy.target) if is_of_camera else None, detail=detail,
    )  # fmt: skip
    append(session, clock, new)


def _facts(camera: Camera) -> dict[str, object]:
    """What is told of a camera; its addresses hold credentials."""
    return {
        "number": camera.number, "name": camera.name, "kind": camera.kind, "site": camera.site,
        "transport": camera.transport, "is_enabled": camera.is_enabled, "is_recorded": camera.is_recorded,
    }  # fmt: skip


def _target(scope: RetentionScope, target: str) -> str:
    target = target.strip()
    refusal = VmsError(
        Kind.INVALID,
        "retention_target_invalid",
        "A retention is set for everything, for a site by its name, or for a camera by its id. Correct the target.",
    )
    if (scope is RetentionScope.GLOBAL) != (target == ""):
        raise refusal
    if scope is not RetentionScope.CAMERA:
        return target
    try:
        return str(UUID(target))
    except ValueError:
        raise refusal from None


def _sealed(address: str, box: SecretBox) -> bytes:
    hide_address(address)  # before anything about it can fail
    return box.seal(check_address(address))


def _next_number(session: Session) -> int:
    highest = session.scalar(select(func.max(Camera.number)).where(Camera.retired_us.is_(None)))
    return (highest or 0) + 1
