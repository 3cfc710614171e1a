"""What the console shows of a camera, from one look at the node."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from vms.authority.rules import Allowed, Basis
from vms.cameras.rules import CameraKind
from web.overview import CameraView, Overview

State = Literal["connecting", "recording", "live_only", "no_storage", "waiting", "away"]
AWAY: State = "away"  # no recorder speaks of the camera
FIGURES = frozenset({"frames_per_s", "bits_per_s", "last_picture_us", "recorded_until_us", "clock_offset_us"})


class BasisRow(BaseModel):
    """Why a picture may be seen, and until when."""

    text: str
    until_us: int | None


class CameraRow(BaseModel):
    """A camera as everybody who may see it sees it. Times are UTC microseconds; null: not known."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    number: int
    name: str
    site: str
    kind: CameraKind
    is_recorded: bool
    has_sub: bool
    state: State
    detail: str | None
    since_us: int | None
    codec: str | None
    width: int | None
    height: int | None
    frames_per_s: float | None
    bits_per_s: float | None
    last_picture_us: int | None
    recorded_until_us: int | None
    clock_offset_us: int | None
    is_content_frozen: bool

    def is_steady_as(self, other: "CameraRow | None") -> bool:
        """Whether nothing but figures differs."""
        return other is not None and all(getattr(self, name) == getattr(other, name) for name in _STEADY)


_STEADY = tuple(name for name in CameraRow.model_fields if name not in FIGURES)


class Camera(CameraRow):
    """The same for one person: with the basis on which they may see it."""

    live: BasisRow | None
    playback: BasisRow | None


def camera_rows(view: Overview, frozen: frozenset[UUID]) -> dict[UUID, CameraRow]:
    """Every registered camera, in the order of their numbers. `frozen`: those that repeat one picture."""
    return {UUID(camera.registered.camera_id): _row(camera, frozen) for camera in view.cameras}


def for_person(row: CameraRow, allowed: Allowed) -> Camera:
    """`row` with one person's basis."""
    live, playback = _basis(allowed.live), _basis(allowed.playback)
    return Camera.model_construct(**dict(row), live=live, playback=playback)


def _row(view: CameraView, frozen: frozenset[UUID]) -> CameraRow:
    registered, status = view.registered, view.status
    camera_id = UUID(registered.camera_id)
    figures = {
        name: getattr(status, name) or None if status else None
        for name in ("detail", "since_us", "codec", "width", "height", *FIGURES)
    }
    return CameraRow.model_construct(
        id=camera_id,
        number=registered.number,
        name=registered.name,
        site=registered.site,
        kind=registered.kind,
        is_recorded=registered.is_recorded,
        has_sub=registered.has_sub,
        state=status.state.value if status else AWAY,
        is_content_frozen=camera_id in frozen,
        **figures,
    )


def _basis(basis: Basis | None) -> BasisRow | None:
    return None if basis is None else BasisRow(text=basis.text, until_us=basis.until_us)
