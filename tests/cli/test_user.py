"""`vms user`, run as it is."""

import json
import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from typer.testing import CliRunner

from vms.authority.authority import Authority
from vms.cameras.queries import camera_by_number
from vms.cli import camera, db, user
from vms.cli.settings import DataPaths
from vms.kernel.clock import SystemClock, to_datetime
from vms.kernel.database import Database
from vms.people.passwords import PASSWORDS
from vms.people.queries import need_account

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


def seen(database) -> dict[int, tuple]:
    """Call-up number of each camera the guard may see -> (live, playback)."""
    allowed = Authority(database).allowed(stored(database).id, SystemClock().now_us())
    with database.reading() as session:
        numbers = {camera_by_number(session, number).id: number for number in (1, 2)}
    return {numbers[camera_id]: (found.live, found.playback) for camera_id, found in allowed.items()}


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
    run(user.app, "allow", "guard", "--camera", "1", "--live", "--basis", "letter", refused="account_disabled")
    run(user.app, "enable", "guard")
    assert rows(run)[0]["state"] == "on"


@pytest.mark.proves("D-11.2a")
def test_rights_are_given_for_cameras_and_ways_of_seeing(run, guard, database):
    run(user.app, "allow", "guard", "--camera", "1", "--camera", "2", "--live", "--basis", "list P-32")
    run(user.app, "allow", "guard", "--camera", "2", "--playback", "--basis", "Olur 118", "--until", "2199-12-31")
    found = seen(database)
    assert [found[1][0].text, found[1][1]] == ["list P-32", None]
    assert [found[2][0].text, found[2][1].text] == ["list P-32", "Olur 118"]
    assert found[1][0].until_us is None
    end = to_datetime(found[2][1].until_us)
    assert end.isoformat() == "2199-12-31T21:00:00+00:00", "the day is over at midnight in Istanbul"
    (row,) = rows(run)
    assert (row["live"], row["playback"]) == (2, 1)


def test_rights_are_taken_back(run, guard, database):
    run(user.app, "allow", "guard", "--all-cameras", "--live", "--playback", "--basis", "letter")
    assert set(seen(database)) == {1, 2}
    assert "lost 1 right" in run(user.app, "revoke", "guard", "--camera", "1").output
    assert set(seen(database)) == {2}
    run(camera.app, "remove", "2")
    assert "lost 1 right" in run(user.app, "revoke", "guard", "--all-cameras").output
    assert Authority(database).allowed(stored(database).id, SystemClock().now_us()) == {}


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        (["--camera", "1", "--basis", "letter"], "right_without_mode"),
        (["--camera", "1", "--live", "--basis", " "], "basis_missing"),
        (["--camera", "9", "--live", "--basis", "letter"], "camera_not_found"),
        (["--camera", "1", "--camera", "9", "--live", "--basis", "letter"], "camera_not_found"),
        (["--camera", "1", "--live", "--basis", "letter", "--until", "2020-01-01"], "until_in_the_past"),
        (["--camera", "1", "--live"], None),
        (["--live", "--basis", "letter"], None),
        (["--camera", "1", "--all-cameras", "--live", "--basis", "letter"], None),
        (["--camera", "1", "--live", "--basis", "letter", "--until", "tomorrow"], None),
    ],
)
def test_a_right_that_makes_no_sense_is_refused(run, guard, database, arguments, refused):
    assert run(user.app, "allow", "guard", *arguments, refused=refused).exit_code != 0
    assert seen(database) == {}


def test_the_last_day_is_a_whole_one(run, guard, database):
    today = datetime.now(tz=user.ZoneInfo(user.ZONE)).date()
    run(user.app, "allow", "guard", "--camera", "1", "--live", "--basis", "letter", "--until", str(today))
    left_us = seen(database)[1][0].until_us - SystemClock().now_us()
    assert timedelta(0) < timedelta(microseconds=left_us) <= timedelta(days=1)
