"""Reads which documents wait for whose initials."""

from sqlalchemy.orm import Session

from vms.documents.initials import awaiting_initials, bearers_of, initials_awaited, without_given
from vms.reminders.facts import WaitingInitials


def waiting_initials(session: Session, now_us: int) -> list[WaitingInitials]:
    """All of them, the oldest first; those that nobody may initial wait for nobody here. Three questions for all."""
    waiting, initials, found = awaiting_initials(session), initials_awaited(session), []
    bearers = bearers_of(session, {one.turn_folded for one in waiting}, now_us)
    for document in waiting:
        given = initials.get(document.id, [])
        since_us = given[-1].at_us if given else document.issued_us
        persons = frozenset(one.id for one in without_given(bearers[document.turn_folded], given))
        assert since_us is not None
        found.append(
            WaitingInitials(
                id=document.id, number=document.number, step=len(given), since_us=since_us, person_ids=persons
            )
        )
    return found
