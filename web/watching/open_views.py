"""The open streams of signed-in people, each ended when its reason to be open ends."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from vms.authority.refusals import NO_GRANT, refused
from vms.authority.rules import Basis, Mode
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import Kind, VmsError
from web.callers import Allowances, Caller, Standing
from web.repeating import repeat
from web.workers import Workers

log = logging.getLogger(__name__)

RECHECK_S = 2.0  # what was revoked on the command line is seen within this
DATABASE_PATIENCE_US = 300 * US_PER_SECOND
MAX_VIEWS = 2_000
MAX_VIEWS_OF_ACCOUNT = 75  # four walls of sixteen; a quarter of what is served: nobody takes everybody's place


@dataclass(slots=True, eq=False)
class OpenView:
    """One stream: of a camera, or (without one) of events. `ended` is set once, with `reason`.

    `caller`: with the roles they held at the last look. `until_us`: when the basis that was last known ends; None: no
    end is known. `basis`: that basis, once it was asked.
    """

    caller: Caller
    camera_id: UUID | None = None
    mode: Mode | None = None
    until_us: int | None = None
    basis: Basis | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    reason: VmsError | None = None

    def end(self, reason: VmsError) -> None:
        """Tell whoever serves the stream to stop it now. Idempotent."""
        if self.reason is None:
            self.reason = reason
            self.ended.set()


class OpenViews:
    """Every open stream of this process. On the event loop's thread; reads happen on `workers`.

    While the control database is away nobody can revoke anything either: what was allowed goes on until its basis
    ends, five minutes at the longest.
    """

    def __init__(
        self,
        look: Callable[[set[Caller]], Standing],
        clock: Clock,
        workers: Workers,
        on_new_rights: Callable[[UUID], None] = lambda _: None,
        on_removed: Callable[[OpenView], None] = lambda _: None,
        why: Callable[[UUID, UUID, Mode], VmsError | None] = lambda *_: refused(NO_GRANT),
    ) -> None:
        self._look = look
        self._clock = clock
        self._workers = workers
        self._on_new_rights = on_new_rights
        self._on_removed = on_removed
        self._why = why
        self._views: set[OpenView] = set()
        self._rights: dict[UUID, Allowances] = {}
        self._asked = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._seen_us: int | None = None
        self._is_closed = False

    @property
    def count(self) -> int:
        """How many are open."""
        return len(self._views)

    def count_of(self, account_id: UUID) -> int:
        """How many pictures of an account are open. From any thread."""
        return sum(view.caller.account_id == account_id and view.camera_id is not None for view in tuple(self._views))

    @contextmanager
    def open(
        self,
        caller: Caller,
        camera_id: UUID | None = None,
        mode: Mode | None = None,
        until_us: int | None = None,
    ) -> Iterator[OpenView]:
        """Have a stream watched for as long as the block runs. VmsError(UNAVAILABLE, `viewer_limit_reached`)."""
        view = self.add(caller, camera_id, mode, until_us)
        try:
            yield view
        finally:
            self.remove(view)

    def add(
        self,
        caller: Caller,
        camera_id: UUID | None = None,
        mode: Mode | None = None,
        until_us: int | None = None,
    ) -> OpenView:
        """The same for a stream that outlives its request; `remove` it."""
        if self._is_closed:
            raise _stopping()
        own = Counter(view.caller.account_id for view in self._views)[caller.account_id]
        if len(self._views) >= MAX_VIEWS or own >= MAX_VIEWS_OF_ACCOUNT:
            limit = MAX_VIEWS if len(self._views) >= MAX_VIEWS else MAX_VIEWS_OF_ACCOUNT
            raise VmsError(
                Kind.UNAVAILABLE, "viewer_limit_reached",
                "As many pictures are open as this server can serve. Close one or wait.", limit=limit,
            )  # fmt: skip
        view = OpenView(caller, camera_id, mode, until_us)
        self._views.add(view)
        return view

    def remove(self, view: OpenView) -> None:
        """The stream is over. Idempotent."""
        if view in self._views:
            self._views.discard(view)
            self._on_removed(view)

    def rights_of(self, account_id: UUID) -> Allowances | None:
        """What the person was allowed when last looked; None when nothing of theirs was open then."""
        return self._rights.get(account_id)

    def recheck_soon(self) -> None:
        """Look again now: something about people or rights was changed here. From any thread."""
        if self._loop is None:
            self._asked.set()
        else:
            self._loop.call_soon_threadsafe(self._asked.set)

    def end_all(self) -> None:
        """The server stops: end every stream, take no new one."""
        self._is_closed = True
        for view in list(self._views):
            view.end(_stopping())

    async def run(self) -> None:
        """Look every `RECHECK_S`, or as soon as asked, until cancelled."""
        self._loop = asyncio.get_running_loop()
        await repeat(self.run_once, RECHECK_S, self._asked)

    async def run_once(self) -> None:
        """Look once at everybody with an open stream, end what must end."""
        views = list(self._views)
        callers = {view.caller for view in views}
        if not callers:
            self._rights.clear()
            return
        try:
            standing = await self._workers.run(lambda: self._look(callers))
        except VmsError as err:
            self._end_without_database(views, err)
            return
        self._seen_us = self._clock.boottime_us()
        unfounded = []
        for view in views:
            reason = standing.refusal(view.caller, view.camera_id, view.mode)
            if reason is None:
                view.caller = standing.as_now(view.caller)
                view.basis = standing.basis(view.caller, view.camera_id, view.mode)
                view.until_us = view.basis.until_us if view.basis else None
            elif reason.kind is Kind.FORBIDDEN:
                unfounded.append((view, reason))
            else:
                view.end(reason)
        await self._end_unfounded(unfounded)
        self._keep_rights(standing.rights)

    async def _end_unfounded(self, views: list[tuple[OpenView, VmsError]]) -> None:
        """End those whose basis is gone, with what the papers say about it: ran out, taken, a review overdue.

        One that has a basis again meanwhile goes on.
        """
        for view, reason in views:
            account_id, camera_id, mode = view.caller.account_id, view.camera_id, view.mode
            assert camera_id is not None
            assert mode is not None
            try:
                why = await self._workers.run(partial(self._why, account_id, camera_id, mode))
            except VmsError:
                why = reason
            if why is not None:
                view.end(why)

    def _keep_rights(self, rights: Mapping[UUID, Allowances]) -> None:
        before, self._rights = self._rights, dict(rights)
        for account_id, allowed in rights.items():
            if account_id in before and before[account_id] != allowed:
                self._on_new_rights(account_id)

    def _end_without_database(self, views: list[OpenView], err: VmsError) -> None:
        boottime_us = self._clock.boottime_us()
        if self._seen_us is None:
            self._seen_us = boottime_us
            log.warning("open pictures cannot be re-checked: %s", err)
        is_too_long = boottime_us - self._seen_us > DATABASE_PATIENCE_US
        for view in views:
            if is_too_long or self._has_ended(view):
                view.end(err)

    def _has_ended(self, view: OpenView) -> bool:
        return view.until_us is not None and view.until_us <= self._clock.now_us()


def _stopping() -> VmsError:
    return VmsError(Kind.UNAVAILABLE, "server_stopping", "The server restarts. Pictures come back by themselves.")
