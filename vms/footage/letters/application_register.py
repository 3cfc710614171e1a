"""Applications, page by page: found by words, by whether somebody answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from vms.footage.letters.application_model import Application
from vms.footage.paging import Order, Page, counted, page_of, says


class ApplicationGroup(StrEnum):
    """Whether it was answered."""

    OPEN = "open"
    ANSWERED = "answered"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ApplicationFilter:
    """Which applications a page shows. `search`: words of number, applicant, subject, the channel's number."""

    group: ApplicationGroup = ApplicationGroup.ALL
    search: str = ""
    after: str | None = None
    limit: int = 50


_GROUPS: Mapping[ApplicationGroup, ColumnElement[bool]] = {
    ApplicationGroup.OPEN: Application.answered_us.is_(None),
    ApplicationGroup.ANSWERED: Application.answered_us.is_not(None),
    ApplicationGroup.ALL: true(),
}
_ORDER = Order(Application.answered_us.is_not(None), Application.due_us, Application.answered_us, Application.number)


def applications_page(session: Session, wanted: ApplicationFilter) -> Page[Application]:
    """Those without an answer by their due time, then the others, newest first."""
    query = select(Application).where(_GROUPS[wanted.group], _said(wanted.search))
    return page_of(session, query, _ORDER, wanted.after, wanted.limit)


def count_applications(session: Session, search: str = "") -> Mapping[ApplicationGroup, int]:
    """How many of each group say these words, on whatever page."""
    return counted(session, _GROUPS, Application, _said(search))


def _said(search: str) -> ColumnElement[bool]:
    return says(search, lambda word: Application.words_folded.contains(word, autoescape=True))
