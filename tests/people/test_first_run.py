import stat
import threading

import pytest

from vms.audit.entry import UNNAMED
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.people.first_run import create_first_account, forget_code, have_code, needs_first_account
from vms.people.rules import Role
from vms.people.service import NewAccount

FIRST = NewAccount(name="deniz", display_name="Deniz Ak", roles=[Role.SYSADMIN], password="correct horse battery")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys" / "first-run.code"


@pytest.fixture
def try_first(database, clock, passwords, path):
    def try_first(code, new=FIRST):
        with database.writing() as session:
            return create_first_account(session, clock, path, code, new, passwords=passwords, by=UNNAMED)

    return try_first


def refused(try_first, code):
    with pytest.raises(VmsError) as refusal:
        try_first(code)
    return refusal.value.code


def test_the_code_lies_where_only_its_owner_reads_it_and_stays_the_same(database, path):
    code = have_code(database, path)
    assert code
    assert have_code(database, path) == code
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_processes_that_start_at_once_print_one_code(tmp_path, database, path):
    patient = Database.at(tmp_path / "nazar.db")
    found = []
    threads = [threading.Thread(target=lambda: found.append(have_code(patient, path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    patient.close()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_who_knows_the_code_becomes_the_first_administrator(database, path, try_first):
    code = have_code(database, path)
    assert {refused(try_first, wrong) for wrong in ("", "x", code[:-1], "A" * 5000)} == {"set_up_code_wrong"}
    account = try_first(code.lower().replace("-", " "))
    assert account.name == "deniz"
    assert refused(try_first, code) == "set_up_over"
    with database.reading() as session:
        assert not needs_first_account(session)
    assert have_code(database, path) is None
    assert not path.exists()


def test_without_its_file_no_code_is_right(database, path, try_first):
    code = have_code(database, path)
    forget_code(path)
    assert {refused(try_first, one) for one in (code, "")} == {"set_up_code_wrong"}


def test_where_there_is_an_account_there_is_no_code(database, account, path, try_first):
    assert have_code(database, path) is None
    assert refused(try_first, "") == "set_up_over"
