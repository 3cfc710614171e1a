"""`/breaches`: breaches of confidentiality, with what shows them and their record on paper."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from vms.audit.rules import Act
from vms.authority.breaches.entries import read_breach_entry
from vms.authority.breaches.paper import print_breach
from vms.authority.breaches.queries import MAX_PAGE, breaches, need_breach
from vms.authority.breaches.rules import MAX_WORDS_CHARACTERS
from vms.authority.breaches.service import BreachContent, NewEvidence, change_breach, record_breach
from vms.documents.forms.breach import MAX_EVIDENCE
from vms.people.roles import Action
from web.acting import By
from web.api.asked import MAX_TIME_US, Body, Text
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals
from web.rows.breach import BreachRow, breach_row
from web.rows.paper import PaperRow, printed_row

router = APIRouter(prefix="/breaches", tags=["breaches"])

MAX_ENTRY_NUMBER = 2**62
_READS = declares_action(Action.SEE_REGISTERS)
_RECORDS = declares_action(Action.RECORD_BREACH)
Refused = refusals(404, 409, 413)
Prose = Annotated[str, Field(max_length=2 * MAX_WORDS_CHARACTERS)]  # the rule is `vms.authority`'s


class EvidenceBody(Body):
    """Something that shows what happened. At most one of its three references."""

    what: Text
    entry_number: int | None = Field(None, ge=1, le=MAX_ENTRY_NUMBER)
    document_number: Text = ""
    reference: Text = ""


class BreachBody(Body):
    """What is told of a breach; a correction names all of it. `happened_us`: the moment, which then tells the day.

    `person_words`: who it was when they are not of the register.
    """

    happened_on: date
    happened_us: int | None = Field(None, ge=0, le=MAX_TIME_US)
    noticed_on: date
    person_id: UUID | None = None
    person_words: Text = ""
    account_name: Text = ""
    camera_id: UUID | None = None
    place: Text = ""
    what: Prose
    affected: Prose = ""
    action: Prose
    notified: Prose = ""
    evidence: list[EvidenceBody] = Field(default_factory=list, max_length=MAX_EVIDENCE)

    def content(self) -> BreachContent:
        """For the use cases."""
        given = self.model_dump(exclude={"evidence"})
        return BreachContent(**given, evidence=[NewEvidence(**one.model_dump()) for one in self.evidence])


class BreachList(BaseModel):
    """A part of the breaches, the ones recorded last first, with how many there are in all."""

    breaches: list[BreachRow]
    total: int


class EntryFacts(BaseModel):
    """What the form is filled in with. `is_recorded`: a breach names this entry already.

    `person_id` null: the account is of nobody in the register; `actor_name` is what the log calls them. `words`: what
    the paper calls the entry.
    """

    number: int
    at_us: int
    act: Act
    outcome: str
    actor_name: str
    account_name: str
    person_id: UUID | None
    camera_id: UUID | None
    words: str
    is_recorded: bool


@router.get("", dependencies=[_READS], responses=refusals())
def list_breaches(
    here: Here,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> BreachList:
    """What was recorded, page by page."""
    with here.database.reading() as session:
        page = breaches(session, offset, limit)
        return BreachList(breaches=[breach_row(session, one) for one in page.breaches], total=page.total)


@router.get("/entries/{number}", dependencies=[_RECORDS], responses=refusals(404))
def read_entry_of_breach(
    number: Annotated[int, Path(ge=1, le=MAX_ENTRY_NUMBER)], by: By, here: Here
) -> EntryFacts:  # fmt: skip
    """One entry of the audit log that tells of an attempt to record or of a refusal. That it was read is logged."""
    with here.database.writing() as session:
        found = read_breach_entry(session, here.clock, number, by=by)
        return EntryFacts(
            number=found.number, at_us=found.at_us, act=found.act, outcome=found.outcome, actor_name=found.actor_name,
            account_name=found.account_name, person_id=found.person_id, camera_id=found.camera_id,
            words=found.words, is_recorded=found.is_recorded,
        )  # fmt: skip


@router.get("/{breach_id}", dependencies=[_READS], responses=refusals(404))
def read_breach(breach_id: UUID, here: Here) -> BreachRow:
    """One breach."""
    with here.database.reading() as session:
        return breach_row(session, need_breach(session, breach_id))


@router.post("", status_code=201, dependencies=[_RECORDS], responses=Refused)
def add_breach(body: BreachBody, by: By, here: Here) -> BreachRow:
    """Record a breach."""
    with here.database.writing() as session:
        return breach_row(session, record_breach(session, here.clock, body.content(), by=by))


@router.put("/{breach_id}", dependencies=[_RECORDS], responses=Refused)
def replace_breach(breach_id: UUID, body: BreachBody, by: By, here: Here) -> BreachRow:
    """Correct or complete a record; what was printed stays as it is until it is printed anew."""
    with here.database.writing() as session:
        found = need_breach(session, breach_id)
        return breach_row(session, change_breach(session, here.clock, found, body.content(), by=by))


@router.post("/{breach_id}/paper", status_code=201, dependencies=[_RECORDS], responses=Refused)
def print_breach_record(breach_id: UUID, by: By, here: Here) -> PaperRow:
    """P-29; another version where the record was corrected since it was printed."""
    with here.database.writing() as session:
        found = need_breach(session, breach_id)
        return printed_row(session, print_breach(session, here.clock, here.desk, found, by=by))
