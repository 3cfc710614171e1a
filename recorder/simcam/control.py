"""A door for orders to running cameras: JSON lines over TCP on this machine or a Unix socket.

Each line is an object with `do` and, but for `list`, `camera`; each is answered by one line, `{"ok": true, …}` or
`{"ok": false, "code": …, "message": …}`:

    {"do": "list"}                                                   cameras with state, faults, open lines
    {"do": "set", "camera": "cam0", "fault": "garbage", "value": 25} from the next picture on
    {"do": "clear", "camera": "cam0", "fault": "garbage"}            without `fault`: all
    {"do": "reboot", "camera": "cam0", "gone_s": 5, "starting_s": 3}
    {"do": "drop", "camera": "cam0"}                                 reset all its lines
    {"do": "clock", "camera": "cam0", "offset_s": 3600}              its own clock minus ours
    {"do": "encode", "camera": "cam0", "stream": "sub", "codec": "h265", "width": 480, "height": 270}
                                                                     drawn so from now on, its lines are reset
"""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.scenes import is_drawable
from recorder.simcam.server import SimServer
from vms.kernel.errors import Kind, VmsError
from vms.media.video_format import Codec

CODECS = get_args(Codec)
_LINE_BYTES = 16 << 10
_IDLE_S = 600


class ControlDoor:
    """Listens at a Unix socket (`path`) or at a port of 127.0.0.1 (0: a free one, see `port` after `start`)."""

    def __init__(self, server: SimServer, port: int = 0, path: Path | None = None) -> None:
        self._server = server
        self.port = port
        self._path = path
        self._listener: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        """Listen."""
        if self._path is not None:
            self._listener = await asyncio.start_unix_server(self._serve, self._path, limit=_LINE_BYTES)
            return
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=_LINE_BYTES)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the door and every line through it."""
        if self._listener is not None:
            self._listener.close()
            for writer in list(self._open):
                writer.close()
            await self._listener.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while line := await asyncio.wait_for(reader.readline(), _IDLE_S):
                writer.write(json.dumps(self.obey(line)).encode() + b"\n")
                await writer.drain()
        except (OSError, ValueError, TimeoutError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    def obey(self, line: bytes) -> dict[str, Any]:
        """Carry out one order; never raises."""
        try:
            order = json.loads(line)
            return {"ok": True} | self._carry_out(order)
        except VmsError as err:
            return {"ok": False, "code": err.code, "message": err.message}
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            message = "Send one JSON object per line with `do` and `camera`."
            return {"ok": False, "code": "order_invalid", "message": message}

    def _carry_out(self, order: dict[str, Any]) -> dict[str, Any]:
        if order["do"] == "list":
            return {"cameras": [self._state(camera) for camera in self._server.cameras.values()]}
        camera = self._camera(order)
        match order["do"]:
            case "set":
                value = order.get("value")
                camera.faults.set(str(order["fault"]), None if value is None else float(value))
            case "clear":
                camera.faults.clear(order.get("fault"))
            case "reboot":
                camera.reboot(float(order.get("gone_s", 5)), float(order.get("starting_s", 3)))
            case "drop":
                for connection in self._server.connections(camera.name):
                    connection.reset()
            case "clock":
                camera.clock_offset_us = round(float(order["offset_s"]) * 1_000_000)
            case "encode":
                self._server.change_streams(camera, _encoded_otherwise(camera, order))
            case _:
                raise ValueError
        return {}

    def _camera(self, order: dict[str, Any]) -> SimCamera:
        camera = self._server.cameras.get(str(order["camera"]))
        if camera is None:
            raise VmsError(Kind.NOT_FOUND, "camera_unknown", "There is no such camera. Ask with `list`.")
        return camera

    def _state(self, camera: SimCamera) -> dict[str, Any]:
        return {
            "camera": camera.name,
            "state": camera.state,
            "faults": [order.name for order in camera.faults.orders()],
            "lines": len(self._server.connections(camera.name)),
        }


def _encoded_otherwise(camera: SimCamera, order: dict[str, Any]) -> tuple[SimStream, ...]:
    """The camera's streams with one of them changed; ValueError for what is not drawn (scenes are 16:9)."""
    old = camera.stream(str(order["stream"]))
    codec, width, height = order["codec"], int(order["width"]), int(order["height"])
    if old is None or old.clip is not None or codec not in CODECS or not is_drawable(width, height):
        raise ValueError
    new = replace(old, codec=codec, width=width, height=height)
    return tuple(new if stream is old else stream for stream in camera.streams)
