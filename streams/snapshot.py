"""The newest key frame of a stream as a JPEG, for lists of cameras."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from streams.hub import LiveHub
from streams.live_items import Notice, Picture
from vms.archive.model import StreamKey
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import Kind, VmsError
from vms.media.still import to_jpeg

WAIT_S = 2.0
KEPT = 256  # small pictures of a few kilobytes
FRESH_US = 5 * US_PER_SECOND
AT_ONCE = 2  # decoding takes a core each; live pictures need the others
MAX_WAITING = 64
WIDTHS_PX = (160, 320, 640)  # one of them is made whatever is asked for, so that pictures are shared


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A picture and the server's time of it."""

    jpeg: bytes
    at_us: int


class Snapshots:
    """Makes each key frame into a JPEG once for all who ask. On the event loop's thread."""

    def __init__(self, hub: LiveHub, clock: Clock) -> None:
        self._hub = hub
        self._clock = clock
        self._kept: OrderedDict[tuple[StreamKey, int], Snapshot] = OrderedDict()
        self._making: dict[tuple[StreamKey, int], asyncio.Task[Snapshot]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    async def take(self, key: StreamKey, width_px: int) -> Snapshot:
        """A picture at most five seconds older than the newest key frame, about `width_px` wide.

        VmsError: UNAVAILABLE `no_picture_now` (none of the last five seconds comes within two; the archive is not
        asked, because the right to see what is does not open what was), `snapshots_busy`, `viewer_limit_reached`;
        CORRUPT `footage_undecodable`.
        """
        wanted = (key, next((width for width in WIDTHS_PX if width >= width_px), WIDTHS_PX[-1]))
        kept = self._kept.get(wanted)
        if (
            kept is not None and 0 <= self._clock.now_us() - kept.at_us < FRESH_US
        ):  # what a clock set back calls new is old
            return kept
        task = self._making.get(wanted)
        if task is None:
            if len(self._making) >= MAX_WAITING:
                raise VmsError(Kind.UNAVAILABLE, "snapshots_busy", "Too many pictures are asked for. Try again.")
            task = self._making[wanted] = asyncio.create_task(self._make(*wanted))
            task.add_done_callback(lambda done: self._end(wanted, done))
        return await asyncio.shield(task)

    def _end(self, wanted: tuple[StreamKey, int], task: asyncio.Task[Snapshot]) -> None:
        del self._making[wanted]
        if task.cancelled() or task.exception() is not None:
            return
        self._kept[wanted] = task.result()
        self._kept.move_to_end(wanted)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    async def _make(self, key: StreamKey, width_px: int) -> Snapshot:
        picture = await self._newest_key_frame(key)
        if picture is None:
            message = "This camera sends no picture now. Try again in a moment."
            raise VmsError(Kind.UNAVAILABLE, "no_picture_now", message)
        async with self._places:
            return await asyncio.to_thread(_jpeg_of, picture, width_px)

    async def _newest_key_frame(self, key: StreamKey) -> Picture | None:
        """The key frame of a group of pictures that goes on: a group that stopped shows what was."""
        shown = self._hub.last_pictures(key)
        if shown and self._is_now(shown[-1]):
            return shown[0]
        key_frame: Picture | None = None
        try:
            async with asyncio.timeout(WAIT_S):
                with self._hub.join(key) as viewer:
                    async for item in viewer:
                        if isinstance(item, Notice):
                            continue
                        key_frame = item if item.is_sync else key_frame
                        if self._is_now(item):
                            return key_frame
        except TimeoutError:
            return None
        return None

    def _is_now(self, picture: Picture) -> bool:
        return self._clock.now_us() - picture.wall_us <= FRESH_US


def _jpeg_of(picture: Picture, width_px: int) -> Snapshot:
    video = picture.format
    jpeg = to_jpeg(video.codec, (*video.vps, *video.sps, *video.pps), [picture.data], width_px)
    return Snapshot(jpeg, picture.wall_us)
