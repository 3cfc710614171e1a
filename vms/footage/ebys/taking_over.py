"""A number that EBYS gave is taken over, unless it contradicts what the registers say."""

from datetime import date

from sqlalchemy import ColumnElement, extract, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from vms.audit.entry import Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.documents.ebys_number import note_ebys_number
from vms.documents.model import Document
from vms.documents.service import subject_of
from vms.footage.case_events import note_event
from vms.footage.ebys.model import EbysExchange, EbysProblem, ExchangeState
from vms.footage.letters.model import Letter
from vms.footage.letters.service import case_of_letter
from vms.kernel.clock import Clock
from vms.kernel.turkish import folded


def take_over(
    session: Session, clock: Clock, row: EbysExchange, one: Letter | Document, no: str, on: date, *, by: Actor
) -> bool:
    """Note it where none stands; whether the paper has its number now. What a person noted is never overwritten.

    Else the row says why: `taken` by another paper of the same year, `differs` from what the register says.
    """
    is_news = (row.given_no, row.given_on) != (no, on)
    before, row.given_no, row.given_on = EbysProblem(row.problem), no, on
    if one.ebys_no:
        if is_same(one.ebys_no, no):
            return _settled(row)
        row.problem, row.detail = EbysProblem.DIFFERS.value, ""
    elif other := _taken_by(session, no, on, one):
        row.problem, row.detail = EbysProblem.TAKEN.value, words_of(other)
    else:
        _note(session, clock, one, no, on, by)
        return _settled(row)
    if is_news or before != row.problem:
        tell(
            session, clock, one, Act.EBYS_DIFFERS, by, why=row.problem, ebys_no=no, ebys_on=str(on), ours=one.ebys_no,
            other=row.detail,
        )  # fmt: skip
    return False


def tell(session: Session, clock: Clock, one: Letter | Document, act: Act, by: Actor, **detail: object) -> None:
    """An entry of the audit log; of a letter an event of its case as well."""
    if isinstance(one, Letter):
        note_event(session, clock, case_of_letter(one), act, by, **detail)
        return
    append(session, clock, NewEntry(act=act, actor=by, subject=subject_of(one), detail=detail))


def is_same(one: str, other: str) -> bool:
    """Whether people would call both one number: blanks and the size of letters say nothing."""
    return "".join(folded(one).split()) == "".join(folded(other).split())


def words_of(one: Letter | Document) -> str:
    """What people call a paper."""
    return f"{one.number} · {one.words}" if isinstance(one, Letter) else one.number


def _settled(row: EbysExchange) -> bool:
    row.state, row.problem, row.detail = ExchangeState.GIVEN.value, EbysProblem.NONE.value, ""
    return True


def _note(session: Session, clock: Clock, one: Letter | Document, no: str, on: date, by: Actor) -> None:
    if isinstance(one, Document):
        note_ebys_number(session, clock, one.id, no, on, by=by)
        return
    one.ebys_no, one.ebys_on = no, on
    one.fold_words()
    tell(session, clock, one, Act.EBYS_NUMBERED, by, ebys_no=no, ebys_on=str(on))


def _taken_by(session: Session, no: str, on: date, one: Letter | Document) -> Letter | Document | None:
    """Another paper that has it: numbers begin anew with each year."""
    letter = session.scalars(
        select(Letter).where(_has(Letter.ebys_no, Letter.ebys_on, no, on), Letter.id != one.id).limit(1)
    ).first()
    if letter is not None:
        return letter
    wanted = select(Document).where(_has(Document.ebys_no, Document.ebys_on, no, on), Document.id != one.id)
    return session.scalars(wanted.limit(1)).first()


def _has(
    noted: InstrumentedAttribute[str], noted_on: InstrumentedAttribute[date | None], no: str, on: date
) -> ColumnElement[bool]:
    return (noted == no) & or_(noted_on.is_(None), extract("year", noted_on) == on.year)
