"""The one watcher of packages that turns what another process does with them into events."""

import logging
from uuid import UUID

from sqlalchemy import or_, select

from vms.footage.exports.model import Export, ExportState
from vms.footage.exports.taking import Copied, copied
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.people.roles import Action
from web.events.data import ExportChanged
from web.events.log import EventLog
from web.repeating import repeat
from web.workers import Workers

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0


class ExportFeed:
    """Looks once a second for all listeners together. On the event loop's thread; looks on `workers`."""

    def __init__(self, database: Database, events: EventLog, workers: Workers) -> None:
        self._database = database
        self._events = events
        self._workers = workers
        self._told: dict[UUID, ExportChanged] | None = None

    async def run(self) -> None:
        """Look every second until cancelled."""
        await repeat(self.run_once, LOOK_EVERY_S)

    async def run_once(self) -> None:
        """Look once, publish what changed; before the first look nobody was told anything."""
        told = self._told
        try:
            found = await self._workers.run(lambda: self._read(list(told or ())))
        except VmsError as err:
            log.warning("packages cannot be watched: %s", err)
            return
        for export_id, row in found.items():
            if told is not None and told.get(export_id) != row:
                self._events.publish("export", row, action=Action.SEE_REQUESTS)
        self._told = {one: row for one, row in found.items() if row.state is not ExportState.PURGED}

    def _read(self, told: list[UUID]) -> dict[UUID, ExportChanged]:
        """All that are not gone, and those that were not when they were told of."""
        wanted = select(Export).where(or_(Export.state != ExportState.PURGED.value, Export.id.in_(told)))
        with self._database.reading() as session:
            found = list(session.scalars(wanted))
            copies = copied(session, [one for one in found if one.state == ExportState.READY])
            return {one.id: _changed(one, copies.get(one.id, Copied(None, None))) for one in found}


def _changed(one: Export, copies: Copied) -> ExportChanged:
    return ExportChanged(
        request_id=one.request_id, number=one.number, state=ExportState(one.state), planned_bytes=one.planned_bytes,
        done_bytes=one.done_bytes, failure=one.failure or None, is_to_go=one.purge_why is not None,
        begun_us=copies.begun_us, taken_us=copies.taken_us,
    )  # fmt: skip
