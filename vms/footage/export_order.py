"""From a package's row to the order that its builder works by: nothing outside of the request's items is in it."""

from importlib.metadata import version
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from vms.cameras.model import Camera
from vms.cameras.placement_queries import standings_of
from vms.cameras.standing import joined, standings_in
from vms.footage.bundle.order import CameraOrder, Order
from vms.footage.duties import Duty
from vms.footage.export_model import Export
from vms.footage.export_queries import parts_of
from vms.footage.letter_model import Letter
from vms.footage.model import FootageRequest
from vms.footage.queries import request_duties
from vms.kernel.clock import iso
from vms.kernel.span import Span


def order_of(session: Session, export: Export, *, institution: str, zone: ZoneInfo, made_us: int) -> Order:
    """The order, with cameras named as they were called when what is asked for was recorded."""
    request = session.get_one(FootageRequest, export.request_id)
    return Order(
        package=export.name, institution=institution, request=_request(session, request, export),
        cameras=_cameras(session, export), made_us=made_us, software=f"nazar-vms {version('nazar-vms')}", zone=zone,
        takes_what_is_there=export.takes_what_is_there,
    )  # fmt: skip


def _cameras(session: Session, export: Export) -> list[CameraOrder]:
    parts = parts_of(session, export)
    cameras = {part.camera.id: part.camera for part in parts}
    return [
        _camera(session, camera, [part.span for part in parts if part.camera.id == camera.id])
        for camera in cameras.values()
    ]


def _camera(session: Session, camera: Camera, spans: list[Span]) -> CameraOrder:
    stood = standings_in(standings_of(session, camera.id), spans)
    return CameraOrder(
        camera.id, camera.number, joined(one.name for one in stood), joined(one.site for one in stood), spans,
        camera.commissioned_us, placements=stood,
    )  # fmt: skip


def _request(session: Session, request: FootageRequest, export: Export) -> dict[str, Any]:
    """What the manifest repeats of it; words of the verifier, empty ones left out."""
    letter = session.get_one(Letter, request.letter_id)
    approved = [one.name for one in request_duties(session, request.id) if one.duty == Duty.APPROVE]
    told = {
        "number": str(request.number),
        "letter_number": letter.no,
        "letter_date": letter.on.isoformat(),
        "served_at": iso(letter.served_us),
        "authority": letter.sender_name,
        "authority_kind": request.authority_kind or "",
        "investigation_number": request.file_no,
        "ebys_number": letter.ebys_no,
        "approved_by": approved[-1] if approved else "",
        "operator": export.ordered_by_name,
        "purpose": request.subject,
    }
    return {name: value for name, value in told.items() if value}
