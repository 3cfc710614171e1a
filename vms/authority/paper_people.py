"""Supervisors, cameras as the papers of viewing authority name them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.postings.supervisors import supervisor_of
from vms.cameras.model import Camera
from vms.documents.forms.authority import CameraRow
from vms.documents.forms.form import Person as Named
from vms.documents.naming import MAX_WORDS, cut, named
from vms.people.organisation_model import Person


def named_supervisor(session: Session, person: Person) -> Named | None:
    """Who signs for the person; None where the unit's place is vacant."""
    head = supervisor_of(session, person)
    return None if head is None else named(session, session.get_one(Person, head))


def camera_rows(session: Session, ids: Iterable[UUID], *, is_live: bool, is_playback: bool) -> tuple[CameraRow, ...]:
    """The cameras in the order of their numbers, each with the ways it may be watched."""
    return tuple(
        CameraRow(
            number=str(one.number), name=cut(one.name), place=cut(one.site), is_live=is_live, is_playback=is_playback
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
