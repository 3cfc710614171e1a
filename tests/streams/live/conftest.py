"""A simulated camera, a real recorder, a hub: all in the test's event loop, over real sockets."""

import asyncio
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError

from recorder.address import CameraAddress
from recorder.open_source import ChosenSource
from recorder.shard import Shard
from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.clip import Clip
from recorder.simcam.server import SimServer
from streams.hub import LiveHub
from streams.live_items import Picture
from vms.archive.model import StreamKey
from vms.cameras.config import CameraConfig
from vms.kernel.clock import SystemClock
from vms.media import annexb, h264, h265
from vms.media.decode import decoded_frame_hashes

DEADLINE_S = 20.0
KEY = StreamKey(UUID(int=7), "main")


class NoDisk:
    """City cameras are never written, so their recorder asks for no place on a disk."""

    def stream(self, key):
        raise AssertionError("a city camera was to be written")

    def volume_states(self):
        return {}

    def is_empty(self):
        return True


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


class WhepClient:
    """A player that is not ours: aiortc's own receiver with its jitter buffer, NACKs, decoder."""

    def __init__(self):
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.frames = asyncio.Queue()
        self.has_ended = asyncio.Event()
        self._pulling = None
        self.connection.on("track", self._on_track)

    async def offer(self, *kinds):
        for kind in kinds or ("video",):
            self.connection.addTransceiver(kind, direction="recvonly")
        await self.connection.setLocalDescription()
        return self.connection.localDescription.sdp

    async def accept(self, answer):
        await self.connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))

    async def take(self, count):
        return [await self.frames.get() for _ in range(count)]

    async def frame_where(self, condition):
        while True:
            frame = await self.frames.get()
            if condition(frame):
                return frame

    @property
    def receiver(self):
        return next(found for found in self.connection.getReceivers() if found.track.kind == "video")

    async def close(self):
        await self.connection.close()
        if self._pulling is not None:
            self._pulling.cancel()

    def _on_track(self, track):
        if track.kind == "video":
            self._pulling = asyncio.create_task(self._pull(track))

    async def _pull(self, track):
        try:
            while True:
                self.frames.put_nowait(await track.recv())
        except MediaStreamError:
            self.has_ended.set()


@pytest.fixture
def whep_client():
    """Context manager: a connected player of a stage's stream: (client, created)."""

    @asynccontextmanager
    async def connect(sessions, key, is_allowed=None, kinds=("video",)):
        async def always():
            return None

        client = WhepClient()
        try:
            created = await sessions.create(key, await client.offer(*kinds), is_allowed or always)
            await client.accept(created.answer_sdp)
            yield client, created
        finally:
            await client.close()

    return connect


@pytest.fixture
def follows_the_loop(clip_of, tmp_path_factory, write_mp4):
    """Whether frames' hashes stand one after the other in the endless loop of a clip made of `wanted`."""

    def check(hashes, **wanted):
        path = write_mp4(tmp_path_factory.mktemp("source") / "clip.mp4", **wanted)
        source = decoded_frame_hashes(path)
        first = source.index(hashes[0])
        expected = [source[(first + number) % len(source)] for number in range(len(hashes))]
        return hashes == expected

    return check


@pytest.fixture(scope="session")
def pictures_of():
    """Factory: an encoded clip as pictures of a live stream, at 25 a second from a moment on."""

    def build(clip, *, wall_us=1_763_700_000_000_000, jitter_us=lambda number: 0):
        nals = annexb.split(clip[0].annexb)
        is_h264 = nals[0][0] & 0x1F in (7, 9)
        kinds = ((7,), (8,)) if is_h264 else ((32,), (33,), (34,))
        kind_of = h264.nal_type if is_h264 else h265.nal_type
        sets = [[nal for nal in nals if kind_of(nal) in wanted] for wanted in kinds]
        video = h264.parse(*sets) if is_h264 else h265.parse(*sets)
        dropped = {7, 8, 9, 12} if is_h264 else {32, 33, 34, 35, 38}
        made = []
        for number, picture in enumerate(clip):
            kept = [nal for nal in annexb.split(picture.annexb) if kind_of(nal) not in dropped]
            at_us = wall_us + number * 40_000 + jitter_us(number)
            data = annexb.to_length_prefixed(kept)
            made.append(Picture(video, data, picture.pts_90k, at_us, picture.is_key))
        return made

    return build
