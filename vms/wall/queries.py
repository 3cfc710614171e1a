"""What others ask about views with their tours."""

from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from vms.kernel.errors import Kind, VmsError
from vms.wall.model import SavedView, Tour


def views(session: Session, owner_id: UUID) -> list[SavedView]:
    """What somebody may open: their own views first, then those others share, by name."""
    wanted = select(SavedView).where(or_(SavedView.owner_id == owner_id, SavedView.is_shared))
    return list(session.scalars(wanted.order_by(SavedView.owner_id != owner_id, SavedView.name, SavedView.id)))


def tours(session: Session, owner_id: UUID) -> list[Tour]:
    """Somebody's tours by name."""
    return list(session.scalars(select(Tour).where(Tour.owner_id == owner_id).order_by(Tour.name, Tour.id)))


def need_own_view(session: Session, owner_id: UUID, view_id: UUID) -> SavedView:
    """Somebody's own view. VmsError: NOT_FOUND `view_not_found` (also what others keep to themselves); FORBIDDEN
    `not_yours` (others share it).
    """  # noqa: D205
    view = session.get(SavedView, view_id)
    if view is None or (view.owner_id != owner_id and not view.is_shared):
        raise VmsError(Kind.NOT_FOUND, "view_not_found", "This view does not exist any more. Load the list again.")
    if view.owner_id != owner_id:
        raise VmsError(Kind.FORBIDDEN, "not_yours", "Somebody else shares this view. Save it under your own name.")
    return view


def need_own_tour(session: Session, owner_id: UUID, tour_id: UUID) -> Tour:
    """Somebody's own tour; VmsError(NOT_FOUND, `tour_not_found`), also for the tour of another."""
    tour = session.get(Tour, tour_id)
    if tour is None or tour.owner_id != owner_id:
        raise VmsError(Kind.NOT_FOUND, "tour_not_found", "This tour does not exist any more. Load the list again.")
    return tour


def count_of(session: Session, entity: type[SavedView] | type[Tour], owner_id: UUID) -> int:
    """How many of these somebody keeps."""
    return session.scalar(select(func.count()).select_from(entity).where(entity.owner_id == owner_id)) or 0
