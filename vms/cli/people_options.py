"""How units and persons are named on the command line."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

import typer
from sqlalchemy.orm import Session

from vms.kernel.turkish import folded
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.organisation_queries import (
    MAX_PAGE,
    PersonFilter,
    need_person,
    need_unit,
    person_by_registry_no,
    persons,
    units,
)
from vms.people.organisation_rules import check_registry_no

T = TypeVar("T", OrganisationUnit, Person)


def unit_named(session: Session, word: str) -> OrganisationUnit:
    """The unit with this id, or the only open one of this name. typer.BadParameter when there are several."""
    unit_id = _id(word)
    if unit_id is not None:
        return need_unit(session, unit_id)
    wanted = folded(word)
    found = [unit for unit in units(session) if unit.closed_us is None and folded(unit.name) == wanted]
    return _only(found, word, "unit")


def person_named(session: Session, word: str, now_us: int) -> Person:
    """The person with this id, registry number, or the only one here of this name."""
    person_id = _id(word)
    if person_id is not None:
        return need_person(session, person_id)
    if " " not in word.strip():
        numbered = person_by_registry_no(session, check_registry_no(word) or "")
        if numbered is not None:
            return numbered
    page = persons(session, PersonFilter(search=word, limit=MAX_PAGE), now_us)
    return _only([one for one in page.persons if folded(one.full_name) == folded(word)], word, "person")


def _only(found: Sequence[T], word: str, what: str) -> T:
    if len(found) != 1:
        hint = "give the id" if found else f"see `vms {what} list`"
        raise typer.BadParameter(f"{len(found)} of this name: {word!r}; {hint}")
    return found[0]


def _id(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None
