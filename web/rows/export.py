"""Packages of a request as the API shows them."""

from collections.abc import Iterable, Sequence
from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.documents.model import Document
from vms.documents.rules import State as PaperState
from vms.footage.exports.model import Export, ExportState, PurgeWhy
from vms.footage.exports.moved_inside import MovedInside, moved_under_masks
from vms.footage.exports.queries import ExportPart, parts_by_export
from vms.footage.exports.summary import ExportSummary
from vms.footage.exports.taking import Copied, copied


class ExportItemRow(BaseModel):
    """A camera in a time that the package was ordered for."""

    camera_number: int
    camera_name: str
    from_us: int
    until_us: int


class ExportFilmRow(BaseModel):
    """A film of a ready package. `is_intact` false: the disk had changed it, and it is given as it is."""

    camera_number: int
    camera_name: str
    name: str
    from_us: int
    until_us: int
    size_bytes: int
    duration_us: int
    sha256: str
    is_intact: bool


class ExportMissingRow(BaseModel):
    """Asked time that the package does not show, with the cause. `detail`: a code, or a volume's words."""

    camera_number: int
    from_us: int
    until_us: int
    cause: str
    detail: str


class ExportDamageRow(BaseModel):
    """Footage that the disk changed or lost. `name` empty: it is not given."""

    camera_number: int
    name: str
    from_us: int
    until_us: int


class ExportDerivedRow(BaseModel):
    """A derived copy beside the film `original`; it proves nothing. `name` empty: it could not be made.

    `undecoded`: how many places of the film could not be decoded, or only with damage.
    """

    camera_number: int
    camera_name: str
    name: str
    original: str
    from_us: int
    until_us: int
    size_bytes: int
    sha256: str
    masks: int
    has_watermark: bool
    undecoded: int


class ExportStampRow(BaseModel):
    """A time stamp that was asked for. `at_us`: when its authority saw the signature; null: it was not obtained."""

    authority: str
    at_us: int | None


class ExportWarningRow(BaseModel):
    """What must be known of a derived copy: its camera stood elsewhere from `at_us` on, its masks may not fit there."""

    code: Literal["camera_moved_inside"] = "camera_moved_inside"
    camera_id: UUID
    camera_number: int
    camera_name: str
    at_us: int


class DestructionRow(BaseModel):
    """The record (P-28) that says it is gone. `state`: one that was cancelled counts no more."""

    id: UUID
    number: str
    state: PaperState


class ExportRow(BaseModel):
    """A package. What stands in `films`, `missing`, `damaged`, `derived` may be cut; `*_in_all` counts all.

    `has_derived`: derived copies were ordered with it. `time_stamp`: null where none was asked for.

    `failure`: the code of why it failed, or of what a waiting one waits for (`still_recording`, `volume_away`).
    `given_up_reason`: why its request is given without it; null for every other. `purge_due_us`: from then on nothing
    of it is left; no copy is given from the moment this is set. `begun_us`: when a download was begun last; `taken_us`:
    when one was last complete, without which it is not handed over.
    """

    number: int
    name: str
    state: ExportState
    items: list[ExportItemRow]
    takes_what_is_there: bool
    ordered_us: int
    ordered_by_name: str
    planned_bytes: int | None
    done_bytes: int
    failure: str | None
    given_up_reason: str | None
    built_us: int | None
    size_bytes: int | None
    sha256: str | None
    manifest_sha256: str | None
    certificate_sha256: str | None
    time_stamp: ExportStampRow | None
    films: list[ExportFilmRow]
    films_in_all: int
    missing: list[ExportMissingRow]
    missing_in_all: int
    damaged: list[ExportDamageRow]
    damaged_in_all: int
    has_derived: bool
    derived: list[ExportDerivedRow]
    derived_in_all: int
    warnings: list[ExportWarningRow]
    begun_us: int | None
    taken_us: int | None
    purge_why: PurgeWhy | None
    purge_due_us: int | None
    purged_us: int | None
    destruction: DestructionRow | None


def export_row(session: Session, one: Export) -> ExportRow:
    """One package."""
    return export_rows(session, one.request_id, [one])[0]


def export_rows(session: Session, request_id: UUID, exports: Sequence[Export]) -> list[ExportRow]:
    """Packages of one request; asks as often for a hundred as for one."""
    copies, parts = copied(session, exports), parts_by_export(session, exports)
    moved, records = moved_under_masks(session, request_id, exports), _records(session, exports)
    return [_row(one, parts[one.id], copies[one.id], moved[one.id], records.get(one.destruction_id)) for one in exports]


def _row(
    one: Export, parts: Sequence[ExportPart], copies: Copied, moved: Sequence[MovedInside], record: Document | None
) -> ExportRow:
    summary = ExportSummary.from_json(one.summary)
    return ExportRow(
        number=one.number, name=one.name, state=ExportState(one.state), items=_items(parts),
        takes_what_is_there=one.takes_what_is_there, ordered_us=one.ordered_us, ordered_by_name=one.ordered_by_name,
        planned_bytes=one.planned_bytes, done_bytes=one.done_bytes, failure=one.failure or None,
        given_up_reason=one.given_up_reason or None, built_us=one.built_us,
        size_bytes=one.size_bytes, sha256=one.sha256, manifest_sha256=one.manifest_sha256,
        certificate_sha256=summary.certificate_sha256 or None, time_stamp=_stamp(summary),
        films=[ExportFilmRow.model_validate(film, from_attributes=True) for film in summary.films],
        films_in_all=summary.films_in_all,
        missing=[ExportMissingRow.model_validate(hole, from_attributes=True) for hole in summary.missing],
        missing_in_all=summary.missing_in_all,
        damaged=[ExportDamageRow.model_validate(part, from_attributes=True) for part in summary.damaged],
        damaged_in_all=summary.damaged_in_all, has_derived=one.derived is not None,
        derived=[ExportDerivedRow.model_validate(copy, from_attributes=True) for copy in summary.derived],
        derived_in_all=summary.derived_in_all, warnings=warning_rows(moved),
        begun_us=copies.begun_us, taken_us=copies.taken_us,
        purge_why=None if one.purge_why is None else PurgeWhy(one.purge_why),
        purge_due_us=one.purge_due_us, purged_us=one.purged_us, destruction=_destruction(record),
    )  # fmt: skip


def warning_rows(moved: Iterable[MovedInside]) -> list[ExportWarningRow]:
    """Moves as the answer tells them."""
    return [ExportWarningRow.model_validate(one, from_attributes=True) for one in moved]


def _items(parts: Iterable[ExportPart]) -> list[ExportItemRow]:
    return [
        ExportItemRow(
            camera_number=part.camera.number, camera_name=part.camera.name, from_us=part.span.start_us,
            until_us=part.span.end_us,
        )
        for part in parts
    ]  # fmt: skip


def _stamp(summary: ExportSummary) -> ExportStampRow | None:
    asked = summary.time_stamp
    return None if asked is None else ExportStampRow(authority=asked.authority, at_us=asked.at_us)


def _records(session: Session, exports: Iterable[Export]) -> dict[UUID | None, Document]:
    wanted = {one.destruction_id for one in exports if one.destruction_id is not None}
    if not wanted:
        return {}
    return {one.id: one for one in session.scalars(select(Document).where(Document.id.in_(wanted)))}


def _destruction(record: Document | None) -> DestructionRow | None:
    if record is None:
        return None
    return DestructionRow(id=record.id, number=record.number, state=PaperState(record.state))
