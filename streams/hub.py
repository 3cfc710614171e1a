"""Where viewers of live pictures join: one subscription a stream, shared by all who watch it."""

import asyncio
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from streams.live_feed import LiveFeed
from streams.live_items import Picture, Piece
from streams.tap_client import subscribe
from streams.viewer import Viewer
from vms.archive.model import StreamKey
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError

LINGER_S = 5.0  # a change of layout must not close a camera's line only to open it again
MAX_VIEWERS = 300

M = TypeVar("M", Picture, Piece)


@dataclass(slots=True)
class _Open:
    feed: LiveFeed
    task: asyncio.Task[None]


class LiveHub:
    """All live streams of this process. Call it on the event loop's thread only.

    `socket_for` tells the tap of the recorder that carries a camera. `join` never waits: a stream whose recorder or
    camera is away gives a viewer that is told `waiting` until pictures come.
    """

    def __init__(self, socket_for: Callable[[UUID], Path], clock: Clock, *, max_viewers: int = MAX_VIEWERS) -> None:
        self.clock = clock
        self._socket_for = socket_for
        self._max_viewers = max_viewers
        self._open: dict[StreamKey, _Open] = {}
        self._is_closed = False

    @property
    def viewers(self) -> int:
        """How many viewers are joined."""
        return sum(stream.feed.viewers for stream in self._open.values())

    def join(self, key: StreamKey) -> Viewer[Picture]:
        """Watch whole access units. VmsError(UNAVAILABLE, `viewer_limit_reached`, limit=…)."""
        feed = self._feed(key)
        viewer: Viewer[Picture] = Viewer(functools.partial(self._leave, key))
        feed.add_picture_viewer(viewer)
        return viewer

    def join_pieces(self, key: StreamKey) -> Viewer[Piece]:
        """Watch fragments for Media Source Extensions. VmsError as `join`."""
        feed = self._feed(key)
        viewer: Viewer[Piece] = Viewer(functools.partial(self._leave, key))
        feed.add_piece_viewer(viewer)
        return viewer

    def last_pictures(self, key: StreamKey) -> list[Picture]:
        """The last group of pictures of a stream that somebody watches; empty when nobody does or none is there."""
        stream = self._open.get(key)
        return list(stream.feed.gop) if stream is not None else []

    async def close(self) -> None:
        """End every viewer, leave every recorder."""
        self._is_closed = True
        streams = list(self._open.values())
        self._open.clear()
        for stream in streams:
            stream.feed.end()
            stream.task.cancel()
        await asyncio.gather(*(stream.task for stream in streams), return_exceptions=True)

    def _feed(self, key: StreamKey) -> LiveFeed:
        if self._is_closed:
            raise VmsError(Kind.UNAVAILABLE, "server_stopping", "The server stops. Try again in a moment.")
        if self.viewers >= self._max_viewers:
            raise VmsError(
                Kind.UNAVAILABLE, "viewer_limit_reached",
                "As many people watch as this server can serve. Close a picture or wait.", limit=self._max_viewers,
            )  # fmt: skip
        if key not in self._open:
            feed = LiveFeed(lambda: subscribe(self._socket_for(key.camera_id), key, "access_units"), str(key))
            self._open[key] = _Open(feed, asyncio.create_task(feed.run(), name=f"live {key.name}"))
        return self._open[key].feed

    def _leave(self, key: StreamKey, viewer: Viewer[Picture] | Viewer[Piece]) -> None:
        stream = self._open.get(key)
        if stream is None:
            return
        stream.feed.remove(viewer)
        if not stream.feed.viewers:
            asyncio.get_running_loop().call_later(LINGER_S, self._stop_if_unwatched, key, stream)

    def _stop_if_unwatched(self, key: StreamKey, stream: _Open) -> None:
        if not stream.feed.viewers and self._open.get(key) is stream:
            del self._open[key]
            stream.task.cancel()
