"""`vms demo`: a node with four simulated cameras, ready to be looked at."""

import asyncio
import contextlib
import logging
import secrets
import socket
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Annotated

import typer

from vms.cameras.queries import cameras
from vms.cameras.service import CameraChange, NewCamera, change, register
from vms.cameras.status import CameraState
from vms.cli.acting import program
from vms.cli.demo.letterhead import as_environment, demo_institution, print_demo_papers
from vms.cli.demo.people import DemoPerson, admit_people
from vms.cli.demo.picture import DemoPicture, picture_for, room_for_footage
from vms.cli.demo.seal import demo_seal
from vms.cli.demo.welcome import Welcome, tell_step
from vms.cli.duration import parse_duration
from vms.cli.node.child_process import ChildSpec
from vms.cli.node.supervisor import Supervisor
from vms.cli.serve import RECORDER_RANK, SIMCAM_RANK, address_of, node_children, prepare, web_options
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths, Settings
from vms.cli.wiring import hand_over_cameras
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.logging import set_up_logging
from vms.kernel.secrets import SecretBox
from web.recorder_client import ask_status

log = logging.getLogger(__name__)

# Named as the scenes that the simulated cameras draw, in their order.
NAMES = ("Meşrutiyet Caddesi", "Cumhuriyet Meydanı", "Belediye girişi", "Liman")
SITE = "demo"
CAMERA_USER = "nazar-demo"
HEALTHY_WITHIN_S = 60.0
ANSWER_WITHIN_S = 10.0
_POLL_S = 0.5
_KNOCK_S = 0.1
_ASK_TIMEOUT_S = 3.0


def demo(
    data: DataOption = DEFAULT_DATA,
    host: Annotated[str, typer.Option(help="Address of the console.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Default: web.port, 8080, or a free one.")] = None,
    allow: Annotated[list[str] | None, typer.Option(help="A network that may read the status page.")] = None,
    length: Annotated[str | None, typer.Option("--for", help="Stop by itself after 60s, 5m …")] = None,
) -> None:
    """Record four simulated cameras and print where to look. Ctrl+C stops; footage stays for the next time.

    With --for the exit code is 1 when the node never became healthy.
    """
    set_up_logging("demo")
    seconds = None if length is None else parse_duration(length)
    paths = DataPaths(data.absolute())
    tell_step(1, f"{paths.root}: veri klasörü · the data folder")
    settings = prepare(paths)
    web_port = _port(host, settings.web.port if port is None else port)
    address = address_of(host, web_port)
    simulated = SimulatedCameras(free_port("127.0.0.1"), secrets.token_urlsafe(12))
    register_cameras(paths, simulated)
    picture = picture_for(room_for_footage(settings, paths, SystemClock().now_us()), len(NAMES))
    tell_step(2, f"kameralar · cameras: {len(NAMES)} × {picture.bitrate_kbps} kbit/s, {picture.sentence()}")
    tell_step(3, "hesaplar, belgeler · accounts, papers")
    people = admit_demo_people(paths)
    settings, borrowed = with_letterhead(settings, paths, address)
    print_demo_papers(paths, settings, SystemClock())
    node = [
        replace(child, environment=borrowed, after=simulated.answer if child.stop_rank == RECORDER_RANK else None)
        for child in node_children(data, settings, web_options(host, web_port, allow or ()))
    ]
    tell_step(4, "süreçler başlıyor, yarım dakika · the processes start, half a minute")
    children = [simulated.process(paths, picture), *node]
    welcome = Welcome(address, people, [simulated.address(index) for index in range(len(NAMES))])
    raise typer.Exit(asyncio.run(_run(Supervisor(children), Watch(paths, settings.recorder.shards, welcome), seconds)))


def with_letterhead(settings: Settings, paths: DataPaths, address: str) -> tuple[Settings, dict[str, str]]:
    """The settings with somebody in whose name papers are printed, and what tells the node's processes of it."""
    if settings.institution is not None:
        return settings, {}
    made_up = demo_institution(address)
    seal = demo_seal(paths, SystemClock(), made_up.name)
    made_up = made_up.model_copy(update={"seal": seal})
    return settings.model_copy(update={"institution": made_up}), as_environment(made_up)


