import stat

from vms.cli.first_run import first_run_code, tell_first_run
from vms.cli.serve import prepare
from vms.cli.settings.node import DataPaths
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.people.passwords import Passwords
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account

ADDRESS = "http://127.0.0.1:8080/"


def test_a_new_node_prints_its_set_up_code_and_keeps_it_to_itself(tmp_path, capsys):
    paths = DataPaths(tmp_path)
    prepare(paths)
    tell_first_run(paths, ADDRESS)
    printed = capsys.readouterr().out
    code = paths.first_run_code.read_text().strip()
    assert code in printed
    assert ADDRESS + "set-up" in printed
    assert stat.S_IMODE(paths.first_run_code.stat().st_mode) == 0o600


def test_a_node_with_an_account_prints_nothing(tmp_path, capsys):
    paths = DataPaths(tmp_path)
    prepare(paths)
    assert first_run_code(paths)
    database = Database.at(paths.database)
    with database.writing() as session:
        new = NewAccount(name="deniz", display_name="Deniz", roles=[Role.SYSADMIN], password="correct horse battery")
        create_account(session, SystemClock(), new, passwords=Passwords(time_cost=1, memory_kib=8))
    database.close()
    tell_first_run(paths, ADDRESS)
    assert capsys.readouterr().out == ""
    assert not paths.first_run_code.exists()


def test_a_database_that_is_away_stops_nothing(tmp_path, capsys):
    tell_first_run(DataPaths(tmp_path / "nowhere"), ADDRESS)
    assert capsys.readouterr().out == ""
