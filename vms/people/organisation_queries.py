"""What others ask about units with their persons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from vms.kernel.errors import Kind, VmsError
from vms.kernel.turkish import folded, sort_key
from vms.people.organisation_model import OrganisationUnit, Person

MAX_PAGE = 200
MAX_WORDS = 8

Staff = Literal["staff", "left", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFilter:
    """Which persons are wanted. `search`: each of its words stands in the name, the number or the title."""

    search: str = ""
    unit_ids: Iterable[UUID] | None = None
    staff: Staff = "staff"
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A part of a list, with how many there are in all."""

    persons: Sequence[Person]
    total: int


def units(session: Session) -> list[OrganisationUnit]:
    """All units in the order of the Turkish alphabet, closed ones too."""
    return sorted(session.scalars(select(OrganisationUnit)), key=lambda unit: (sort_key(unit.name), unit.id))


def need_unit(session: Session, unit_id: UUID) -> OrganisationUnit:
    """The unit with this id, closed or not, or VmsError(NOT_FOUND, `unit_not_found`)."""
    unit = session.get(OrganisationUnit, unit_id)
    if unit is None:
        raise VmsError(Kind.NOT_FOUND, "unit_not_found", "There is no such unit. Choose one from the list.")
    return unit


def line_above(session: Session, unit: OrganisationUnit) -> list[OrganisationUnit]:
    """The unit with all above it, the municipality first: what a record's head prints (D-1.1)."""
    line = [unit]
    while (parent_id := line[-1].parent_id) is not None:
        line.append(need_unit(session, parent_id))
    return line[::-1]


def ids_below(session: Session, unit_id: UUID) -> frozenset[UUID]:
    """The unit with all below it, closed ones too."""
    below = select(OrganisationUnit.id).where(OrganisationUnit.id == unit_id).cte(recursive=True)
    below = below.union(select(OrganisationUnit.id).where(OrganisationUnit.parent_id == below.c.id))
    return frozenset(session.scalars(select(below.c.id)))


def staff_counts(session: Session, now_us: int) -> dict[UUID, int]:
    """How many persons work in each unit itself now."""
    counted = select(Person.unit_id, func.count()).where(_is_staff(now_us)).group_by(Person.unit_id)
    return dict(row for row in session.execute(counted).all())


def need_person(session: Session, person_id: UUID) -> Person:
    """The person with this id, gone or not, or VmsError(NOT_FOUND, `person_not_found`)."""
    person = session.get(Person, person_id)
    if person is None:
        raise VmsError(Kind.NOT_FOUND, "person_not_found", "There is no such person. Choose one from the list.")
    return person


def need_staff(session: Session, person_id: UUID, now_us: int) -> Person:
    """The same for somebody who works here now; VmsError(CONFLICT, `person_left`) else."""
    person = need_person(session, person_id)
    if not person.is_staff(now_us):
        raise VmsError(Kind.CONFLICT, "person_left", "This person no longer works here. Choose another.")
    return person


def person_by_registry_no(session: Session, registry_no: str) -> Person | None:
    """Whose registry number (sicil no) this is."""
    return session.scalar(select(Person).where(Person.registry_no == registry_no))


def persons(session: Session, wanted: PersonFilter, now_us: int) -> PersonPage:
    """The persons wanted, in the order of the Turkish alphabet."""
    conditions = _conditions(wanted, now_us)
    total = session.scalar(select(func.count()).select_from(Person).where(*conditions)) or 0
    found = select(Person).where(*conditions).order_by(Person.name_order, Person.registry_no, Person.id)
    page = found.offset(max(wanted.offset, 0)).limit(min(max(wanted.limit, 1), MAX_PAGE))
    return PersonPage(list(session.scalars(page)), total)


def _conditions(wanted: PersonFilter, now_us: int) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.staff != "all":
        conditions.append(_is_staff(now_us) if wanted.staff == "staff" else Person.left_us <= now_us)
    if wanted.unit_ids is not None:
        conditions.append(Person.unit_id.in_(list(wanted.unit_ids)))
    words = folded(wanted.search).split()[:MAX_WORDS]
    return conditions + [Person.words_folded.contains(word, autoescape=True) for word in words]


def _is_staff(now_us: int) -> ColumnElement[bool]:
    return or_(Person.left_us.is_(None), Person.left_us > now_us)
