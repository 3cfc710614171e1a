"""Registering once what a client sends again because no answer came."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.footage.holds.model import Hold
from vms.footage.model import FootageRequest
from vms.kernel.errors import Kind, VmsError


@dataclass(frozen=True, slots=True)
class Once:
    """A name that a client gave one registration, with the SHA-256 of what was sent and by whom."""

    key: UUID
    sha256: bytes


Case = TypeVar("Case", FootageRequest, Hold)


def done_before(session: Session, table: type[Case], once: Once | None) -> Case | None:
    """What was registered under this name; None: nothing yet, or it has no name.

    VmsError(CONFLICT, `registered_already`) when something else was registered under it.
    """
    found = None if once is None else session.scalar(select(table).where(table.sent_key == once.key))
    if found is not None and once is not None and found.sent_sha256 != once.sha256:
        raise VmsError(
            Kind.CONFLICT, "registered_already",
            "This was saved already, with other words than now. Open what was saved, and correct it there.",
            number=found.number, id=str(found.id),
        )  # fmt: skip
    return found
