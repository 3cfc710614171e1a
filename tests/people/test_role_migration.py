import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

import vms.migrations
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.migration import _prepare_sqlite, upgrade
from vms.people.queries import account_by_name, roles_of
from vms.people.rules import Role

BEFORE = "0005"
ACCOUNT = (
    "INSERT INTO account (id, name, display_name, role, password_hash, password_set_us, created_us,"
    " must_change_password, language, failed_sign_ins) VALUES (?, ?, 'Ayşe Işık', ?, 'hash', 7, 7, 1, 'tr', 2)"
)


@pytest.fixture
def old(tmp_path):
    """A control database of the version before roles were rows."""
    path = tmp_path / "nazar.db"
    path.touch()
    database = Database.at(path)
    with database.engine.connect() as connection:
        _prepare_sqlite(connection)
        config = Config()
        config.set_main_option("script_location", str(Path(vms.migrations.__file__).parent))
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, BEFORE)
        connection.invalidate()
    yield path
    database.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("administrator", Role.SYSADMIN),
        ("viewer", Role.AUTHORISED_VIEWER),
        ("guard", Role.GUARD),
        ("auditor", Role.AUDITOR),
    ],
)
def test_whoever_had_a_role_holds_it_since_the_account_was_made(old, before, after):
    with sqlite3.connect(old) as connection:
        connection.execute(ACCOUNT, ("ab" * 16, "ayse", before))
        connection.execute(
            "INSERT INTO sign_in_session (id, account_id, token_sha256, address, created_us, last_seen_us)"
            " VALUES (?, ?, x'00', '10.0.0.1', 8, 8)",
            ("cd" * 16, "ab" * 16),
        )
    connection.close()
    database = Database.at(old)
    upgrade(database.engine)
    with database.reading() as session:
        account = account_by_name(session, "ayse")
        assert (account.display_name, account.password_hash, account.kind) == ("Ayşe Işık", "hash", "personal")
        assert (account.created_us, account.failed_sign_ins, account.must_change_password) == (7, 2, True)
        assert roles_of(session, account.id, ManualClock().now_us()) == {after}
        assert roles_of(session, account.id, 6) == frozenset()
    with sqlite3.connect(old) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM sign_in_session").fetchone() == (1,)
        sql = connection.execute("SELECT group_concat(sql) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
    connection.close()
    database.close()
    assert "account_today" not in sql
