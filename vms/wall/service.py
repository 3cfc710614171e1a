"""Saving views, sharing them, stringing them into tours."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.wall.model import SavedView, Tour
from vms.wall.queries import count_of, need_own_tour, need_own_view, views
from vms.wall.rules import (
    MAX_TOUR_STOPS,
    MAX_TOURS,
    MAX_VIEWS,
    check_cells,
    check_dwell,
    check_layout,
    check_name,
    check_room,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewContent:
    """What a person says of a view; a change names all of it."""

    name: str
    layout: str
    cells: Sequence[str | None]
    is_shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TourContent:
    """What a person says of a tour; a change names all of it."""

    name: str
    dwell_s: int
    view_ids: Sequence[str]


def create_view(session: Session, clock: Clock, account: Account, content: ViewContent) -> SavedView:
    """A new view. VmsError: `view_name_invalid`, `layout_unknown`, `cells_invalid`, `view_limit_reached`."""
    check_room(count_of(session, SavedView, account.id), MAX_VIEWS)
    now_us = clock.now_us()
    view = SavedView(
        id=new_id(clock),
        owner_id=account.id,
        name=check_name(content.name),
        layout=check_layout(content.layout),
        cells=check_cells(content.layout, content.cells),
        is_shared=content.is_shared,
        created_us=now_us,
        changed_us=now_us,
    )
    session.add(view)
    session.flush()
    return view


def change_view(session: Session, clock: Clock, account: Account, view_id: UUID, content: ViewContent) -> SavedView:
    """Replace what a view says. VmsError as `create_view`, and `view_not_found`, `not_yours`."""
    view = need_own_view(session, account.id, view_id)
    view.name, view.layout = check_name(content.name), check_layout(content.layout)
    view.cells = check_cells(content.layout, content.cells)
    if view.is_shared and not content.is_shared:
        _take_from_tours(session, view, but_of=account.id)
    view.is_shared = content.is_shared
    view.changed_us = clock.now_us()
    session.flush()
    return view


def delete_view(session: Session, account: Account, view_id: UUID) -> None:
    """Delete a view, also from the tours it is in. VmsError: `view_not_found`, `not_yours`."""
    view = need_own_view(session, account.id, view_id)
    _take_from_tours(session, view)
    session.delete(view)
    session.flush()


def create_tour(session: Session, clock: Clock, account: Account, content: TourContent) -> Tour:
    """A new tour. VmsError: `view_name_invalid`, `dwell_invalid`, `tour_views_invalid`, `view_limit_reached`."""
    check_room(count_of(session, Tour, account.id), MAX_TOURS)
    now_us = clock.now_us()
    tour = Tour(
        id=new_id(clock),
        owner_id=account.id,
        name=check_name(content.name),
        dwell_s=check_dwell(content.dwell_s),
        view_ids=_stops(session, account, content.view_ids),
        created_us=now_us,
        changed_us=now_us,
    )
    session.add(tour)
    session.flush()
    return tour


def change_tour(session: Session, clock: Clock, account: Account, tour_id: UUID, content: TourContent) -> Tour:
    """Replace what a tour says. VmsError as `create_tour`, and `tour_not_found`."""
    tour = need_own_tour(session, account.id, tour_id)
    tour.name, tour.dwell_s = check_name(content.name), check_dwell(content.dwell_s)
    tour.view_ids = _stops(session, account, content.view_ids)
    tour.changed_us = clock.now_us()
    session.flush()
    return tour


def delete_tour(session: Session, account: Account, tour_id: UUID) -> None:
    """Delete a tour, not its views. VmsError: `tour_not_found`."""
    session.delete(need_own_tour(session, account.id, tour_id))
    session.flush()


def _stops(session: Session, account: Account, view_ids: Sequence[str]) -> list[str]:
    visible = {str(view.id) for view in views(session, account.id)}
    if not 0 < len(view_ids) <= MAX_TOUR_STOPS or not visible.issuperset(view_ids):
        raise VmsError(
            Kind.INVALID, "tour_views_invalid",
            f"A tour goes through 1 to {MAX_TOUR_STOPS} views that you can open. Correct them.", maximum=MAX_TOUR_STOPS,
        )  # fmt: skip
    return list(view_ids)


def _take_from_tours(session: Session, view: SavedView, but_of: UUID | None = None) -> None:
    """No tour names a view that its owner cannot open (any more)."""
    gone = str(view.id)
    for tour in session.scalars(select(Tour)):
        if tour.owner_id != but_of and gone in tour.view_ids:
            tour.view_ids = [stop for stop in tour.view_ids if stop != gone]
