"""Registering units of the municipality, changing them, closing them.

Each use case writes its audit entry in the same transaction. `by`: who decides it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.kernel.turkish import lower
from vms.people.organisation_model import OrganisationUnit
from vms.people.organisation_queries import ids_below, need_staff, need_unit, staff_counts
from vms.people.organisation_rules import UnitKind, check_place, check_unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitContent:
    """What an administrator says of a unit; a change names all of it. `parent_id` None: the municipality itself."""

    name: str
    kind: UnitKind
    parent_id: UUID | None = None
    supervisor_id: UUID | None = None


def register_unit(session: Session, clock: Clock, content: UnitContent, *, by: Actor = UNNAMED) -> OrganisationUnit:
    """A new unit.

    VmsError: INVALID `unit_name_invalid`, `unit_parent_missing`, `unit_parent_lower`; CONFLICT `unit_name_taken`,
    `municipality_exists`, `unit_closed` (the one above), `person_left` (its supervisor); NOT_FOUND `unit_not_found`,
    `person_not_found`.
    """
    unit = OrganisationUnit(
        id=new_id(clock), parent_id=None, name="", kind=content.kind.value, created_us=clock.now_us()
    )
    _fill(session, clock, unit, content)
    session.add(unit)
    session.flush()
    _tell(session, clock, Act.UNIT_REGISTERED, unit, by, _told(unit))
    return unit


def change_unit(
    session: Session, clock: Clock, unit_id: UUID, content: UnitContent, *, by: Actor = UNNAMED
) -> OrganisationUnit:
    """Replace what is known of a unit. VmsError as `register_unit`, and CONFLICT `unit_circle`."""
    unit = need_unit(session, unit_id)
    _need_open(unit)
    if content.parent_id is not None and content.parent_id in ids_below(session, unit_id):
        raise VmsError(Kind.CONFLICT, "unit_circle", "A unit cannot stand under itself. Choose another place for it.")
    before = _told(unit)
    _fill(session, clock, unit, content)
    for child in _open_children(session, unit.id):
        check_place(UnitKind(child.kind), UnitKind(unit.kind))
    session.flush()
    changed = {name: [before[name], value] for name, value in _told(unit).items() if before[name] != value}
    if changed:
        _tell(session, clock, Act.UNIT_CHANGED, unit, by, changed)
    return unit


def close_unit(session: Session, clock: Clock, unit_id: UUID, *, by: Actor = UNNAMED) -> OrganisationUnit:
    """Say that a unit is no more. VmsError CONFLICT `unit_has_units`, `unit_has_staff`: they move first."""
    unit = need_unit(session, unit_id)
    if unit.closed_us is not None:
        return unit
    if _open_children(session, unit_id):
        raise VmsError(
            Kind.CONFLICT, "unit_has_units", "Units stand under this one. Move or close them first, then this one."
        )
    count = staff_counts(session, clock.now_us()).get(unit_id, 0)
    if count:
        raise VmsError(
            Kind.CONFLICT, "unit_has_staff", "Persons work in this unit. Give them another one first.", count=count
        )
    unit.closed_us = clock.now_us()
    session.flush()
    _tell(session, clock, Act.UNIT_CLOSED, unit, by, {})
    return unit


def reopen_unit(session: Session, clock: Clock, unit_id: UUID, *, by: Actor = UNNAMED) -> OrganisationUnit:
    """Say that a closed unit is there again. VmsError CONFLICT `unit_closed` (the one above), `unit_name_taken`."""
    unit = need_unit(session, unit_id)
    if unit.closed_us is None:
        return unit
    if unit.parent_id is not None:
        _need_open(need_unit(session, unit.parent_id))
    _refuse_taken(session, unit, unit.parent_id, unit.name)
    unit.closed_us = None
    session.flush()
    _tell(session, clock, Act.UNIT_REOPENED, unit, by, {})
    return unit


def _fill(session: Session, clock: Clock, unit: OrganisationUnit, content: UnitContent) -> None:
    name = check_unit_name(content.name)
    parent = None if content.parent_id is None else need_unit(session, content.parent_id)
    check_place(content.kind, None if parent is None else UnitKind(parent.kind))
    if parent is not None and parent.id != unit.parent_id:
        _need_open(parent)
    _refuse_taken(session, unit, content.parent_id, name)
    if content.supervisor_id is not None and content.supervisor_id != unit.supervisor_id:
        need_staff(session, content.supervisor_id, clock.now_us())
    unit.name, unit.kind = name, content.kind.value
    unit.parent_id, unit.supervisor_id = content.parent_id, content.supervisor_id


def _refuse_taken(session: Session, unit: OrganisationUnit, parent_id: UUID | None, name: str) -> None:
    """No two open units of one name under one unit; one municipality."""
    for other in _open_children(session, parent_id):
        if other.id == unit.id:
            continue
        if parent_id is None:
            raise VmsError(
                Kind.CONFLICT, "municipality_exists",
                "The municipality is registered already. Correct its name instead, or choose a place under it.",
            )  # fmt: skip
        if lower(other.name) == lower(name):
            raise VmsError(
                Kind.CONFLICT, "unit_name_taken", "Another unit there has this name. Choose another name.", name=name
            )


def _open_children(session: Session, parent_id: UUID | None) -> list[OrganisationUnit]:
    wanted = select(OrganisationUnit).where(
        OrganisationUnit.parent_id == parent_id, OrganisationUnit.closed_us.is_(None)
    )
    return list(session.scalars(wanted))


def _need_open(unit: OrganisationUnit) -> None:
    if unit.closed_us is not None:
        raise VmsError(Kind.CONFLICT, "unit_closed", "This unit is closed. Open it again, or choose another.")


def _told(unit: OrganisationUnit) -> dict[str, str | None]:
    ids = {"parent_id": unit.parent_id, "supervisor_id": unit.supervisor_id}
    told: dict[str, str | None] = {name: None if one is None else str(one) for name, one in ids.items()}
    return told | {"name": unit.name, "kind": unit.kind}


def _tell(
    session: Session, clock: Clock, act: Act, unit: OrganisationUnit, by: Actor, detail: Mapping[str, object]
) -> None:
    subject = Subject("unit", str(unit.id), unit.name)
    append(session, clock, NewEntry(act=act, actor=by, subject=subject, detail=detail))
