"""Clips sent in a loop at real pace to many players by one ticker."""

import asyncio
import heapq
import itertools
from dataclasses import dataclass

from recorder.simcam.clip import Clip
from recorder.simcam.encoder import TICKS_PER_SECOND
from recorder.simcam.player import Player

TICK_S = 0.020
_MAX_CATCH_UP = 250


@dataclass(eq=False, slots=True)
class Showing:
    """One player's way through a clip; `start_s` is when unit 0 would have been due (event loop's time)."""

    clip: Clip
    player: Player
    feed: "ClipFeed"
    number: int
    start_s: float
    is_over: bool = False

    def step(self, now_s: float, due_s: float) -> float:
        """Send the unit that is due; returns when the next one is."""
        clip, number = self.clip, self.number
        loops, index = divmod(number, len(clip.units))
        self.player.send(clip.units[index], number, loops * clip.duration_90k, now_s - due_s)
        self.number = number = number + 1
        feed = self.feed
        feed.position = max(feed.position, number)
        index += 1
        if index == len(clip.units):
            loops, index = loops + 1, 0
        return self.start_s + (clip.units[index].dts_90k + loops * clip.duration_90k) / TICKS_PER_SECOND


class Ticker:
    """Wakes every `tick_s` while anybody watches and sends whatever is due: one wake-up for many cameras.

    A wake-up costs as much as ten pictures (measured), so a load test takes a long tick.
    """

    def __init__(self, tick_s: float = TICK_S) -> None:
        self._tick_s = tick_s
        self._heap: list[tuple[float, int, Showing]] = []
        self._ties = itertools.count()
        self._wake_up: asyncio.TimerHandle | None = None

    def begin(self, clip: Clip, player: Player, feed: "ClipFeed") -> Showing:
        """Start to send `clip` from the first key picture nobody has got yet."""
        loop = asyncio.get_running_loop()
        now_s = loop.time()
        number = clip.next_sync(feed.position)
        elapsed_s = (clip.unit_at(number).dts_90k + clip.loop_90k(number)) / TICKS_PER_SECOND
        showing = Showing(clip, player, feed, number, now_s - elapsed_s)
        heapq.heappush(self._heap, (now_s, next(self._ties), showing))
        if self._wake_up is None:
            self._wake_up = loop.call_later(0, self._wake, loop)
        return showing

    def stop(self) -> None:
        """End; nobody is sent anything any longer."""
        if self._wake_up is not None:
            self._wake_up.cancel()
            self._wake_up = None
        self._heap.clear()

    def _wake(self, loop: asyncio.AbstractEventLoop) -> None:
        self._wake_up = None
        now_s = loop.time()
        self.run_once(now_s)
        if self._heap:
            self._wake_up = loop.call_at(max(now_s + self._tick_s, self._heap[0][0]), self._wake, loop)

    def run_once(self, now_s: float) -> None:
        """Send what is due at `now_s`; after a long stall of the process a part has to wait for the next call."""
        heap = self._heap
        budget = _MAX_CATCH_UP * len(heap)
        while heap and heap[0][0] <= now_s and budget:
            due_s, tie, showing = heap[0]
            if showing.is_over:
                heapq.heappop(heap)
                continue
            heapq.heapreplace(heap, (showing.step(now_s, due_s), tie, showing))
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
