"""Who signs for somebody: the supervisor of their own unit (birim amiri, requirements 0.3)."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vms.kernel.errors import Kind, VmsError
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.organisation_queries import line_above, need_unit


def supervisor_of(session: Session, person: Person) -> UUID | None:
    """The supervisor of the person's unit; of the next above where that is vacant or the person's own office."""
    return _signer(person, reversed(line_above(session, need_unit(session, person.unit_id))))


def people_of(session: Session, supervisor_id: UUID, now_us: int) -> list[Person]:
    """The people who work here now and for whom `supervisor_id` signs, in the order of the Turkish alphabet."""
    units = {unit.id: unit for unit in session.scalars(select(OrganisationUnit))}
    lines = {unit_id: list(_upwards(units, unit_id)) for unit_id in units}
    near = [unit_id for unit_id, line in lines.items() if any(unit.supervisor_id == supervisor_id for unit in line)]
    wanted = select(Person).where(Person.unit_id.in_(near), or_(Person.left_us.is_(None), Person.left_us > now_us))
    found = session.scalars(wanted.order_by(Person.name_order, Person.id))
    return [person for person in found if _signer(person, lines[person.unit_id]) == supervisor_id]


def _signer(person: Person, upwards: Iterable[OrganisationUnit]) -> UUID | None:
    others = (unit.supervisor_id for unit in upwards if unit.supervisor_id not in (None, person.id))
    return next(others, None)


def _upwards(units: Mapping[UUID, OrganisationUnit], unit_id: UUID | None) -> Iterator[OrganisationUnit]:
    while unit_id is not None:
        yield units[unit_id]
        unit_id = units[unit_id].parent_id


def supervisor_missing() -> VmsError:
    """The refusal of a letter that nobody could sign."""
    return VmsError(
        Kind.CONFLICT, "supervisor_missing",
        "Nobody is registered as the supervisor of this person's unit. Register them with the unit first.",
    )  # fmt: skip


def check_own_supervisor(session: Session, person: Person, applicant_id: UUID | None) -> None:
    """VmsError(CONFLICT, `not_own_supervisor`) unless `applicant_id` signs for `person`; None: nobody who is known."""
    if applicant_id is None or supervisor_of(session, person) != applicant_id:
        raise VmsError(
            Kind.CONFLICT, "not_own_supervisor",
            "The letter must come from the supervisor of the person's own unit (article 11(5)). Check who signed it.",
        )  # fmt: skip
