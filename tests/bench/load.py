"""Simulated cameras: drawn as they are watched, or as a load: a 1080p25 clip of 4 Mbit/s, looped without encoding."""

import atexit
import shutil
import socket
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Self

from tests.bench import processes

CLIP_SECONDS = 20


class SimulatedCameras:
    """`cameras` addresses served by a process of its own while the context lasts. `options`: of `vms simcam`."""

    def __init__(self, cameras: int, *options: str | Path) -> None:
        self._cameras = cameras
        self._options = options
        self._server: subprocess.Popen[str] | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]

    @property
    def urls(self) -> list[str]:
        """The main streams' addresses."""
        return [f"rtsp://127.0.0.1:{self._port}/cam{number}" for number in range(self._cameras)]

    def __enter__(self) -> Self:
        self._server = processes.vms(
            "simcam", "--cameras", str(self._cameras), "--port", str(self._port), *self._options,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._server.stdout is not None
        if not self._server.stdout.readline():
            raise RuntimeError("the simulated cameras did not start")
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        processes.stop([self._server])


class SimulatedLoad(SimulatedCameras):
    """Cameras that loop the clip."""

    def __init__(self, cameras: int, *options: str | Path) -> None:
        super().__init__(cameras, "--file", load_clip(), *options)


@cache
def load_clip() -> Path:
    """The clip, encoded once for all that this program measures."""
    folder = Path(tempfile.mkdtemp(prefix="nazar-bench-clip-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clip = folder / "load.mp4"
    order = ("--size", "1920x1080", "--fps", "25", "--bitrate", "4000", "--seconds", str(CLIP_SECONDS))
    if processes.vms("simcam", "--make-clip", clip, *order).wait(120):
        raise RuntimeError("the clip could not be encoded")
    return clip
