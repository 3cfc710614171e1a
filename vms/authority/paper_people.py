"""People, letters, cameras as printed papers name them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.supervisors import supervisor_of
from vms.cameras.model import Camera
from vms.documents.forms.authority import CameraRow
from vms.documents.forms.form import Person as Named
from vms.people.model import Account
from vms.people.organisation_model import OrganisationUnit, Person

MAX_WORDS = 200  # what fits into one line of a form


def named(session: Session, person: Person) -> Named:
    """A person with number, title, unit."""
    unit = session.get_one(OrganisationUnit, person.unit_id)
    return Named(
        name=_cut(person.full_name), registry_no=person.registry_no or "", title=_cut(person.title),
        unit=_cut(unit.name),
    )  # fmt: skip


def named_actor(session: Session, account_id: UUID | None, spoken: str) -> Named:
    """Who acted: the account's person; its own name where no person is known; a program or a command line by its word.

    `spoken`: the name that the paper's row keeps.
    """
    account = None if account_id is None else session.get(Account, account_id)
    if account is None:
        return Named(name=_cut(spoken) or "—")
    if account.person_id is None:
        return Named(name=_cut(account.display_name))
    return named(session, session.get_one(Person, account.person_id))


def named_supervisor(session: Session, person: Person) -> Named | None:
    """Who signs for the person; None where the unit's place is vacant."""
    head = supervisor_of(session, person)
    return None if head is None else named(session, session.get_one(Person, head))


def camera_rows(session: Session, ids: Iterable[UUID], *, is_live: bool, is_playback: bool) -> tuple[CameraRow, ...]:
    """The cameras in the order of their numbers, each with the ways it may be watched."""
    return tuple(
        CameraRow(
            number=str(one.number), name=_cut(one.name), place=_cut(one.site), is_live=is_live, is_playback=is_playback
        )
        for one in _cameras(session, ids)
    )


def camera_words(session: Session, ids: Iterable[UUID]) -> str:
    """The cameras in one line; how many they are where their names are too long for one."""
    found = _cameras(session, ids)
    words = ", ".join(f"{one.number} {one.name}" for one in found)
    return words if len(words) <= MAX_WORDS else f"{len(found)} kamera"


def _cameras(session: Session, ids: Iterable[UUID]) -> list[Camera]:
    return list(session.scalars(select(Camera).where(Camera.id.in_(list(ids))).order_by(Camera.number)))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_WORDS else text[: MAX_WORDS - 1] + "…"
