"""`/tours`: views shown one after the other."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from vms.people.queries import need_account
from vms.wall.model import Tour as SavedTour
from vms.wall.queries import tours
from vms.wall.service import TourContent, change_tour, create_tour, delete_tour
from web.acting import By
from web.authorisation import Access, Me, declares
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/tours", tags=["tours"])

MAX_NAME, MAX_STOPS, MAX_STOP = 200, 200, 64  # the rules are `vms.wall`'s; these only bound what is looked at


class TourBody(BaseModel):
    """What a person says of a tour."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=MAX_NAME)
    dwell_s: int = Field(ge=0, le=86_400)
    view_ids: list[Annotated[str, Field(max_length=MAX_STOP)]] = Field(max_length=MAX_STOPS)

    def content(self) -> TourContent:
        """For the service."""
        return TourContent(name=self.name, dwell_s=self.dwell_s, view_ids=self.view_ids)


class Tour(BaseModel):
    """A tour through views, `dwell_s` seconds each."""

    id: UUID
    name: str
    dwell_s: int
    view_ids: list[UUID]
    is_mine: bool


class TourList(BaseModel):
    """One's own tours."""

    tours: list[Tour]


@router.get("", dependencies=[declares(Access.SIGNED_IN)], responses=refusals())
def list_tours(me: Me, here: Here) -> TourList:
    """One's tours."""
    with here.database.reading() as session:
        return TourList(tours=[_answer(tour) for tour in tours(session, me.account_id)])


@router.post("", status_code=201, dependencies=[declares(Access.SIGNED_IN)], responses=refusals(409, 413))
def add_tour(body: TourBody, me: Me, by: By, here: Here) -> Tour:
    """Save a tour."""
    with here.database.writing() as session:
        tour = create_tour(session, here.clock, need_account(session, me.name), body.content(), by=by)
    return _answer(tour)


@router.put("/{tour_id}", dependencies=[declares(Access.SIGNED_IN)], responses=refusals(404, 413))
def replace_tour(tour_id: UUID, body: TourBody, me: Me, by: By, here: Here) -> Tour:
    """Replace a tour."""
    with here.database.writing() as session:
        tour = change_tour(session, here.clock, need_account(session, me.name), tour_id, body.content(), by=by)
    return _answer(tour)


@router.delete("/{tour_id}", status_code=204, dependencies=[declares(Access.SIGNED_IN)], responses=refusals(404))
def remove_tour(tour_id: UUID, me: Me, by: By, here: Here) -> None:
    """Delete a tour, not its views."""
    with here.database.writing() as session:
        delete_tour(session, here.clock, need_account(session, me.name), tour_id, by=by)


def _answer(tour: SavedTour) -> Tour:
    view_ids = [UUID(view_id) for view_id in tour.view_ids]
    return Tour(id=tour.id, name=tour.name, dwell_s=tour.dwell_s, view_ids=view_ids, is_mine=True)
