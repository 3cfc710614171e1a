"""`vms camera central`: ordered, listed, ended on the command line; the recorder is told at once."""

import json
from datetime import datetime, timedelta

import pytest
from typer.testing import CliRunner

from vms.cli.camera import app
from vms.cli.settings.node import DataPaths
from vms.cli.wiring import camera_loader
from vms.kernel.days import ZONE

pytestmark = pytest.mark.proves("D-12.4b")


@pytest.fixture
def camera(tmp_path):
    """`camera(words…)` runs `vms camera …` over one camera that is live only; `refused`: by which code."""

    def run(*words, refused=None):
        done = CliRunner().invoke(app, [*words, "--data", str(tmp_path)])
        assert getattr(done.exception, "code", 0) == refused if refused else done.exit_code == 0, done.output
        return done.output

    run("add", "rtsp://cam.example/", "--name", "Depo", "--no-record")
    return run


def day(ahead):
    return f"{datetime.now(ZONE) + timedelta(days=ahead):%Y-%m-%d}"


def test_a_camera_is_recorded_until_it_is_ended(camera, tmp_path):
    def told():
        return [config.records for config in camera_loader(DataPaths(tmp_path))()]

    assert told() == [False]
    camera("central", "order", "1", "--until", day(3), "--reason", "Şenlik")
    assert told() == [True]
    (row,) = json.loads(camera("list", "--json"))
    assert row["state"] == "recorded"
    camera("central", "order", "1", "--from", day(2), "--until", day(9), "--reason", "Miting")
    camera("central", "end", "1", "--reason", "Bitti", refused=2)  # which one?
    rows = json.loads(camera("central", "list", "1", "--json"))
    assert [(one["until"][:10], one["reason"], one["ended"]) for one in rows] == [
        (day(3), "Şenlik", None), (day(9), "Miting", None),
    ]  # fmt: skip
    camera("central", "end", "1", "--reason", "Bitti", "--id", rows[0]["id"])
    assert told() == [False]
    camera("central", "end", "1", "--reason", "İptal")
    assert all(words in camera("central", "list", "1") for words in ("Şenlik", "Miting"))
    assert [one["end_reason"] for one in json.loads(camera("central", "list", "1", "--json"))] == ["Bitti", "İptal"]


def test_what_cannot_be_is_refused(camera):
    camera("central", "order", "1", "--until", "2020-01-01", "--reason", "x", refused="central_recording_empty")
    camera("central", "order", "7", "--until", day(1), "--reason", "x", refused="camera_not_found")
    camera("central", "order", "1", "--until", day(1), refused=2)
