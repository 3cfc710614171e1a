"""Server-sent events: what changed, for one person."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from pydantic import BaseModel

from vms.kernel.clock import Clock
from web.callers import Allowances, Caller
from web.events.data import Hello, RightsChanged, SessionEnded
from web.events.log import Event, EventLog
from web.rows.camera import CameraRow, for_person
from web.watching.open_views import OpenView, OpenViews

KEEP_ALIVE_S = 15.0  # proxies cut what is silent for longer than a minute
RETRY_MS = 2_000
MAX_EVENT_ID_CHARACTERS = 64


class EventStream:
    """Writes the event stream of one listener (HTML Living Standard §9.2). Keeps a number, no queue."""

    def __init__(self, events: EventLog, views: OpenViews, clock: Clock) -> None:
        self._events = events
        self._views = views
        self._clock = clock

    async def lines(self, caller: Caller, allowed: Allowances, last_event_id: str) -> AsyncIterator[str]:
        """The stream until the session ends, said by a `session` event. VmsError as `OpenViews.open`.

        `last_event_id`: what the browser saw last; what it missed is told. When that is forgotten, or was said before
        the server's restart, it is told `rights`: ask for everything anew. What is for a duty is told while the person
        has it: roles count as `OpenViews` saw them last.
        """
        with self._views.open(caller) as view:
            seen = self._events.number_of(last_event_id[:MAX_EVENT_ID_CHARACTERS])
            number = self._events.last if seen is None else seen
            yield f"retry: {RETRY_MS}\n" + self._text("hello", Hello(server_time_us=self._clock.now_us()), number)
            if last_event_id and seen is None:
                yield self._text("rights", RightsChanged(), number)
            while view.reason is None:
                missed = self._events.after(number)
                if missed is None:
                    number = self._events.last
                    yield self._text("rights", RightsChanged(), number)
                    continue
                now_allowed = self._views.rights_of(caller.account_id)
                for event in missed:
                    number = event.number
                    text = self._for(view.caller, allowed if now_allowed is None else now_allowed, event)
                    if text:
                        yield text
                if not missed and not await self._wait(view, number):
                    yield ": here\n\n"
            code = view.reason.code
            yield self._text("session", SessionEnded(ended=code != "server_stopping", code=code))

    def _for(self, caller: Caller, allowed: Allowances, event: Event) -> str:
        """The event in this person's form; empty when it is not for them."""
        is_other = event.account_id is not None and event.account_id != caller.account_id
        if is_other or (event.is_about_health and not caller.may_see_health):
            return ""
        if event.action is not None and not caller.may(event.action):
            return ""
        if event.camera_id is not None and event.camera_id not in allowed:
            return ""
        if not isinstance(event.data, CameraRow):
            return self._text(event.name, event.data, event.number)
        return self._text(event.name, for_person(event.data, allowed[event.data.id]), event.number)

    def _text(self, name: str, data: BaseModel, number: int | None = None) -> str:
        event_id = "" if number is None else f"id: {self._events.id_of(number)}\n"
        return f"{event_id}event: {name}\ndata: {data.model_dump_json()}\n\n"

    async def _wait(self, view: OpenView, number: int) -> bool:
        """Whether something happened before it is time for a sign of life."""
        news = asyncio.ensure_future(self._events.wait(number))
        ended = asyncio.ensure_future(view.ended.wait())
        try:
            done, _ = await asyncio.wait({news, ended}, timeout=KEEP_ALIVE_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (news, ended):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        return bool(done)
