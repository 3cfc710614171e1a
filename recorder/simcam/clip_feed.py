"""Clips sent in a loop at real pace to many players by one ticker."""

import asyncio
import heapq
import itertools
from dataclasses import dataclass, field

from recorder.simcam.clip import Clip
from recorder.simcam.encoder import TICKS_PER_SECOND
from recorder.simcam.player import Player

TICK_S = 0.010
_MAX_CATCH_UP = 250


@dataclass(order=True, slots=True)
class Showing:
    """One player's way through a clip; sorted by when its next unit is due (event loop's time)."""

    due_s: float
    tie: int
    clip: Clip = field(compare=False)
    player: Player = field(compare=False)
    feed: "ClipFeed" = field(compare=False)
    number: int = field(compare=False)
    start_s: float = field(compare=False)
    is_over: bool = field(default=False, compare=False)

    def step(self, now_s: float) -> None:
        """Send the unit that is due; put off the next."""
        unit = self.clip.unit_at(self.number)
        self.player.send(unit, self.number, self.clip.loop_90k(self.number), now_s - self.due_s)
        self.number += 1
        self.feed.position = max(self.feed.position, self.number)
        following = self.clip.unit_at(self.number).dts_90k + self.clip.loop_90k(self.number)
        self.due_s = self.start_s + following / TICKS_PER_SECOND


class Ticker:
    """Wakes every 10 ms while anybody watches and sends whatever is due: one wake-up for many cameras."""

    def __init__(self) -> None:
        self._heap: list[Showing] = []
        self._ties = itertools.count()
        self._task: asyncio.Task[None] | None = None

    def begin(self, clip: Clip, player: Player, feed: "ClipFeed") -> Showing:
        """Start to send `clip` from the first key picture nobody has got yet."""
        now_s = asyncio.get_running_loop().time()
        number = clip.next_sync(feed.position)
        elapsed_s = (clip.unit_at(number).dts_90k + clip.loop_90k(number)) / TICKS_PER_SECOND
        showing = Showing(now_s, next(self._ties), clip, player, feed, number, now_s - elapsed_s)
        heapq.heappush(self._heap, showing)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="simcam ticker")
        return showing

    async def stop(self) -> None:
        """End; nobody is sent anything any longer."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._heap.clear()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._heap:
            self.run_once(loop.time())
            if self._heap:
                await asyncio.sleep(max(TICK_S, self._heap[0].due_s - loop.time()))

    def run_once(self, now_s: float) -> None:
        """Send what is due at `now_s`; after a stall of the process at most ten seconds are made up."""
        heap = self._heap
        budget = _MAX_CATCH_UP * max(1, len(heap))
        while heap and heap[0].due_s <= now_s and budget:
            showing = heap[0]
            if showing.is_over:
                heapq.heappop(heap)
                continue
            showing.step(now_s)
            heapq.heapreplace(heap, showing)
            budget -= 1


class ClipFeed:
    """A camera's stream that is a clip. `position`: how far any client has got in the endless loop."""

    def __init__(self, clip: Clip, ticker: Ticker) -> None:
        self.clip = clip
        self.codec = clip.codec
        self.fps = clip.fps
        self.position = 0
        self._ticker = ticker
        self._showings: dict[Player, Showing] = {}

    async def parameter_sets(self) -> tuple[bytes, ...]:
        """See `Feed.parameter_sets`."""
        return self.clip.parameter_sets

    def join(self, player: Player) -> None:
        """See `Feed.join`."""
        self._showings[player] = self._ticker.begin(self.clip, player, self)

    def leave(self, player: Player) -> None:
        """See `Feed.leave`."""
        showing = self._showings.pop(player, None)
        if showing is not None:
            showing.is_over = True
