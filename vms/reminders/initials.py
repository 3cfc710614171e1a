"""Reads which documents wait for whose initials."""

from sqlalchemy.orm import Session

from vms.documents.initials import awaiting_initials, initials_of, who_may
from vms.reminders.facts import WaitingInitials


def waiting_initials(session: Session, now_us: int) -> list[WaitingInitials]:
    """All of them, the oldest first; those that nobody may initial wait for nobody here."""
    found = []
    for document in awaiting_initials(session):
        given = initials_of(session, document.id)
        since_us = given[-1].at_us if given else document.issued_us
        persons = frozenset(one.id for one in who_may(session, document, given, now_us))
        assert since_us is not None
        found.append(
            WaitingInitials(
                id=document.id, number=document.number, step=len(given), since_us=since_us, person_ids=persons
            )
        )
    return found
