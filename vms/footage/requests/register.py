"""The work list of requests, page by page: found by words, by what they wait for, by whose work they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, not_, or_, select, true
from sqlalchemy.orm import Session

from vms.footage.letters.model import Letter
from vms.footage.model import FootageRequest
from vms.footage.paging import Order, Page, counted, page_of, says
from vms.footage.queries import awaiting_signature
from vms.footage.rules import State
from vms.kernel.days import day_of, end_us
from vms.kernel.turkish import folded
from vms.people.model import Account


class RequestGroup(StrEnum):
    """What a request waits for. One that was delivered waits for nobody: its clock has stopped."""

    OPEN = "open"
    OVERDUE = "overdue"  # open, its limit is over
    TODAY = "today"  # open, due by the end of this day or past the target, and not overdue
    SIGNATURE = "signature"  # a printed record of it is not signed yet
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which requests a page shows. `after`: a page's `next_after`.

    `search`: words that all stand in its number, its authority, the letter's number, its file number, its subject, or
    the name of its officer.
    """

    group: RequestGroup = RequestGroup.ALL
    search: str = ""
    officer_id: UUID | None = None
    after: str | None = None
    limit: int = 50


_IS_OVER = or_(FootageRequest.closed_us.is_not(None), FootageRequest.state == State.DELIVERED.value)
_ORDER = Order(
    _IS_OVER, FootageRequest.due_hard_us, func.coalesce(FootageRequest.closed_us, FootageRequest.due_hard_us),
    FootageRequest.number,
)  # fmt: skip


def requests_page(session: Session, wanted: RequestFilter, now_us: int) -> Page[FootageRequest]:
    """Those that are due first at the top, what is over behind them, newest first."""
    query = select(FootageRequest).join(Letter, Letter.id == FootageRequest.letter_id)
    query = query.where(_groups(session, now_us)[wanted.group], _narrowed(session, wanted))
    return page_of(session, query, _ORDER, wanted.after, wanted.limit)


def count_requests(session: Session, wanted: RequestFilter, now_us: int) -> Mapping[RequestGroup, int]:
    """How many of each group say these words and are this officer's, on whatever page."""
    of_letter = FootageRequest.letter_id == Letter.id
    is_said = select(Letter.id).where(of_letter, _narrowed(session, wanted)).exists()
    return counted(session, _groups(session, now_us), FootageRequest, is_said)


def _groups(session: Session, now_us: int) -> dict[RequestGroup, ColumnElement[bool]]:
    is_open = not_(_IS_OVER)
    is_late = FootageRequest.due_hard_us <= now_us
    is_near = or_(FootageRequest.due_soft_us <= now_us, FootageRequest.due_hard_us < end_us(day_of(now_us)))
    return {
        RequestGroup.OPEN: is_open,
        RequestGroup.OVERDUE: and_(is_open, is_late),
        RequestGroup.TODAY: and_(is_open, not_(is_late), is_near),
        RequestGroup.SIGNATURE: FootageRequest.id.in_(awaiting_signature(session)),
        RequestGroup.CLOSED: _IS_OVER,
        RequestGroup.ALL: true(),
    }


def _narrowed(session: Session, wanted: RequestFilter) -> ColumnElement[bool]:
    is_theirs = true() if wanted.officer_id is None else FootageRequest.officer_id == wanted.officer_id
    officers = _officers(session) if wanted.search.strip() else {}

    def found_in(word: str) -> ColumnElement[bool]:
        named = [account_id for account_id, name in officers.items() if word in name]
        return or_(
            FootageRequest.words_folded.contains(word, autoescape=True),
            Letter.words_folded.contains(word, autoescape=True), FootageRequest.officer_id.in_(named),
        )  # fmt: skip

    return and_(is_theirs, says(wanted.search, found_in))


def _officers(session: Session) -> dict[UUID, str]:
    """Whose work requests ever were, as searching spells their names."""
    given = select(FootageRequest.officer_id).distinct()
    rows = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(given)))
    return {account_id: folded(name) for account_id, name in rows}
