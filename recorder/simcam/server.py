"""The RTSP server of any number of simulated cameras."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from recorder.simcam.camera import SimCamera, SimStream, StreamName
from recorder.simcam.clip_feed import TICK_S, ClipFeed, Ticker
from recorder.simcam.connection import Connection
from recorder.simcam.feed import Feed
from recorder.simcam.journal import Journal
from recorder.simcam.live_feed import Studio
from recorder.simcam.variants import build_variant
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError

log = logging.getLogger(__name__)

_BACKLOG = 1024
_MAX_CONNECTIONS = 2000
_SWEEP_S = 1.0


class SimServer:
    """Serves `/NAME` and `/NAME/sub` of every camera added. One event loop; `start` and `stop` run on it.

    `port` 0 takes a free one (read `port` after `start`). `shares_port` lets several processes serve one
    port. `tick_s` is how often looped clips are looked after: pictures of one tick leave together.
    """

    def __init__(
        self, clock: Clock, host: str = "127.0.0.1", port: int = 0, *, journal: Path | None = None,
        shares_port: bool = False, tick_s: float = TICK_S,
    ) -> None:  # fmt: skip
        self.clock, self.host, self.port = clock, host, port
        self.journal = Journal(journal) if journal else None
        self.cameras: dict[str, SimCamera] = {}
        self._shares_port = shares_port
        self._connections: dict[Connection, asyncio.Task[None]] = {}
        self._feeds: dict[tuple[str, str, str | None], Feed] = {}
        self._studios: dict[str, Studio] = {}
        self._ticker = Ticker(tick_s)
        self._listener: socket.socket | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._building = asyncio.Lock()
        self._endings: set[asyncio.Task[None]] = set()

    def add(self, camera: SimCamera) -> SimCamera:
        """Serve a camera from now on; VmsError(CONFLICT, `camera_exists`) when its name is taken."""
        if camera.name in self.cameras:
            raise VmsError(Kind.CONFLICT, "camera_exists", "Two simulated cameras have one name. Rename one.")
        self.cameras[camera.name] = camera
        camera.on_state(self._on_state)
        return camera

    def url(
        self, name: str, stream: StreamName = "main", *, fault: str | Sequence[str] = (), after: int = 0,
        with_credentials: bool = False,
    ) -> str:  # fmt: skip
        """Address of a stream, with what is to go wrong: `fault="loss_p:25"` or several, from picture `after` on."""
        camera = self.cameras[name]
        faults = [fault] if isinstance(fault, str) else list(fault)
        query = [f"fault={item}" for item in faults] + ([f"after={after}"] if after else [])
        secret = ""
        if with_credentials and camera.user:
            secret = f"{quote(camera.user, safe='')}:{quote(camera.password, safe='')}@"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"rtsp://{secret}{host}:{self.port}{camera.rtsp_path(stream)}" + ("?" + "&".join(query) if query else "")

    async def start(self) -> None:
        """Listen. VmsError(CONFLICT, `port_in_use`) when the port is taken."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if self._shares_port:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            listener.bind((self.host, self.port))
            listener.listen(_BACKLOG)
        except OSError as err:
            listener.close()
            raise VmsError(
                Kind.CONFLICT, "port_in_use", "The port of the simulated cameras cannot be opened. Choose another."
            ) from err
        listener.setblocking(False)
        self._listener = listener
        self.port = listener.getsockname()[1]
        self._tasks = [asyncio.create_task(self._accept(listener)), asyncio.create_task(self._sweep())]

    async def stop(self) -> None:
        """Close every line, end every thread and timer. May be called twice."""
        for camera in self.cameras.values():
            camera.halt()
        for task in (*self._tasks, *self._connections.values()):
            task.cancel()
        await asyncio.gather(*self._tasks, *self._connections.values(), return_exceptions=True)
        self._tasks = []
        self._ticker.stop()
        await asyncio.gather(*(studio.stop() for studio in self._studios.values()), *self._endings)
        self._studios.clear()
        self._feeds.clear()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def change_streams(self, camera: SimCamera, streams: tuple[SimStream, ...]) -> None:
        """Have a camera send other streams from now on, as after new encoder settings: its lines are reset.

        Whoever comes back gets the new streams. Needs the running event loop.
        """
        camera.streams = streams
        for key in [key for key in self._feeds if key[0] == camera.name]:
            del self._feeds[key]
        studio = self._studios.pop(camera.name, None)
        if studio is not None:
            ending = asyncio.create_task(studio.stop())
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)
        for connection in self.connections(camera.name):
            connection.reset()

    def connections(self, name: str) -> list[Connection]:
        """Open lines of one camera."""
        return [line for line in self._connections if getattr(line, "camera", None) is self.cameras[name]]

    def find(self, path: str) -> tuple[SimCamera, SimStream] | None:
        """See `House.find`."""
        name, _, rest = path.strip("/").partition("/")
        camera = self.cameras.get(name)
        stream = camera.stream(rest or "main") if camera else None
        return (camera, stream) if camera and stream else None

    async def feed(self, camera: SimCamera, stream: SimStream, coding: str | None) -> Feed:
        """See `House.feed`."""
        async with self._building:
            key = (camera.name, stream.name, coding)
            if key not in self._feeds:
                self._feeds[key] = await self._new_feed(camera, stream, coding)
            return self._feeds[key]

    async def _new_feed(self, camera: SimCamera, stream: SimStream, coding: str | None) -> Feed:
        if coding is not None:
            clip = await asyncio.to_thread(build_variant, coding, stream, camera.scene, camera.title)
            return ClipFeed(clip, self._ticker)
        if stream.clip is not None:
            return ClipFeed(stream.clip, self._ticker)
        if camera.name not in self._studios:
            self._studios[camera.name] = Studio(camera, self.clock, asyncio.get_running_loop())
        return self._studios[camera.name].feeds[stream.name]

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            sock, _ = await loop.sock_accept(listener)
            if len(self._connections) >= _MAX_CONNECTIONS:
                sock.close()
                continue
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            asyncio.create_task(self._serve(sock, loop)).add_done_callback(_report)

    async def _serve(self, sock: socket.socket, loop: asyncio.AbstractEventLoop) -> None:
        connection = Connection(self, sock, loop)
        task = asyncio.current_task()
        assert task is not None
        self._connections[connection] = task
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await connection.run()
        finally:
            del self._connections[connection]

    async def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_SWEEP_S)
            for connection in list(self._connections):
                connection.expire(loop.time())

    def _on_state(self, camera: SimCamera) -> None:
        if camera.state == "gone":
            for connection in self.connections(camera.name):
                connection.reset()


def _report(task: asyncio.Task[None]) -> None:
    """A connection must never end by an error of ours; if it does, tests and operators shall see it."""
    if not task.cancelled() and (err := task.exception()) is not None:
        log.error("a simulated camera's connection failed", exc_info=err)
