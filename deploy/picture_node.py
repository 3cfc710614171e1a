"""A node to be photographed: five simulated cameras, of which one is away, one was away."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

PERSON, DISPLAY_NAME, PASSWORD = "ayilmaz", "Ayşe Yılmaz", "Deniz-kenari-1905"
OLUR = "2026/118"
BEFORE_AWAY_S, AWAY_S, BACK_S = 25, 14, 50
STARTED_WITHIN_S = 40
_RTSP = re.compile(r"rtsp://127\.0\.0\.1:(\d+)/")
_CONTROL = re.compile(r"control: 127\.0\.0\.1:(\d+)")


class Place(NamedTuple):
    """A camera as people know it."""

    number: int
    name: str
    site: str


# In the order of the scenes that simulated cameras draw: street, square, lobby, harbour, street.
PLACES = (
    Place(11, "Meşrutiyet Caddesi", "Merkez"),
    Place(12, "Cumhuriyet Meydanı", "Merkez"),
    Place(21, "Belediye girişi", "Hizmet binası"),
    Place(31, "Liman", "Sahil"),
    Place(32, "Işık Sokak", "Sahil"),
)
WAS_AWAY, IS_AWAY = 2, 4


class PictureNode(ExitStack):
    """Ends with the block it is entered for."""

    def __init__(self, data: Path) -> None:
        super().__init__()
        self._data = data
        self._control = 0
        self.address = f"http://127.0.0.1:{_free_port()}"

    def start(self) -> None:
        """Cameras, a person with the right to all of them, the node."""
        log = self._data / "simcam.log"
        size = ("--size", "960x540", "--fps", "10", "--bitrate", "900", "--gop", "1")
        self._start(log, "simcam", "--cameras", len(PLACES), "--port", 0, "--control", 0, "--no-onvif", *size)
        self._control = int(_told(log, _CONTROL))
        rtsp = f"rtsp://127.0.0.1:{_told(log, _RTSP)}"
        for index, place in enumerate(PLACES):
            names = ("--name", place.name, "--number", place.number, "--site", place.site)
            self._vms("camera", "add", f"{rtsp}/cam{index}", "--sub", f"{rtsp}/cam{index}/sub", *names)
        person = ("--display-name", DISPLAY_NAME, "--role", "sysadmin", "--no-must-change", "--password-stdin")
        self._vms("user", "add", PERSON, *person, text=PASSWORD)
        cameras = [word for place in PLACES for word in ("--camera", place.number)]
        today = datetime.now().astimezone().date().isoformat()
        papers = ("--purpose", "gösterim", "--training", "gösterim", "--agreement-signed", today)
        self._vms("authority", "grant", PERSON, "--olur", OLUR, "--live", "--playback", *papers, *cameras)
        with_one = {"NAZAR_AUTHORITY__TWO_PERSON": "false"}
        self._vms("authority", "activate", 1, environment=with_one)
        self._start(self._data / "serve.log", "serve", "--data", self._data, "--port", self.address.split(":")[-1])

    def live_through(self) -> int:
        """Let happen what the pictures show; a moment, in microseconds, when the camera that was away was away."""
        time.sleep(BEFORE_AWAY_S)
        self._order("reboot", WAS_AWAY, gone_s=AWAY_S, starting_s=2)
        gone_us = time.time_ns() // 1_000 + AWAY_S * 500_000
        time.sleep(BACK_S)
        self._order("reboot", IS_AWAY, gone_s=3_600, starting_s=1)
        return gone_us

    def _order(self, do: str, index: int, **more: object) -> None:
        with socket.create_connection(("127.0.0.1", self._control), 5) as door:
            door.sendall(json.dumps({"do": do, "camera": f"cam{index}", **more}).encode() + b"\n")
            answer = json.loads(door.makefile().readline())
        if not answer["ok"]:
            raise RuntimeError(f"{do}: {answer}")

    def _vms(self, *arguments: object, text: str = "", environment: dict[str, str] | None = None) -> None:
        argv, env = [*_argv(arguments), "--data", str(self._data)], os.environ | (environment or {})
        subprocess.run(argv, input=text, text=True, check=True, env=env)  # noqa: S603 - our own

    def _start(self, log: Path, *arguments: object) -> None:
        file = self.enter_context(log.open("wb"))
        argv = _argv(arguments)
        process = subprocess.Popen(argv, stdout=file, stderr=subprocess.STDOUT)  # noqa: S603 - our own
        self.callback(process.wait, 20)
        self.callback(process.terminate)


def _argv(arguments: Sequence[object]) -> list[str]:
    return [sys.executable, "-u", "-m", "vms", *map(str, arguments)]


def _told(log: Path, wanted: re.Pattern[str]) -> str:
    """What a process writes about itself once it runs."""
    deadline_s = time.monotonic() + STARTED_WITHIN_S
    while time.monotonic() < deadline_s:
        if found := wanted.search(log.read_text()):
            return found[1]
        time.sleep(0.1)
    raise RuntimeError(f"{log} does not say {wanted.pattern}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
