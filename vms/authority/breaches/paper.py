"""The record of a breach of confidentiality (P-29)."""

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.authority.breaches.model import Breach, BreachEvidence
from vms.authority.breaches.queries import evidence_of
from vms.authority.breaches.service import subject_of_breach
from vms.cameras.model import Camera
from vms.documents.desk import Desk
from vms.documents.forms.breach import BreachForm, Evidence
from vms.documents.forms.form import Person as Named
from vms.documents.model import Document
from vms.documents.naming import cut, named, named_actor
from vms.documents.queries import need_document
from vms.documents.reissue import issue_as_it_reads_now
from vms.documents.service import NewDocument
from vms.kernel.clock import Clock, to_datetime
from vms.kernel.days import ZONE
from vms.people.organisation_model import Person


def print_breach(session: Session, clock: Clock, desk: Desk, breach: Breach, *, by: Actor) -> Document:
    """P-29 of a breach; another version where it was corrected since it was printed.

    It is nobody's own paper: who is named in it may not read it for that. VmsError as `Desk.need_press`,
    `service.issue`.
    """
    form = breach_form(session, breach)
    new = NewDocument(kind=form.kind, fields=form.model_dump(mode="json"), subject=subject_of_breach(breach))
    found = issue_as_it_reads_now(session, clock, desk, breach.document_id, new, by=by)
    breach.document_id = found.id
    session.flush()
    return found


def breach_form(session: Session, breach: Breach) -> BreachForm:
    """P-29 as it reads now."""
    camera = None if breach.camera_id is None else session.get_one(Camera, breach.camera_id)
    at = None if breach.happened_us is None else to_datetime(breach.happened_us).astimezone(ZONE).time()
    return BreachForm(
        day=breach.happened_on,
        at=None if at is None else at.replace(second=0, microsecond=0),
        noticed_day=breach.noticed_on,
        person=_person(session, breach),
        account_name=breach.account_name,
        camera="" if camera is None else cut(f"{camera.number} {camera.name}"),
        place=breach.place or cut("" if camera is None else camera.site),
        what=breach.what,
        affected=breach.affected,
        action=breach.action,
        notified=breach.notified,
        reporter=named_actor(session, breach.recorded_by, breach.recorded_by_name),
        evidence=tuple(
            Evidence(what=one.what, reference=reference_of(session, one)) for one in evidence_of(session, breach.id)
        ),
    )


def reference_of(session: Session, one: BreachEvidence) -> str:
    """By which number a piece of evidence is found again."""
    if one.entry_number is not None:
        return f"Denetim izi no {one.entry_number}"
    return one.reference if one.document_id is None else need_document(session, one.document_id).number


def _person(session: Session, breach: Breach) -> Named | None:
    if breach.person_id is not None:
        return named(session, session.get_one(Person, breach.person_id))
    return Named(name=breach.person_words) if breach.person_words else None
