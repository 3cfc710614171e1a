"""Recording a breach of confidentiality, correcting what was recorded (D-11.4c, D-7.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, Subject
from vms.audit.model import AuditEntry
from vms.audit.rules import Act
from vms.authority.acts import line, tell
from vms.authority.breaches.model import Breach, BreachEvidence
from vms.authority.breaches.rules import (
    breach_in_future,
    check_days,
    check_number_of_evidence,
    check_one_reference,
    optional_line,
    optional_words,
    words,
)
from vms.cameras.model import Camera
from vms.documents.queries import document_by_number
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.organisation_queries import need_person


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvidence:
    """Something that shows what happened: an entry of the audit log, a paper of the register, or anything else."""

    what: str
    entry_number: int | None = None
    document_number: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachContent:
    """What is told of a breach; a correction names all of it. `happened_us`: the moment, which then tells the day."""

    happened_on: date
    noticed_on: date
    what: str
    action: str
    happened_us: int | None = None
    person_id: UUID | None = None
    person_words: str = ""
    account_name: str = ""
    camera_id: UUID | None = None
    place: str = ""
    affected: str = ""
    notified: str = ""
    evidence: Sequence[NewEvidence] = ()


def record_breach(session: Session, clock: Clock, content: BreachContent, *, by: Actor) -> Breach:
    """A breach with what shows it.

    VmsError: INVALID what `vms.authority.breaches.rules` refuses; NOT_FOUND `person_not_found`, `camera_not_found`,
    `breach_entry_not_found`, `document_not_found`.
    """
    breach = Breach(
        id=new_id(clock), **_facts(session, clock, content), recorded_us=clock.now_us(), recorded_by=by.person_id,
        recorded_by_name=by.name,
    )  # fmt: skip
    session.add(breach)
    session.flush()
    _lay(session, breach, content.evidence)
    _tell(session, clock, Act.BREACH_RECORDED, breach, content, by)
    return breach


def change_breach(session: Session, clock: Clock, breach: Breach, content: BreachContent, *, by: Actor) -> Breach:
    """Correct or complete it: what was found out, what was done.

    A record that was printed gets another version when it is printed anew. VmsError as `record_breach`.
    """
    for name, value in _facts(session, clock, content).items():
        setattr(breach, name, value)
    session.flush()
    _lay(session, breach, content.evidence)
    _tell(session, clock, Act.BREACH_CHANGED, breach, content, by)
    return breach


def subject_of_breach(breach: Breach) -> Subject:
    """The breach as what an act is about: its day, nobody's name."""
    return Subject("breach", str(breach.id), f"{breach.happened_on:%d.%m.%Y}")


def _facts(session: Session, clock: Clock, content: BreachContent) -> dict[str, Any]:
    """The columns that a correction changes, checked."""
    now_us = clock.now_us()
    if content.happened_us is not None and content.happened_us > now_us:
        raise breach_in_future()
    happened_on = content.happened_on if content.happened_us is None else day_of(content.happened_us)
    check_days(happened_on, content.noticed_on, day_of(now_us))
    if content.person_id is not None:
        need_person(session, content.person_id)
    if content.camera_id is not None and session.get(Camera, content.camera_id) is None:
        raise VmsError(Kind.NOT_FOUND, "camera_not_found", "There is no such camera. Reload the page.")
    return {
        "happened_on": happened_on,
        "happened_us": content.happened_us,
        "noticed_on": content.noticed_on,
        "person_id": content.person_id,
        "person_words": "" if content.person_id else optional_line(content.person_words),
        "account_name": optional_line(content.account_name),
        "camera_id": content.camera_id,
        "place": optional_line(content.place),
        "what": words(content.what, "breach_what_missing", "What happened"),
        "affected": optional_words(content.affected),
        "action": words(content.action, "breach_action_missing", "What was done"),
        "notified": optional_words(content.notified),
    }


def _lay(session: Session, breach: Breach, evidence: Sequence[NewEvidence]) -> None:
    """Let exactly this show it, in this order."""
    check_number_of_evidence(len(evidence))
    session.execute(delete(BreachEvidence).where(BreachEvidence.breach_id == breach.id))
    session.add_all(_piece(session, breach, position, one) for position, one in enumerate(evidence, 1))
    session.flush()


def _piece(session: Session, breach: Breach, position: int, one: NewEvidence) -> BreachEvidence:
    number, reference = optional_line(one.document_number), optional_line(one.reference)
    check_one_reference(one.entry_number is not None, bool(number), bool(reference))
    if one.entry_number is not None and session.get(AuditEntry, one.entry_number) is None:
        raise breach_entry_not_found()
    return BreachEvidence(
        breach_id=breach.id,
        position=position,
        what=line(one.what, "breach_evidence_missing", "What shows it"),
        reference=reference,
        entry_number=one.entry_number,
        document_id=document_by_number(session, number).id if number else None,
    )


def breach_entry_not_found() -> VmsError:
    """There is none, or none that a breach begins with."""
    return VmsError(Kind.NOT_FOUND, "breach_entry_not_found", "The audit log has no such entry. Correct the number.")


def _tell(session: Session, clock: Clock, act: Act, breach: Breach, content: BreachContent, by: Actor) -> None:
    entries = [one.entry_number for one in content.evidence if one.entry_number is not None]
    tell(
        session, clock, act, by, subject_of_breach(breach),
        camera_id=str(breach.camera_id or ""), evidence=len(content.evidence), entries=entries,
    )  # fmt: skip
