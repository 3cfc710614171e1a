"""`vms camera add --onvif` against a running simulated device."""

import pytest
from typer.testing import CliRunner

from vms.cameras.queries import need_camera
from vms.cli.app import app
from vms.cli.camera_streams import with_login
from vms.cli.settings.node import DataPaths
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.secrets import SecretBox


def add(data, *arguments, password="correct horse"):
    return CliRunner().invoke(
        app, ["camera", "add", "--data", str(data), *arguments], env={"NAZAR_CAMERA_PASSWORD": password}
    )


def addresses_of(data, number):
    paths = DataPaths(data)
    box, database = SecretBox.at(paths.secret_key), Database.at(paths.database)
    with database.reading() as session:
        camera = need_camera(session, number)
        found = box.open(camera.sealed_main_address), box.open(camera.sealed_sub_address)
    database.close()
    return found


@pytest.mark.sockets
def test_the_camera_names_both_streams(running, tmp_path):
    result = add(tmp_path, "--onvif", running.address, "--user", "operator", "--number", "7", "--name", "Kapı")
    assert result.exit_code == 0, result.output
    assert "Nazar Simulated camera: H265 1920x1080, sub H264 640x360" in result.output
    assert "camera 7 registered: Kapı" in result.output
    assert "correct" not in result.output
    place = "rtsp://operator:correct%20horse@127.0.0.1:8554"
    assert addresses_of(tmp_path, 7) == (f"{place}/cam0", f"{place}/cam0/sub")


@pytest.mark.sockets
def test_a_refused_password_registers_nothing(running, tmp_path):
    result = add(tmp_path, "--onvif", running.address, "--user", "operator", password="guess")
    assert isinstance(result.exception, VmsError)
    assert result.exception.code == "onvif_wrong_password"
    assert not DataPaths(tmp_path).database.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("rtsp://127.0.0.1/a", "--onvif", "127.0.0.1"),
        ("--onvif", "127.0.0.1", "--sub", "rtsp://127.0.0.1/b"),
        ("rtsp://127.0.0.1/a", "--user", "operator"),
    ],
)
def test_one_way_to_name_a_camera(tmp_path, arguments):
    assert add(tmp_path, *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("address", "user", "password", "expected"),
    [
        ("rtsp://h:554/a?b=c", "u", "p@/:", "rtsp://u:p%40%2F%3A@h:554/a?b=c"),
        ("rtsp://[fd00::2]/a", "u", "", "rtsp://u:@[fd00::2]/a"),
        ("rtsp://h/a", "", "", "rtsp://h/a"),
    ],
)
def test_credentials_are_encoded(address, user, password, expected):
    assert with_login(address, user, password) == expected
