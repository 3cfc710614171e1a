"""Who waits for events, with what each has not fetched yet."""

import asyncio
import secrets
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field

from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.properties import Notice, Properties, Topic
from recorder.simcam.onvif.soap import SoapFaultError
from vms.kernel.clock import US_PER_SECOND

MAX_SUBSCRIPTIONS = 16
MAX_QUEUED = 100
MAX_LIFE_S = 3600.0
DEFAULT_LIFE_S = 60.0


@dataclass(eq=False, slots=True)
class Subscription:
    """One pull point. Its oldest notices go when nobody fetches them."""

    token: str
    topics: Collection[Topic]
    ends_us: int  # boot time
    queue: deque[Notice] = field(default_factory=lambda: deque(maxlen=MAX_QUEUED))
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    is_open: bool = True

    def put(self, notice: Notice) -> None:
        """Queue a notice it asked for."""
        if notice.topic in self.topics:
            self.queue.append(notice)
            self.arrived.set()

    async def pull(self, timeout_s: float, limit: int) -> list[Notice]:
        """Up to `limit` notices: at once if there are any, else the first within `timeout_s`, else none."""
        if not self.queue and self.is_open:
            self.arrived.clear()
            try:
                async with asyncio.timeout(timeout_s):
                    await self.arrived.wait()
            except TimeoutError:
                return []
        return [self.queue.popleft() for _ in range(min(limit, len(self.queue)))]

    def close(self) -> None:
        """Let whoever waits go."""
        self.is_open = False
        self.arrived.set()


class Subscriptions:
    """All pull points; they end by themselves unless renewed."""

    def __init__(self, clock: CameraClock, properties: Properties) -> None:
        self._clock = clock
        self._properties = properties
        self._open: dict[str, Subscription] = {}
        properties.on_change(self._tell)

    def create(self, topics: Collection[Topic], life_s: float) -> Subscription:
        """A new pull point that starts with the values in force."""
        self._drop_ended()
        if len(self._open) >= MAX_SUBSCRIPTIONS:
            raise SoapFaultError("Receiver", ("ter:Action", "ter:MaxPullPoints"), "Too many subscribers.")
        subscription = Subscription(secrets.token_hex(8), topics, self._end(life_s))
        self._open[subscription.token] = subscription
        self.repeat_all(subscription)
        return subscription

    def repeat_all(self, subscription: Subscription) -> None:
        """Queue all values in force."""
        for notice in self._properties.initial():
            subscription.put(notice)

    def get(self, token: str) -> Subscription:
        """The pull point; a fault when it ended."""
        self._drop_ended()
        if token not in self._open:
            raise SoapFaultError("Sender", ("ter:InvalidArgVal", "ter:InvalidSubscription"), "No such subscription.")
        return self._open[token]

    def renew(self, subscription: Subscription, life_s: float) -> None:
        """Let it live `life_s` from now."""
        subscription.ends_us = self._end(life_s)

    def end(self, subscription: Subscription) -> None:
        """Forget it."""
        subscription.close()
        self._open.pop(subscription.token, None)

    def end_all(self) -> None:
        """Forget all of them, as a camera that restarts does."""
        for subscription in list(self._open.values()):
            self.end(subscription)

    def remaining_us(self, subscription: Subscription) -> int:
        """Microseconds it has left."""
        return subscription.ends_us - self._clock.boottime_us()

    def _end(self, life_s: float) -> int:
        return self._clock.boottime_us() + round(min(max(life_s, 1.0), MAX_LIFE_S) * US_PER_SECOND)

    def _drop_ended(self) -> None:
        for subscription in [item for item in self._open.values() if self.remaining_us(item) <= 0]:
            self.end(subscription)

    def _tell(self, notice: Notice) -> None:
        for subscription in self._open.values():
            subscription.put(notice)
