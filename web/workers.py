"""Threads for one kind of blocking work, with a bounded queue before them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from vms.kernel.errors import Kind, VmsError

T = TypeVar("T")


class Workers:
    """Keeps one kind of work from taking the threads of another.

    At most `threads` calls run and `waiting` more wait; whoever comes then is refused at once: an answer that comes
    after its asker left helps nobody, and those behind it would wait for it.
    """

    def __init__(self, name: str, threads: int, waiting: int) -> None:
        self._limit = threads + waiting
        self._taken = 0  # changed on the event loop only
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns or raises; VmsError(UNAVAILABLE, `busy`) when too many wait.

        A cancelled caller leaves at once; its work runs to its end and keeps its place until then.
        """
        if self._taken >= self._limit:
            raise VmsError(Kind.UNAVAILABLE, "busy", "The server has its hands full. Try again in a moment.")
        self._taken += 1
        future = asyncio.get_running_loop().run_in_executor(self._threads, work)
        future.add_done_callback(self._finished)
        return await asyncio.shield(future)

    def close(self) -> None:
        """Take no more work; what waits is dropped, what runs runs to its end."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _finished(self, future: "asyncio.Future[T]") -> None:
        self._taken -= 1
        if not future.cancelled():
            future.exception()  # seen: a caller that left would otherwise leave a complaint in the log
