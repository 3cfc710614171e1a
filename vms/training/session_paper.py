"""The attendance form of a training in a room (P-16)."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.documents.desk import Desk
from vms.documents.forms.form import Person as Named
from vms.documents.forms.training import TrainingForm
from vms.documents.model import Document
from vms.documents.naming import named
from vms.documents.reissue import issue_as_it_reads_now
from vms.documents.service import NewDocument
from vms.kernel.clock import Clock, to_datetime
from vms.kernel.errors import Kind, VmsError
from vms.people.organisation_model import Person
from vms.training.queries import need_material, need_version
from vms.training.rules import topics_of
from vms.training.session_model import TrainingSession
from vms.training.session_queries import attendees_of
from vms.training.sessions import need_not_called_off, subject_of_session


def print_session(session: Session, clock: Clock, desk: Desk, held: TrainingSession, *, by: Actor) -> Document:
    """P-16 of a training that has begun, for who attends it to sign; another version where it was corrected since.

    VmsError: CONFLICT `training_called_off`, `training_not_begun`; what `Desk.need_press`, `service.issue` raise.
    """
    need_not_called_off(held)
    if clock.now_us() < held.begins_us:
        raise VmsError(
            Kind.CONFLICT, "training_not_begun",
            "This training has not begun, so nobody has attended it yet. Print its form on that day.",
        )  # fmt: skip
    form = session_form(session, held, desk.need_press().zone)
    new = NewDocument(kind=form.kind, fields=form.model_dump(mode="json"), subject=subject_of_session(held))
    found = issue_as_it_reads_now(session, clock, desk, held.document_id, new, by=by)
    held.document_id = found.id
    session.flush()
    return found


def session_form(session: Session, held: TrainingSession, zone: ZoneInfo) -> TrainingForm:
    """P-16 of a training, its hours as clocks in `zone` showed them."""
    begins, ends = (to_datetime(at_us).astimezone(zone) for at_us in (held.begins_us, held.ends_us))
    return TrainingForm(
        day=begins.date(),
        begins=begins.time().replace(second=0, microsecond=0),
        ends=ends.time().replace(second=0, microsecond=0),
        place=held.place,
        trainer=_trainer(session, held),
        topics=tuple(topics_of(held.topics)),
        video=_video(session, held),
        note=held.note,
        attendees=tuple(named(session, one) for one in attendees_of(session, held.id)),
    )


def _trainer(session: Session, held: TrainingSession) -> Named:
    if held.trainer_id is None:
        return Named(name=held.trainer_name)
    return named(session, session.get_one(Person, held.trainer_id))


def _video(session: Session, held: TrainingSession) -> str:
    """The material with its version; empty where none was shown."""
    if held.version_id is None:
        return ""
    version = need_version(session, held.version_id)
    return f"{need_material(session, version.material_id).title}, sürüm {version.number}"
