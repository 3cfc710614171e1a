"""`vms audit`, over what the other commands wrote."""

import asyncio
import csv
import io
import json
import os
import pwd
import sqlite3
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from vms.archive.known_volumes import KnownVolumes
from vms.audit.entry import Actor
from vms.audit.queries import newest_of
from vms.audit.rules import Act
from vms.cli.app import app
from vms.cli.parts.audit_prover import ChildProver
from vms.cli.settings.node import DataPaths
from vms.cli.timed.audit import AuditJob
from vms.kernel.clock import US_PER_DAY, SystemClock
from vms.kernel.database import Database
from vms.kernel.days import day_of
from vms.kernel.errors import VmsError
from vms.operations.alarms import open_alarms

pytestmark = pytest.mark.usefixtures("set_up")
ME = pwd.getpwuid(os.getuid()).pw_name
PASSWORD = "correct horse battery"
TODAY = day_of(SystemClock().now_us())
BASIS = "Kapı: Görevlendirme 2026/118, 03.02.2026"
POSTING = (
    "authority", "assign", "guard", "--post", "Kapı", "--camera", 1, "--letter", "2026/118", "--letter-date",
    "2026-02-03", "--until", TODAY, "--agreement-signed", TODAY, "--training", "Eğitim",
)  # fmt: skip


@pytest.fixture
def run(tmp_path):
    def run(*arguments, typed="", exit_code=0):
        result = CliRunner().invoke(app, [*map(str, arguments), "--data", str(tmp_path)], input=typed)
        assert result.exit_code == exit_code, (result.output, result.exception)
        assert PASSWORD not in result.output
        return result.stdout

    return run


def open_volume(data):
    paths = DataPaths(data)
    KnownVolumes(paths.known_volumes).open(paths.volumes / "main", SystemClock(), 0).close()


@pytest.fixture
def told(run):
    """Entries as `vms audit list --json` has them, the oldest first."""
    return lambda *filters: json.loads(run("audit", "list", "--json", *filters))[::-1]


@pytest.fixture
def node(run):
    """Two cameras, a guard who may see one of them."""
    for name in ("Gate", "Lobby"):
        run("camera", "add", "rtsp://user:secret@cam.example/", "--name", name)
    run(
        "user",
        "add",
        "guard",
        "--display-name",
        "İbrahim Çağlar",
        "--role",
        "guard",
        "--password-stdin",
        typed=PASSWORD,
    )
    run(*POSTING)


@pytest.mark.proves("D-1.3f")
def test_every_change_on_the_command_line_says_who_made_it(run, told, node, tmp_path):
    run("camera", "set", 1, "--name", "Front gate", "--address", "rtsp://user:other@cam.example/")
    run("camera", "remove", 2)
    run("user", "password", "guard", "--password-stdin", typed="another good one")
    run("authority", "unassign", "guard", "--why", "Nöbet bitti")
    run("user", "disable", "guard")
    run("user", "enable", "guard")
    run("retention", "set", 30, "--site", "Harbour", "--reason", "council")
    run("retention", "unset", "--site", "Harbour")
    open_volume(tmp_path)
    run("retention", "confirm-locks", "--yes")
    found = told()
    assert [entry["number"] for entry in found] == list(range(1, len(found) + 1))
    assert [(entry["act"], entry["subject"]["words"]) for entry in found] == [
        ("camera_registered", "1 · Gate"),
        ("camera_registered", "2 · Lobby"),
        ("account_created", "İbrahim Çağlar · guard"),
        ("unit_registered", "Belediye"),
        ("person_registered", "İbrahim Çağlar"),
        ("account_changed", "İbrahim Çağlar · guard"),
        ("agreement_signed", "İbrahim Çağlar"),
        ("post_opened", "Kapı"),
        ("guard_assigned", BASIS),
        ("right_granted", "İbrahim Çağlar · guard"),
        ("camera_changed", "1 · Front gate"),  # where it stands, then how it is reached
        ("camera_changed", "1 · Front gate"),
        ("camera_retired", "2 · Lobby"),
        ("account_password_set", "İbrahim Çağlar · guard"),
        ("assignment_ended", BASIS),
        ("right_revoked", "İbrahim Çağlar · guard"),
        ("account_disabled", "İbrahim Çağlar · guard"),
        ("account_enabled", "İbrahim Çağlar · guard"),
        ("setting_changed", "site"),
        ("setting_changed", "site"),
        ("locks_confirmed", ""),
    ]
    assert {(entry["actor"]["name"].split(" ")[0], entry["actor"]["address"]) for entry in found} == {
        (ME, "command line")
    }
    assert found[10]["detail"]["name"] == ["Gate", "Front gate"]
    assert found[11]["detail"] == {"main_address": "set"}
    assert [entry["detail"]["days"] for entry in found[18:20]] == [30, None]
    text = json.dumps(found)
    assert "secret" not in text
    assert "cam.example" not in text
    assert "another good one" not in text


def test_a_right_is_told_with_its_camera_its_basis_and_its_id(told, node):
    granted = told("--act", "right_granted")[0]
    camera_id = told("--act", "camera_registered")[0]["subject"]["id"]
    assert (granted["camera_id"], granted["mode"], granted["basis"]["text"]) == (camera_id, "live", BASIS)
    assert granted["basis"]["id"]


