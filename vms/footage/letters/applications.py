"""Applications of citizens, companies, data subjects: registered, answered within 15 days, never with footage."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import MAX_NOTE_CHARACTERS, check_letter, line
from vms.authority.acts import Letter as Paper
from vms.footage.case_events import Case, note_event
from vms.footage.letters.application_model import Applicant, Application, ApplicationChannel
from vms.footage.queries import next_number
from vms.footage.rules import application_due_us
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """What a clerk enters. `reference`: the number the channel gave it."""

    kind: Applicant
    channel: ApplicationChannel
    applicant: str
    subject: str
    received_us: int
    reference: str = ""


def register_application(session: Session, clock: Clock, new: NewApplication, *, by: Actor) -> Application:
    """An application with its 15-day clock (S-9).

    VmsError(INVALID): `applicant_required`, `subject_required`, `received_in_future`, `reference_invalid`.
    """
    now_us = clock.now_us()
    if new.received_us > now_us:
        raise VmsError(Kind.INVALID, "received_in_future", "An application came by now. Correct date and time.")
    application = Application(
        id=new_id(clock), number=next_number(session, Application), kind=new.kind.value, channel=new.channel.value,
        applicant=line(new.applicant, "applicant_required", "The applicant"),
        subject=line(new.subject, "subject_required", "A subject", MAX_NOTE_CHARACTERS), received_us=new.received_us,
        due_us=application_due_us(new.received_us), registered_us=now_us, registered_by=by.person_id,
        registered_by_name=by.name,
        reference=line(new.reference, "reference_invalid", "A reference", 60) if new.reference.strip() else "",
    )  # fmt: skip
    application.fold_words()
    session.add(application)
    note_event(
        session, clock, case_of_application(application), Act.APPLICATION_REGISTERED, by, kind=application.kind,
        channel=application.channel, due_us=application.due_us,
    )  # fmt: skip
    return application


def answer_application(
    session: Session, clock: Clock, application: Application, words: str, no: str, on: date, *, by: Actor
) -> Application:
    """The answer went out: who wants footage goes to the police or the prosecutor (S-1g, edge-44).

    VmsError: CONFLICT `application_answered`; INVALID `answer_required`, `answer_letter_missing`, `letter_in_future`.
    """
    if application.answered_us is not None:
        raise VmsError(Kind.CONFLICT, "application_answered", "This application was answered already. Reload the list.")
    letter = check_letter(Paper(no, on), "answer_letter_missing", day_of(clock.now_us()))
    application.answer = line(words, "answer_required", "An answer", MAX_NOTE_CHARACTERS)
    application.answer_no, application.answer_on = letter.no, letter.on
    application.answered_us, application.answered_by_name = clock.now_us(), by.name
    note_event(
        session, clock, case_of_application(application), Act.APPLICATION_ANSWERED, by, letter=str(letter),
        is_late=application.answered_us > application.due_us,
    )  # fmt: skip
    return application


def refuse_footage(_application: Application) -> None:
    """Always VmsError(CONFLICT, `not_an_authority`): no footage goes out on an application (A-31)."""
    raise VmsError(
        Kind.CONFLICT, "not_an_authority",
        "Footage is given to authorities only (article 10(1)). Refer the applicant to the police or the prosecutor.",
    )  # fmt: skip


def need_application(session: Session, application_id: UUID) -> Application:
    """The application with this id, or VmsError(NOT_FOUND, `application_not_found`)."""
    found = session.get(Application, application_id)
    if found is None:
        raise VmsError(Kind.NOT_FOUND, "application_not_found", "There is no such application. Reload the list.")
    return found


def case_of_application(application: Application) -> Case:
    """The application as what an event is about; no name of an applicant goes into the log for ever."""
    return Case("application", application.id, f"Başvuru {application.number}")