@dataclass(frozen=True, slots=True)
class SimulatedCameras:
    """The four cameras of one start. Their password protects nothing: whoever looks around is told it."""

    port: int
    password: str = field(repr=False)

    def address(self, index: int) -> str:
        """Of a camera's main stream; `/sub` behind it is the small one's."""
        return f"rtsp://{CAMERA_USER}:{self.password}@127.0.0.1:{self.port}/cam{index}"

    def process(self, paths: DataPaths, picture: DemoPicture) -> ChildSpec:
        """What plays them. Their discovery ids last as long as the data folder."""
        argv = [sys.executable, "-m", "vms", "simcam", "--cameras", str(len(NAMES)), "--port", str(self.port)]
        argv += ["--user", CAMERA_USER, "--identity", str(paths.root), *picture.options()]
        return ChildSpec("simcam", argv, SIMCAM_RANK, environment={"NAZAR_SIMCAM_PASSWORD": self.password})

    async def answer(self) -> None:
        """Ends when they answer, or after ten seconds: a recorder that is quicker tells them as switched off."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_WITHIN_S):
                while True:
                    if await asyncio.to_thread(_takes_connections, self.port):
                        return
                    await asyncio.sleep(_KNOCK_S)


def register_cameras(paths: DataPaths, simulated: SimulatedCameras) -> None:
    """Have the four cameras in the control database with today's addresses. Cameras of others stay as they are."""
    box = SecretBox.at(paths.secret_key)
    clock = SystemClock()
    database = Database.at(paths.database)
    with database.writing() as session:
        ours = {camera.name: camera for camera in cameras(session) if camera.site == SITE}
        for index, name in enumerate(NAMES):
            address = simulated.address(index)
            if name in ours:
                wanted = CameraChange(main_address=address, sub_address=f"{address}/sub")
                change(session, ours[name], wanted, box, clock, by=program("demo"))
            else:
                new = NewCamera(name=name, main_address=address, sub_address=f"{address}/sub", site=SITE)
                register(session, new, box, clock, by=program("demo"))
    hand_over_cameras(paths, database)
    database.close()


def admit_demo_people(paths: DataPaths) -> list[DemoPerson]:
    """Have the accounts, two of them with rights to the four cameras; see `demo_people.admit_people`."""
    database = Database.at(paths.database)
    with database.reading() as session:
        ours = [camera for camera in cameras(session) if camera.site == SITE]
    people = admit_people(database, SystemClock(), ours, paths.demo_accounts)
    database.close()
    return people


async def _run(supervisor: Supervisor, watch: "Watch", seconds: float | None) -> int:
    """Serve until stopped, or for `seconds` after the start; says where to look as soon as all is well."""
    watching = asyncio.create_task(watch.announce())
    if seconds is not None:
        asyncio.get_running_loop().call_later(seconds, supervisor.ask_stop)
    code = await supervisor.run()
    watching.cancel()
    await asyncio.wait([watching])
    return 1 if seconds is not None and not watch.was_healthy else code


class Watch:
    """Waits for the node to be well, then prints where to look; after a minute it prints that in any case."""

    def __init__(self, paths: DataPaths, shards: int, welcome: Welcome) -> None:
        self._sockets = [paths.recorder_socket(shard) for shard in range(shards)]
        self._welcome = welcome
        self._clock = SystemClock()
        self.was_healthy = False

    async def announce(self) -> None:
        """Print the address once or twice; returns when all is well."""
        try:
            async with asyncio.timeout(HEALTHY_WITHIN_S):
                recording = await self._until_healthy()
        except TimeoutError:
            self._welcome.print("Nazar: henüz hazır değil, nedeni Durum sayfasında · not well yet, see the status page")
            recording = await self._until_healthy()
        self.was_healthy = True
        self._welcome.print(f"Nazar: {recording} kamera kaydediliyor · {recording} cameras are recording")
        self._welcome.print_cameras()

    async def _until_healthy(self) -> int:
        """How many cameras record, once `/healthz` is content and all of ours do."""
        while True:
            recording = await asyncio.to_thread(self._recording)
            if recording >= len(NAMES) and await asyncio.to_thread(_is_healthy, f"{self._welcome.address}healthz"):
                return recording
            await asyncio.sleep(_POLL_S)

    def _recording(self) -> int:
        reports = [ask_status(path, self._clock) for path in self._sockets]
        cameras = [row for report in reports if report.status for row in report.status.cameras]
        return sum(1 for row in cameras if row.state is CameraState.RECORDING)


def _is_healthy(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy in the environment is not ours
    try:
        with opener.open(url, timeout=_ASK_TIMEOUT_S) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False


def _takes_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1.0).close()
    except OSError:
        return False
    return True


def _port(host: str, wanted: int) -> int:
    """The wanted port, or a free one when another program has it: a demonstration should start."""
    if wanted == 0:
        return free_port(host)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError:
            found = free_port(host)
            log.warning("port %d is taken; port %d is used", wanted, found)
            return found
    return wanted


def free_port(host: str) -> int:
    """A port that nobody listens on now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
