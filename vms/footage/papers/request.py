"""The forms of a request that needs no package: what could not be reached (P-07), the letter that answers (P-31)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from vms.audit.entry import Actor
from vms.documents.forms.answer import AnswerForm, Attachment, Result
from vms.documents.forms.form import Person as Named
from vms.documents.forms.known import FORMS
from vms.documents.forms.unreached import UnreachedForm
from vms.documents.model import Document
from vms.documents.naming import cut, named_actor
from vms.documents.queries import need_document
from vms.documents.rules import Kind
from vms.documents.rules import State as PaperState
from vms.footage.exports.model import Delivery
from vms.footage.holds.model import Hold
from vms.footage.letters.model import Letter
from vms.footage.model import FootageRequest, RequestItem
from vms.footage.papers.lacking import given_up_holes, without
from vms.footage.papers.parts import (
    asked_rows,
    laws_of,
    left_out_note,
    letter_of,
    looked,
    moment,
    request_named,
    standing_paper,
    unit_head,
    window_of,
)
from vms.footage.queries import hold_items_of, items_of
from vms.footage.requests.review import PAPERS_DID_NOT_COME
from vms.footage.rules import Outcome, State, wrong_state
from vms.kernel.days import day_of
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError
from vms.people.model import Account

_NOT_IN_TIME = "İstenen eksik belge ve bilgiler, verilen süre içinde tamamlanmamıştır."
_OUTCOMES = {
    Outcome.DELIVERED: Result.DELIVERED, Outcome.UNAVAILABLE: Result.UNAVAILABLE, Outcome.REFUSED: Result.REFUSED,
}  # fmt: skip
_RESULTS = {
    State.RETURNED: Result.INCOMPLETE, State.REFUSED: Result.REFUSED, State.UNAVAILABLE: Result.UNAVAILABLE,
    State.PREPARED: Result.DELIVERED, State.DELIVERED: Result.DELIVERED,
}  # fmt: skip


def missing_items(session: Session, request: FootageRequest) -> list[RequestItem]:
    """What a request asks for and some of was not found, or was given up with its package.

    VmsError(CONFLICT): `request_state` before it was looked for, `nothing_missing` when all of it is there.
    """
    if request.searched_us is None:
        raise wrong_state(State(request.state))
    given_up = given_up_holes(session, request.id)
    items = [
        one
        for one in items_of(session, request.id)
        if (one.found and one.found["missing_in_all"]) or given_up.get(one.id)
    ]
    if not items:
        raise _nothing_missing()
    return items


def unreached_form(session: Session, request: FootageRequest, by: Actor) -> UnreachedForm:
    """P-07 of a request that was looked for. VmsError as `missing_items`."""
    items = missing_items(session, request)
    assert request.searched_us is not None
    given_up = given_up_holes(session, request.id)
    found = [without(one, given_up.get(item.id, ())) for item, one in zip(items, looked(items), strict=True)]
    return UnreachedForm(
        request=request_named(session, request), items=asked_rows(session, found, window_of(session, request)),
        searched_at=moment(request.searched_us), is_late=request.is_late, earlier=earlier_delivery(session, request.id),
        keeper=_keeper(session, request.officer_id, by), note=left_out_note(items),
    )  # fmt: skip


def unreached_hold_form(session: Session, hold: Hold, by: Actor) -> UnreachedForm:
    """P-07 of what a hold did not find, or came too late for (edge-61). VmsError(CONFLICT, `nothing_missing`)."""
    items = [one for one in hold_items_of(session, hold.id) if one.found.get("missing_in_all")]
    if not items:
        raise _nothing_missing()
    return UnreachedForm(
        hold=str(hold.number), items=asked_rows(session, looked(items)), searched_at=moment(hold.starts_us),
        keeper=_keeper(session, hold.placed_by, by), note=left_out_note(items),
    )  # fmt: skip


def answer_form(session: Session, request: FootageRequest, now_us: int) -> AnswerForm:
    """P-31 as the request stands now.

    VmsError(CONFLICT): `request_state` when there is nothing to answer; `delivery_record_missing`,
    `unreached_record_missing` when the record that goes with it is not printed, `unreached_record_old` when it was
    looked for again since.
    """
    result = _result(request)
    letter = session.get_one(Letter, request.letter_id)
    until_us = request.return_until_us
    return AnswerForm(
        result=result, addressee=cut(f"{cut(letter.sender_name)[:180]} Makamına"), letters=(letter_of(letter),),
        request=str(request.number), file_no=request.file_no,
        reason=_reason(request) if result is Result.REFUSED else "",
        missing_papers=tuple(cut(one) for one in request.missing),
        until=None if until_us is None else day_of(until_us - 1), attachments=_attachments(session, request, result),
        is_released=result is Result.REFUSED, laws=laws_of(request), signer=unit_head(session, now_us),
    )  # fmt: skip


def earlier_delivery(session: Session, request_id: UUID) -> str:
    """The record by which some of the same footage was delivered before (edge-51); empty where it never was."""
    asked, former = aliased(RequestItem), aliased(RequestItem)
    wanted = (
        select(Delivery.record_id)
        .join(former, former.request_id == Delivery.request_id)
        .join(asked, asked.camera_id == former.camera_id)
        .where(asked.request_id == request_id, former.request_id != request_id, Delivery.delivered_us.is_not(None))
        .where(former.from_us < asked.until_us, former.until_us > asked.from_us)
        .order_by(Delivery.delivered_us.desc())
    )
    record_id = session.scalars(wanted).first()
    return "" if record_id is None else need_document(session, record_id).number


def check_may_answer(session: Session, request: FootageRequest) -> None:
    """Refuse a letter that has nothing to say yet. VmsError as `answer_form`."""
    _attachments(session, request, _result(request))


def _nothing_missing() -> VmsError:
    return VmsError(
        Refused.CONFLICT, "nothing_missing", "All of this footage was found: there is nothing to record as missing."
    )


def _reason(request: FootageRequest) -> str:
    """Why it is refused, as a letter says it."""
    return _NOT_IN_TIME if request.decision == PAPERS_DID_NOT_COME else request.decision


def _result(request: FootageRequest) -> Result:
    state = State(request.state)
    result = _OUTCOMES.get(Outcome(request.outcome)) if request.outcome else _RESULTS.get(state)
    if result is None:
        raise wrong_state(state)
    return result


def _attachments(session: Session, request: FootageRequest, result: Result) -> tuple[Attachment, ...]:
    record = standing_paper(session, Kind.DELIVERY, request.id)
    unreached = standing_paper(session, Kind.UNREACHED, request.id)
    if result is Result.DELIVERED:
        if record is None:
            raise delivery_record_missing()
        return tuple(_attachment(one) for one in (record, unreached) if one is not None)
    if result is not Result.UNAVAILABLE:
        return ()
    return (_attachment(need_unreached_record(session, request)),)


def need_unreached_record(session: Session, request: FootageRequest) -> Document:
    """The P-07 of a request that counts; of an open one it tells what was found when it was last looked for.

    VmsError(CONFLICT): `unreached_record_missing`, `unreached_record_old`.
    """
    found = standing_paper(session, Kind.UNREACHED, request.id)
    if found is None:
        raise VmsError(
            Refused.CONFLICT, "unreached_record_missing",
            "The answer goes with the record of what could not be reached (P-07). Print that first.",
        )  # fmt: skip
    if request.closed_us is None and not _tells_last_search(found, request):
        raise VmsError(
            Refused.CONFLICT, "unreached_record_old",
            "The footage was looked for again after this record (P-07) was printed. Print it again and have it signed.",
            number=found.number,
        )  # fmt: skip
    return found


def is_shortfall_recorded(session: Session, request: FootageRequest) -> bool:
    """Whether what was not found stands in a signed P-07; of an open request, in one of its last search."""
    found = standing_paper(session, Kind.UNREACHED, request.id)
    if found is None or found.state != PaperState.SIGNED or request.searched_us is None:
        return False
    return request.closed_us is not None or _tells_last_search(found, request)


def _tells_last_search(paper: Document, request: FootageRequest) -> bool:
    """By the time that stands on it: a clock that was set may have issued it before what it tells of."""
    assert request.searched_us is not None
    return datetime.fromisoformat(paper.fields["searched_at"]) == moment(request.searched_us)


def delivery_record_missing() -> VmsError:
    """The refusal of what needs the minutes of delivery."""
    return VmsError(
        Refused.CONFLICT, "delivery_record_missing",
        "Footage is handed over by a record of delivery (P-04). Prepare and print it first.",
    )  # fmt: skip


def _attachment(paper: Document) -> Attachment:
    return Attachment(number=paper.number, title=FORMS[Kind(paper.kind)].title, pages=paper.pages)


def _keeper(session: Session, account_id: UUID | None, by: Actor) -> Named:
    """Whose work it is: printed again by somebody else the paper says the same."""
    account = None if account_id is None else session.get(Account, account_id)
    if account is None:
        return named_actor(session, by.person_id, by.name)
    return named_actor(session, account.id, account.display_name)
