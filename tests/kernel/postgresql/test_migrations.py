"""Migrations in PostgreSQL, with the branches that only it takes."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

import vms
from vms.kernel.database import Base
from vms.kernel.migration import current_revision, head_revision, upgrade

pytestmark = [pytest.mark.sockets, pytest.mark.system]
ROOT = Path(vms.__path__[0])
for file in ROOT.rglob("*model.py"):  # all of them declare tables
    import_module(".".join(file.relative_to(ROOT.parent).with_suffix("").parts))
GATE = UUID(int=9)


def test_migrations_build_what_the_models_say(database):
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        found = {tuple(row) for row in connection.exec_driver_sql(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
        )}  # fmt: skip
    rules = {
        (table.name, rule.name)
        for table in Base.metadata.sorted_tables
        for rule in table.constraints
        if isinstance(rule, sa.CheckConstraint)
    }
    assert rules == found


def test_upgrading_again_changes_nothing(database):
    before = current_revision(database.engine)
    upgrade(database.engine)
    assert current_revision(database.engine) == before == head_revision()


def test_a_database_of_the_second_version_keeps_what_it_has(empty):
    """Where SQLite copies tables, PostgreSQL changes them: roles become rows, rights without a paper end."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with empty.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for number, role in enumerate(("administrator", "viewer", "guard"), 1):
            connection.exec_driver_sql(
                "INSERT INTO account VALUES (%s, %s, '', %s, '', 1, 5, false, 'tr', NULL, 0, NULL)",
                (UUID(int=number), role, role),
            )
        connection.exec_driver_sql(
            "INSERT INTO camera VALUES (%s, 1, 'Kapı', 'security', '', 'tcp', true, true, 1, 1, '', NULL, NULL)",
            (GATE,),
        )
        connection.exec_driver_sql(
            "INSERT INTO viewing_right VALUES (%s, %s, %s, true, false, 'söz', 1, NULL, NULL)",
            (UUID(int=5), UUID(int=3), GATE),
        )
    upgrade(empty)
    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        held = (
            "SELECT name, role_held.role, from_us FROM role_held JOIN account ON account.id = account_id ORDER BY name"
        )
        assert list(map(tuple, connection.exec_driver_sql(held))) == [
            ("administrator", "sysadmin", 5), ("guard", "guard", 5), ("viewer", "authorised_viewer", 5),
        ]  # fmt: skip
        kinds = connection.exec_driver_sql("SELECT DISTINCT kind FROM account").scalars().all()
        right = connection.exec_driver_sql("SELECT source_kind, end_code, revoked_us > 1 FROM viewing_right").one()
    assert (kinds, tuple(right)) == (["personal"], ("by_hand", "grant_revoked", True))


def test_a_migration_that_is_killed_leaves_an_empty_database(empty, monkeypatch):
    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(op, "create_foreign_key", killed)  # by no migration of SQLite's, late in those of PostgreSQL
        with pytest.raises(KeyboardInterrupt):
            upgrade(empty)
    assert sa.inspect(empty).get_table_names() == []
    upgrade(empty)
    assert current_revision(empty) == head_revision()


def test_processes_that_upgrade_at_once_all_succeed(empty):
    code = (
        "import sys, sqlalchemy; from vms.kernel.migration import upgrade;"
        "engine = sqlalchemy.create_engine(sys.argv[1]); print(flush=True); sys.stdin.readline(); upgrade(engine)"
    )
    words = [sys.executable, "-c", code, empty.url.render_as_string(hide_password=False)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    processes = [subprocess.Popen(words, **pipes) for _ in range(2)]
    for process in processes:
        process.stdout.readline()  # it has loaded all it needs
    for process in processes:
        process.stdin.write(b"\n")
        process.stdin.flush()
    outcomes = [(process.communicate(timeout=120)[1], process.returncode) for process in processes]
    assert [code for _, code in outcomes] == [0, 0], outcomes
    with empty.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [
            head_revision()
        ]
