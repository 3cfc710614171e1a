"""`…/records/draft`, `…/delivery/draft` of requests, holds: papers as they would be printed now."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.documents.forms.form import Form
from vms.footage.case_events import Case
from vms.footage.holds.links import case_of_hold
from vms.footage.papers.drafts import hold_record_form, minutes_form
from vms.footage.papers.request import answer_form, unreached_form
from vms.footage.queries import need_hold, need_request
from vms.footage.requests.service import case_of
from vms.people.roles import Action
from web.acting import By
from web.api.deliveries import DeliveryBody
from web.api.footage_records import RecordBody, RecordKind, kept_of
from web.authorisation import declares_action
from web.backends import Backends, Here
from web.problems import refusals

router = APIRouter(tags=["footage records"])

_PRINTS = [declares_action(Action.ISSUE_DOCUMENT), declares_action(Action.SEE_REQUESTS)]
_PDF = "application/pdf"
_ANSWERS: dict[int | str, dict[str, Any]] = refusals(404, 409, 413) | {
    200: {"content": {_PDF: {}}, "description": "The paper, TASLAK across each page."}
}


@router.post(
    "/requests/{request_id}/records/draft", dependencies=_PRINTS, response_class=Response, responses=_ANSWERS
)  # fmt: skip
async def draft_request_record(request_id: UUID, body: RecordBody, by: By, here: Here) -> Response:
    """P-07 or P-31 as it would be printed now; no paper is kept, no number is taken."""

    def filled(session: Session) -> tuple[Form, Case]:
        request = need_request(session, request_id)
        if body.kind is RecordKind.UNREACHED:
            return unreached_form(session, request, by), case_of(request)
        return answer_form(session, request, here.clock.now_us()), case_of(request)

    return await _drafted(here, by, filled)


@router.post(
    "/requests/{request_id}/delivery/draft", dependencies=[declares_action(Action.DELIVER_FOOTAGE)],
    response_class=Response, responses=_ANSWERS,
)  # fmt: skip
async def draft_delivery(request_id: UUID, body: DeliveryBody, by: By, here: Here) -> Response:
    """P-04 as it would be printed now; no paper is kept, no number is taken."""

    def filled(session: Session) -> tuple[Form, Case]:
        request = need_request(session, request_id)
        form = minutes_form(session, request, body.handing(), by=by, policy=here.footage_policy)
        return form, case_of(request)

    return await _drafted(here, by, filled)


@router.post("/holds/{hold_id}/records/draft", dependencies=_PRINTS, response_class=Response, responses=_ANSWERS)
async def draft_hold_record(hold_id: UUID, by: By, here: Here) -> Response:
    """P-05, P-06 or P-07 of a hold as it would be printed now; no paper is kept, no number is taken."""
    segments = await here.archive_workers.run(lambda: kept_of(here, hold_id))

    def filled(session: Session) -> tuple[Form, Case]:
        hold = need_hold(session, hold_id)
        return hold_record_form(session, hold, segments, by), case_of_hold(hold)

    return await _drafted(here, by, filled)


async def _drafted(here: Backends, by: Actor, filled: Callable[[Session], tuple[Form, Case]]) -> Response:
    """The paper, set once the database was read. It says what the printed one will: taking it is written down (E-1)."""

    def draw() -> bytes:
        press = here.desk.need_press()
        with here.database.reading() as session:
            form, case = filled(session)
        pdf = press.draft(form, here.clock.now_us())
        subject = Subject(case.kind, str(case.id), case.words)
        detail = {"what": "draft", "form": form.kind}
        with here.database.writing() as session:
            append(session, here.clock, NewEntry(act=Act.DOCUMENT_READ, actor=by, subject=subject, detail=detail))
        return pdf

    pdf = await here.archive_workers.run(draw)
    headers = {"Content-Disposition": 'attachment; filename="TASLAK.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, media_type=_PDF, headers=headers)
