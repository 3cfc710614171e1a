import os
import sqlite3
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint

import vms
from vms.kernel import migration
from vms.kernel.database import Base, Database
from vms.kernel.errors import VmsError
from vms.kernel.migration import current_revision, head_revision, upgrade

ROOT = Path(vms.__path__[0])
for file in ROOT.rglob("*model.py"):  # all of them declare tables
    import_module(".".join(file.relative_to(ROOT.parent).with_suffix("").parts))
OF_THE_FIRST_VERSION = {"alarm", "camera", "retention_policy", "sweep", "volume_forecast", "alembic_version"}


def test_upgrading_twice_changes_nothing(tmp_path):
    database = Database.at(tmp_path / "deep" / "nazar.db")
    upgrade(database.engine)
    assert current_revision(database.engine) == head_revision() is not None
    before = (tmp_path / "deep" / "nazar.db").read_bytes()
    upgrade(database.engine)
    assert (tmp_path / "deep" / "nazar.db").read_bytes() == before


def test_the_newest_file_is_what_alembic_takes_for_the_newest_revision():
    scripts = ScriptDirectory(str(migration._MIGRATIONS))
    assert head_revision() == scripts.get_current_head()
    assert {int(one.revision) for one in scripts.walk_revisions()} == set(range(1, int(head_revision()) + 1))


def test_whoever_has_nothing_to_migrate_loads_no_alembic(tmp_path):
    database = Database.at(tmp_path / "nazar.db")
    upgrade(database.engine)
    program = (
        "import sys; from pathlib import Path; from vms.kernel.database import Database;"
        "from vms.kernel.migration import upgrade;"
        "upgrade(Database.at(Path(sys.argv[1])).engine); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "nazar.db")]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "False\n"


def test_migrations_build_what_the_models_say(tmp_path):
    database = Database.at(tmp_path / "nazar.db")
    upgrade(database.engine)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_database_of_the_first_version_keeps_what_it_has(tmp_path):
    database = Database.at(tmp_path / "nazar.db")
    upgrade(database.engine)
    with sqlite3.connect(tmp_path / "nazar.db") as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in set(tables) - OF_THE_FIRST_VERSION:
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.execute("INSERT INTO retention_policy VALUES ('1', 'site', 'Town hall', 30, 'council', 1, NULL)")
    connection.close()
    upgrade(database.engine)
    assert current_revision(database.engine) == head_revision()
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert connection.exec_driver_sql("SELECT target, days FROM retention_policy").fetchall() == [("Town hall", 30)]


def test_check_constraints_of_the_models_are_in_the_database(tmp_path):
    """Alembic compares no CHECK constraints, and these are the directive's."""
    database = Database.at(tmp_path / "nazar.db")
    upgrade(database.engine)
    with sqlite3.connect(tmp_path / "nazar.db") as connection:
        sql = dict(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())
    connection.close()
    for table in Base.metadata.sorted_tables:
        for rule in (rule for rule in table.constraints if isinstance(rule, CheckConstraint)):
            assert f"CONSTRAINT {rule.name} CHECK ({rule.sqltext})" in sql[table.name]


def test_a_migration_that_is_killed_leaves_an_empty_database_that_can_be_upgraded(tmp_path, monkeypatch):
    database = Database.at(tmp_path / "nazar.db")
    with monkeypatch.context() as patched:
        from alembic import op

        def killed(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        patched.setattr(op, "create_index", killed)
        with pytest.raises(KeyboardInterrupt):
            upgrade(database.engine)
    with sqlite3.connect(tmp_path / "nazar.db") as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()
    upgrade(database.engine)
    assert current_revision(database.engine) == head_revision()


def test_a_database_of_a_newer_program_is_refused(tmp_path):
    database = Database.at(tmp_path / "nazar.db")
    upgrade(database.engine)
    with sqlite3.connect(tmp_path / "nazar.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(VmsError) as refusal:
        upgrade(database.engine)
    assert refusal.value.code == "database_newer"


@pytest.mark.sockets
def test_processes_that_upgrade_at_once_all_succeed(tmp_path):
    code = (
        "import sys; from pathlib import Path; from vms.kernel.database import Database;"
        "from vms.kernel.migration import upgrade; sys.stdin.readline();"
        "upgrade(Database.at(Path(sys.argv[1])).engine)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "nazar.db")]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)) for _ in range(3)
    ]
    for process in processes:
        process.stdin.write(b"\n")
        process.stdin.flush()
    outcomes = [(process.communicate(timeout=60)[1], process.returncode) for process in processes]
    assert [code for _, code in outcomes] == [0, 0, 0], outcomes
    with sqlite3.connect(tmp_path / "nazar.db") as connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
    connection.close()


def test_upgrading_again_leaves_this_process_its_locks(tmp_path):
    path = tmp_path / "nazar.db"
    database = Database.at(path)
    upgrade(database.engine)
    with database.reading() as session:  # a connection that stays open in its pool
        current_revision(session.get_bind())
    upgrade(Database.at(path).engine)
    program = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('CREATE TABLE x (y)'); c.close()"
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)
    assert path.with_name("nazar.db-wal").exists()  # deleted by whoever takes itself for the last one
