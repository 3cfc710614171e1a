"""What others ask about packages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.cameras.model import Camera
from vms.footage.exports.model import Export, ExportState
from vms.footage.model import FootageRequest, RequestItem
from vms.footage.rules import APPROVED
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

IN_WORK = frozenset({ExportState.WAITING, ExportState.BUILDING})


@dataclass(frozen=True, slots=True)
class ExportPart:
    """What of one of the request's items is in a package: all of it, or some days of a long one."""

    item_id: UUID
    camera: Camera
    span: Span


def exports_of(session: Session, request_id: UUID) -> list[Export]:
    """All packages of a request by number, those that are gone too."""
    return list(session.scalars(select(Export).where(Export.request_id == request_id).order_by(Export.number)))


def standing_exports(session: Session, request_id: UUID) -> list[Export]:
    """Those that count: not replaced, not to be destroyed."""
    return [one for one in exports_of(session, request_id) if one.purge_why is None]


def ready_exports(session: Session, request_id: UUID) -> list[Export]:
    """Those that count and lie whole on the disk: what can be delivered."""
    return [one for one in standing_exports(session, request_id) if one.state == ExportState.READY]


def need_export(session: Session, request_id: UUID, number: int) -> Export:
    """The package of this number, or VmsError(NOT_FOUND, `export_not_found`)."""
    wanted = select(Export).where(Export.request_id == request_id, Export.number == number)
    found = session.scalar(wanted)
    if found is None:
        raise VmsError(Kind.NOT_FOUND, "export_not_found", "This request has no such package. Reload the page.")
    return found


def exports_ordered() -> VmsError:
    """Why nothing is ordered or looked for a second time."""
    return VmsError(
        Kind.CONFLICT, "exports_ordered", "The packages of this request are ordered already. Reload the page."
    )


def exports_to_purge(session: Session, now_us: int) -> list[Export]:
    """Those of which nothing may be left, oldest first.

    One that is being built is not among them: its builder stops within a second and lets go of it first.
    """
    wanted = select(Export).where(
        Export.purge_due_us <= now_us, Export.state.not_in([ExportState.PURGED.value, ExportState.BUILDING.value])
    )
    return list(session.scalars(wanted.order_by(Export.purge_due_us, Export.id)))


def files_lying(session: Session) -> list[str]:
    """Names of the files that lie in the folder of packages, as far as rows tell."""
    wanted = select(Export.name).where(Export.state == ExportState.READY.value)
    return [f"{name}.zip" for name in session.scalars(wanted.order_by(Export.name))]


def promised_bytes(session: Session) -> int:
    """What packages that are ordered will still take of the disk; those that `building` never comes to take nothing."""
    missing = func.coalesce(Export.planned_bytes, 0) - Export.done_bytes
    wanted = select(func.sum(missing)).join(FootageRequest, FootageRequest.id == Export.request_id).where(
        Export.state.in_([state.value for state in IN_WORK]), Export.purge_why.is_(None), missing > 0,
        FootageRequest.state.in_([state.value for state in APPROVED]),
    )  # fmt: skip
    return session.scalar(wanted) or 0


def next_export_number(session: Session, request_id: UUID) -> int:
    """The number after the highest; part of the caller's writing transaction."""
    return (session.scalar(select(func.max(Export.number)).where(Export.request_id == request_id)) or 0) + 1


def parts_of(session: Session, export: Export) -> list[ExportPart]:
    """What is in a package, by camera's number and time; nothing outside of its request's items (edge-46, edge-47)."""
    return parts_by_export(session, [export])[export.id]


def parts_by_export(session: Session, exports: Sequence[Export]) -> dict[UUID, list[ExportPart]]:
    """The same of each of these packages, by its id; one question, however many they are."""
    wanted = (
        select(RequestItem, Camera).join(Camera).where(RequestItem.request_id.in_({one.request_id for one in exports}))
    )
    known = {item.id: (item, camera) for item, camera in session.execute(wanted)} if exports else {}
    found: dict[UUID, list[ExportPart]] = {}
    for export in exports:
        parts = found[export.id] = []
        for one in export.items:
            item, camera = known.get(UUID(one["item"]), (None, None))
            if item is None or camera is None or item.request_id != export.request_id:
                continue
            span = Span(one["from_us"], one["until_us"]).clip(item.span)
            if span is not None:
                parts.append(ExportPart(item.id, camera, span))
    return found


def items_json(parts: Iterable[tuple[UUID, Span]]) -> list[dict[str, Any]]:
    """As `Export.items` keeps them."""
    return [{"item": str(item_id), "from_us": span.start_us, "until_us": span.end_us} for item_id, span in parts]
