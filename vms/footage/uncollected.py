"""Requests whose packages wait for somebody to fetch them; nothing is ever delivered by itself (8.2)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.footage.export_model import Export
from vms.footage.model import FootageRequest
from vms.footage.rules import State
from vms.kernel.clock import US_PER_DAY


def uncollected(session: Session, now_us: int, days: int) -> list[FootageRequest]:
    """Prepared requests whose last package was finished more than so many days ago, by number."""
    last_us = (
        select(func.max(Export.built_us))
        .where(Export.request_id == FootageRequest.id, Export.purge_why.is_(None))
        .scalar_subquery()
    )
    wanted = select(FootageRequest).where(
        FootageRequest.state == State.PREPARED.value, last_us < now_us - days * US_PER_DAY
    )
    return list(session.scalars(wanted.order_by(FootageRequest.number)))
