"""Requests for footage as the API shows them."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.archive.archive import Archive
from vms.cameras.model import Camera
from vms.cameras.rules import CameraKind
from vms.footage.availability import was_live_only
from vms.footage.duties import Duty
from vms.footage.letters.model import Letter
from vms.footage.model import FootageRequest, RequestItem
from vms.footage.papers.request import is_shortfall_recorded
from vms.footage.policy import Policy
from vms.footage.queries import awaiting_signature, holds_of_request, items_of, request_duties
from vms.footage.requests.service import version_of_request
from vms.footage.requests.viewing import shown_now
from vms.footage.rules import AuthorityKind, Mark, Origin, Outcome, State, guaranteed_window, outside_window
from vms.footage.service_entry import Law
from vms.kernel.span import Span
from vms.people.model import Account
from web.callers import Caller
from web.rows.availability import MissingRow, SpanRow, missing_rows, span_row
from web.rows.case import EventRow, LocksRow, event_rows, last_us, locks_row
from web.rows.law import LawRow, law_rows
from web.rows.letter import LetterRow, letter_row
from web.rows.request_steps import StepRow, steps_of

_STRIP = (Duty.REGISTER, Duty.APPROVE, Duty.EXPORT, Duty.SIGN, Duty.DELIVER)


class RequestRow(BaseModel):
    """One line of the work list. `due_soft_us`, `due_hard_us`: the service target; being late only reports.

    `since_us`: when something last happened to it. `is_ebys_pending`, `has_file`: of its letter. `awaits_signature`: a
    printed record of it is not signed yet.
    """

    id: UUID
    number: int
    origin: Origin
    authority_kind: AuthorityKind | None
    sender_name: str
    letter_no: str
    letter_on: date
    served_us: int
    file_no: str
    subject: str
    state: State
    outcome: Outcome | None
    registered_us: int
    registered_by: str
    due_soft_us: int
    due_hard_us: int
    since_us: int
    officer_id: UUID | None
    officer_name: str
    cameras: int
    has_file: bool
    is_ebys_pending: bool
    awaits_signature: bool
    return_until_us: int | None
    closed_us: int | None


class ItemRow(BaseModel):
    """One camera in one interval. `covered_us` null: not looked for yet. `may_watch`: the caller may play it now.

    `is_live_only`: nothing was recorded of it; before it was looked for: it is a city-view camera today.
    """

    id: UUID
    camera_id: UUID
    camera_number: int
    camera_name: str
    start_us: int
    end_us: int
    is_live_only: bool
    outside: SpanRow | None
    covered_us: int | None
    size_bytes: int | None
    missing: list[MissingRow]
    missing_in_all: int
    may_watch: bool


class DutyRow(BaseModel):
    """A place of the separation strip. `name` empty: nobody did it yet; `is_planned`: the officer it is assigned to."""

    duty: Duty
    account_id: UUID | None
    name: str
    at_us: int | None
    is_planned: bool


class HoldLinkRow(BaseModel):
    """A hold that keeps some of the same footage."""

    id: UUID
    number: int
    state: str
    ends_us: int


class RequestDetail(RequestRow):
    """The case. `window`: what article 10(1) guarantees. `steps`: what the caller may do next, or why not.

    `laws`: those the decision quotes. `is_shortfall_recorded`: what was not found stands in a signed record (P-07), of
    an open one in that of its last search. `version`: grows with every change of it or of its letter; who decides says
    which one they have read (`seen`).
    """

    version: int
    is_judicial: bool
    legal_basis: str
    olur_no: str
    olur_on: date | None
    olur_issuer: str
    event_place: str
    decision: str
    laws: list[LawRow]
    missing_papers: list[str]
    reviewed_us: int | None
    searched_us: int | None
    is_shortfall_recorded: bool
    answer_no: str
    answer_on: date | None
    letter: LetterRow
    window: SpanRow
    marks: list[Mark]
    items: list[ItemRow]
    locks: LocksRow
    duties: list[DutyRow]
    holds: list[HoldLinkRow]
    events: list[EventRow]
    steps: list[StepRow]


def request_rows(session: Session, requests: Sequence[FootageRequest]) -> list[RequestRow]:
    """For the list."""
    latest = last_us(session, [one.id for one in requests])
    unsigned = awaiting_signature(session)
    return [RequestRow(**_facts(session, one, latest.get(one.id, one.registered_us), unsigned)) for one in requests]


def request_detail(
    session: Session, archive: Archive, request: FootageRequest, me: Caller, policy: Policy, now_us: int
) -> RequestDetail:
    """For its own page."""
    session.flush()
    letter = session.get_one(Letter, request.letter_id)
    items = items_of(session, request.id)
    window = guaranteed_window(letter.served_us)
    is_officer = request.officer_id == me.account_id
    shown = shown_now(session, request, me.account_id, now_us) if is_officer else set()
    rows = [_item(session, one, window, is_shown=(one.camera_id, one.span) in shown) for one in items]
    marks = [
        (Mark.OUTSIDE_GUARANTEED_WINDOW, any(one.outside for one in rows)),
        (Mark.LATE_REGISTRATION, request.is_late),
        (Mark.LIVE_ONLY, any(one.is_live_only for one in rows)),
    ]
    latest = last_us(session, [request.id]).get(request.id, request.registered_us)
    return RequestDetail(
        **_facts(session, request, latest, awaiting_signature(session)), version=version_of_request(session, request),
        is_judicial=request.is_judicial, legal_basis=request.legal_basis,
        olur_no=request.olur_no, olur_on=request.olur_on, olur_issuer=request.olur_issuer,
        event_place=request.event_place, decision=request.decision,
        laws=law_rows(Law.from_json(one) for one in request.laws),
        missing_papers=list(request.missing),
        reviewed_us=request.reviewed_us, searched_us=request.searched_us,
        is_shortfall_recorded=is_shortfall_recorded(session, request), answer_no=request.answer_no,
        answer_on=request.answer_on, letter=letter_row(session, letter, now_us),
        window=SpanRow(start_us=window.start_us, end_us=window.end_us),
        marks=[mark for mark, is_so in marks if is_so], items=rows, locks=locks_row(session, archive, request.id),
        duties=_duties(session, request),
        holds=[
            HoldLinkRow(id=one.id, number=one.number, state=one.state, ends_us=one.ends_us)
            for one in holds_of_request(session, request.id)
        ],
        events=event_rows(session, request.id), steps=steps_of(session, request, letter, me, policy, now_us),
    )  # fmt: skip


def _facts(session: Session, one: FootageRequest, since_us: int, unsigned: Collection[UUID]) -> dict[str, object]:
    letter = session.get_one(Letter, one.letter_id)
    officer = None if one.officer_id is None else session.get(Account, one.officer_id)
    counted = select(func.count(func.distinct(RequestItem.camera_id))).where(RequestItem.request_id == one.id)
    registered = [
        duty.name
        for duty in request_duties(session, one.id)
        if duty.duty == Duty.REGISTER and duty.at_us >= one.registered_us  # before: who wrote its letter
    ]
    return {
        "id": one.id, "number": one.number, "origin": one.origin, "authority_kind": one.authority_kind,
        "sender_name": letter.sender_name, "letter_no": letter.no, "letter_on": letter.on,
        "served_us": letter.served_us, "file_no": one.file_no, "subject": one.subject, "state": one.state,
        "outcome": one.outcome, "registered_us": one.registered_us,
        "registered_by": registered[0] if registered else "", "due_soft_us": one.due_soft_us,
        "due_hard_us": one.due_hard_us, "since_us": since_us, "officer_id": one.officer_id,
        "officer_name": officer.display_name if officer else "", "cameras": session.scalar(counted) or 0,
        "has_file": letter.file_sha256 is not None, "is_ebys_pending": not letter.ebys_no,
        "awaits_signature": one.id in unsigned, "return_until_us": one.return_until_us,
        "closed_us": one.closed_us,
    }  # fmt: skip


def _item(session: Session, one: RequestItem, window: Span, *, is_shown: bool) -> ItemRow:
    camera = session.get_one(Camera, one.camera_id)
    found = one.found
    is_live_only = camera.kind == CameraKind.CITY_VIEW if found is None else was_live_only(one.span, found)
    return ItemRow(
        id=one.id, camera_id=camera.id, camera_number=camera.number, camera_name=camera.name, start_us=one.from_us,
        end_us=one.until_us, is_live_only=is_live_only, outside=span_row(outside_window(one.span, window)),
        covered_us=None if found is None else found["covered_us"],
        size_bytes=None if found is None else found["size_bytes"], missing=missing_rows(found),
        missing_in_all=0 if found is None else found["missing_in_all"],
        may_watch=is_shown and not is_live_only,
    )  # fmt: skip


def _duties(session: Session, request: FootageRequest) -> list[DutyRow]:
    """Each place once: the last who did it; a planned export by the officer."""
    last = {Duty(one.duty): one for one in request_duties(session, request.id)}
    officer = None if request.officer_id is None else session.get(Account, request.officer_id)
    rows = []
    for duty in _STRIP:
        done = last.get(duty)
        is_planned = done is None and duty is Duty.EXPORT and officer is not None
        rows.append(
            DutyRow(
                duty=duty, account_id=done.account_id if done else officer.id if is_planned and officer else None,
                name=done.name if done else officer.display_name if is_planned and officer else "",
                at_us=done.at_us if done else None, is_planned=is_planned,
            )
        )  # fmt: skip
    return rows
