"""What the API says of audit entries."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from vms.audit.export import detail_of
from vms.audit.model import AuditEntry
from vms.audit.queries import Viewing


class ActorRow(BaseModel):
    """Who did it. `id` null: a program, somebody on the server's command line, or a stranger."""

    id: UUID | None
    name: str
    session_id: UUID | None
    address: str


class SubjectRow(BaseModel):
    """What it was about, as it was called then."""

    kind: str
    id: str
    words: str


class BasisRow(BaseModel):
    """The right a view stood on."""

    text: str
    id: UUID | None


class _Told(BaseModel):
    """What an entry and a viewing say alike. `from_us`, `until_us`: of what time the pictures were."""

    number: int
    actor: ActorRow
    subject: SubjectRow
    camera_id: UUID | None
    mode: str
    stream: str
    from_us: int | None
    until_us: int | None
    basis: BasisRow | None


class EntryRow(_Told):
    """One act. Times are UTC microseconds."""

    id: UUID
    at_us: int
    act: str = Field(description="One of the acts in `vms/audit/rules.py`; a program must expect new ones.")
    outcome: str = Field(description="`ok`, or the code of the refusal.")
    refers_to: UUID | None
    detail: dict[str, Any]


class ViewingRow(_Told):
    """One person's watching of one camera. `ended_us` null: it goes on, or the server died meanwhile.

    Live pictures were of the time of watching. `why`: what ended it.
    """

    opened_us: int
    ended_us: int | None
    why: str | None


def entry_row(entry: AuditEntry) -> EntryRow:
    """An entry for the API."""
    return EntryRow(
        **_told(entry, entry), id=entry.id, at_us=entry.at_us, act=entry.act, outcome=entry.outcome,
        refers_to=entry.refers_to, detail=detail_of(entry),
    )  # fmt: skip


def viewing_row(viewing: Viewing) -> ViewingRow:
    """A viewing for the API; what its end says counts where there is one."""
    opened, ended = viewing.opened, viewing.ended
    return ViewingRow(
        **_told(opened, ended or opened),
        opened_us=opened.at_us,
        ended_us=ended.at_us if ended else None,
        why=str(detail_of(ended).get("why", "")) if ended else None,
    )


def _told(entry: AuditEntry, newest: AuditEntry) -> dict[str, Any]:
    """What both rows say: of `entry`, the pictures' time as `newest` knows it."""
    return {
        "number": entry.sequence,
        "actor": ActorRow(id=entry.actor_id, name=entry.actor_name, session_id=entry.session_id, address=entry.address),
        "subject": SubjectRow(kind=entry.subject_kind, id=entry.subject_id, words=entry.subject_words),
        "camera_id": entry.camera_id,
        "mode": entry.mode,
        "stream": entry.stream,
        "from_us": newest.from_us,
        "until_us": newest.until_us,
        "basis": BasisRow(text=entry.basis, id=entry.basis_id) if entry.basis or entry.basis_id else None,
    }
