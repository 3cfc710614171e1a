"""What a simulated camera is, apart from the protocols that serve it."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from recorder.simcam.clip import Clip
from recorder.simcam.encoder import EncoderSettings
from recorder.simcam.faults.board import FaultBoard
from recorder.simcam.scenes import HOME, Aim, Point, neighbour_window
from vms.media.video_format import Codec

StreamName = Literal["main", "sub"]
State = Literal["up", "gone", "starting"]
"""`gone`: no answer at all. `starting`: answers, but knows no stream yet (404)."""
Scheme = Literal["basic", "digest-md5", "digest-sha256"]


@dataclass(slots=True)
class SimStream:
    """One stream as advertised; a `clip` is sent as it is (its own size, rate and codec then hold)."""

    name: StreamName
    codec: Codec = "h264"
    width: int = 1280
    height: int = 720
    fps: int = 15
    bitrate_kbps: int = 2000
    gop_s: float = 2.0
    clip: Clip | None = None

    def __post_init__(self) -> None:
        if self.clip is not None:
            self.codec, self.width, self.height = self.clip.codec, self.clip.width, self.clip.height
            self.fps, self.bitrate_kbps = round(self.clip.fps), self.clip.bitrate_kbps

    def encoder_settings(self) -> EncoderSettings:
        """How its pictures are coded when they are drawn."""
        return EncoderSettings(
            codec=self.codec,
            width=self.width,
            height=self.height,
            fps=self.fps,
            bitrate_kbps=self.bitrate_kbps,
            gop_s=self.gop_s,
        )


def serial_of(*names: str) -> str:
    """Twelve digits that are always the same for the same names."""
    return hashlib.sha256("\0".join(names).encode()).hexdigest()[:12].upper()


def drawn_streams(codec: Codec = "h264") -> tuple[SimStream, SimStream]:
    """The usual pair of drawn streams: 720p15 and 360p10."""
    return (
        SimStream("main", codec, 1280, 720, fps=15, bitrate_kbps=2000),
        SimStream("sub", codec, 640, 360, fps=10, bitrate_kbps=500),
    )


@dataclass(eq=False, slots=True)
class SimCamera:
    """A camera: who it is, what it shows, who may look, what is wrong with it.

    `name` is the first part of its RTSP path (`/cam0`, `/cam0/sub`). Without `user` nobody is asked for a
    password. `clock_offset_us` is the camera's own clock minus ours; every protocol shows the camera's time.
    `serial` comes from the name unless given, so that it lasts over restarts. `aim` says where a movable head
    looks; threads that draw ask it. Everything else is for the event loop's thread only.
    """

    name: str
    title: str = ""
    scene: str = "street"
    is_night: bool = False
    streams: tuple[SimStream, ...] = field(default_factory=drawn_streams)
    user: str | None = None
    password: str = ""
    schemes: tuple[Scheme, ...] = ("digest-sha256", "digest-md5")  # libav believes the last it reads
    clock_offset_us: int = 0
    session_timeout_s: int = 60
    has_audio: bool = False
    faults: FaultBoard = field(default_factory=FaultBoard)
    serial: str = ""
    aim: Callable[[], Aim] = lambda: HOME
    state: State = "up"
    _listeners: list[Callable[["SimCamera"], None]] = field(default_factory=list)
    _wake_ups: list[asyncio.TimerHandle] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.title = self.title or self.name
        self.serial = self.serial or serial_of(self.name)

    @property
    def neighbour_window(self) -> tuple[Point, ...]:
        """Corners of what privacy forbids to film, x and y from 0 to 1 of the displayed picture."""
        return neighbour_window(self.scene)

    def stream(self, name: str) -> SimStream | None:
        """The stream of that name, if it has one."""
        return next((stream for stream in self.streams if stream.name == name), None)

    def rtsp_path(self, stream: str = "main") -> str:
        """Path of a stream in its RTSP address: `/cam0` or `/cam0/sub`."""
        return f"/{self.name}" if stream == "main" else f"/{self.name}/{stream}"

    def on_state(self, listener: Callable[["SimCamera"], None]) -> None:
        """Call `listener` at every change of `state`."""
        self._listeners.append(listener)

    def reboot(self, gone_s: float = 5.0, starting_s: float = 3.0) -> None:
        """Cut every line now, be silent for `gone_s`, then know no stream for `starting_s`.

        Needs a running event loop. A reboot during a reboot starts over.
        """
        loop = asyncio.get_running_loop()
        self.halt()
        self._enter("gone")
        self._wake_ups = [
            loop.call_later(gone_s, self._enter, "starting"),
            loop.call_later(gone_s + starting_s, self._enter, "up"),
        ]

    def halt(self) -> None:
        """Cancel what a reboot still has to do."""
        for wake_up in self._wake_ups:
            wake_up.cancel()
        self._wake_ups = []

    def _enter(self, state: State) -> None:
        self.state = state
        for listener in self._listeners:
            listener(self)
