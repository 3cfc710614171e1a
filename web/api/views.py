"""`/views`: saved views of the wall."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from vms.people.queries import need_account
from vms.wall.model import SavedView
from vms.wall.queries import views
from vms.wall.rules import LAYOUTS
from vms.wall.service import ViewContent, change_view, create_view, delete_view
from web.acting import By
from web.authorisation import Access, Me, declares
from web.backends import Here
from web.callers import Caller
from web.problems import refusals

router = APIRouter(prefix="/views", tags=["views"])

MAX_NAME, MAX_CELLS, MAX_CELL = 200, 100, 64  # the rules are `vms.wall`'s; these only bound what is looked at
# Named in the description, judged by the wall's rules, which refuse with a code of their own.
Layout = Annotated[str, Field(max_length=16, json_schema_extra={"enum": list(LAYOUTS)})]


class ViewBody(BaseModel):
    """What a person says of a view. `cells`: a camera's id or null for each tile of `layout`."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=MAX_NAME)
    layout: Layout
    cells: list[Annotated[str, Field(max_length=MAX_CELL)] | None] = Field(max_length=MAX_CELLS)
    is_shared: bool = False

    def content(self) -> ViewContent:
        """For the service."""
        return ViewContent(name=self.name, layout=self.layout, cells=self.cells, is_shared=self.is_shared)


class View(BaseModel):
    """A saved view. What its tiles show, the rights of whoever looks decide."""

    id: UUID
    name: str
    layout: Layout
    cells: list[UUID | None]
    is_shared: bool
    is_mine: bool


class ViewList(BaseModel):
    """One's own views, then those that others share."""

    views: list[View]


@router.get("", dependencies=[declares(Access.SIGNED_IN)], responses=refusals())
def list_views(me: Me, here: Here) -> ViewList:
    """The views one may open."""
    with here.database.reading() as session:
        return ViewList(views=[_answer(view, me) for view in views(session, me.account_id)])


@router.post("", status_code=201, dependencies=[declares(Access.SIGNED_IN)], responses=refusals(409, 413))
def add_view(body: ViewBody, me: Me, by: By, here: Here) -> View:
    """Save a view."""
    with here.database.writing() as session:
        view = create_view(session, here.clock, need_account(session, me.name), body.content(), by=by)
    return _answer(view, me)


@router.put("/{view_id}", dependencies=[declares(Access.SIGNED_IN)], responses=refusals(404, 413))
def replace_view(view_id: UUID, body: ViewBody, me: Me, by: By, here: Here) -> View:
    """Replace one's own view."""
    with here.database.writing() as session:
        view = change_view(session, here.clock, need_account(session, me.name), view_id, body.content(), by=by)
    return _answer(view, me)


@router.delete("/{view_id}", status_code=204, dependencies=[declares(Access.SIGNED_IN)], responses=refusals(404))
def remove_view(view_id: UUID, me: Me, by: By, here: Here) -> None:
    """Delete one's own view."""
    with here.database.writing() as session:
        delete_view(session, here.clock, need_account(session, me.name), view_id, by=by)


def _answer(view: SavedView, me: Caller) -> View:
    return View(
        id=view.id,
        name=view.name,
        layout=view.layout,
        cells=[None if cell is None else UUID(cell) for cell in view.cells],
        is_shared=view.is_shared,
        is_mine=view.owner_id == me.account_id,
    )
