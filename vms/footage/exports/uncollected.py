"""Requests whose packages wait for somebody to fetch them; nothing is ever delivered by itself (8.2)."""

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from vms.footage.exports.model import Export
from vms.footage.model import FootageRequest
from vms.footage.rules import State
from vms.kernel.clock import US_PER_DAY


def uncollected(session: Session, now_us: int, days: int) -> list[FootageRequest]:
    """Prepared requests whose last package was finished, or given up, more than so many days ago, by number."""
    is_given_up = Export.given_up_reason != ""
    last_us = (
        select(func.max(case((is_given_up, Export.purge_due_us), else_=Export.built_us)))
        .where(Export.request_id == FootageRequest.id, or_(Export.purge_why.is_(None), is_given_up))
        .scalar_subquery()
    )
    wanted = select(FootageRequest).where(
        FootageRequest.state == State.PREPARED.value, last_us < now_us - days * US_PER_DAY
    )
    return list(session.scalars(wanted.order_by(FootageRequest.number)))
