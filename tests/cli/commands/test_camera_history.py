"""`vms camera set|history`: where a camera stood, said on the command line."""

import json

import pytest
from typer.testing import CliRunner

from vms.cli.camera import app


@pytest.fixture
def camera(tmp_path):
    """`camera(words…)` runs `vms camera …` over one camera; `refused`: by which code."""

    def run(*words, refused=None):
        done = CliRunner().invoke(app, [*words, "--data", str(tmp_path)])
        assert getattr(done.exception, "code", 0) == refused if refused else done.exit_code == 0, done.output
        return done.output

    run("add", "rtsp://cam.example/", "--name", "Kapı", "--site", "Meydan")
    return run


def test_a_move_a_correction_and_neither(camera):
    camera("set", "1", "--correction", "--since", "2020-01-06", "--site", "Eski meydan")
    camera("set", "1", "--site", "Çeşme", "--since", "2020-03-01T14:30")
    camera("set", "1", "--new-number", "9")
    rows = json.loads(camera("history", "9", "--json"))
    assert [(row["number"], row["site"], row["is_corrected"]) for row in rows] == [
        (1, "Eski meydan", True), (1, "Çeşme", False), (9, "Çeşme", False),
    ]  # fmt: skip
    assert [row["from"] for row in rows[:2]] == ["2020-01-06 00:00:00+03:00", "2020-03-01 14:30:00+03:00"]
    assert [row["until"] for row in rows] == [rows[1]["from"], rows[2]["from"], None]
    table = camera("history", "9")
    assert all(words in table for words in ("Eski meydan", "Çeşme", "2020-03-01"))


def test_a_time_that_cannot_be_is_refused(camera):
    camera("set", "1", "--site", "Çeşme", "--since", "2001-01-01", refused="placement_overlaps")
    camera("set", "1", "--site", "Çeşme", "--since", "yesterday", refused=2)
    assert [row["site"] for row in json.loads(camera("history", "1", "--json"))] == ["Meydan"]
