"""`vms authority`, run as it is: a node set up without a browser."""

import json
import re
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from vms.authority.authority import Authority
from vms.cli import authority, camera, user
from vms.cli.settings.node import DataPaths
from vms.kernel.clock import SystemClock, iso
from vms.kernel.database import Database
from vms.kernel.days import day_of, end_us, nth_day_end_us
from vms.kernel.errors import VmsError
from vms.people.queries import need_account

pytestmark = pytest.mark.usefixtures("set_up")
PASSWORD = "correct horse battery"
TODAY = day_of(SystemClock().now_us())
POSTING = (
    "--post", "Kapı", "--camera", "1", "--letter", "KG-2026/14", "--until", str(TODAY), "--training", "Eğitim",
    "--agreement-signed", str(TODAY),
)  # fmt: skip
OLUR = (
    "--olur", "2026/118", "--purpose", "güvenlik", "--camera", "1", "--live", "--playback", "--training",
    "Eğitim 05.11.2026", "--agreement-signed", str(TODAY),
)  # fmt: skip


@pytest.fixture
def run(tmp_path, monkeypatch):
    def run(app, *arguments, typed="", refused=None, env=None):
        result = CliRunner().invoke(app, [*map(str, arguments), "--data", str(tmp_path)], input=typed, env=env)
        code = getattr(result.exception, "code", None) if result.exception else None
        assert (code if isinstance(code, str) else None) == refused, result.output
        return result

    for name, role in (("bekci", "guard"), ("ayse", "authorised_viewer"), ("usta", "technician")):
        run(user.app, "add", name, "--role", role, "--password-stdin", typed=PASSWORD + "\n")
    for name in ("Gate", "Lobby"):
        run(camera.app, "add", "rtsp://cam-host.example/live", "--name", name)
    return run


@pytest.fixture
def sees(tmp_path):
    """What an account sees of the first camera: the end of the basis, or the refusal's code."""
    database = Database.at(DataPaths(tmp_path).database)

    def sees(name, mode="live"):
        from vms.cameras.queries import need_camera

        with database.reading() as session:
            account_id, camera_id = need_account(session, name).id, need_camera(session, 1).id
        try:
            return Authority(database).may(account_id, camera_id, mode, None, SystemClock().now_us()).until_us
        except VmsError as err:
            return err.code

    yield sees
    database.close()


def listed(run, *more):
    return json.loads(run(authority.app, "list", *more, "--json").output)


@pytest.mark.proves("D-7.3", "D-11.1a")
def test_a_guard_is_posted_by_letter_in_one_command(run, sees):
    run(authority.app, "assign", "bekci", *POSTING)
    assert sees("bekci") == end_us(TODAY), "the last day is a whole one"
    assert sees("bekci", "playback") == "playback_needs_olur"
    (row,) = listed(run)
    assert (row["paper"], row["account"], row["state"], row["days_left"]) == ("assignment", "bekci", "active", 0)
    assert "KG-2026/14" in row["basis"]
    assert "bekci" in run(authority.app, "list").output
    run(authority.app, "post", "Kapı", "--camera", "2")
    assert sees("bekci") == "no_assignment"
    run(authority.app, "post", "Kapı", "--all-cameras")
    run(authority.app, "unassign", "bekci", "--why", "Nöbet bitti")
    assert sees("bekci") == "no_assignment"


def test_posting_a_guard_changes_no_post_that_is_there(run, sees):
    run(authority.app, "assign", "bekci", *POSTING)
    run(authority.app, "assign", "bekci", *POSTING)  # the same cameras are no change
    for wider in (("--camera", "1", "--camera", "2"), ("--camera", "2"), ("--all-cameras",)):
        result = run(authority.app, "assign", "bekci", "--post", "Kapı", *wider, *POSTING[4:])
        assert result.exit_code == 2
        said = " ".join(result.output.replace("│", " ").split())
        assert "change the post first: `vms authority post`" in said
    run(authority.app, "assign", "bekci", "--post", "Kapı", *POSTING[4:])
    assert [(row["cameras"], row["state"]) for row in listed(run)] == [(1, "active")] * 3
    assert isinstance(sees("bekci"), int)


