"""One recorder process: all cameras of a shard on one event loop."""

import asyncio
import logging
import resource
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from recorder.camera import CameraStream, OpenSource
from recorder.footage import FootageWriter
from recorder.tap_channel import TapChannel
from recorder.tap_server import TapServer
from vms.archive.model import Cause, StreamKey
from vms.cameras.config import CameraConfig
from vms.cameras.status import RecorderStatus
from vms.kernel.clock import Clock

log = logging.getLogger(__name__)

RELOAD_S = 5.0
TICK_S = 2.0
LINGER_S = 10.0  # a stream opened for viewers only stays this long after the last one left
STOP_S = 5.0

LoadCameras = Callable[[], Sequence[CameraConfig]]


class FootageStore(Protocol):
    """The archive as the shard needs it (`vms.archive.writer.ArchiveWriter`)."""

    def stream(self, key: StreamKey) -> FootageWriter:
        """The way to disk of one stream; always the same one."""
        ...

    def volume_states(self) -> dict[str, str]:
        """Volume UUID to "ok" or why it takes no footage."""
        ...

    def is_empty(self) -> bool:
        """Whether it is sure that no recorder has ever written here."""
        ...


class Shard:
    """Starts, changes and stops camera streams as the configuration says.

    `load_cameras` runs in a thread, for it may read a file.
    """

    def __init__(
        self, store: FootageStore, load_cameras: LoadCameras, open_source: OpenSource, clock: Clock, *,
        socket_path: Path, shard: int = 0, shards: int = 1,
    ) -> None:  # fmt: skip
        self._store = store
        self._load_cameras = load_cameras
        self._open_source = open_source
        self._clock = clock
        self._shard, self._shards = shard, shards
        self._streams: dict[StreamKey, CameraStream] = {}
        self._tasks: dict[StreamKey, asyncio.Task[None]] = {}
        self._configs: dict[str, CameraConfig] = {}
        self._tap = TapServer(socket_path, self, lambda: self.status().to_json())
        self._started_us = clock.now_us()
        self._is_first_start = store.is_empty()

    async def run(self) -> None:
        """Record until cancelled; then say goodbye to the cameras and close every segment."""
        try:
            await self._tap.start()
        except OSError as err:  # live view must never stop recording
            log.error("no live view: the tap's socket cannot be opened (%s)", err.strerror)  # noqa: TRY400
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._reload_forever())
                group.create_task(self._tick_forever())
        finally:
            await self._tap.stop()
            await self._stop(list(self._tasks))

    async def reload(self) -> None:
        """Take up the configuration as it is now."""
        configs = await asyncio.to_thread(self._load_cameras)
        mine = {str(config.camera_id): config for config in configs if self._is_mine(config)}
        gone = [
            key
            for key, stream in self._streams.items()
            if _is_other(mine.get(str(key.camera_id)), stream.config, key.name)
        ]
        self._configs = mine
        for key in gone:
            is_wanted = str(key.camera_id) in mine
            self._streams[key].ending = (Cause.MAINTENANCE, "reconfigured" if is_wanted else "taken_out")
        await self._stop(gone)
        for key, stream in self._streams.items():
            stream.change_labels(mine[str(key.camera_id)])
        for config in mine.values():
            key = StreamKey(config.camera_id, "main")
            if key not in self._tasks:
                self._start(config, key)

    def status(self) -> RecorderStatus:
        """This process in figures."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return RecorderStatus(
            self._shard, self._shards, self._started_us, self._clock.now_us(),
            usage.ru_utime + usage.ru_stime, _rss_bytes(),
            [stream.status for stream in self._streams.values()], self._store.volume_states(),
        )  # fmt: skip

    def open_channel(self, key: StreamKey) -> TapChannel | None:
        """See `tap_server.Channels.open_channel`: the sub stream is opened for its first viewer."""
        if key not in self._streams:
            config = self._configs.get(str(key.camera_id))
            if config is None or key.name != "sub" or not config.sub_url:
                return None
            self._start(config, key)
        stream = self._streams[key]
        asyncio.get_running_loop().call_soon(stream.readers_changed)
        return stream.channel

    def reader_left(self, key: StreamKey) -> None:
        """See `tap_server.Channels.reader_left`."""
        stream = self._streams.get(key)
        if stream is None:
            return
        stream.readers_changed()
        if key.name == "sub":
            asyncio.get_running_loop().call_later(LINGER_S, self._stop_if_unwatched, key)

    def _is_mine(self, config: CameraConfig) -> bool:
        return config.camera_id.int % self._shards == self._shard

    def _start(self, config: CameraConfig, key: StreamKey) -> None:
        writer = None
        if config.records and key.name == "main":
            writer = self._store.stream(key)
        # A node that never ran, or a camera that came while this recorder ran: nobody failed to record it.
        is_first = self._is_first_start or config.commissioned_us >= self._started_us
        stream = CameraStream(config, key, writer, self._open_source, self._clock, is_first=is_first)
        self._streams[key] = stream
        self._tasks[key] = asyncio.create_task(stream.run(), name=f"camera {config.number} {key.name}")

    async def _stop(self, keys: Sequence[StreamKey]) -> None:
        tasks = [self._tasks.pop(key) for key in keys if key in self._tasks]
        for key in keys:
            stream = self._streams.pop(key, None)
            if stream is not None:
                stream.channel.end()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_S)

    def _stop_if_unwatched(self, key: StreamKey) -> None:
        stream, task = self._streams.get(key), self._tasks.get(key)
        if stream is not None and task is not None and not stream.channel.readers:
            del self._streams[key], self._tasks[key]
            task.cancel()

    async def _reload_forever(self) -> None:
        while True:
            try:
                await self.reload()
            except Exception:  # the outermost loop: the cameras we know are recorded on, whatever the list says
                log.exception("the list of cameras could not be taken up")
            await asyncio.sleep(RELOAD_S)

    async def _tick_forever(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            for stream in list(self._streams.values()):
                stream.tick()


def _is_other(new: CameraConfig | None, old: CameraConfig, stream: str) -> bool:
    """Whether a stream must be opened anew: what matters is its own address."""
    if new is None:
        return True
    if stream == "sub":
        return (new.sub_url, new.transport) != (old.sub_url, old.transport)
    return (new.main_url, new.transport, new.records) != (old.main_url, old.transport, old.records)


def _rss_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def final_figures(status: RecorderStatus) -> dict[str, Any]:
    """The sums a person wants to see when recording ends."""
    cameras = status.cameras
    return {
        "cameras": len(cameras),
        "access_units": sum(camera.access_units for camera in cameras),
        "lost_packets": sum(camera.lost_packets for camera in cameras),
        "dropped_units": sum(camera.dropped_units for camera in cameras),
        "reconnects": sum(camera.reconnects for camera in cameras),
        "cpu_s": round(status.cpu_s, 2),
        "rss_bytes": status.rss_bytes,
    }
