"""Breaches of confidentiality as the API shows them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.authority.breaches.model import Breach, BreachEvidence
from vms.authority.breaches.queries import evidence_of
from vms.cameras.model import Camera
from vms.documents.queries import need_document
from vms.people.organisation_model import Person
from web.rows.paper import PaperRow, paper_row


class EvidenceRow(BaseModel):
    """Something that shows a breach: an entry of the audit log, a document by its number, or anything else."""

    what: str
    entry_number: int | None
    document_number: str
    reference: str


class BreachRow(BaseModel):
    """A breach. `happened_us` null: only the day is known. `paper`: its record (P-29), once printed.

    `person_name`: of the register, or else in words; empty: nobody knows who.
    """

    id: UUID
    happened_on: date
    happened_us: int | None
    noticed_on: date
    person_id: UUID | None
    person_name: str
    account_name: str
    camera_id: UUID | None
    camera_name: str
    place: str
    what: str
    affected: str
    action: str
    notified: str
    recorded_us: int
    recorded_by: str
    evidence: list[EvidenceRow]
    paper: PaperRow | None


def breach_row(session: Session, one: Breach) -> BreachRow:
    """For the list, for its form."""
    person = None if one.person_id is None else session.get_one(Person, one.person_id)
    camera = None if one.camera_id is None else session.get_one(Camera, one.camera_id)
    return BreachRow(
        id=one.id, happened_on=one.happened_on, happened_us=one.happened_us, noticed_on=one.noticed_on,
        person_id=one.person_id, person_name=person.full_name if person else one.person_words,
        account_name=one.account_name, camera_id=one.camera_id,
        camera_name=f"{camera.number} · {camera.name}" if camera else "", place=one.place, what=one.what,
        affected=one.affected, action=one.action, notified=one.notified, recorded_us=one.recorded_us,
        recorded_by=one.recorded_by_name,
        evidence=[_evidence(session, piece) for piece in evidence_of(session, one.id)],
        paper=paper_row(session, one.document_id),
    )  # fmt: skip


def _evidence(session: Session, one: BreachEvidence) -> EvidenceRow:
    number = "" if one.document_id is None else need_document(session, one.document_id).number
    return EvidenceRow(
        what=one.what, entry_number=one.entry_number, document_number=number, reference=one.reference
    )  # fmt: skip
