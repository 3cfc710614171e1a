import subprocess
import sys

import pytest
from typer.testing import CliRunner

from vms.cli.app import COMMANDS, app, load


def test_every_command_loads():
    for name, place in COMMANDS.items():
        command = load(name, place)
        assert command.name == name
        assert command.help or command.short_help, name


def test_help_names_every_command():
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f" {name} " in result.stdout, name


def run(*words) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "vms", *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_refusal_is_one_line_without_a_trace(tmp_path):
    (tmp_path / "nazar.toml").write_text("[retention]\ndays = 19\n")
    result = run("web", "--data", str(tmp_path))
    assert result.returncode == 2
    assert "retention_below_minimum" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bad_address_is_answered_with_a_form_that_can_be_read(tmp_path):
    result = run("camera", "add", "http://user:s3cret@cam.example", "--data", str(tmp_path))
    assert result.returncode == 2
    assert "must look like rtsp://<USER>:<PASSWORD>@<HOST>:<PORT>/<PATH>." in result.stderr
    assert "s3cret" not in result.stderr


def test_an_unknown_transport_is_refused_before_anything_is_made(tmp_path):
    arguments = ["record", "rtsp://127.0.0.1/x", "--transport", "foo", "--data", str(tmp_path / "data")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "foo" in result.output
    assert not (tmp_path / "data").exists()


def test_a_size_at_which_no_scene_is_drawn_is_refused_before_anything_starts():
    result = CliRunner().invoke(app, ["simcam", "--size", "640x480"])
    assert result.exit_code == 2
    assert "16:9" in result.output


def test_an_unknown_command():
    result = run("recrod")
    assert result.returncode == 2
    assert "recrod" in result.stderr


@pytest.mark.parametrize(
    ("command", "strangers"),
    [
        ("web", {"cv2", "apscheduler", "zeep", "onvif", "pyhanko.sign", "requests", "ldap3", "alembic"}),
        ("recorder", {"fastapi", "uvicorn", "cv2", "apscheduler", "sqlalchemy"}),
    ],
)
def test_a_process_loads_only_what_it_needs(command, strangers):
    code = f"""
import sys
from vms.cli.app import COMMANDS, load
load({command!r}, COMMANDS[{command!r}])
print(" ".join(sorted(set(sys.modules) & {strangers!r})))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout.strip() == ""
