"""`/training`: what everybody has to know; keeping it; who does not know it yet."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from vms.documents.forms.training import Topic
from vms.people.queries import need_account_by_id
from vms.people.roles import Action
from vms.training.export import csv_of
from vms.training.model import Material, Version
from vms.training.queries import (
    acknowledged_by,
    current,
    gaps,
    materials,
    name_of,
    need_material,
    need_version,
    training_not_found,
    versions_of,
)
from vms.training.rules import topics_of
from vms.training.service import (
    acknowledge,
    add_material,
    add_version,
    change_material,
    publish,
    withdraw,
)
from vms.training.session_queries import last_attended_us
from vms.training.upload import FileType
from web.acting import By
from web.authorisation import Access, Me, declares, declares_action
from web.backends import Here
from web.problems import refusals
from web.transfer.training_file import file_answer
from web.transfer.upload import received_file, training_upload

router = APIRouter(prefix="/training", tags=["training"])

MAX_TEXT = 400  # the rule is `vms.training`'s; this only bounds what is looked at
_EVERYBODY = declares(Access.SIGNED_IN)
_KEEPS = declares_action(Action.MANAGE_TRAINING)
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_KINDS: dict[str, Any] = {one.value: _BINARY for one in FileType}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": _KINDS, "description": "The file."}, 206: {"content": _KINDS, "description": "A range of it."},
}  # fmt: skip
_CSV = "text/csv"


class MaterialBody(BaseModel):
    """What is said of a material."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(max_length=MAX_TEXT)
    topics: list[Topic] = Field(max_length=len(Topic))


class VersionRow(BaseModel):
    """A file of a material: `pages` of a PDF, `duration_ms` of a film. `published_us` null: nobody is asked yet."""

    id: UUID
    number: int
    media_type: FileType
    size_bytes: int
    pages: int | None
    duration_ms: int | None
    uploaded_us: int
    uploaded_by: str
    published_us: int | None


class MyTraining(BaseModel):
    """Something to read or watch. `acknowledged_us` null: the caller has not said that they did."""

    material_id: UUID
    title: str
    topics: list[Topic]
    version: VersionRow
    acknowledged_us: int | None


class MyTrainings(BaseModel):
    """Everything that is to be known, by title."""

    materials: list[MyTraining]


class MaterialRow(BaseModel):
    """A material with all its versions, the newest first. `missing`: how many have not acknowledged what counts."""

    id: UUID
    title: str
    topics: list[Topic]
    created_us: int
    created_by: str
    withdrawn_us: int | None
    versions: list[VersionRow]
    missing: int


class MaterialList(BaseModel):
    """All materials by title, withdrawn ones too."""

    materials: list[MaterialRow]


class MissingTrainingRow(BaseModel):
    """Somebody who has not acknowledged a material's version. `attended_us`: their last training in a room, if any."""

    account_id: UUID
    account_name: str
    full_name: str
    unit_name: str
    material_id: UUID
    title: str
    version: int
    attended_us: int | None


class MissingTrainingList(BaseModel):
    """By unit and name."""

    missing: list[MissingTrainingRow]


@router.get("", dependencies=[_EVERYBODY], responses=refusals())
def list_my_training(me: Me, here: Here) -> MyTrainings:
    """What everybody has to know, and what of it the caller has acknowledged."""
    with here.database.reading() as session:
        done = acknowledged_by(session, me.account_id)
        found = [
            MyTraining(
                material_id=one.material.id, title=one.material.title, topics=topics_of(one.material.topics),
                version=_version(one.version), acknowledged_us=done.get(one.version.id),
            )
            for one in current(session)
        ]  # fmt: skip
    return MyTrainings(materials=found)


@router.get("/materials", dependencies=[_KEEPS], responses=refusals())
def list_materials(here: Here) -> MaterialList:
    """All materials, for who keeps them."""
    with here.database.reading() as session:
        return MaterialList(materials=[_material(session, one, here) for one in materials(session)])


@router.post("/materials", status_code=201, dependencies=[_KEEPS], responses=refusals(413))
def add_training_material(body: MaterialBody, by: By, here: Here) -> MaterialRow:
    """A material without a file yet."""
    with here.database.writing() as session:
        made = add_material(session, here.clock, body.title, body.topics, by=by)
        return _material(session, made, here)


@router.put("/materials/{material_id}", dependencies=[_KEEPS], responses=refusals(404, 409, 413))
def change_training_material(material_id: UUID, body: MaterialBody, by: By, here: Here) -> MaterialRow:
    """Correct its title, its topics."""
    with here.database.writing() as session:
        material = need_material(session, material_id)
        return _material(session, change_material(session, here.clock, material, body.title, body.topics, by=by), here)


