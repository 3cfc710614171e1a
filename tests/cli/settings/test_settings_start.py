"""What a process starts with while the console's file breaks a rule: by hand alone, and footage is kept."""

import logging
import subprocess
import sys

import pytest

from vms.cameras.rules import MAX_RETENTION_DAYS
from vms.cli.node.begin_anew import Renewal
from vms.cli.serve import prepare
from vms.cli.settings.node import DataPaths, load_settings
from vms.cli.settings.start import settings_to_start
from vms.cli.timed.settings import settings_job
from vms.cli.web import build
from vms.kernel.errors import VmsError

BROKEN = {
    "unknown to this release": b"[retention]\ndays = 40\n[footage]\nof_tomorrow = 1\n",
    "below a minimum": b"[retention]\ndays = 19\n",
    "no TOML": b"[retention\ndays = 40\n",
    "not UTF-8": b"[institution]\nname = '\xff'\n",
    "cut off": b"[retention]\ndays = 40\n[mail]\nhost = ",
}


@pytest.fixture
def paths(tmp_path):
    return DataPaths(tmp_path)


@pytest.fixture(params=BROKEN.values(), ids=BROKEN.keys())
def broken(paths, request):
    paths.console_settings.write_bytes(request.param)
    return paths


@pytest.mark.proves("D-9.1b", "edge-21")
def test_the_file_by_hand_counts_alone_and_footage_is_kept_for_longer(broken, caplog):
    broken.settings.write_text("[web]\nport = 9000\n")
    with pytest.raises(VmsError):
        load_settings(broken, {})
    with caplog.at_level(logging.ERROR):
        found = settings_to_start(broken, {"NAZAR_RECORDER__SHARDS": "2"})
    assert (found.web.port, found.recorder.shards, found.retention.days) == (9000, 2, MAX_RETENTION_DAYS)
    assert str(broken.console_settings) in caplog.text


def test_a_file_that_cannot_be_read_is_left_out(paths):
    paths.console_settings.mkdir()  # whoever runs the tests may read any file
    assert settings_to_start(paths, {}).retention.days == MAX_RETENTION_DAYS


@pytest.mark.proves("D-9.1b")
def test_days_that_are_said_by_hand_count_as_ever(broken):
    assert settings_to_start(broken, {"NAZAR_RETENTION__DAYS": "22"}).retention.days == 22
    broken.settings.write_text("[retention]\ndays = 25\n")
    assert settings_to_start(broken, {}).retention.days == 25


def test_what_is_broken_by_hand_starts_nothing(broken):
    broken.settings.write_text("[web]\nport = 'x'\n")
    with pytest.raises(VmsError) as refusal:
        settings_to_start(broken, {})
    assert refusal.value.detail["setting"] == "web.port"
    broken.settings.write_text("[web\n")
    with pytest.raises(VmsError, match=r"nazar\.toml"):
        settings_to_start(broken, {})


def test_half_a_part_by_hand_is_refused_while_the_console_is_in_order(paths):
    paths.settings.write_text("[mail]\npassword_file = 'keys/mail.password'\n")
    paths.console_settings.write_text("[retention]\ndays = 40\n")
    with pytest.raises(VmsError) as refusal:
        settings_to_start(paths, {})
    assert refusal.value.detail["setting"] == "mail.host"


@pytest.mark.parametrize(
    "kept", [b"[mail]\nhost = 'mail.example.org'\nfrom = 'a@example.org'\nof_tomorrow = 1\n", b"[mail\n"]
)
def test_half_a_part_by_hand_falls_away_with_the_console(paths, kept):
    paths.console_settings.write_bytes(kept)
    paths.settings.write_text("[mail]\npassword_file = 'keys/mail.password'\n[footage]\ntarget_hours = 9\n")
    found = settings_to_start(paths, {"NAZAR_MAIL__USER": "nazar"})
    assert (found.mail, found.footage.target_hours) == (None, 9)
    assert settings_to_start(paths, {"NAZAR_WEB__PORT": "9000"}).web.port == 9000


def test_the_node_and_its_console_come_to_life(broken):
    assert prepare(broken).recorder.shards == 1
    assert build(broken.root).title


@pytest.mark.system
@pytest.mark.sockets
@pytest.mark.parametrize("program", [("recorder", "--shard", "0/1"), ("jobs",)], ids=["recorder", "jobs"])
def test_recording_and_jobs_start(paths, program):
    prepare(paths)
    paths.console_settings.write_bytes(BROKEN["no TOML"])
    name, *options = program
    began = {"recorder": paths.recorder_socket(0), "jobs": paths.node_key}[name]
    process = subprocess.Popen([sys.executable, "-m", "vms", name, "--data", str(paths.root), *options])
    try:
        for _ in range(300):
            if began.exists():
                break
            with pytest.raises(subprocess.TimeoutExpired):  # it must not end by itself
                process.wait(0.1)
        assert began.exists()
    finally:
        process.terminate()
        assert process.wait(30) in {0, -15}


def test_jobs_that_started_without_it_begin_anew_when_it_is_mended(broken, monkeypatch):
    monkeypatch.setattr("vms.cli.timed.settings.begin_anew_at_last", lambda: None)
    asked = []
    renewal = Renewal()
    renewal.when_asked(lambda: asked.append(1))
    job = settings_job(broken, renewal)
    job.run()
    broken.console_settings.write_bytes(b"\xff")
    job.run()
    assert asked == []
    broken.console_settings.write_text("[retention]\ndays = 40\n")
    job.run()
    assert asked == [1]
