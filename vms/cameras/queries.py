"""What others ask about cameras."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.archive.rules import DEFAULT_RETENTION_DAYS, MIN_RETENTION_DAYS
from vms.cameras.model import Camera, RetentionPolicy
from vms.cameras.placement_queries import standings_by_camera
from vms.cameras.rules import RetentionScope
from vms.kernel.errors import Kind, VmsError


@dataclass(frozen=True, slots=True)
class EffectiveRetention:
    """How long a camera's footage is kept, and who said so. `scope` None: the settings file's default."""

    days: int
    scope: RetentionScope | None
    reason: str


def cameras(session: Session, *, with_retired: bool = False) -> list[Camera]:
    """Cameras by call-up number."""
    wanted = select(Camera).order_by(Camera.number, Camera.id)
    return list(session.scalars(wanted if with_retired else wanted.where(Camera.retired_us.is_(None))))


def camera_by_number(session: Session, number: int) -> Camera | None:
    """The camera in service with this call-up number."""
    return session.scalar(select(Camera).where(Camera.number == number, Camera.retired_us.is_(None)))


def need_camera(session: Session, number: int) -> Camera:
    """The same, or VmsError(NOT_FOUND, `camera_not_found`)."""
    camera = camera_by_number(session, number)
    if camera is None:
        raise VmsError(
            Kind.NOT_FOUND,
            "camera_not_found",
            f"No camera has call-up number {number}. See `vms camera list`.",
            number=number,
        )
    return camera


def current_policies(session: Session) -> list[RetentionPolicy]:
    """All policies in force."""
    return list(session.scalars(select(RetentionPolicy).where(RetentionPolicy.ended_us.is_(None))))


def current_policy(session: Session, scope: RetentionScope, target: str) -> RetentionPolicy | None:
    """The policy in force for exactly this target."""
    return session.scalar(
        select(RetentionPolicy).where(
            RetentionPolicy.scope == scope.value,
            RetentionPolicy.target == target,
            RetentionPolicy.ended_us.is_(None),
        )
    )


def effective_retention(
    session: Session, camera: Camera, default_days: int = DEFAULT_RETENTION_DAYS
) -> EffectiveRetention:
    """The narrowest policy for a camera (its own, its site's, the global one), else the default; never below 20."""
    return _effective(_by_target(session), str(camera.id), camera.site, default_days)


def retention_days_by_camera(session: Session, default_days: int = DEFAULT_RETENTION_DAYS) -> dict[UUID, int]:
    """Days for every camera ever registered, retired ones too, and for every id that was given its own policy.

    A camera that was moved keeps for as long as the longest of its places says. Footage of one that is not in here has
    no policy; it is kept until a person gives it one.
    """
    policies = _by_target(session)
    days = {
        UUID(target): max(policy.days, MIN_RETENTION_DAYS)
        for (scope, target), policy in policies.items()
        if scope == RetentionScope.CAMERA
    }
    stood = standings_by_camera(session)
    for camera in session.scalars(select(Camera)):
        sites = {camera.site, *(one.site for one in stood.get(camera.id, ()))}  # old footage is of where it stood then
        days[camera.id] = max(_effective(policies, str(camera.id), site, default_days).days for site in sites)
    return days


_Policies = dict[tuple[str, str], RetentionPolicy]


def _by_target(session: Session) -> _Policies:
    return {(policy.scope, policy.target): policy for policy in current_policies(session)}


def _effective(policies: _Policies, camera_id: str, site: str, default_days: int) -> EffectiveRetention:
    for scope, target in (
        (RetentionScope.CAMERA, camera_id),
        (RetentionScope.SITE, site),
        (RetentionScope.GLOBAL, ""),
    ):
        policy = policies.get((scope.value, target))
        if policy is not None:
            return EffectiveRetention(max(policy.days, MIN_RETENTION_DAYS), scope, policy.reason)
    return EffectiveRetention(max(default_days, MIN_RETENTION_DAYS), None, "")
