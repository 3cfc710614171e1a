"""Running simulated cameras as a program: in this process, or in several that share one port."""

import asyncio
import multiprocessing
import signal
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from recorder.simcam.camera import Scheme, SimCamera, SimStream, serial_of
from recorder.simcam.clip import Clip
from recorder.simcam.clip_feed import TICK_S
from recorder.simcam.control import ControlDoor
from recorder.simcam.onvif_side import OnvifSide
from recorder.simcam.scenes import SCENES
from recorder.simcam.server import SimServer
from vms.kernel.clock import Clock, SystemClock
from vms.kernel.errors import Kind, VmsError
from vms.media.video_format import Codec

SCHEMES: dict[str, tuple[Scheme, ...]] = {
    "digest": ("digest-sha256", "digest-md5"),
    "md5": ("digest-md5",),
    "sha256": ("digest-sha256",),
    "basic": ("basic",),
    "any": ("basic", "digest-sha256", "digest-md5"),
}


_MAX_UNASKED = 16


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What `vms simcam` was asked for.

    `has_onvif` None: see `wants_onvif`. `onvif_port` P gives P, P+1, …; 0 or None free ones. Serial numbers and
    discovery ids come from `identity` (None: host name and port) with the camera's name, and last over restarts.
    """

    cameras: int = 4
    host: str = "127.0.0.1"
    port: int = 8554
    clips: tuple[Path, ...] = ()
    codec: Codec = "h264"
    size: tuple[int, int] = (1280, 720)
    fps: int = 15
    bitrate_kbps: int = 2000
    gop_s: float = 2.0
    scene: str | None = None
    is_night: bool = False
    user: str | None = None
    password: str = ""
    authentication: str = "digest"
    faults: tuple[str, ...] = ()
    clock_offset_s: float = 0.0
    has_audio: bool = False
    session_timeout_s: int = 60
    journal: Path | None = None
    control_port: int | None = None
    processes: int = 1
    tick_s: float = TICK_S
    shares_port: bool = False
    has_onvif: bool | None = None
    onvif_port: int | None = None
    identity: str | None = None

    @property
    def wants_onvif(self) -> bool:
        """As asked; else yes, but not for a load test: its many looped clips are measured, not discovered."""
        if self.has_onvif is not None:
            return self.has_onvif
        return self.onvif_port is not None or not self.clips or self.cameras <= _MAX_UNASKED


Announce = Callable[[SimServer, ControlDoor | None, OnvifSide | None], None]


def build_cameras(options: RunOptions) -> list[SimCamera]:
    """`cam0` … with scenes (or clips) in turn. VmsError(INVALID) for what cannot be."""
    clips = [Clip.load(path) for path in options.clips]
    place = options.identity or f"{socket.gethostname()}:{options.port}"
    names = [options.scene] if options.scene else list(SCENES)
    cameras = []
    for number in range(options.cameras):
        scene = names[number % len(names)]
        camera = SimCamera(
            name=f"cam{number}", title=f"{scene.capitalize()} {number + 1}", scene=scene, is_night=options.is_night,
            streams=_streams(options, clips[number % len(clips)] if clips else None),
            user=options.user, password=options.password, schemes=SCHEMES[options.authentication],
            clock_offset_us=round(options.clock_offset_s * 1_000_000), has_audio=options.has_audio,
            session_timeout_s=options.session_timeout_s, serial=serial_of(place, f"cam{number}"),
        )  # fmt: skip
        for fault in options.faults:
            name, _, value = fault.partition(":")
            camera.faults.set(name, float(value) if value else None)
        cameras.append(camera)
    return cameras


def _streams(options: RunOptions, clip: Clip | None) -> tuple[SimStream, ...]:
    width, height = options.size
    main = SimStream("main", options.codec, width, height, options.fps, options.bitrate_kbps, options.gop_s, clip)
    sub = SimStream("sub", options.codec, 640, 360, min(10, options.fps), 500, options.gop_s)
    return main, sub


def run(options: RunOptions, announce: Announce) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is called once when cameras answer."""
    if options.processes > 1:
        _run_many(options, announce)
    else:
        asyncio.run(serve(options, SystemClock(), announce))


async def serve(options: RunOptions, clock: Clock, announce: Announce) -> None:
    """Serve in this process until a signal comes."""
    server = SimServer(
        clock, options.host, options.port, journal=options.journal, shares_port=options.shares_port,
        tick_s=options.tick_s,
    )  # fmt: skip
    for camera in build_cameras(options):
        server.add(camera)
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    await server.start()
    async with AsyncExitStack() as started:
        started.push_async_callback(server.stop)
        door = onvif = None
        if options.control_port is not None:
            door = ControlDoor(server, options.control_port)
            await door.start()
            started.push_async_callback(door.stop)
        if options.wants_onvif:
            onvif = _onvif_side(server, clock, options)
            await onvif.start()
            started.push_async_callback(onvif.stop)
        announce(server, door, onvif)
        await over.wait()


def _onvif_side(server: SimServer, clock: Clock, options: RunOptions) -> OnvifSide:
    # Of several processes only this one would hear of new encoder settings, so none are taken then.
    first_port = options.onvif_port or 0
    return OnvifSide(server, clock, first_port=first_port, may_change_streams=not options.shares_port)


def _run_many(options: RunOptions, announce: Announce) -> None:
    """Processes that each serve all cameras; the kernel gives each new line to one of them (SO_REUSEPORT)."""
    if options.control_port is not None or options.port == 0:
        raise VmsError(
            Kind.INVALID, "processes_exclude_control",
            "Several processes need a fixed port and cannot be controlled. Leave one of the options out.",
        )  # fmt: skip
    context = multiprocessing.get_context("spawn")
    alone = replace(options, processes=1, shares_port=True)
    silent = replace(alone, has_onvif=False)
    children = [context.Process(target=run, args=(silent, _keep_quiet)) for _ in range(options.processes - 1)]
    for child in children:
        child.start()
    try:
        run(alone, announce)
    finally:
        for child in children:
            child.terminate()
            child.join(10)


def _keep_quiet(_server: SimServer, _door: ControlDoor | None, _onvif: OnvifSide | None) -> None:
    """The first process speaks for all."""
