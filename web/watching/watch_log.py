"""Who watches what, in the audit log: no entry, no picture."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from vms.audit.entry import Actor, Subject
from vms.authority.rules import Basis, Mode
from vms.kernel.clock import Clock
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id
from vms.kernel.span import Span
from web.repeating import repeat
from web.watching.audit_trail import AuditTrail
from web.watching.open_views import OpenView
from web.watching.watch import LEFT, STILL, Key, Watch, key_of

LOOK_S = 1.0
NameOf = Callable[[UUID], Awaitable[str]]


class WatchLog:
    """One entry when somebody begins to see a camera, one when it is over, however many streams or requests it took.

    On the event loop's thread. A watching that cannot be written down raises VmsError `database_unavailable`: whoever
    was asked for the picture must not give it then.
    """

    def __init__(self, trail: AuditTrail, clock: Clock, name_of: NameOf) -> None:
        self._trail = trail
        self._clock = clock
        self._name_of = name_of
        self._watches: dict[Key, Watch] = {}
        self._writing: dict[Watch, asyncio.Task[None]] = {}
        self._of: dict[OpenView, Watch] = {}

    async def live(self, view: OpenView, actor: Actor, basis: Basis, stream: str) -> None:
        """Return when it is written that `actor` sees the stream of `view` now; `left` when that is over."""
        assert view.camera_id is not None
        view.basis = basis
        watch = await self._going_on(actor, view.camera_id, Mode.LIVE, stream, basis)
        watch.views.add(view)
        self._of[view] = watch
        try:
            await self._be_written(watch)
        except BaseException:
            self.left(view)
            raise

    def left(self, view: OpenView) -> None:
        """A stream is over; harmless for one that never began."""
        watch = self._of.pop(view, None)
        if watch is not None:
            self._leave(watch, view, view.reason.code if view.reason else LEFT)

    async def footage(self, actor: Actor, camera_id: UUID, basis: Basis, stream: str, span: Span) -> None:
        """Return when it is written that `actor` gets footage of `span`."""
        await self._be_written(await self._going_on(actor, camera_id, Mode.PLAYBACK, stream, basis, span))

    async def still(self, actor: Actor, camera_id: UUID, mode: Mode, basis: Basis, at_us: int) -> None:
        """Return when it is written that `actor` gets a picture of `at_us`."""
        await self._be_written(await self._going_on(actor, camera_id, mode, STILL, basis, Span(at_us, at_us + 1)))

    async def run(self) -> None:
        """Write down what is over, until cancelled."""
        await repeat(self.run_once, LOOK_S)

    async def run_once(self) -> None:
        """End what is over. Where the right under an open view is another one now, end and begin."""
        for view, watch in list(self._of.items()):
            if view.basis is not None and view.basis.id != watch.basis.id:
                self._move(view, watch, view.basis)
        boot_us = self._clock.boottime_us()
        for watch in list(self._watches.values()):
            if watch.is_over(boot_us):
                self._end(watch, "idle" if watch.spans and watch.why == LEFT else watch.why)

    def close(self) -> None:
        """The server stops: everything is over now."""
        for view, watch in list(self._of.items()):
            self._leave(watch, view, "server_stopping")
        self._of.clear()
        for watch in list(self._watches.values()):
            self._end(watch, "server_stopping" if watch.spans else watch.why)

    async def _going_on(
        self, actor: Actor, camera_id: UUID, mode: Mode, stream: str, basis: Basis, span: Span | None = None
    ) -> Watch:
        """The watching that this belongs to, which may be a new one."""
        key = key_of(actor, camera_id, mode, stream, basis)
        known = self._watches.get(key)
        words = known.subject.words if known else await self._name_of(camera_id)
        now_us, boot_us = self._clock.now_us(), self._clock.boottime_us()
        watch = self._watches.get(key)
        if watch is not None and span is not None and watch.is_jump(span, boot_us):
            self._end(watch, "moved")
            watch = None
        if watch is None:
            subject = Subject("camera", str(camera_id), words)
            watch = Watch(new_id(self._clock), actor, subject, camera_id, mode, stream, basis, now_us, boot_us)
            self._watches[key] = watch
        watch.streams.add(stream)
        watch.why = LEFT
        watch.touch(now_us, boot_us, span)
        return watch

    async def _be_written(self, watch: Watch) -> None:
        """Return when its beginning is on the disk; all who wait for it wait for one entry."""
        if watch.is_written:
            return
        writing = self._writing.get(watch)
        if writing is None or writing.cancelled():
            writing = asyncio.create_task(self._trail.write(watch.opening()), name="a view begins")
            self._writing[watch] = writing
        try:
            await asyncio.shield(writing)
        except VmsError:
            self._forget(watch)
            raise
        watch.is_written = True
        self._writing.pop(watch, None)

    def _leave(self, watch: Watch, view: OpenView, why: str) -> None:
        watch.views.discard(view)
        watch.why = why
        watch.touch(self._clock.now_us(), self._clock.boottime_us())

    def _move(self, view: OpenView, watch: Watch, basis: Basis) -> None:
        """The same picture on another right. It goes on, so both entries are written soon."""
        self._leave(watch, view, "basis_changed")
        key = key_of(watch.actor, watch.camera_id, watch.mode, watch.stream, basis)
        following = self._watches.get(key)
        if following is None:
            following = Watch(
                new_id(self._clock), watch.actor, watch.subject, watch.camera_id, watch.mode, watch.stream, basis,
                watch.last_us, watch.last_boot_us, is_written=True,
            )  # fmt: skip
            self._watches[key] = following
            self._trail.later(following.opening())
        following.views.add(view)
        self._of[view] = following

    def _end(self, watch: Watch, why: str) -> None:
        """Forget it, write its end soon. One whose beginning was never written has no end either."""
        writing = self._writing.get(watch)
        if writing is not None and writing.done() and not writing.cancelled() and writing.exception() is None:
            watch.is_written = True  # nobody waited for it to the end
        if watch.is_written or (writing is not None and not writing.done()):
            self._trail.later(watch.ending(why))
        self._forget(watch)

    def _forget(self, watch: Watch) -> None:
        if self._watches.get(watch.key) is watch:
            del self._watches[watch.key]
        self._writing.pop(watch, None)
