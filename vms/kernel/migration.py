"""Bringing the control database to the schema this program knows."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa

from vms.kernel.database import translated_errors
from vms.kernel.errors import Kind, VmsError

_MIGRATIONS = Path(__file__).parent.parent / "migrations"
_one_at_a_time = threading.Lock()  # Alembic keeps the migration it runs in module globals
_ADVISORY_LOCK = 0x6E617A6172  # "nazar": PostgreSQL's lock number of this product


def upgrade(engine: sa.Engine) -> None:
    """Run all missing migrations in one transaction; the second of two processes waits, then finds nothing to do.

    Creates the file of a SQLite database (mode 0600). Raises VmsError as `Database` does.
    """
    with translated_errors(), _one_at_a_time, _locked(engine):
        current = current_revision(engine)
        if current == head_revision():
            return
        # Only now: every process and command asks, almost none has anything to migrate, and Alembic takes a tenth of a
        # second of a core to load.
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415

        _refuse_newer(current)
        with engine.connect() as connection:
            is_sqlite = connection.dialect.name == "sqlite"
            if is_sqlite:
                _prepare_sqlite(connection)
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS))
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
            if is_sqlite:
                connection.invalidate()  # the next user's connection enforces foreign keys


def current_revision(engine: sa.Engine) -> str | None:
    """The revision the database stands at; None when it was never upgraded."""
    with translated_errors(), engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return revision


def head_revision() -> str:
    """The newest revision in this program: they are numbered, and each file begins with its number."""
    return max(path.name for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def _refuse_newer(current: str | None) -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above
    from alembic.util import CommandError  # noqa: PLC0415

    try:
        ScriptDirectory(str(_MIGRATIONS)).get_revision(current or "base")
    except CommandError as err:
        raise VmsError(
            Kind.CONFLICT,
            "database_newer",
            "The control database was written by a newer version. Run that version, or restore a backup.",
        ) from err


def _prepare_sqlite(connection: sa.Connection) -> None:
    """Neither can be changed inside a transaction; table rebuilds would otherwise delete referring rows."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA foreign_keys = OFF")


@contextmanager
def _locked(engine: sa.Engine) -> Iterator[None]:
    """Keep other processes from migrating the same database."""
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection, connection.begin():
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
            yield
        return
    path = Path(engine.url.database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        # Never one that is there: closing it would drop the locks of this process's SQLite connections (POSIX), then
        # another process takes itself for the last one and deletes the journal that these still write to.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    descriptor = os.open(path.with_name(path.name + ".migrating"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
