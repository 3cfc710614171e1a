"""One timer for all cameras of an event loop."""

import asyncio
import logging
from collections.abc import Callable
from weakref import WeakKeyDictionary

_log = logging.getLogger(__name__)

PERIOD_S = 0.25


class Ticker:
    """Calls every registered function four times a second. They must be quick.

    One that raises has its camera ended (`on_failure`, which must not raise); the others are called as ever.
    A timer per camera would cost more than what it does; without any camera none runs.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.failures = 0
        self._callbacks: dict[Callable[[], None], Callable[[], None]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def add(self, callback: Callable[[], None], on_failure: Callable[[], None]) -> None:
        """Call `callback` from now on; `on_failure` when it raised."""
        self._callbacks[callback] = on_failure
        if self._timer is None:
            self._timer = self._loop.call_later(PERIOD_S, self._tick)

    def remove(self, callback: Callable[[], None]) -> None:
        """Call it no more."""
        del self._callbacks[callback]
        if not self._callbacks and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tick(self) -> None:
        self._timer = self._loop.call_later(PERIOD_S, self._tick)
        for callback, on_failure in tuple(self._callbacks.items()):
            try:
                callback()
            except Exception:  # noqa: BLE001 - the outermost loop of a camera: the ones behind it must be called too
                self.failures += 1
                _log.exception("the care for a stream failed (%d times in all)", self.failures)
                on_failure()


_tickers: WeakKeyDictionary[asyncio.AbstractEventLoop, Ticker] = WeakKeyDictionary()


def ticker() -> Ticker:
    """The running loop's ticker."""
    loop = asyncio.get_running_loop()
    found = _tickers.get(loop)
    if found is None:
        found = _tickers[loop] = Ticker(loop)
    return found
