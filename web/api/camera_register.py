"""`/camera-register`: which cameras there are, where each of them stood when. Names cameras, shows none."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from vms.cameras.central_queries import ordered_now
from vms.cameras.model import Camera, CameraPlacement
from vms.cameras.placement_queries import (
    need_camera_by_id,
    need_placement,
    placements_of,
    standings_by_camera,
    version_of_placements,
)
from vms.cameras.placements import Words, check_seen, correct, move
from vms.cameras.queries import cameras
from vms.cameras.rules import CameraKind, PlacementOrigin
from vms.people.roles import Action
from web.acting import By
from web.api.asked import MAX_TIME_US, Body, Text, TimeUs
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals
from web.rows.availability import StoodRow, stood_row

router = APIRouter(prefix="/camera-register", tags=["camera register"])

CameraId = Annotated[UUID, Path(description="A camera's id, of retired ones too.")]
_SEES = declares_action(Action.SEE_HEALTH)
_MANAGES = declares_action(Action.MANAGE_CAMERAS)
_Refused = refusals(404, 409, 413)


class WordsBody(Body):
    """What a camera is called and where it stands; what is left out stays. `seen`: the `version` that was read."""

    seen: int = Field(ge=0, le=MAX_TIME_US)
    number: int | None = Field(default=None, ge=0, le=1_000_000_000)
    name: Text | None = None
    site: Text | None = None

    def words(self) -> Words:
        """As the use cases take them."""
        return Words(number=self.number, name=self.name, site=self.site)


class MoveBody(WordsBody):
    """It stands elsewhere, or has another name, from this moment; earlier footage keeps the earlier place."""

    from_us: TimeUs


class CorrectionBody(WordsBody):
    """It was written wrongly: its words, or since when they count."""

    from_us: TimeUs | None = None


class RegisteredRow(BaseModel):
    """A camera as it is registered. `former`: where it stood before, newest first."""

    id: UUID
    number: int
    name: str
    site: str
    kind: CameraKind
    is_recorded: bool
    retired_us: int | None
    former: list[StoodRow]


class CameraRegister(BaseModel):
    """Cameras by number, retired ones too."""

    cameras: list[RegisteredRow]


class PlacementRow(StoodRow):
    """A row of a camera's history. `noted_us`, `noted_by`: when it was written or last corrected, by whom.

    `origin` `adopted`: the history began with it; where the camera stood before was not kept.
    """

    id: UUID
    origin: PlacementOrigin
    noted_us: int
    noted_by: str
    is_corrected: bool


class CameraHistory(BaseModel):
    """Where a camera stood, newest first. `version`: grows with every change; who changes says which they read."""

    id: UUID
    number: int
    name: str
    site: str
    kind: CameraKind
    retired_us: int | None
    version: int
    placements: list[PlacementRow]


@router.get("", dependencies=[_SEES], responses=refusals())
def list_registered_cameras(here: Here) -> CameraRegister:
    """Every camera there ever was."""
    with here.database.reading() as session:
        stood, ordered = standings_by_camera(session), ordered_now(session, here.clock.now_us())
        return CameraRegister(
            cameras=[
                RegisteredRow(
                    id=one.id, number=one.number, name=one.name, site=one.site, kind=CameraKind(one.kind),
                    is_recorded=one.must_record(ordered), retired_us=one.retired_us,
                    former=[stood_row(each) for each in reversed(stood.get(one.id, [])[:-1])],
                )
                for one in cameras(session, with_retired=True)
            ]
        )  # fmt: skip


@router.get("/{camera_id}", dependencies=[_SEES], responses=refusals(404))
def read_camera_history(camera_id: CameraId, here: Here) -> CameraHistory:
    """Where it stood when."""
    with here.database.reading() as session:
        return _history(session, need_camera_by_id(session, camera_id))


@router.post("/{camera_id}/placements", dependencies=[_MANAGES], responses=_Refused)
def move_camera(camera_id: CameraId, body: MoveBody, by: By, here: Here) -> CameraHistory:
    """It was moved: what it shows since then is another place."""
    with here.database.writing() as session:
        camera = need_camera_by_id(session, camera_id)
        check_seen(session, camera, body.seen)
        move(session, here.clock, camera, body.words(), body.from_us, by=by)
        return _history(session, camera)


@router.put("/{camera_id}/placements/{placement_id}", dependencies=[_MANAGES], responses=_Refused)
def correct_placement(
    camera_id: CameraId, placement_id: UUID, body: CorrectionBody, by: By, here: Here
) -> CameraHistory:
    """A place was written wrongly; what it said stands in the audit log."""
    with here.database.writing() as session:
        camera = need_camera_by_id(session, camera_id)
        check_seen(session, camera, body.seen)
        row = need_placement(session, camera, placement_id)
        correct(session, here.clock, row, body.words(), body.from_us, by=by)
        return _history(session, camera)


def _history(session: Session, camera: Camera) -> CameraHistory:
    rows = placements_of(session, camera.id)
    return CameraHistory(
        id=camera.id, number=camera.number, name=camera.name, site=camera.site, kind=CameraKind(camera.kind),
        retired_us=camera.retired_us, version=version_of_placements(rows),
        placements=[_row(one) for one in reversed(rows)],
    )  # fmt: skip


def _row(one: CameraPlacement) -> PlacementRow:
    return PlacementRow(
        **dict(stood_row(one.standing)), id=one.id, origin=PlacementOrigin(one.origin), noted_us=one.noted_us,
        noted_by=one.noted_by, is_corrected=one.is_corrected,
    )  # fmt: skip
