"""`vms user`, run as it is."""

import json
import re
from uuid import UUID

import pyotp
import pytest
from typer.testing import CliRunner

from vms.cli import camera, db, user
from vms.cli.settings.node import DataPaths
from vms.kernel.clock import US_PER_SECOND, SystemClock
from vms.kernel.database import Database
from vms.kernel.secrets import SecretBox
from vms.people import second_factor
from vms.people.acting import actor_of
from vms.people.directory.staff import link_of
from vms.people.passwords import PASSWORDS
from vms.people.queries import need_account

pytestmark = pytest.mark.usefixtures("set_up")
PASSWORD = "correct horse battery"
OTHER = "another good one"


@pytest.fixture
def run(tmp_path):
    def run(app, *arguments, typed: str = "", refused: str | None = None):
        result = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path)], input=typed)
        code = getattr(result.exception, "code", None) if result.exception else None
        assert (code if isinstance(code, str) else None) == refused, result.output
        assert PASSWORD not in result.output
        assert OTHER not in result.output
        return result

    return run


@pytest.fixture
def guard(run):
    """An account and two cameras."""
    run(user.app, "add", "Guard", "--role", "guard", "--password-stdin", typed=PASSWORD + "\n")
    for name in ("Gate", "Lobby"):
        run(camera.app, "add", "rtsp://cam-host.example/live", "--name", name)


@pytest.fixture
def database(tmp_path):
    database = Database.at(DataPaths(tmp_path).database)
    yield database
    database.close()


def stored(database):
    with database.reading() as session:
        return need_account(session, "guard")


def rows(run) -> list[dict]:
    return json.loads(run(user.app, "list", "--json").output)


def test_an_account_is_added_and_sees_nothing(run, guard, database):
    account = stored(database)
    assert (account.name, account.display_name) == ("guard", "Guard")
    assert account.must_change_password
    assert PASSWORDS.is_right(account.password_hash, PASSWORD)
    (row,) = rows(run)
    assert (row["name"], row["roles"], row["state"], row["live"], row["playback"]) == ("guard", ["guard"], "on", 0, 0)
    assert UUID(row["id"]) == account.id
    assert re.search(r"guard\W+Guard\W+guard\W+on\W+0\W+0", run(user.app, "list").output)
    run(user.app, "add", "GUARD", "--password-stdin", typed=PASSWORD + "\n", refused="account_name_taken")
    run(user.app, "add", "other", "--password-stdin", typed="short\n", refused="password_weak")
    assert "whole" in run(db.app, "check").output


def test_a_password_is_asked_for_twice(run, database):
    assert run(user.app, "add", "guard", "--no-must-change", typed=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0
    assert not stored(database).must_change_password
    result = run(user.app, "password", "guard", typed=f"{OTHER}\n{PASSWORD}\n")
    assert result.exit_code != 0, "two different ones, and nothing more is typed"
    assert PASSWORDS.is_right(stored(database).password_hash, PASSWORD)
    assert run(user.app, "password", "guard", typed=f"{OTHER}\n{OTHER}\n").exit_code == 0
    assert PASSWORDS.is_right(stored(database).password_hash, OTHER)


def test_another_password(run, guard, database):
    run(user.app, "password", "guard", "--password-stdin", "--no-must-change", typed=OTHER)
    assert PASSWORDS.is_right(stored(database).password_hash, OTHER)
    assert not stored(database).must_change_password
    run(user.app, "password", "nobody", "--password-stdin", typed=OTHER, refused="account_not_found")


def test_an_account_is_closed_and_opened(run, guard, database):
    run(user.app, "disable", "guard")
    assert rows(run)[0]["state"] == "disabled"
    run(user.app, "enable", "guard")
    assert rows(run)[0]["state"] == "on"


def test_an_account_is_asked_of_the_directory_and_of_nazar_again(run, guard, database):
    run(user.app, "link", "guard", "ldap")
    with database.reading() as session:
        assert link_of(session, stored(database).id).way == "ldap"
    run(user.app, "link", "guard", "local")
    with database.reading() as session:
        assert link_of(session, stored(database).id) is None


def test_a_lost_second_factor_is_taken_away(run, guard, database, tmp_path):
    box = SecretBox.at(tmp_path / "keys" / "secret.key")
    clock = SystemClock()
    with database.writing() as session:
        account = need_account(session, "guard")
        totp = pyotp.TOTP(second_factor.begin(session, clock, box, account))
        second_factor.confirm(session, clock, box, account, totp.at(clock.now_us() // US_PER_SECOND), actor_of(account))
        assert second_factor.has_factor(session, account.id)
    run(user.app, "reset-factor", "guard")
    with database.reading() as session:
        assert not second_factor.has_factor(session, stored(database).id)
