"""What lets the database itself refuse anything but appending."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

# Names of the triggers; their bodies are in the migration that made them. A migration that rebuilds one of the tables
# (SQLite's batch mode) must make them anew.
GUARDS = (
    "audit_entry_in_order",
    "audit_entry_no_update",
    "audit_entry_no_delete",
    "audit_checkpoint_in_order",
    "audit_checkpoint_no_update",
    "audit_checkpoint_no_delete",
)
# SQLite has no TRUNCATE.
_GUARDS_OF_POSTGRESQL = (*GUARDS, "audit_entry_no_truncate", "audit_checkpoint_no_truncate")
_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal"


def missing_guards(connection: Connection) -> Sequence[str]:
    """Names of those that are not there (any more)."""
    is_postgresql = connection.dialect.name == "postgresql"
    found = set(connection.scalars(text(_POSTGRESQL if is_postgresql else _SQLITE)))
    return [name for name in (_GUARDS_OF_POSTGRESQL if is_postgresql else GUARDS) if name not in found]
