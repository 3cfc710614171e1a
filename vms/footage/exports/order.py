"""From a package's row to the order that its builder works by: nothing outside of the request's items is in it."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from vms.cameras.model import Camera
from vms.cameras.placement_queries import standings_of
from vms.cameras.standing import joined, standings_in
from vms.footage.bundle.order import CameraOrder, Derived, Order
from vms.footage.duties import Duty
from vms.footage.exports.derived_order import DerivedWish
from vms.footage.exports.model import Export
from vms.footage.exports.queries import parts_of
from vms.footage.letters.model import Letter
from vms.footage.model import FootageRequest
from vms.footage.queries import request_duties
from vms.kernel.clock import iso
from vms.kernel.span import Span


def order_of(session: Session, export: Export, *, institution: str, zone: ZoneInfo, made_us: int) -> Order:
    """The order, with cameras named as they were called when what is asked for was recorded."""
    request = session.get_one(FootageRequest, export.request_id)
    copies = _derived(session, request, export, institution)
    return Order(
        package=export.name, institution=institution, request=_request(session, request, export),
        cameras=_cameras(session, export, copies), made_us=made_us, software=f"nazar-vms {version('nazar-vms')}",
        zone=zone, takes_what_is_there=export.takes_what_is_there,
    )  # fmt: skip


def watermark_of(session: Session, request: FootageRequest, institution: str) -> str:
    """The text burnt in beside the time: that this is not evidence, whose it is, for whom."""
    sender = session.get_one(Letter, request.letter_id).sender_name
    told = ("TÜRETİLMİŞ KOPYA, KANIT DEĞİLDİR", f"Talep {request.number}", institution, sender)
    return " · ".join(part for part in told if part)


def _derived(session: Session, request: FootageRequest, export: Export, institution: str) -> dict[UUID, Derived]:
    if export.derived is None:
        return {}
    wish = DerivedWish.from_json(export.derived)
    words = watermark_of(session, request, institution) if wish.is_marked else ""
    return {camera_id: Derived(masks, words) for camera_id, masks in wish.cameras.items()}


def _cameras(session: Session, export: Export, copies: Mapping[UUID, Derived]) -> list[CameraOrder]:
    parts = parts_of(session, export)
    cameras = {part.camera.id: part.camera for part in parts}
    return [
        _camera(session, camera, [part.span for part in parts if part.camera.id == camera.id], copies.get(camera.id))
        for camera in cameras.values()
    ]


def _camera(session: Session, camera: Camera, spans: list[Span], derived: Derived | None) -> CameraOrder:
    stood = standings_in(standings_of(session, camera.id), spans)
    return CameraOrder(
        camera.id, camera.number, joined(one.name for one in stood), joined(one.site for one in stood), spans,
        camera.commissioned_us, placements=stood, derived=derived,
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