@pytest.mark.proves("D-11.1b", "D-11.2b", "D-12.11")
def test_a_viewer_needs_olur_agreement_and_a_second_person(run, sees):
    run(authority.app, "grant", "ayse", *OLUR)
    assert sees("ayse") == "no_grant"
    run(authority.app, "activate", 1, refused="second_person_missing")
    run(authority.app, "activate", 1, env={"NAZAR_AUTHORITY__TWO_PERSON": "false"})
    assert sees("ayse", "playback") == nth_day_end_us(SystemClock().now_us(), 180)
    run(authority.app, "suspend", 1, "--why", "olay")
    assert sees("ayse") == "grant_revoked"
    run(authority.app, "reinstate", 1)
    run(authority.app, "renew", 1, "--letter", "ZD-1", "--signed-by", "bekci", refused="person_not_found")
    run(authority.app, "disagree", "ayse", "--why", "geri aldı")
    assert sees("ayse") == "nda_missing"
    run(authority.app, "agree", "ayse")
    assert isinstance(sees("ayse"), int)
    run(authority.app, "agreement-text", "2", "--must-resign")
    assert sees("ayse") == "nda_missing"
    run(authority.app, "agree", "ayse")
    run(authority.app, "duty-change", "ayse", "--letter", "IK-1", "--last-day", TODAY)
    assert sees("ayse") == end_us(TODAY)
    run(authority.app, "withdraw", 1, "--why", "karar")
    assert [row["state"] for row in listed(run, "ayse")] == ["revoked"]


def test_a_refusal_says_what_to_do_in_a_shell(run):
    run(authority.app, "grant", "ayse", *OLUR)
    alone = run(authority.app, "activate", 1, refused="second_person_missing").exception.message
    assert "signs in to the console" in alone
    assert "their own login on this server" in alone
    run(authority.app, "activate", 1, env={"NAZAR_AUTHORITY__TWO_PERSON": "false"})
    again = run(authority.app, "activate", 1, refused="grant_state").exception.message
    assert "is active" in again
    assert "Reload" not in again
    assert again.endswith("`vms authority list` shows it.")


def test_a_grant_that_never_began_is_cancelled(run):
    run(authority.app, "grant", "ayse", *OLUR)
    run(authority.app, "cancel", 1, "--why", "yanlış kişi")
    assert [row["state"] for row in listed(run)] == ["cancelled"]


def test_the_list_is_whole_at_80_columns(run):
    """Nothing is cut: what has no room goes on below, names, dates, days without a break within."""
    run(user.app, "add", "yonetici.vekili", "--role", "authorised_viewer", "--password-stdin", typed=PASSWORD + "\n")
    run(authority.app, "assign", "bekci", *POSTING)
    for name in ("ayse", "yonetici.vekili"):
        run(authority.app, "grant", name, *OLUR)
    run(authority.app, "activate", 1, env={"NAZAR_AUTHORITY__TWO_PERSON": "false"})
    shown = run(authority.app, "list", env={"COLUMNS": "80"}).output
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= 80
    until = iso(nth_day_end_us(SystemClock().now_us(), 180))
    moment = f"{until[:10]} {until[11:16]}"
    for whole in ("yonetici.vekili", "assignment", "grant 2", "active", "Görevlendirme", "2026/118,", moment):
        assert whole in shown, shown
    assert re.search(r"\b1(79|80) days left", shown), shown


@pytest.mark.proves("edge-86")
def test_a_technician_sees_while_the_order_is_open(run, sees):
    run(authority.app, "work-order", "usta", "--camera", 1, "--hours", 2)
    assert isinstance(sees("usta"), int)
    run(authority.app, "close-work-order", 1, "--why", "onarıldı")
    assert sees("usta") == "work_order_closed"


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"--until": "2020-01-01"}, "until_in_the_past"),
        ({"--until": str(TODAY + timedelta(days=180))}, "grant_too_long"),
        ({"--letter": " "}, "assignment_letter_missing"),
        ({"--camera": "9"}, "camera_not_found"),
        ({"--agreement-signed": ""}, "nda_missing"),
        ({"--training": ""}, "training_missing"),
        ({"--until": "tomorrow"}, None),
    ],
)
def test_an_assignment_that_makes_no_sense_is_refused(run, sees, change, refused):
    options = dict(zip(POSTING[::2], POSTING[1::2], strict=True)) | change
    words = [word for pair in options.items() for word in pair]
    assert run(authority.app, "assign", "bekci", *words, refused=refused).exit_code != 0
    assert sees("bekci") == "no_assignment"
