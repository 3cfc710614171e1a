"""A simulated camera, a real recorder, a hub: all in the test's event loop, over real sockets."""

import asyncio
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from recorder.address import CameraAddress
from recorder.open_source import ChosenSource
from recorder.shard import Shard
from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.clip import Clip
from recorder.simcam.server import SimServer
from streams.hub import LiveHub
from vms.archive.model import StreamKey
from vms.cameras.config import CameraConfig
from vms.kernel.clock import SystemClock

DEADLINE_S = 20.0
KEY = StreamKey(UUID(int=7), "main")


class NoDisk:
    """City cameras are never written, so their recorder asks for no place on a disk."""

    def stream(self, key):
        raise AssertionError("a city camera was to be written")

    def volume_states(self):
        return {}


class Stage:
    """One camera of the kind that is not recorded, its recorder, a hub."""

    def __init__(self, clip, folder):
        self.clock = SystemClock()
        self.server = SimServer(self.clock, tick_s=0.005)
        self.camera = self.server.add(SimCamera("cam", streams=(SimStream("main", clip=clip),)))
        self.socket = folder / "tap.sock"
        self.hub = LiveHub(lambda _: self.socket, self.clock)
        self.key = KEY
        self._recorder = None

    async def start_recorder(self):
        self.shard = Shard(NoDisk(), lambda: [self._config()], self._open, self.clock, socket_path=self.socket)
        self._recorder = asyncio.create_task(self.shard.run())

    async def stop_recorder(self):
        if self._recorder is not None:
            self._recorder.cancel()
            await asyncio.wait([self._recorder])
            self._recorder = None

    def change_clip(self, clip):
        self.server.change_streams(self.camera, (SimStream("main", clip=clip),))

    def _config(self):
        return CameraConfig(KEY.camera_id, 1, "Gate", "city", self.server.url("cam"), None, "tcp", False, 0)

    def _open(self, config, stream):
        return ChosenSource(CameraAddress.parse(config.main_url), self.clock)


@pytest.fixture(scope="session")
def clip_of(tmp_path_factory, write_mp4):
    """Factory: a clip of the camera, encoded once; arguments as `write_mp4`."""
    made = {}

    def build(**wanted):
        name = repr(sorted(wanted.items()))
        if name not in made:
            path = tmp_path_factory.mktemp("clip") / "clip.mp4"
            made[name] = Clip.load(write_mp4(path, **wanted))
        return made[name]

    return build


@pytest.fixture
def play(clip_of, tmp_path):
    """Run `scenario(stage)` on a stage whose camera sends a clip made of `wanted`."""

    def run(scenario, *, records=True, deadline_s=DEADLINE_S, **wanted):
        async def body():
            stage = Stage(clip_of(**wanted), tmp_path)
            await stage.server.start()
            if records:
                await stage.start_recorder()
            try:
                async with asyncio.timeout(deadline_s):
                    return await scenario(stage)
            finally:
                await stage.hub.close()
                await stage.stop_recorder()
                await stage.server.stop()

        return asyncio.run(body())

    return run


@asynccontextmanager
async def left_at_the_end(generator):
    try:
        yield generator
    finally:
        await generator.aclose()
