"""A whole node for a browser: simulated cameras, `vms serve`, people made with `vms user`."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vms.cli.app import app
from vms.kernel.clock import SystemClock
from vms.kernel.days import day_of

DEADLINE_S = 40.0
FIRST_OLUR, OLUR_ON, LETTER_NO = 118, "2026-02-03", "2026/14"
BASIS = "Olur 2026/118, 03.02.2026"
MAX_VIEWERS = 40  # more than any test watches at once, few enough to be used up
_RTSP = re.compile(r"rtsp://127\.0\.0\.1:(\d+)/")
_CONTROL = re.compile(r"control: 127\.0\.0\.1:(\d+)")


def wait_until(condition: Callable[[], object], deadline_s: float = DEADLINE_S, what: str = "") -> object:
    """The first truthy answer of `condition`; fails the test when the deadline passes."""
    deadline = time.monotonic() + deadline_s
    while not (answer := condition()):
        if time.monotonic() > deadline:
            pytest.fail(f"still not so after {deadline_s:.0f} s: {what or condition}")
        time.sleep(0.05)
    return answer


@dataclass(frozen=True)
class Place:
    """A camera as people know it. Its simulated one is `cam<index>`."""

    number: int
    name: str
    site: str


PLACES = (
    Place(127, "Işık Sokak", "Merkez"),
    Place(2, "Cumhuriyet Meydanı", "Merkez"),
    Place(3, "Belediye girişi", "Hizmet binası"),
    Place(14, "Liman", "Sahil"),
)


@dataclass(frozen=True)
class Person:
    """Who signs in."""

    name: str
    password: str
    role: str
    display_name: str
    language: str = "tr"


ADMINISTRATOR = Person("yonetici", "Deniz-kenari-1905", "sysadmin", "Ayşe Yılmaz")
GUARD = Person("bekci", "Gece-nobeti-1923", "guard", "İbrahim Çağlar")
GUARDED = (127, 2, 3)  # the guard's cameras; the harbour is not theirs

# Cameras to spoil: registered only when a test asks for them, seen by the watcher alone.
SPARE_PLACES = (
    Place(41, "Yeni kavşak", "Deneme"),
    Place(42, "Pazar yeri", "Deneme"),
    Place(43, "Su deposu", "Deneme"),
)
WATCHER = Person("gozcu", "Sabah-erken-1881", "guard", "Ümit Şahin")


class Node:
    """The processes of one node in one folder; ended by `stop`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._running: list[subprocess.Popen] = []
        self._control: int | None = None
        self.rtsp = ""
        self._serve: subprocess.Popen | None = None
        self._admitted: set[Person] = set()
        self._posts: dict[str, list[int]] = {}
        self.grants = 0

    def start(self, places: Sequence[Place] = PLACES, size: str = "960x540", fps: int = 10) -> None:
        """Cameras, registration, people, `vms serve`; returns when the web process answers."""
        simcam = self._start(
            "simcam", "--cameras", len(places) + len(SPARE_PLACES), "--port", 0, "--control", 0, "--size", size,
            "--fps", fps, "--bitrate", 900, "--gop", 1, "--no-onvif",
        )  # fmt: skip
        found = wait_until(lambda: _CONTROL.search(simcam.log_path.read_text()), what="cameras answer")
        self._control = int(found[1])
        self.rtsp = f"rtsp://127.0.0.1:{_RTSP.search(simcam.log_path.read_text())[1]}"
        for index, place in enumerate(places):
            self.register(index, place)
        self.admit(ADMINISTRATOR)
        self.admit(GUARD)
        self.allow(ADMINISTRATOR, [place.number for place in places], playback=True)
        self.allow(GUARD, GUARDED[: len(places)])
        self.serve()

    def serve(self, **environment: str) -> None:
        """Start `vms serve`, with these variables too; returns when the web process answers."""
        self._serve = self._start("serve", "--data", self.data, "--port", self.port, **environment)
        self.wait_for_web()

    def end_serve(self) -> None:
        """End `vms serve` in order, as when the machine is switched off; cameras go on."""
        assert self._serve is not None
        self._end(self._serve, DEADLINE_S)

    def register(self, index: int, place: Place) -> None:
        """`vms camera add` of a simulated camera."""
        self.vms(
            "camera", "add", f"{self.rtsp}/cam{index}", "--sub", f"{self.rtsp}/cam{index}/sub", "--name", place.name,
            "--number", place.number, "--site", place.site,
        )  # fmt: skip

    def admit(self, person: Person) -> None:
        """`vms user add`, unless another test has let them in."""
        if person in self._admitted:
            return
        self._admitted.add(person)
        self.vms(
            "user", "add", person.name, "--display-name", person.display_name, "--role", person.role,
            "--language", person.language, "--no-must-change", "--password-stdin", text=person.password,
        )  # fmt: skip

    def allow(self, person: Person, numbers: Sequence[int], *, playback: bool = False) -> None:
        """Live pictures by letter for a guard, with recordings by Olur: every paper it takes, by `vms authority`."""
        today = day_of(SystemClock().now_us())
        papers = ("--training", "Eğitim", "--agreement-signed", today)
        if playback:
            self.vms(
                "authority", "grant", person.name, "--olur", f"2026/{FIRST_OLUR + self.grants}", "--olur-date",
                OLUR_ON, "--purpose", "güvenlik", "--live", "--playback", *papers, *_words(numbers),
            )  # fmt: skip
            self.grants += 1
            self.vms("authority", "activate", self.grants, environment={"NAZAR_AUTHORITY__TWO_PERSON": "false"})
            return
        watched = self._posts.setdefault(person.name, [])
        watched += [number for number in numbers if number not in watched]
        until = today + timedelta(days=30)
        self.vms("authority", "post", person.name, *_words(watched))
        self.vms(
            "authority", "assign", person.name, "--post", person.name, "--letter", LETTER_NO, "--until", until, *papers
        )

    def revoke(self, person: Person, number: int) -> None:
        """Take a camera from the guard's post; the last one with the guard."""
        watched = self._posts[person.name]
        watched.remove(number)
        if watched:
            self.vms("authority", "post", person.name, *_words(watched))
        else:
            self.vms("authority", "unassign", person.name, "--why", "karar")

    def vms(self, *arguments: object, text: str = "", environment: dict[str, str] | None = None) -> str:
        """Run `vms …` on this node, within this process: twelve of its own would cost half a minute."""
        words = [*map(str, arguments), "--data", str(self.data)]
        done = CliRunner().invoke(app, words, input=text, env=environment)
        assert done.exit_code == 0, f"{arguments}: {done.output} {done.exception!r}"
        return done.output

    def order(self, do: str, index: int, **more: object) -> None:
        """An order to a simulated camera, see `recorder/simcam/control.py`."""
        with socket.create_connection(("127.0.0.1", self._control), 5) as door:
            door.sendall(json.dumps({"do": do, "camera": f"cam{index}", **more}).encode() + b"\n")
            answer = json.loads(door.makefile().readline())
        assert answer["ok"], answer

    def kill(self, name: str) -> None:
        """SIGKILL to `recorder`, `jobs` or `web`; `vms serve` starts it again."""
        os.kill(self.children()[name], signal.SIGKILL)

    def children(self) -> dict[str, int]:
        """The node's processes by name."""
        assert self._serve is not None
        pids = Path(f"/proc/{self._serve.pid}/task/{self._serve.pid}/children").read_text().split()
        found = {}
        for pid in pids:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            found[words[words.index(b"vms") + 1].decode()] = int(pid)
        return found

    def answers(self, path: str = "/healthz") -> bool:
        """Whether the web process answers at all."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(self.address + path, timeout=3):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def wait_for_web(self) -> None:
        """Until the web process answers."""
        wait_until(self.answers, what=f"the web process answers; {self.logs()}")

    def files_of(self, camera_id: str) -> list[Path]:
        """The main stream's files, oldest first."""
        return sorted((self.data / "volumes" / "main" / "segments" / camera_id / "main").rglob("*.mp4"))

    def logs(self) -> Path:
        """Where the processes write."""
        return self.folder

    def stop(self) -> None:
        """End everything."""
        for process in reversed(self._running):
            if process.poll() is None:
                process.terminate()
        for process in self._running:
            self._end(process)

    def _end(self, process: subprocess.Popen, grace_s: float = 15.0) -> None:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(grace_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def _start(self, *arguments: object, **environment: str) -> subprocess.Popen:
        path = self.folder / f"{arguments[0]}.log"
        log = path.open("ab")
        command = [sys.executable, "-u", "-m", "vms", *map(str, arguments)]
        environment = {**os.environ, "NAZAR_LIVE__MAX_VIEWERS": str(MAX_VIEWERS), **environment}
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        log.close()
        process.log_path = path
        self._running.append(process)
        return process


def _words(numbers: Sequence[int]) -> list[object]:
    return [word for number in numbers for word in ("--camera", number)]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
