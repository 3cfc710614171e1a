"""One timer for all cameras of an event loop."""

import asyncio
from collections.abc import Callable
from weakref import WeakKeyDictionary

PERIOD_S = 0.25


class Ticker:
    """Calls every registered function four times a second. They must be quick and must not raise.

    A timer per camera would cost more than what it does; without any camera none runs.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._callbacks: list[Callable[[], None]] = []
        self._timer: asyncio.TimerHandle | None = None

    def add(self, callback: Callable[[], None]) -> None:
        """Call `callback` from now on."""
        self._callbacks.append(callback)
        if self._timer is None:
            self._timer = self._loop.call_later(PERIOD_S, self._tick)

    def remove(self, callback: Callable[[], None]) -> None:
        """Call it no more."""
        self._callbacks.remove(callback)
        if not self._callbacks and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tick(self) -> None:
        self._timer = self._loop.call_later(PERIOD_S, self._tick)
        for callback in tuple(self._callbacks):
            callback()


_tickers: WeakKeyDictionary[asyncio.AbstractEventLoop, Ticker] = WeakKeyDictionary()


def ticker() -> Ticker:
    """The running loop's ticker."""
    loop = asyncio.get_running_loop()
    found = _tickers.get(loop)
    if found is None:
        found = _tickers[loop] = Ticker(loop)
    return found
