"""The bounded queue between a live stream and one viewer."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Generic, Self, TypeVar

from streams.live_items import Notice, Picture, Piece

MAX_BYTES = 12 * 1024 * 1024  # two groups of pictures as large as they are kept
MAX_ITEMS = 120  # about five seconds: whoever is further behind wants what is now, not what was
MAX_NOTICES = 16

M = TypeVar("M", Picture, Piece)


class Viewer(Generic[M]):
    """Yields pictures (or pieces) with notices among them, until it is closed or the hub ends it.

    A viewer that does not read loses everything up to the next key frame and is told `skipped`; what it owes never
    grows. Pictures are shared with all others, so a viewer costs references only. For one reader on the loop's
    thread; leave it by `close` or as a context manager.
    """

    def __init__(self, on_close: Callable[["Viewer[M]"], None]) -> None:
        self._on_close: Callable[[Viewer[M]], None] = on_close
        self._items: deque[M | Notice] = deque()
        self._owed_bytes = 0
        self._allowance = 0
        self._is_skipping = False
        self._has_begun = True
        self._is_over = False
        self._waiter: asyncio.Future[None] | None = None

    @property
    def waiting_items(self) -> int:
        """How many pictures or notices wait to be read."""
        return len(self._items)

    def begin(self, burst: Iterable[M]) -> None:
        """Queue the last group of pictures, however long it is; where none is kept, the next key frame is the first."""
        for item in burst:
            self._append(item)
        self._allowance = len(self._items)
        self._has_begun = self._allowance > 0

    def put(self, item: M) -> None:
        """Queue a picture, or drop up to the next key frame when too much is owed already."""
        self._has_begun = self._has_begun or item.is_sync
        if not self._has_begun:
            return
        if self._is_skipping:
            if not item.is_sync:
                return
            self._is_skipping = False
            self._items.append(Notice("skipped"))
        elif self._is_full(item):
            self._forget_pictures()
            if not item.is_sync:
                self._is_skipping = True
                return
            self._items.append(Notice("skipped"))
        self._append(item)
        self._wake()

    def put_back(self, item: M) -> None:
        """Have the item that was just read be read again."""
        self._items.appendleft(item)
        self._owed_bytes += len(item.data)

    def tell(self, notice: Notice) -> None:
        """Queue a notice; of many unread ones only the newest are kept."""
        notices = [kept for kept in self._items if isinstance(kept, Notice)]
        if len(notices) >= MAX_NOTICES:
            self._items.remove(notices[0])
        self._items.append(notice)
        self._wake()

    def end(self) -> None:
        """Nothing will come any more: the reader gets what is queued, then the end."""
        self._is_over = True
        self._wake()

    def close(self) -> None:
        """Leave the stream. Idempotent."""
        self._items.clear()
        self._owed_bytes = 0
        if not self._is_over:
            self._is_over = True
            self._wake()
        self._on_close(self)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> M | Notice:
        while not self._items:
            if self._is_over:
                raise StopAsyncIteration
            self._allowance = 0
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        item = self._items.popleft()
        if not isinstance(item, Notice):
            self._owed_bytes -= len(item.data)
        return item

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _append(self, item: M) -> None:
        self._items.append(item)
        self._owed_bytes += len(item.data)

    def _is_full(self, item: M) -> bool:
        is_long = len(self._items) >= self._allowance + MAX_ITEMS
        return is_long or (self._owed_bytes > 0 and self._owed_bytes + len(item.data) > MAX_BYTES)

    def _forget_pictures(self) -> None:
        """Notices stay, but for `skipped`: another one follows, and for ever is a long time not to read."""
        self._items = deque(kept for kept in self._items if isinstance(kept, Notice) and kept.kind != "skipped")
        self._owed_bytes = self._allowance = 0

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
