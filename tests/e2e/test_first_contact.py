"""`vms record` as a first user meets it: what came and where it lies, or why nothing came."""

import json
import re
import socket
from pathlib import Path

import pytest
from live_node import Cameras

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]


@pytest.fixture
def camera(tmp_path, processes, eventually, write_mp4):
    """A camera that wants the words of README's own example; `{}` is where they go."""
    clip = write_mp4(tmp_path / "clip.mp4", width=320, height=240, frames=100)
    url = Cameras.start(processes, eventually, clip, 1, "--user", "user", "--password", "password").urls[0]
    return url.replace("rtsp://", "rtsp://{}@")


def test_pictures_are_told_with_their_kind_and_place(tmp_path, camera, vms_once):
    code, out, err = vms_once("record", camera.format("user:password"), "--for", "6s", "--data", tmp_path / "data")
    assert code == 0, out + err
    place = re.search(r"^camera 1: H\.264, 320 x 240; its files lie in (.+)$", out, re.MULTILINE)
    assert place, out
    assert list(Path(place[1]).rglob("*.mp4"))


def test_a_wrong_password_is_told_in_words_that_nobody_starred_out(tmp_path, camera, vms_once):
    url = camera.format("user:passwort")
    code, out, err = vms_once("record", url, "--for", "4s", "--data", tmp_path / "data", "--verbose")
    assert code == 1
    assert "camera 1: nothing was recorded: wrong password. Give the right user and password" in out
    assert "The camera does not accept the stored sign-in." in err
    assert "***" not in out + err
    assert "passwort" not in out + err


def test_a_dead_port_is_told(tmp_path, vms_once):
    with socket.socket() as held:  # bound, not listening: refuses, and nobody else gets the port
        held.bind(("127.0.0.1", 0))
        url = f"rtsp://127.0.0.1:{held.getsockname()[1]}/x"
        code, out, _ = vms_once("record", url, "--for", "2s", "--data", tmp_path / "data")
        machines = vms_once("record", url, "--for", "2s", "--data", tmp_path / "data", "--json")
    assert code == machines[0] == 1
    assert "camera 1: nothing was recorded: connection refused. Check the camera's RTSP service and port" in out
    assert json.loads(machines[1])["reasons"] == {"1": "refused"}
