"""Reads live pictures from a recorder's tap."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

from vms.archive.model import StreamKey
from vms.kernel.errors import Kind, VmsError
from vms.media import tap

READ_BYTES = 256 * 1024


Messages = AsyncGenerator[tuple[tap.Kind, bytes], None]


async def subscribe(path: Path, key: StreamKey, want: tap.Want) -> Messages:
    """Yield the messages of one stream until the recorder ends or the caller stops (`aclose` leaves at once).

    Raises VmsError(UNAVAILABLE, `recorder_away`) when nobody listens, VmsError(NOT_FOUND, `no_such_stream`).
    """
    request = {"op": "subscribe", "camera": str(key.camera_id), "stream": key.name, "want": want}
    async with aclosing(_messages(path, request)) as messages:
        async for kind, body in messages:
            if kind is tap.Kind.JSON and "error" in (values := json.loads(body)):
                raise VmsError(Kind.NOT_FOUND, values["error"], "The recorder does not carry this stream.")
            yield kind, body


async def status(path: Path, timeout_s: float = 2.0) -> dict[str, Any]:
    """The recorder's own account of itself (`RecorderStatus.from_json`)."""
    async with asyncio.timeout(timeout_s), aclosing(_messages(path, {"op": "status"})) as messages:
        async for _, body in messages:
            values: dict[str, Any] = json.loads(body)
            return values
    raise _away()


async def _messages(path: Path, request: dict[str, Any]) -> Messages:
    try:
        reader, writer = await asyncio.open_unix_connection(str(path))
    except OSError as err:
        raise _away() from err
    try:
        writer.write(json.dumps(request).encode() + b"\n")
        messages = tap.MessageReader()
        while data := await reader.read(READ_BYTES):
            for message in messages.feed(data):
                yield message
    except OSError as err:
        raise _away() from err
    finally:
        writer.close()


def _away() -> VmsError:
    return VmsError(
        Kind.UNAVAILABLE,
        "recorder_away",
        "The recorder does not answer. It restarts by itself; wait a moment.",
    )
