"""Has the audit log proved because somebody asks."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from vms.audit.entry import Actor
from vms.kernel.errors import Kind, VmsError

log = logging.getLogger(__name__)

Prove = Callable[[Actor], Awaitable[None]]


class AuditProof:
    """Runs `prove`, one at a time. On the event loop's thread.

    `prove` reads every entry and writes into the log what it found, in whose name; it may take minutes, and ends at
    once when it is cancelled.
    """

    def __init__(self, prove: Prove | None) -> None:
        self._prove = prove
        self._task: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether it is being proved now."""
        return self._task is not None and not self._task.done()

    def begin(self, by: Actor) -> None:
        """Begin, unless it runs already. VmsError(UNAVAILABLE, `verification_unavailable`) where the wiring cannot."""
        if self._prove is None:
            raise VmsError(
                Kind.UNAVAILABLE, "verification_unavailable",
                "This process cannot verify the log. Run `vms audit verify` on the server.",
            )  # fmt: skip
        if not self.is_running:
            self._task = asyncio.create_task(self._run(self._prove, by), name="proof of the audit log")

    async def close(self) -> None:
        """Give up one that runs; returns when it has ended."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self, prove: Prove, by: Actor) -> None:
        try:
            await prove(by)
        except VmsError as err:
            log.error("the audit log could not be verified: %s", err)  # noqa: TRY400 - no trace needed
