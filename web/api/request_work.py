"""`/requests/{id}/…`: assigning, deciding, looking for, ending a request."""

from collections.abc import Callable
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.footage.model import FootageRequest
from vms.footage.queries import need_request
from vms.footage.requests.assigning import assign
from vms.footage.requests.closing import answer, withdraw
from vms.footage.requests.review import approve, complete, refuse, return_for_papers
from vms.footage.requests.searching import check_officer, look_everywhere, record_search, wanted_items
from vms.footage.requests.service import check_seen
from vms.people.queries import need_account_by_id
from vms.people.roles import Action
from web.acting import By
from web.api.asked import MAX_TIME_US, Body, Text
from web.api.requests import tell_volumes, told
from web.authorisation import Me, declares_action
from web.backends import Backends, Here
from web.callers import Caller
from web.problems import refusals
from web.rows.request import RequestDetail

router = APIRouter(prefix="/requests/{request_id}", tags=["requests"])

_REVIEWS = declares_action(Action.REVIEW_REQUEST)
_REGISTERS = declares_action(Action.REGISTER_REQUEST)
_Refused = refusals(404, 409, 413)


class AssignmentBody(Body):
    """Whose work it is."""

    account_id: UUID


class SeenBody(Body):
    """`seen`: the `version` of the case that was read. Changed since, it is refused: `changed_meanwhile`."""

    seen: int = Field(ge=0, le=MAX_TIME_US)


class DecisionBody(SeenBody):
    """`laws`: numbers of the service's laws that the decision quotes; its papers print them."""

    laws: list[Annotated[str, Field(max_length=10)]] = Field(default_factory=list, max_length=100)


class ApprovalBody(DecisionBody):
    """Words of a decision; needed where the authority is none of the four of article 10(1)."""

    words: Text = ""


class RefusalBody(DecisionBody):
    """Why."""

    why: Text


class CompletionBody(Body):
    """What came."""

    words: Text = ""


class MissingPapersBody(SeenBody):
    """Which papers are missing, each in a line."""

    missing: list[Text] = Field(max_length=100)


class WithdrawalBody(Body):
    """By which registered letter it is taken back; its file has to be there."""

    letter_id: UUID | None = None


class AnswerBody(Body):
    """A letter: its number, its date."""

    letter_no: Text
    letter_on: date


@router.post("/assignment", dependencies=[declares_action(Action.ASSIGN_REQUEST)], responses=_Refused)
async def assign_request(request_id: UUID, body: AssignmentBody, me: Me, by: By, here: Here) -> RequestDetail:
    """Make it this officer's work; once it is approved, they may look at exactly its intervals."""

    def change(session: Session, request: FootageRequest) -> None:
        account = need_account_by_id(session, body.account_id)
        assign(session, here.clock, request, account, by=by, policy=here.footage_policy)

    return await _changed(here, request_id, me, change)


@router.post("/approval", dependencies=[_REVIEWS], responses=_Refused)
async def approve_request(request_id: UUID, body: ApprovalBody, me: Me, by: By, here: Here) -> RequestDetail:
    """Let the officer look for the footage and export it."""

    def change(session: Session, request: FootageRequest) -> None:
        check_seen(session, request, body.seen)
        laws = here.service.laws_named(body.laws)
        approve(session, here.clock, request, body.words, laws=laws, by=by, policy=here.footage_policy)

    return await _changed(here, request_id, me, change)


@router.post("/return", dependencies=[_REVIEWS], responses=_Refused)
async def return_request(request_id: UUID, body: MissingPapersBody, me: Me, by: By, here: Here) -> RequestDetail:
    """Ask for missing papers; the footage stays locked until their deadline."""

    def change(session: Session, request: FootageRequest) -> None:
        check_seen(session, request, body.seen)
        return_for_papers(session, here.clock, request, body.missing, by=by, policy=here.footage_policy)

    return await _changed(here, request_id, me, change)


@router.post("/refusal", dependencies=[_REVIEWS], responses=_Refused)
async def refuse_request(request_id: UUID, body: RefusalBody, me: Me, by: By, here: Here) -> RequestDetail:
    """Refuse it; its locks are let go, those of other requests and holds stay."""

    def change(session: Session, request: FootageRequest) -> None:
        check_seen(session, request, body.seen)
        laws = here.service.laws_named(body.laws)
        refuse(session, here.clock, request, body.why, laws=laws, by=by, policy=here.footage_policy)

    return await _changed(here, request_id, me, change, by)


@router.post("/completion", dependencies=[_REGISTERS], responses=_Refused)
async def complete_request(request_id: UUID, body: CompletionBody, me: Me, by: By, here: Here) -> RequestDetail:
    """The missing papers came; it is decided anew."""

    def change(session: Session, request: FootageRequest) -> None:
        complete(session, here.clock, request, body.words, by=by, policy=here.footage_policy)

    return await _changed(here, request_id, me, change)


@router.post("/withdrawal", dependencies=[_REGISTERS], responses=_Refused)
async def withdraw_request(request_id: UUID, body: WithdrawalBody, me: Me, by: By, here: Here) -> RequestDetail:
    """Who asked takes it back by this letter."""

    def change(session: Session, request: FootageRequest) -> None:
        withdraw(session, here.clock, request, body.letter_id, by=by)

    return await _changed(here, request_id, me, change, by)


@router.post("/answer", dependencies=[_REGISTERS], responses=_Refused)
async def answer_request(request_id: UUID, body: AnswerBody, me: Me, by: By, here: Here) -> RequestDetail:
    """The letter that tells the outcome went out: what was refused or not found is closed."""

    def change(session: Session, request: FootageRequest) -> None:
        answer(session, here.clock, request, body.letter_no, body.letter_on, by=by)

    return await _changed(here, request_id, me, change, by)


@router.post("/search", dependencies=[declares_action(Action.EXPORT_FOOTAGE)], responses=refusals(404, 409))
async def search_request(request_id: UUID, me: Me, by: By, here: Here) -> RequestDetail:
    """Look for the footage and write down what exists, what is missing, why. Its officer's work only."""

    def search() -> RequestDetail:
        with here.database.reading() as session:
            check_officer(need_request(session, request_id), me.account_id)
            wanted = wanted_items(session, request_id)
        found = look_everywhere(here.archive(), wanted, here.clock.now_us())
        with here.database.writing() as session:
            record_search(session, here.clock, need_request(session, request_id), found, by=by)
        return told(here, request_id, me)

    return await here.archive_workers.run(search)


async def _changed(
    here: Backends, request_id: UUID, me: Caller, change: Callable[[Session, FootageRequest], None],
    releasing: Actor | None = None,
) -> RequestDetail:  # fmt: skip
    """Do it in a transaction; `releasing`: who let locks go, of which the volumes are told next."""

    def save() -> RequestDetail:
        with here.database.writing() as session:
            request = need_request(session, request_id)
            change(session, request)
        if releasing is not None:
            tell_volumes(here, request, releasing)
        return told(here, request_id, me)

    detail = await here.archive_workers.run(save)
    here.views.recheck_soon()
    return detail