@router.put(
    "/materials/{material_id}/file", dependencies=[_KEEPS], responses=refusals(404, 409, 413, 415),
    openapi_extra={"requestBody": {"required": True, "content": _KINDS}},
)  # fmt: skip
async def put_training_file(material_id: UUID, request: Request, by: By, here: Here) -> MaterialRow:
    """Upload a PDF or a film as the material's next version; nobody is asked to read it before it is published."""
    desk = here.training

    async with received_file(request, here.document_workers, training_upload(request, desk.folder)) as path:

        def keep() -> MaterialRow:
            add_version(here.database, here.clock, desk.store, desk.examiners, material_id, path, by=by)
            with here.database.reading() as session:
                return _material(session, need_material(session, material_id), here)

        return await here.document_workers.run(keep)


@router.post("/materials/{material_id}/publication", dependencies=[_KEEPS], responses=refusals(404, 409))
def publish_training(material_id: UUID, by: By, here: Here) -> MaterialRow:
    """Ask everybody to read or watch the newest version."""
    with here.database.writing() as session:
        material = need_material(session, material_id)
        publish(session, here.clock, material, by=by)
        return _material(session, material, here)


@router.post("/materials/{material_id}/withdrawal", dependencies=[_KEEPS], responses=refusals(404, 409))
def withdraw_training(material_id: UUID, by: By, here: Here) -> MaterialRow:
    """Ask nobody any more."""
    with here.database.writing() as session:
        return _material(session, withdraw(session, here.clock, need_material(session, material_id), by=by), here)


@router.get("/missing", dependencies=[_KEEPS], responses=refusals())
def list_missing_training(here: Here) -> MissingTrainingList:
    """Who has not acknowledged what."""
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        attended = last_attended_us(session, now_us)
        found = [
            MissingTrainingRow(
                account_id=gap.account.id, account_name=gap.account.name, full_name=name_of(gap),
                unit_name=gap.unit_name, material_id=gap.current.material.id, title=gap.current.material.title,
                version=gap.current.version.number, attended_us=attended.get(gap.person.id) if gap.person else None,
            )
            for gap in gaps(session, now_us)
        ]  # fmt: skip
    return MissingTrainingList(missing=found)


@router.get(
    "/missing.csv", dependencies=[_KEEPS], response_class=Response,
    responses={200: {"content": {_CSV: {"schema": {"type": "string"}}}}, **refusals()},
)  # fmt: skip
def export_missing_training(here: Here) -> Response:
    """The same as CSV in UTF-8, for spreadsheets."""
    with here.database.reading() as session:
        text = csv_of(gaps(session, here.clock.now_us()))
    headers = {"Content-Disposition": 'attachment; filename="training-missing.csv"', "Cache-Control": "no-store"}
    return Response(text, media_type=f"{_CSV}; charset=utf-8", headers=headers)


@router.get(
    "/versions/{version_id}/file", dependencies=[_EVERYBODY], response_class=Response,
    responses={**_FILE, **refusals(404, 416, 500)},
)  # fmt: skip
async def read_training_file(
    version_id: UUID,
    me: Me,
    here: Here,
    wanted: Annotated[str, Header(alias="Range", max_length=200)] = "",
) -> Response:
    """The file of what is to be known; who keeps the materials gets every version. Films are read in ranges."""
    desk = here.training

    def found() -> tuple[Version, str]:
        with here.database.reading() as session:
            version = need_version(session, version_id)
            if not me.may(Action.MANAGE_TRAINING) and all(one.version.id != version_id for one in current(session)):
                raise training_not_found()
            return version, need_material(session, version.material_id).title

    version, title = await here.training_workers.run(found)
    return await file_answer(version, title, desk.store.path(version.sha256), wanted, here.training_workers)


@router.post("/versions/{version_id}/acknowledgement", dependencies=[_EVERYBODY], responses=refusals(404, 409))
def acknowledge_training(version_id: UUID, me: Me, by: By, here: Here) -> MyTraining:
    """The caller has read or watched it, and understood it."""
    with here.database.writing() as session:
        version = need_version(session, version_id)
        account = need_account_by_id(session, me.account_id)
        made = acknowledge(session, here.clock, account, version, by=by)
        material = need_material(session, version.material_id)
        return MyTraining(
            material_id=material.id, title=material.title, topics=topics_of(material.topics),
            version=_version(version), acknowledged_us=made.at_us,
        )  # fmt: skip


def _material(session: Session, one: Material, here: Here) -> MaterialRow:
    missing = sum(gap.current.material.id == one.id for gap in gaps(session, here.clock.now_us()))
    return MaterialRow(
        id=one.id, title=one.title, topics=topics_of(one.topics), created_us=one.created_us,
        created_by=one.created_by_name, withdrawn_us=one.withdrawn_us,
        versions=[_version(version) for version in versions_of(session, one.id)], missing=missing,
    )  # fmt: skip


def _version(one: Version) -> VersionRow:
    return VersionRow(
        id=one.id, number=one.number, media_type=FileType(one.media_type), size_bytes=one.size_bytes, pages=one.pages,
        duration_ms=one.duration_ms, uploaded_us=one.uploaded_us, uploaded_by=one.uploaded_by_name,
        published_us=one.published_us,
    )  # fmt: skip