def test_a_change_that_is_refused_leaves_no_entry(run, told, node):
    before = len(told())
    run("retention", "set", 19, exit_code=1)
    run(*POSTING, "--letter", " ", exit_code=1)
    assert len(told()) == before


def test_an_auditor_gets_no_right_to_see(run, node):
    run("user", "add", "auditor", "--role", "auditor", "--password-stdin", typed=PASSWORD)
    run(*(word if word != "guard" else "auditor" for word in POSTING), exit_code=1)


def test_the_list_is_narrowed(run, told, node):
    assert [entry["act"] for entry in told("--camera", 1)] == ["camera_registered", "right_granted"]
    assert [entry["act"] for entry in told("--basis", "2026/118")] == ["right_granted"]
    assert told("--person", "guard") == []
    assert told("--until", "2020-01-01") == []
    assert len(told("--from", "2020-01-01T08:00", "--limit", 2)) == 2
    run("audit", "list", "--from", "2026-01-02", "--until", "2026-01-01", exit_code=2)
    lines = run("audit", "list").splitlines()
    assert len(lines) == 10
    assert "right_granted" in lines[0]
    assert BASIS in lines[0]


@pytest.mark.proves("edge-60", "C-1")
def test_verify_names_the_entry_that_was_changed(run, node, tmp_path):
    assert "10 entries verified, not signed yet: nothing is wrong" in run("audit", "verify")
    clock = SystemClock()
    database = Database.at(DataPaths(tmp_path).database)
    AuditJob(DataPaths(tmp_path), clock, database).sign()
    assert json.loads(run("audit", "verify", "--json"))["problems"] == []
    with sqlite3.connect(tmp_path / "nazar.db") as raw:
        raw.execute("DROP TRIGGER audit_entry_no_update")
        raw.execute("UPDATE audit_entry SET basis = 'Olur 1' WHERE sequence = 10")
    raw.close()
    text = run("audit", "verify", exit_code=1)
    assert "entry 10 (20" in text
    assert "right_granted): it is not what was written [entry_changed]" in text
    answer = json.loads(run("audit", "verify", "--json", exit_code=1))
    assert [(one["code"], one["sequence"], one["act"]) for one in answer["problems"]] == [
        ("guard_missing", None, ""), ("entry_changed", 10, "right_granted"),
    ]  # fmt: skip
    assert answer["entries"] == 10
    database.close()


def test_an_export_is_logged_and_reckons_nothing_in_a_spreadsheet(run, told, node, tmp_path):
    run("camera", "set", 2, "--name", "=HYPERLINK(1)")
    text = run("audit", "export")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 13)]
    assert rows[-1]["act"] == "audit_exported"
    assert rows[-2]["subject"] == "2 · =HYPERLINK(1)"
    assert rows[9]["basis"] == BASIS
    run("audit", "export", "--to", tmp_path / "log.jsonl", "--camera", 1, "--json")
    lines = (tmp_path / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["act"] for line in lines] == ["camera_registered", "right_granted"]
    assert told("--act", "audit_exported")[-1]["detail"]["filter"]["camera_id"]
    run("audit", "export", "--to", tmp_path / "log.jsonl", exit_code=1)


def test_verifying_is_done_once_a_day_and_raises_an_alarm(tmp_path):
    paths = DataPaths(tmp_path)
    database = Database.at(paths.database)
    job = AuditJob(paths, SystemClock(), database)

    def alarms():
        with database.reading() as session:
            return [(alarm.code, alarm.severity) for alarm in open_alarms(session)]

    job.verify_daily()
    job.verify_daily()
    assert alarms() == []
    with sqlite3.connect(paths.database) as raw:
        assert raw.execute("SELECT count(*), min(outcome) FROM audit_entry").fetchone() == (1, "ok")
        raw.execute("DROP TRIGGER audit_entry_no_delete")
        raw.execute("DELETE FROM audit_entry")
    raw.close()
    assert [finding.code for finding in job.verify()] == ["guard_missing"]
    assert alarms() == [("audit_broken", "critical")]
    database.close()


@pytest.mark.system
def test_who_asks_for_it_has_it_verified_by_a_process_of_its_own(tmp_path):
    paths = DataPaths(tmp_path)
    database = Database.at(paths.database)
    auditor = Actor(uuid4(), "Denetçi · denetci", uuid4(), "10.0.0.9")
    asyncio.run(ChildProver(paths)(auditor))
    with database.reading() as session:
        told = newest_of(session, Act.AUDIT_VERIFIED)
    assert (told.actor_id, told.actor_name, told.session_id, told.address, told.outcome) == (
        auditor.person_id, auditor.name, auditor.session_id, auditor.address, "ok",
    )  # fmt: skip
    database.close()
    paths.database.unlink()
    with pytest.raises(VmsError) as refusal:
        asyncio.run(ChildProver(paths)(auditor))
    assert refusal.value.code == "verification_unavailable"


def test_a_clock_that_went_far_back_keeps_nobody_from_verifying(tmp_path):
    from vms.kernel.clock import ManualClock

    paths, clock = DataPaths(tmp_path), ManualClock()
    database = Database.at(paths.database)
    job = AuditJob(paths, clock, database)
    job.verify_daily()
    clock.step_wall(-2 * US_PER_DAY / 1_000_000)
    job.verify_daily()
    with sqlite3.connect(paths.database) as raw:
        assert raw.execute("SELECT count(*) FROM audit_entry").fetchone() == (2,)
    raw.close()
    database.close()
