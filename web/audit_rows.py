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


class EntryRow(BaseModel):
    """One act. Times are UTC microseconds; `from_us`, `until_us`: of what time the pictures were."""

    number: int
    id: UUID
    at_us: int
    act: str = Field(description="One of the acts in `vms/audit/rules.py`; a program must expect new ones.")
    outcome: str = Field(description="`ok`, or the code of the refusal.")
    actor: ActorRow
    subject: SubjectRow
    camera_id: UUID | None
    mode: str
    stream: str
    from_us: int | None
    until_us: int | None
    basis: BasisRow | None
    refers_to: UUID | None
    detail: dict[str, Any]


class ViewingRow(BaseModel):
    """One person's watching of one camera. `ended_us` null: it goes on, or the server died meanwhile.

    `from_us`, `until_us`: of what time the pictures were; live ones were of then. `why`: what ended it.
    """

    number: int
    opened_us: int
    ended_us: int | None
    actor: ActorRow
    subject: SubjectRow
    camera_id: UUID | None
    mode: str
    stream: str
    from_us: int | None
    until_us: int | None
    basis: BasisRow | None
    why: str | None


def entry_row(entry: AuditEntry) -> EntryRow:
    """An entry for the API."""
    return EntryRow(
        number=entry.sequence,
        id=entry.id,
        at_us=entry.at_us,
        act=entry.act,
        outcome=entry.outcome,
        actor=_actor(entry),
        subject=_subject(entry),
        camera_id=entry.camera_id,
        mode=entry.mode,
        stream=entry.stream,
        from_us=entry.from_us,
        until_us=entry.until_us,
        basis=_basis(entry),
        refers_to=entry.refers_to,
        detail=detail_of(entry),
    )


def viewing_row(viewing: Viewing) -> ViewingRow:
    """A viewing for the API; what its end says counts where there is one."""
    opened, ended = viewing.opened, viewing.ended
    newest = ended or opened
    return ViewingRow(
        number=opened.sequence,
        opened_us=opened.at_us,
        ended_us=ended.at_us if ended else None,
        actor=_actor(opened),
        subject=_subject(opened),
        camera_id=opened.camera_id,
        mode=opened.mode,
        stream=opened.stream,
        from_us=newest.from_us,
        until_us=newest.until_us,
        basis=_basis(opened),
        why=str(detail_of(ended).get("why", "")) if ended else None,
    )


def _actor(entry: AuditEntry) -> ActorRow:
    return ActorRow(id=entry.actor_id, name=entry.actor_name, session_id=entry.session_id, address=entry.address)


def _subject(entry: AuditEntry) -> SubjectRow:
    return SubjectRow(kind=entry.subject_kind, id=entry.subject_id, words=entry.subject_words)


def _basis(entry: AuditEntry) -> BasisRow | None:
    return BasisRow(text=entry.basis, id=entry.basis_id) if entry.basis or entry.basis_id else None
