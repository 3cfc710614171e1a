"""Simulated cameras as a load: a 1080p25 clip of 4 Mbit/s, looped without encoding."""

import socket
import subprocess
from pathlib import Path
from typing import Self

from tests.bench import processes

CLIP_SECONDS = 20


class SimulatedLoad:
    """`cameras` addresses served by a process of its own while the context lasts."""

    def __init__(self, cameras: int, folder: Path, *options: str) -> None:
        self._cameras = cameras
        self._folder = folder
        self._options = options
        self._server: subprocess.Popen[str] | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]

    @property
    def urls(self) -> list[str]:
        """The main streams' addresses."""
        return [f"rtsp://127.0.0.1:{self._port}/cam{number}" for number in range(self._cameras)]

    def __enter__(self) -> Self:
        clip = make_clip(self._folder)
        self._server = processes.vms(
            "simcam", "--cameras", str(self._cameras), "--port", str(self._port), "--file", clip, *self._options,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._server.stdout is not None
        if not self._server.stdout.readline():
            raise RuntimeError("the simulated cameras did not start")
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        processes.stop([self._server])


def make_clip(folder: Path) -> Path:
    """Encode the clip once."""
    clip = folder / "load.mp4"
    if not clip.exists():
        order = ("--size", "1920x1080", "--fps", "25", "--bitrate", "4000", "--seconds", str(CLIP_SECONDS))
        processes.vms("simcam", "--make-clip", clip, *order).wait(120)
    return clip
