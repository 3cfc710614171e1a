"""One round with EBYS: papers are handed over, numbers asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.documents.store import FileStore
from vms.footage.ebys.answer import Answer, Ebys, Standing, answer_wrong
from vms.footage.ebys.awaited import due_rows, keep_rows
from vms.footage.ebys.model import EbysExchange, EbysProblem, ExchangeState, PaperKind
from vms.footage.ebys.paper import Paper, entity_of, paper_of
from vms.footage.ebys.taking_over import take_over, tell
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.database import Database
from vms.kernel.days import day_of
from vms.kernel.errors import VmsError

MAX_PAPERS = 50  # of one round
FIRST_WAIT_US = 30 * US_PER_SECOND
LONGEST_WAIT_US = 15 * 60 * US_PER_SECOND
REFUSED_WAIT_US = 6 * 3600 * US_PER_SECOND  # a person has to do something first; it may have been there
_PROBLEMS: Mapping[str, EbysProblem] = {
    "ebys_unreachable": EbysProblem.UNREACHABLE, "ebys_out_of_order": EbysProblem.UNREACHABLE,
    "ebys_sign_in_refused": EbysProblem.SETTINGS, "ebys_password_unreadable": EbysProblem.SETTINGS,
    "ebys_file_unreadable": EbysProblem.SETTINGS, "ebys_answer_wrong": EbysProblem.ANSWER_WRONG,
}  # fmt: skip
_OF_THE_LINE = frozenset(
    {"ebys_unreachable", "ebys_sign_in_refused", "ebys_password_unreadable", "ebys_file_unreadable"}
)
"""What the next paper would meet as well."""


@dataclass(frozen=True, slots=True)
class Round:
    """How many papers were handed over, how many have their number now; the code of what ended it early, or empty."""

    told: int = 0
    numbered: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Stores:
    """Where the files of both registers lie."""

    letters: FileStore
    documents: FileStore

    def read(self, paper: Paper) -> bytes | None:
        """The paper's file; None for one that goes without. VmsError(CORRUPT) of the store."""
        if paper.file is None:
            return None
        store = self.letters if paper.kind is PaperKind.LETTER else self.documents
        return store.read(paper.file.sha256)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Of one paper: an answer, or why there is none. `told`: what was handed over just now."""

    answer: Answer | None = None
    error: VmsError | None = None
    told: bytes | None = None


def run_once(
    database: Database, clock: Clock, ebys: Ebys, stores: Stores, *, since_us: int, by: Actor,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Round:  # fmt: skip
    """Idempotent, and may be killed at any moment: EBYS knows each paper by its reference.

    No transaction is open while EBYS is asked. What is away is asked once a round. `is_stopping`: looked at before each
    paper; the rest is the next round's.
    """
    with database.writing() as session:
        keep_rows(session, since_us)
    with database.reading() as session:
        due = [row.paper_id for row in due_rows(session, clock.now_us(), MAX_PAPERS)]
    told = numbered = 0
    for place, paper_id in enumerate(due):
        if is_stopping():
            break
        outcome = _ask(database, ebys, stores, paper_id)
        error = outcome.error
        with database.writing() as session:
            numbered += _record(session, clock, paper_id, outcome, by)
            told += outcome.told is not None
            if error is not None and error.code in _OF_THE_LINE:
                _all_failed(session, clock, due[place + 1 :], error)
        if error is not None and error.code in _OF_THE_LINE:
            return Round(told, numbered, error.code)
    return Round(told, numbered)


def _ask(database: Database, ebys: Ebys, stores: Stores, paper_id: UUID) -> _Outcome:
    """Hand it over, or ask for its number where EBYS has it."""
    with database.reading() as session:
        row = session.get(EbysExchange, paper_id)
        one = None if row is None else entity_of(session, row)
        if row is None or one is None:
            return _Outcome()
        paper, is_known = paper_of(session, one), row.state == ExchangeState.TOLD
    try:
        if is_known:
            return _Outcome(ebys.ask(paper_id))
        return _Outcome(ebys.tell(paper, stores.read(paper)), told=paper.told_sha256)
    except VmsError as err:
        return _Outcome(error=err)


def _record(session: Session, clock: Clock, paper_id: UUID, outcome: _Outcome, by: Actor) -> bool:
    """Whether it has its number now."""
    row = session.get(EbysExchange, paper_id)
    one = None if row is None else entity_of(session, row)
    if row is None or one is None or row.state == ExchangeState.GIVEN:
        return False
    row.asked_us = clock.now_us()
    if outcome.error is not None:
        _failed(row, clock, outcome.error)
        return False
    answer = outcome.answer
    assert answer is not None
    if outcome.told is not None:
        row.told_sha256 = outcome.told
        if answer.state is not Standing.REFUSED:
            tell(session, clock, one, Act.EBYS_TOLD, by, reference=str(paper_id))
            row.state = ExchangeState.TOLD.value
            row.tries = 0 if row.problem else row.tries
    return _answered(session, clock, row, answer, by)


def _answered(session: Session, clock: Clock, row: EbysExchange, answer: Answer, by: Actor) -> bool:
    one = entity_of(session, row)
    assert one is not None
    wait_us = LONGEST_WAIT_US
    if answer.state is Standing.NUMBERED:
        assert answer.on is not None
        if answer.on > day_of(clock.now_us()):
            _failed(row, clock, answer_wrong("gives a number with a date that is still to come"))
            return False
        if take_over(session, clock, row, one, answer.number, answer.on, by=by):
            return True
    elif answer.state is Standing.UNKNOWN:  # it was handed over and is not there: again
        row.state, row.told_sha256 = ExchangeState.WAITING.value, None
    elif answer.state is Standing.REFUSED:
        row.problem, row.detail, wait_us = EbysProblem.REFUSED.value, answer.reason_line, REFUSED_WAIT_US
    else:
        row.problem, row.detail = EbysProblem.NONE.value, ""
    _wait(row, clock, wait_us)
    return False


def _failed(row: EbysExchange, clock: Clock, error: VmsError) -> None:
    """Its next try comes later than the one before."""
    row.problem, row.detail = _PROBLEMS.get(error.code, EbysProblem.FILE_UNREADABLE).value, ""
    _wait(row, clock, LONGEST_WAIT_US)


def _wait(row: EbysExchange, clock: Clock, longest_us: int) -> None:
    row.next_us = clock.now_us() + min(FIRST_WAIT_US << min(row.tries, 20), longest_us)
    row.tries += 1


def _all_failed(session: Session, clock: Clock, paper_ids: Sequence[UUID], error: VmsError) -> None:
    for paper_id in paper_ids:
        row = session.get(EbysExchange, paper_id)
        if row is not None:
            _failed(row, clock, error)
