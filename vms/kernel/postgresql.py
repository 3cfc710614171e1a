"""What makes a PostgreSQL database keep the promises of `vms.kernel.database.Database`."""

import re
from typing import Any

import sqlalchemy as sa

_WRITER = 0x6E617A7772  # "nazwr": PostgreSQL's lock number of who writes
_NULL, _TAKEN = "23502", "23505"  # PostgreSQL, appendix A: not_null_violation, unique_violation
_KEY = re.compile(r"\(([^)]*)\)=")  # of `Key (code, subject)=(…) already exists.`, in whatever language it is said


def for_reading(engine: sa.Engine) -> sa.Engine:
    """The same engine for transactions that see one snapshot."""
    return engine.execution_options(isolation_level="REPEATABLE READ")


def write_in_turn(engine: sa.Engine, busy_timeout_s: float) -> None:
    """Let one transaction write at a time, as SQLite does: what it reads before it writes stays true until it ends.

    Those that write (`is_write`) wait for their turn for `busy_timeout_s`. Each of their statements sees what the one
    before them committed.
    """
    timeout_ms = max(1, round(busy_timeout_s * 1000))  # 0 would wait for ever

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("is_write", False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {timeout_ms}")
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITER)))


def broken_rule(told: Any) -> str:
    """The name of the rule that a change broke, as with SQLite; nothing of the values that were refused.

    `told`: psycopg's `diag`, what PostgreSQL says of an error in parts. A CHECK constraint has a name, a trigger says
    one; of a key that is taken or a value that is missing it is made of table and columns.
    """
    columns = ""
    if told.sqlstate == _NULL:
        columns = told.column_name
    elif told.sqlstate == _TAKEN and (found := _KEY.search(told.message_detail or "")):
        columns = found[1]
    if columns:
        return "_".join(f"{told.table_name}_{column.strip()}" for column in columns.split(","))
    return str(told.constraint_name or told.message_primary or "integrity")
