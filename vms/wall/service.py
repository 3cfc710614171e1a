"""Saving views, sharing them, stringing them into tours; each act is told to the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
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


def create_view(
    session: Session, clock: Clock, account: Account, content: ViewContent, *, by: Actor = UNNAMED
) -> SavedView:
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
    _tell_view(session, clock, Act.SAVED_VIEW_CREATED, view, by)
    return view


def change_view(
    session: Session, clock: Clock, account: Account, view_id: UUID, content: ViewContent, *, by: Actor = UNNAMED
) -> SavedView:
    """Replace what a view says. VmsError as `create_view`, and `view_not_found`, `not_yours`."""
    view = need_own_view(session, account.id, view_id)
    view.name, view.layout = check_name(content.name), check_layout(content.layout)
    view.cells = check_cells(content.layout, content.cells)
    if view.is_shared and not content.is_shared:
        _take_from_tours(session, view, but_of=account.id)
    view.is_shared = content.is_shared
    view.changed_us = clock.now_us()
    session.flush()
    _tell_view(session, clock, Act.SAVED_VIEW_CHANGED, view, by)
    return view


def delete_view(session: Session, clock: Clock, account: Account, view_id: UUID, *, by: Actor = UNNAMED) -> None:
    """Delete a view, also from the tours it is in. VmsError: `view_not_found`, `not_yours`."""
    view = need_own_view(session, account.id, view_id)
    _take_from_tours(session, view)
    session.delete(view)
    session.flush()
    _tell_view(session, clock, Act.SAVED_VIEW_DELETED, view, by)


def create_tour(session: Session, clock: Clock, account: Account, content: TourContent, *, by: Actor = UNNAMED) -> Tour:
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
    _tell_tour(session, clock, Act.TOUR_CREATED, tour, by)
    return tour


def change_tour(
    session: Session, clock: Clock, account: Account, tour_id: UUID, content: TourContent, *, by: Actor = UNNAMED
) -> Tour:
    """Replace what a tour says. VmsError as `create_tour`, and `tour_not_found`."""
    tour = need_own_tour(session, account.id, tour_id)
    tour.name, tour.dwell_s = check_name(content.name), check_dwell(content.dwell_s)
    tour.view_ids = _stops(session, account, content.view_ids)
    tour.changed_us = clock.now_us()
    session.flush()
    _tell_tour(session, clock, Act.TOUR_CHANGED, tour, by)
    return tour


def delete_tour(session: Session, clock: Clock, account: Account, tour_id: UUID, *, by: Actor = UNNAMED) -> None:
    """Delete a tour, not its views. VmsError: `tour_not_found`."""
    tour = need_own_tour(session, account.id, tour_id)
    session.delete(tour)
    session.flush()
    _tell_tour(session, clock, Act.TOUR_DELETED, tour, by)


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


def _tell_view(session: Session, clock: Clock, act: Act, view: SavedView, by: Actor) -> None:
    cameras = [cell for cell in view.cells if cell is not None]
    detail = {"layout": view.layout, "is_shared": view.is_shared, "cameras": cameras}
    append(session, clock, NewEntry(act=act, actor=by, subject=Subject("view", str(view.id), view.name), detail=detail))


def _tell_tour(session: Session, clock: Clock, act: Act, tour: Tour, by: Actor) -> None:
    detail = {"dwell_s": tour.dwell_s, "views": tour.view_ids}
    append(session, clock, NewEntry(act=act, actor=by, subject=Subject("tour", str(tour.id), tour.name), detail=detail))
