"""What changed lately, numbered, kept once for all who listen."""

import asyncio
from collections import deque
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel

from vms.kernel.clock import Clock
from vms.people.roles import Action

KEPT_EVENTS = 4_000  # a minute of 300 cameras; who was away longer asks for everything anew


@dataclass(frozen=True, slots=True)
class Event:
    """One change. `data`: as `web.events.data` says, of a camera its row, which is nobody's yet.

    `camera_id`: only for those who may see it; `account_id`: only for that person; `action`: only for whose duty it is.
    """

    number: int
    name: str
    data: BaseModel
    camera_id: UUID | None = None
    account_id: UUID | None = None
    is_about_health: bool = False  # only for those who may see the node's health
    action: Action | None = None


class EventLog:
    """The last events. Listeners keep a number, nothing here grows with them. On the event loop's thread."""

    def __init__(self, clock: Clock, kept: int = KEPT_EVENTS) -> None:
        self._events: deque[Event] = deque(maxlen=kept)
        self._last = 0
        self._news = asyncio.Event()
        self.name = f"{clock.now_us():x}"  # numbers of another start of the server mean nothing to this one

    @property
    def last(self) -> int:
        """Number of the newest event; 0 before the first."""
        return self._last

    def publish(
        self,
        name: str,
        data: BaseModel,
        *,
        camera_id: UUID | None = None,
        account_id: UUID | None = None,
        is_about_health: bool = False,
        action: Action | None = None,
    ) -> None:
        """Append an event, wake the listeners."""
        self._last += 1
        self._events.append(Event(self._last, name, data, camera_id, account_id, is_about_health, action))
        news, self._news = self._news, asyncio.Event()
        news.set()

    def after(self, number: int) -> list[Event] | None:
        """What came after event `number`, oldest first; None when some of it is forgotten."""
        if number >= self._last:
            return []
        if self._events[0].number > number + 1:
            return None
        return [event for event in self._events if event.number > number]

    async def wait(self, number: int) -> None:
        """Return as soon as there is something after `number`."""
        while self._last <= number:
            await self._news.wait()

    def id_of(self, number: int) -> str:
        """The event's id for `Last-Event-ID`."""
        return f"{self.name}-{number}"

    def number_of(self, event_id: str) -> int | None:
        """The number behind an id; None for one that this log did not give."""
        name, _, number = event_id.partition("-")
        if name != self.name or not (number.isascii() and number.isdigit() and len(number) < 20):
            return None
        return int(number) if int(number) <= self._last else None
