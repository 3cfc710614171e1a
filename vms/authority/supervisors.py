"""Who signs for somebody: the supervisor of their own unit (birim amiri, requirements 0.3)."""

from uuid import UUID

from sqlalchemy.orm import Session

from vms.kernel.errors import Kind, VmsError
from vms.people.organisation_model import Person
from vms.people.organisation_queries import line_above, need_unit


def supervisor_of(session: Session, person: Person) -> UUID | None:
    """The supervisor of the person's unit; of the next above where that is vacant or the person's own office."""
    for unit in reversed(line_above(session, need_unit(session, person.unit_id))):
        if unit.supervisor_id is not None and unit.supervisor_id != person.id:
            return unit.supervisor_id
    return None


def supervisor_missing() -> VmsError:
    """The refusal of a letter that nobody could sign."""
    return VmsError(
        Kind.CONFLICT, "supervisor_missing",
        "Nobody is registered as the supervisor of this person's unit. Register them with the unit first.",
    )  # fmt: skip


def check_own_supervisor(session: Session, person: Person, applicant_id: UUID) -> None:
    """VmsError(CONFLICT, `not_own_supervisor`) unless `applicant_id` signs for `person`."""
    if supervisor_of(session, person) != applicant_id:
        raise VmsError(
            Kind.CONFLICT, "not_own_supervisor",
            "The letter must come from the supervisor of the person's own unit (article 11(5)). Check who signed it.",
        )  # fmt: skip
