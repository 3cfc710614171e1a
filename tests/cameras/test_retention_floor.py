"""Nineteen days are refused at every door below the API (edge 21)."""

import sqlite3
from uuid import uuid4

import pytest
from sqlalchemy import text

from vms.cameras.queries import current_policies, effective_retention, retention_days_by_camera
from vms.cameras.rules import RetentionScope
from vms.cameras.service import NewCamera, end_retention, register, retire, set_retention
from vms.kernel.errors import VmsError

ADDRESS = "rtsp://viewer:secret-word@192.0.2.7/main"


def some_target(scope: RetentionScope) -> str:
    return {"global": "", "site": "Town hall", "camera": str(uuid4())}[scope.value]


@pytest.mark.proves("D-9.1b", "edge-21", "C-9")
@pytest.mark.parametrize("scope", RetentionScope)
@pytest.mark.parametrize("days", [19, 0, -1])
def test_the_service_refuses_less_than_twenty_days(database, clock, scope, days):
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        set_retention(session, clock, scope, some_target(scope), days, "a reason")
    assert refusal.value.code == "retention_below_minimum"
    with database.reading() as session:
        assert current_policies(session) == []


@pytest.mark.proves("D-9.1b", "edge-21")
@pytest.mark.parametrize("scope", RetentionScope)
@pytest.mark.parametrize("days", [20, 21])
def test_twenty_and_twenty_one_need_no_reason(database, clock, scope, days):
    with database.writing() as session:
        assert set_retention(session, clock, scope, some_target(scope), days).days == days


@pytest.mark.proves("D-9.1b")
def test_longer_needs_a_reason(database, clock):
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        set_retention(session, clock, RetentionScope.GLOBAL, "", 22, "  ")
    assert refusal.value.code == "retention_reason_missing"
    with database.writing() as session:
        assert set_retention(session, clock, RetentionScope.GLOBAL, "", 22, "court order 12").reason == "court order 12"


@pytest.mark.proves("D-9.1b", "edge-21", "C-9")
@pytest.mark.parametrize("statement", ["insert", "update"])
@pytest.mark.parametrize("days", ["19", "19.999", "'19'", "'many'"])
def test_the_database_itself_refuses_nineteen_days_by_name(database, clock, tmp_path, statement, days):
    with database.writing() as session:
        set_retention(session, clock, RetentionScope.GLOBAL, "", 20)
    connection = sqlite3.connect(tmp_path / "nazar.db")
    sql = {
        "insert": "INSERT INTO retention_policy (id, scope, target, days, reason, set_us)"
        f" VALUES ('00', 'site', 'x', {days}, 'because', 0)",
        "update": f"UPDATE retention_policy SET days = {days}",
    }[statement]
    with pytest.raises(sqlite3.IntegrityError, match=r"retention_\w+") as refusal:
        connection.execute(sql)
    connection.close()
    if days != "'many'":
        assert "retention_below_minimum" in str(refusal.value)


def test_the_constraints_name_is_the_refusals_code(database, clock):
    with database.writing() as session:
        set_retention(session, clock, RetentionScope.GLOBAL, "", 20)
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        session.execute(text("UPDATE retention_policy SET days = 19"))
    assert refusal.value.code == "retention_below_minimum"


def test_the_narrowest_policy_counts_and_history_stays(database, clock, box):
    with database.writing() as session:
        camera = register(session, NewCamera(name="Gate", main_address=ADDRESS, site="Town hall"), box, clock)
        seen = [effective_retention(session, camera).days]
        for scope, target, days in (
            (RetentionScope.GLOBAL, "", 25),
            (RetentionScope.SITE, "Town hall", 40),
            (RetentionScope.SITE, "Harbour", 60),
            (RetentionScope.CAMERA, str(camera.id), 30),
            (RetentionScope.CAMERA, str(camera.id), 20),
        ):
            clock.advance(1)
            set_retention(session, clock, scope, target, days, "because")
            seen.append(effective_retention(session, camera).days)
        assert seen == [21, 25, 40, 40, 30, 20]
        assert end_retention(session, clock, RetentionScope.CAMERA, str(camera.id))
        assert effective_retention(session, camera).days == 40
        ended = session.execute(text("SELECT days FROM retention_policy WHERE ended_us IS NOT NULL ORDER BY days"))
        assert [days for (days,) in ended] == [20, 30]


def test_a_default_below_the_floor_is_read_as_the_floor(database, clock, box):
    with database.writing() as session:
        camera = register(session, NewCamera(name="Gate", main_address=ADDRESS), box, clock)
        assert effective_retention(session, camera, default_days=3).days == 20
        assert retention_days_by_camera(session, default_days=3) == {camera.id: 20}


def test_a_retired_camera_keeps_its_retention_and_an_unregistered_one_has_none(database, clock, box):
    tried = uuid4()
    with database.writing() as session:
        camera = register(session, NewCamera(name="Gate", main_address=ADDRESS), box, clock)
        set_retention(session, clock, RetentionScope.CAMERA, str(camera.id), 33, "trial")
        retire(session, camera, clock)
        assert retention_days_by_camera(session) == {camera.id: 33}
        set_retention(session, clock, RetentionScope.CAMERA, str(tried), 20)
        assert retention_days_by_camera(session) == {camera.id: 33, tried: 20}


@pytest.mark.parametrize(
    ("scope", "target"),
    [
        (RetentionScope.GLOBAL, "x"),
        (RetentionScope.SITE, " "),
        (RetentionScope.CAMERA, ""),
        (RetentionScope.CAMERA, "7"),
    ],
)
def test_a_target_that_does_not_fit_its_scope_is_refused(database, clock, scope, target):
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        set_retention(session, clock, RetentionScope(scope), target, 20)
    assert refusal.value.code == "retention_target_invalid"
