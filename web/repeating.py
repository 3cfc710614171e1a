"""A step that is done again and again until it is cancelled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


async def repeat(step: Callable[[], Awaitable[None]], every_s: float, asked: asyncio.Event | None = None) -> None:
    """Do `step` every `every_s` seconds, or as soon as `asked` is set. A step that fails is logged; the next comes."""
    asked = asked or asyncio.Event()
    failures = 0
    while True:
        try:
            async with asyncio.timeout(every_s):
                await asked.wait()
        except TimeoutError:
            pass
        asked.clear()
        try:
            await step()
            failures = 0
        except Exception:
            failures += 1
            if failures & (failures - 1) == 0:  # the 1st, 2nd, 4th, 8th in a row: it may fail every second for days
                log.exception("failed %d times in a row", failures)
