"""The next number of a year's register."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.documents.model import Document

_TURN = 0x6E617A6464  # "nazdd": PostgreSQL's lock number of who takes the next document number


def next_sequence(session: Session, kind: str, year: int) -> int:
    """The number after the highest of this kind in this year: no gaps, for numbered rows are never deleted.

    Part of the caller's transaction, which nobody else numbers beside: a number is used or was never given.
    RuntimeError for a session that does not write.
    """
    take_turn(session)
    highest = session.scalar(select(func.max(Document.sequence)).where(Document.kind == kind, Document.year == year))
    return (highest or 0) + 1


def take_turn(session: Session) -> None:
    """Let nobody else number or change documents before this transaction has ended."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_TURN)))
    elif not connection.get_execution_options().get("is_write"):  # SQLite: it holds the writer's lock already
        raise RuntimeError("a document's number needs a transaction that writes")
