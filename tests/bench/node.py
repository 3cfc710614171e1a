"""A node in a folder of its own: registered cameras, one person who may see them all, its processes."""

import asyncio
import secrets
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self
from uuid import UUID

import httpx

from streams import tap_client
from tests.bench import processes
from tests.papers import let_see
from vms.cameras.service import NewCamera, register
from vms.cameras.status import CameraState
from vms.cli.serve import prepare
from vms.cli.settings.node import DataPaths
from vms.cli.web import CONSOLE
from vms.cli.wiring import hand_over_cameras
from vms.kernel.clock import Clock, SystemClock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.secrets import SecretBox
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account

START_S = 60.0
COOKIE = "nazar_session"
PERSON = "bench"


class Node:
    """Made with one camera for each main stream's address; processes live while the context lasts.

    `cameras`: their ids in the order of the addresses. `clock`: when cameras and rights began. `is_live_only`: the
    cameras are not recorded, and their sub stream comes from the same address.
    """

    def __init__(
        self, folder: Path, addresses: Sequence[str], clock: Clock | None = None, *, is_live_only: bool = False
    ) -> None:
        self.paths = DataPaths(folder)
        self.cameras: list[UUID] = []
        self.password = secrets.token_urlsafe(16)
        self._running: list[subprocess.Popen[str]] = []
        self._port = _free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self.settings = prepare(self.paths)
        self._wanted = CameraState.LIVE_ONLY if is_live_only else CameraState.RECORDING
        self._fill(addresses, clock or SystemClock(), is_live_only=is_live_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        processes.stop(self._running[::-1])

    def start_recorder(self) -> subprocess.Popen[str]:
        """`vms recorder`; returns when all cameras come in."""
        recorder = self._start("recorder")
        wait_until(lambda: self._coming_in() == len(self.cameras), f"all cameras come in; see {self.paths.root}")
        return recorder

    def start_web(self) -> subprocess.Popen[str]:
        """`vms web`; returns when it answers."""
        if not (CONSOLE / "index.html").exists():
            raise RuntimeError("the console is not built: make web/console/dist/index.html")
        web = self._start("web", "--port", str(self._port))
        wait_until(self._answers, f"the web process answers; see {self.paths.root}")
        return web

    def signed_in(self) -> httpx.Client:
        """A client with the person's session. Its connections stay open as a browser's do."""
        client = httpx.Client(base_url=f"{self.address}/api/v1", trust_env=False, timeout=30)
        client.post("/session", json={"name": PERSON, "password": self.password}).raise_for_status()
        return client

    def _fill(self, addresses: Sequence[str], clock: Clock, *, is_live_only: bool) -> None:
        database, box = Database.at(self.paths.database), SecretBox.at(self.paths.secret_key)
        new = NewAccount(name=PERSON, display_name="Bench", roles=[Role.SYSADMIN], password=self.password)
        with database.writing() as session:
            account, registered = create_account(session, clock, new), []
            for number, address in enumerate(addresses, 1):
                wanted = NewCamera(
                    name=f"Camera {number}", main_address=address, number=number,
                    sub_address=address if is_live_only else None, is_recorded=not is_live_only,
                )  # fmt: skip
                camera = register(session, wanted, box, clock)
                registered.append(camera)
            let_see(session, clock, account, registered, playback=True)
        self.cameras += [camera.id for camera in registered]
        hand_over_cameras(self.paths, database)
        database.close()

    def _start(self, name: str, *options: str) -> subprocess.Popen[str]:
        with (self.paths.root / f"{name}.log").open("wb") as log:
            process = processes.vms(name, "--data", self.paths.root, *options, stdout=log, stderr=log)
        self._running.append(process)
        return process

    def _coming_in(self) -> int:
        try:
            status = asyncio.run(tap_client.status(self.paths.recorder_socket(0)))
        except (VmsError, TimeoutError):
            return 0
        rows = status["cameras"] if isinstance(status, dict) else []
        return sum(row["state"] == self._wanted for row in rows)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/healthz", trust_env=False, timeout=3).status_code > 0
        except httpx.TransportError:
            return False


def wait_until(condition: Callable[[], bool], what: str, deadline_s: float = START_S) -> None:
    """Return when `condition` holds; RuntimeError when it does not in time."""
    deadline = time.monotonic() + deadline_s
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"still not so after {deadline_s:.0f} s: {what}")
        time.sleep(0.1)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
