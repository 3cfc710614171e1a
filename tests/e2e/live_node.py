"""A node of real processes: simulated cameras, their registration, a recorder that lives and dies."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from streams import tap_client
from vms.archive.model import StreamKey
from vms.cameras.service import NewCamera, register
from vms.cameras.status import RecorderStatus
from vms.cli.settings.node import DataPaths
from vms.cli.wiring import hand_over_cameras
from vms.kernel.clock import SystemClock, from_datetime
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox

_LINE = re.compile(r"^(\S+)Z recorder-\d+ \w+ [\w.]+: camera (\d+): main is coming in$", re.MULTILINE)
_PORT = re.compile(r"rtsp://127\.0\.0\.1:(\d+)/")
START_DEADLINE_S = 40.0


@dataclass
class Cameras:
    """Simulated cameras that loop a clip in their own process, which outlives every recorder."""

    process: subprocess.Popen
    port: int
    urls: list[str]

    @classmethod
    def start(cls, processes, eventually, clip: Path, count: int, *options) -> "Cameras":
        process = processes.vms("simcam", "--cameras", count, "--port", 0, "--file", clip, *options)
        found = eventually(lambda: _PORT.search(process.log_path.read_text()), START_DEADLINE_S, "cameras answer")
        port = int(found[1])
        return cls(process, port, [f"rtsp://127.0.0.1:{port}/cam{number}" for number in range(count)])


@dataclass
class Life:
    """One recorder process from its start to its end."""

    process: subprocess.Popen
    started_us: int
    first_pictures_us: dict[int, int] = field(default_factory=dict)  # by camera number; wall time
    killed_us: int = 0

    def read_first_pictures(self) -> dict[int, int]:
        """What the recorder's log says of each camera's first picture."""
        for moment, number in _LINE.findall(self.process.log_path.read_text()):
            at_us = from_datetime(datetime.fromisoformat(moment).replace(tzinfo=UTC))
            self.first_pictures_us.setdefault(int(number), at_us)
        return self.first_pictures_us

    def kill(self) -> None:
        """SIGKILL, now."""
        self.killed_us = time.time_ns() // 1000
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def end_well(self) -> int:
        """SIGTERM; the exit code."""
        self.process.terminate()
        return self.process.wait(30)

    def outlives(self, seconds: float) -> bool:
        """Whether the process is still there after `seconds`."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return True
        return False


class Node:
    """The data folder of a node with registered cameras; the recorder comes and goes."""

    def __init__(self, processes, eventually, data: Path) -> None:
        self.data = data
        self.database = data / "nazar.db"
        self.socket = data / "run" / "recorder-0.sock"
        self._processes = processes
        self._eventually = eventually
        self.streams: dict[int, StreamKey] = {}

    def register(self, urls: list[str]) -> None:
        """Make the control database with one security camera for each address."""
        self.data.mkdir(parents=True, exist_ok=True)
        database, clock = Database.at(self.database), SystemClock()
        upgrade(database.engine)
        box = SecretBox.at(self.data / "keys" / "secret.key")
        with database.writing() as session:
            for number, url in enumerate(urls, 1):
                camera = register(
                    session, NewCamera(name=f"Camera {number}", main_address=url, number=number), box, clock
                )
                self.streams[number] = StreamKey(camera.id, "main")
        hand_over_cameras(DataPaths(self.data), database)
        database.close()

    def set_up(self, text: str) -> None:
        """Write `nazar.toml`."""
        self.data.mkdir(parents=True, exist_ok=True)
        (self.data / "nazar.toml").write_text(text)

    def start_recorder(self) -> Life:
        """`vms recorder`; returns at once."""
        started_us = time.time_ns() // 1000
        return Life(self._processes.vms("recorder", "--data", self.data), started_us)

    def start_recording(self) -> Life:
        """`vms recorder`, waited for until every camera's first picture is there."""
        life = self.start_recorder()
        self.wait_for_pictures(life)
        return life

    def wait_for_pictures(self, life: Life) -> None:
        """Until every camera's first picture of this life is there; fails when the process ends before."""

        def all_there() -> bool:
            assert life.process.poll() is None, life.process.log_path.read_text()[-3000:]
            return len(life.read_first_pictures()) == len(self.streams)

        self._eventually(all_there, START_DEADLINE_S, "all cameras come in")

    def status(self) -> RecorderStatus | None:
        """The recorder's own account, None while it does not answer."""
        try:
            return RecorderStatus.from_json(asyncio.run(tap_client.status(self.socket)))
        except (VmsError, TimeoutError):
            return None

    def wait_for_status(self, condition, deadline_s: float = 30.0, what: str = "") -> RecorderStatus:
        """The first status for which `condition(status)` holds."""

        def asked():
            status = self.status()
            return status if status is not None and condition(status) else None

        return self._eventually(asked, deadline_s, what)

    def camera_ids(self) -> set[UUID]:
        """Of all registered cameras."""
        return {stream.camera_id for stream in self.streams.values()}


def vms_command(*arguments) -> list[str]:
    """`vms …` run by this interpreter."""
    return [sys.executable, "-m", "vms", *[str(argument) for argument in arguments]]
