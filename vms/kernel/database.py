"""The control database: what people decide, in SQLite by default."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, Session

from vms.kernel import postgresql
from vms.kernel.errors import Kind, VmsError

log = logging.getLogger(__name__)

BUSY_TIMEOUT_S = 10.0
_CHECKPOINT_TIMEOUT_MS = 200  # writers wait for it meanwhile


class Base(MappedAsDataclass, DeclarativeBase):
    """Root of all entities: dataclasses that can be built and tested without a database.

    Ids are UUIDs (16 bytes as 32 hexadecimal digits in SQLite, the native type in PostgreSQL), times are
    integers of microseconds. A CHECK constraint keeps the name it was given, because that name is the
    refusal's code.
    """

    metadata = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this plain class attribute
        int: sa.BigInteger(),
        UUID: sa.Uuid(),
        bytes: sa.LargeBinary(),
        str: sa.Text(),
    }


class Database:
    """Sessions on one engine. Each `reading` or `writing` block is one transaction.

    May be shared by threads; a session may not. Foreign errors leave as VmsError: `database_unavailable`
    (missing, locked, not upgraded; try again) or the code a rule's CHECK constraint is named after.
    """

    def __init__(self, engine: sa.Engine, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        self.engine = engine
        self._for_writing = engine.execution_options(is_write=True)
        self._for_reading = engine
        if engine.dialect.name == "postgresql":
            postgresql.write_in_turn(engine, busy_timeout_s)
            self._for_reading = postgresql.for_reading(engine)

    @classmethod
    def at(cls, path: Path, busy_timeout_s: float = BUSY_TIMEOUT_S) -> "Database":
        """The SQLite database at `path`. Nothing is opened or created before the first session."""
        return cls(open_sqlite(path, busy_timeout_s))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session whose changes are thrown away; sees one snapshot."""
        with translated_errors(), Session(self._for_reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the writer's lock from its first statement and commits at the end of the block."""
        with translated_errors():
            with Session(self._for_writing, expire_on_commit=False) as session, session.begin():
                yield session

    def forget_deleted(self) -> bool:
        """Leave nothing in the files of what was deleted or overwritten; False when somebody reads: call it again.

        SQLite: its log has the pages of before until all of it went into the database, which overwrites what it lets
        go of (`secure_delete`). PostgreSQL keeps a log of its own: nothing is done there.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with translated_errors():
            raw = self.engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_TIMEOUT_MS}")
                (is_busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError as err:  # another process does the same at this moment, or a disk refuses
                log.warning("the database's log cannot be emptied now: %s", err)
                return False
            finally:
                raw.invalidate()  # its timeout is for this alone
                raw.close()
        return not is_busy

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_sqlite(path: Path, busy_timeout_s: float = BUSY_TIMEOUT_S) -> sa.Engine:
    """Engine of the SQLite file at `path`, which is never created here: a lost database must not look empty.

    Foreign keys are enforced and a busy database is waited for `busy_timeout_s`. Write transactions begin
    IMMEDIATE: one that upgraded from reading would fail at once (SQLITE_BUSY_SNAPSHOT) instead of waiting.
    """

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode=rw",
            uri=True,
            timeout=busy_timeout_s,
            isolation_level=None,  # BEGIN is ours, below; sqlite3 would delay it
            check_same_thread=False,
        )

    engine = sa.create_engine(
        f"sqlite:///{path.absolute()}", creator=connect, hide_parameters=True, poolclass=sa.QueuePool
    )

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # what a person decided survives a power cut
        connection.execute("PRAGMA secure_delete = ON")  # a passphrase that was forgotten stays in no free page

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        is_write = connection.get_execution_options().get("is_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")

    return engine


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn database errors into ours; their text may hold parameters and is not repeated."""
    try:
        yield
    except sa.exc.IntegrityError as err:
        constraint = _constraint_of(err.orig)
        raise VmsError(
            Kind.CONFLICT,
            constraint,
            f"The database refused the change by its rule {constraint}. Correct the values.",
        ) from err
    except (sa.exc.OperationalError, sa.exc.TimeoutError, sa.exc.ProgrammingError) as err:
        # ProgrammingError: PostgreSQL has no such table, or lets this user not see it.
        raise VmsError(
            Kind.UNAVAILABLE,
            "database_unavailable",
            "The control database is missing, locked or not upgraded. Try again, or run `vms db check`.",
        ) from err
    except sa.exc.DatabaseError as err:
        raise VmsError(
            Kind.CORRUPT,
            "database_corrupt",
            "The control database cannot be read. Restore it from the last backup; recording goes on without it.",
        ) from err


def _constraint_of(refusal: BaseException | None) -> str:
    """The name of the rule in `CHECK constraint failed: retention_below_minimum` or what PostgreSQL tells."""
    told = getattr(refusal, "diag", None)
    if told is not None:
        return postgresql.broken_rule(told)
    _, _, name = str(refusal).rpartition(": ")
    return name.strip().replace(".", "_").replace(", ", "_") or "integrity"
