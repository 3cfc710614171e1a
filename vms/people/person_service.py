"""Registering persons, correcting what is known of them, saying that they left.

Each use case writes its audit entry in the same transaction. `by`: who decides it.
"""

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.kernel.turkish import sort_key
from vms.people.organisation_model import Person
from vms.people.organisation_queries import need_person, need_unit, person_by_registry_no
from vms.people.organisation_rules import (
    EmploymentKind,
    check_email,
    check_person_name,
    check_phone,
    check_registry_no,
    check_title,
)
from vms.people.queries import account_of_person
from vms.people.rules import refuse_own
from vms.people.service import disable


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonContent:
    """What an administrator says of a person (D-5.5); a change names all of it. Empty: not known."""

    full_name: str
    unit_id: UUID
    employment_kind: EmploymentKind
    registry_no: str | None = None
    title: str = ""
    email: str = ""
    phone: str = ""


def register_person(session: Session, clock: Clock, content: PersonContent, *, by: Actor = UNNAMED) -> Person:
    """A new person, without an account.

    VmsError: INVALID `display_name_invalid`, `registry_no_invalid`, `title_invalid`, `email_invalid`, `phone_invalid`;
    CONFLICT `registry_no_taken`, `namesake_needs_registry_no`, `unit_closed`; NOT_FOUND `unit_not_found`.
    """
    known = _checked(content)
    _check_unit(session, known.unit_id)
    _refuse_taken(session, clock, known, None)
    person = Person(
        id=new_id(clock),
        full_name=known.full_name,
        unit_id=known.unit_id,
        employment_kind=known.employment_kind.value,
        created_us=clock.now_us(),
        registry_no=known.registry_no,
        title=known.title,
        email=known.email,
        phone=known.phone,
    )
    session.add(person)
    session.flush()
    _tell(session, clock, Act.PERSON_REGISTERED, person, by, _plain(known))
    return person


def change_person(
    session: Session, clock: Clock, person_id: UUID, content: PersonContent, *, by: Actor = UNNAMED
) -> Person:
    """Replace what is known of a person; their account bears their new name. VmsError as `register_person`.

    Another unit ends no right by itself: that is a change of duty (D-11.5c), which has its letter.
    """
    person, known = need_person(session, person_id), _checked(content)
    if known.unit_id != person.unit_id:
        _check_unit(session, known.unit_id)
    _refuse_taken(session, clock, known, person)
    before, was_reached = _plain(_content_of(person)), (person.email, person.phone)
    person.describe(known.full_name, known.registry_no, known.title)
    person.unit_id, person.employment_kind = known.unit_id, known.employment_kind.value
    person.email, person.phone = known.email, known.phone
    account = account_of_person(session, person_id)
    if account is not None:
        account.display_name = person.full_name
    session.flush()
    changed: dict[str, object] = {
        name: [before[name], value] for name, value in _plain(known).items() if before[name] != value
    }
    if was_reached != (person.email, person.phone):
        changed["contact"] = True
    if changed:
        _tell(session, clock, Act.PERSON_CHANGED, person, by, changed)
    return person


def leave(session: Session, clock: Clock, person_id: UUID, *, by: Actor = UNNAMED) -> Person:
    """Say that a person no longer works here: their account is closed now, so none of its rights counts.

    Never refused because of what they answer for: their account must not stay open until that is given to another.
    VmsError FORBIDDEN `own_account`.
    """
    person = need_person(session, person_id)
    account = account_of_person(session, person_id)
    if account is not None:
        refuse_own(by.person_id, account.id)
    if not person.is_staff(clock.now_us()):
        return person
    person.left_us = clock.now_us()
    session.flush()
    _tell(session, clock, Act.PERSON_LEFT, person, by, {})
    if account is not None and account.disabled_us is None:
        disable(session, clock, account, by=by)
    return person


def come_back(session: Session, clock: Clock, person_id: UUID, *, by: Actor = UNNAMED) -> Person:
    """Say that a person works here again. Their account stays closed until somebody opens it."""
    person = need_person(session, person_id)
    if person.is_staff(clock.now_us()):
        return person
    _check_unit(session, person.unit_id)
    person.left_us = None
    session.flush()
    _tell(session, clock, Act.PERSON_RETURNED, person, by, {})
    return person


def _checked(content: PersonContent) -> PersonContent:
    return PersonContent(
        full_name=check_person_name(content.full_name),
        unit_id=content.unit_id,
        employment_kind=EmploymentKind(content.employment_kind),
        registry_no=check_registry_no(content.registry_no),
        title=check_title(content.title),
        email=check_email(content.email),
        phone=check_phone(content.phone),
    )


def _check_unit(session: Session, unit_id: UUID) -> None:
    if need_unit(session, unit_id).closed_us is not None:
        raise VmsError(Kind.CONFLICT, "unit_closed", "This unit is closed. Open it again, or choose another.")


def _refuse_taken(session: Session, clock: Clock, known: PersonContent, own: Person | None) -> None:
    """A number is one person's for ever; a name may be two persons', and then a number tells them apart."""
    if known.registry_no is not None:
        other = person_by_registry_no(session, known.registry_no)
        if other is not None and other is not own:
            raise VmsError(
                Kind.CONFLICT, "registry_no_taken",
                "Another person has this registry number. Correct it, or look that person up.", name=other.full_name,
            )  # fmt: skip
        return
    own_order = sort_key(known.full_name)
    if own is not None and own.registry_no is None and own.name_order == own_order:
        return  # they bore it before; the other has a number
    same = session.scalars(select(Person).where(Person.name_order == own_order))
    if any(one is not own and one.is_staff(clock.now_us()) for one in same):
        raise VmsError(
            Kind.CONFLICT, "namesake_needs_registry_no",
            "Somebody of this name is registered. Give the registry number, so that they are not taken for each other.",
        )  # fmt: skip


def _content_of(person: Person) -> PersonContent:
    return PersonContent(
        full_name=person.full_name, unit_id=person.unit_id, employment_kind=EmploymentKind(person.employment_kind),
        registry_no=person.registry_no, title=person.title, email=person.email, phone=person.phone,
    )  # fmt: skip


def _plain(content: PersonContent) -> dict[str, object]:
    """What the audit log keeps for ever: not how a person is reached."""
    told = asdict(content) | {"unit_id": str(content.unit_id)}
    return {name: value for name, value in told.items() if name not in {"email", "phone"}}


def _tell(session: Session, clock: Clock, act: Act, person: Person, by: Actor, detail: dict[str, object]) -> None:
    number = f" · {person.registry_no}" if person.registry_no else ""
    subject = Subject("person", str(person.id), f"{person.full_name}{number}")
    append(session, clock, NewEntry(act=act, actor=by, subject=subject, detail=detail))
