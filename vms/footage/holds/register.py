"""Holds, page by page: found by words, by whether they are in force, signed, ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from vms.footage.holds.model import Hold, HoldState
from vms.footage.paging import Order, Page, counted, page_of, says


class HoldGroup(StrEnum):
    """How a hold stands."""

    IN_FORCE = "in_force"
    UNSIGNED = "unsigned"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class HoldFilter:
    """Which holds a page shows. `search`: words of its number, institution, incident, place, reason."""

    group: HoldGroup = HoldGroup.ALL
    search: str = ""
    after: str | None = None
    limit: int = 50


_GROUPS: Mapping[HoldGroup, ColumnElement[bool]] = {
    HoldGroup.IN_FORCE: Hold.ended_us.is_(None), HoldGroup.UNSIGNED: Hold.state == HoldState.OPEN.value,
    HoldGroup.ENDED: Hold.ended_us.is_not(None), HoldGroup.ALL: true(),
}  # fmt: skip
_ORDER = Order(Hold.ended_us.is_not(None), Hold.ends_us, Hold.ended_us, Hold.number)


def holds_page(session: Session, wanted: HoldFilter) -> Page[Hold]:
    """Those in force by their end, then the others, newest first."""
    query = select(Hold).where(_GROUPS[wanted.group], _said(wanted.search))
    return page_of(session, query, _ORDER, wanted.after, wanted.limit)


def count_holds(session: Session, search: str = "") -> Mapping[HoldGroup, int]:
    """How many of each group say these words, on whatever page."""
    return counted(session, _GROUPS, Hold, _said(search))


def _said(search: str) -> ColumnElement[bool]:
    return says(search, lambda word: Hold.words_folded.contains(word, autoescape=True))
