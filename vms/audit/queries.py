"""What is asked of the audit log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from vms.audit.model import AuditEntry
from vms.audit.rules import OK, Act
from vms.kernel.span import Span
from vms.kernel.turkish import spellings

_BATCH = 500
_SPOKEN = (
    AuditEntry.actor_name, AuditEntry.subject_words, AuditEntry.address, AuditEntry.basis, AuditEntry.outcome,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries; what is None or empty does not narrow. `basis`: a part of its words, in whatever case.

    `text`: a part of who acted, of what it was about, from where, on what basis or how it came out, in whatever case.
    `is_refused`: only what came to nothing.
    """

    person_id: UUID | None = None
    camera_id: UUID | None = None
    acts: Sequence[Act] = ()
    basis: str = ""
    basis_id: UUID | None = None
    span: Span | None = None
    text: str = ""
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Viewing:
    """One person's watching of one camera: how it began, how it ended (None: it goes on, or nobody wrote it down)."""

    opened: AuditEntry
    ended: AuditEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How much an account was used. `watched_us`: of all its watchings together; sixteen tiles count sixteen times."""

    sessions: int
    watched_us: int
    last_us: int | None


def entries(session: Session, wanted: Wanted, *, before: int | None = None, limit: int = 100) -> list[AuditEntry]:
    """Newest first, at most `limit`, of those written before the entry number `before`."""
    found = _chosen(wanted).order_by(AuditEntry.sequence.desc()).limit(limit)
    return list(session.scalars(found if before is None else found.where(AuditEntry.sequence < before)))


def entries_after(session: Session, wanted: Wanted, after: int, until: int) -> list[AuditEntry]:
    """Oldest first, the next few of those numbered above `after` up to `until`; empty when there are no more.

    Nothing ever changes behind a reader's back, so a long export needs no long transaction.
    """
    found = _chosen(wanted).where(AuditEntry.sequence > after, AuditEntry.sequence <= until)
    return list(session.scalars(found.order_by(AuditEntry.sequence).limit(_BATCH)))


def viewings(session: Session, wanted: Wanted, *, before: int | None = None, limit: int = 100) -> list[Viewing]:
    """Who watched what: newest first, those that touch `wanted.span` (its acts do not count here).

    A viewing without an end touches every time from its beginning on.
    """
    ended = aliased(AuditEntry)
    found = (
        select(AuditEntry, ended)
        .outerjoin(ended, and_(ended.refers_to == AuditEntry.id, ended.act == Act.VIEW_ENDED.value))
        .where(AuditEntry.act == Act.VIEW_OPENED.value, *_narrowing(wanted))
        .order_by(AuditEntry.sequence.desc())
        .limit(limit)
    )
    if wanted.span is not None:
        begun = AuditEntry.at_us < wanted.span.end_us
        found = found.where(begun, or_(ended.at_us.is_(None), ended.at_us >= wanted.span.start_us))
    if before is not None:
        found = found.where(AuditEntry.sequence < before)
    return [Viewing(opened, end) for opened, end in session.execute(found)]


def use_of(session: Session, person_id: UUID, span: Span) -> Use:
    """How much an account was used: sign-ins of the span, watchings that ended in it."""
    of_it = (AuditEntry.actor_id == person_id, AuditEntry.at_us >= span.start_us, AuditEntry.at_us < span.end_us)
    sessions = select(func.count()).where(*of_it, AuditEntry.act == Act.SIGNED_IN.value)
    last = select(func.max(AuditEntry.at_us)).where(
        *of_it, AuditEntry.act.in_((Act.SIGNED_IN.value, Act.VIEW_OPENED.value, Act.VIEW_ENDED.value))
    )
    opened = aliased(AuditEntry)
    watched = (
        select(func.sum(AuditEntry.at_us - opened.at_us))
        .join(opened, opened.id == AuditEntry.refers_to)
        .where(*of_it, AuditEntry.act == Act.VIEW_ENDED.value)
    )
    return Use(
        sessions=session.scalar(sessions) or 0, watched_us=max(0, int(session.scalar(watched) or 0)),
        last_us=session.scalar(last),
    )  # fmt: skip


def newest_of(session: Session, act: Act) -> AuditEntry | None:
    """The newest entry of one act."""
    wanted = select(AuditEntry).where(AuditEntry.act == act.value)
    return session.scalar(wanted.order_by(AuditEntry.sequence.desc()).limit(1))


def latest_us(session: Session) -> int:
    """The latest time of an entry since a person last confirmed the clock: one that shows less stands behind."""
    confirmed = select(func.coalesce(func.max(AuditEntry.sequence), 0))
    since = AuditEntry.sequence >= confirmed.where(AuditEntry.act == Act.CLOCK_CONFIRMED.value).scalar_subquery()
    return session.scalar(select(func.coalesce(func.max(AuditEntry.at_us), 0)).where(since)) or 0


def count(session: Session) -> int:
    """How many entries there are."""
    return session.scalar(select(func.coalesce(func.max(AuditEntry.sequence), 0))) or 0


def _chosen(wanted: Wanted) -> Select[AuditEntry]:
    found = select(AuditEntry).where(*_narrowing(wanted))
    if wanted.acts:
        found = found.where(AuditEntry.act.in_([act.value for act in wanted.acts]))
    if wanted.span is not None:
        found = found.where(AuditEntry.at_us >= wanted.span.start_us, AuditEntry.at_us < wanted.span.end_us)
    return found


def _narrowing(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.person_id is not None:
        yield AuditEntry.actor_id == wanted.person_id
    if wanted.camera_id is not None:
        yield AuditEntry.camera_id == wanted.camera_id
    if wanted.basis:
        yield AuditEntry.basis.icontains(wanted.basis, autoescape=True)
    if wanted.basis_id is not None:
        yield AuditEntry.basis_id == wanted.basis_id
    if wanted.text:
        words = spellings(wanted.text)
        yield or_(*(column.icontains(word, autoescape=True) for column in _SPOKEN for word in words))
    if wanted.is_refused:
        yield AuditEntry.outcome != OK
