"""The job that says when one person is signed in at several places at once."""

from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.operations.alarms import AlarmCode, Severity, clear_alarm, open_details, raise_alarm
from vms.people.open_sessions import in_several_places

EVERY_S = 30


class SessionsJob:
    """An alarm for each such person while it lasts (D-11.4a). Idempotent."""

    def __init__(self, clock: Clock, database: Database) -> None:
        self._clock = clock
        self._database = database

    def run(self) -> None:
        """Look once."""
        code = AlarmCode.PARALLEL_USE
        with self._database.reading() as session:
            found = {name: ", ".join(places) for name, places in in_several_places(session, self._clock).items()}
            told = {name: detail for (_, name), (_, detail) in open_details(session, [code]).items()}
        if found == told:
            return
        with self._database.writing() as session:
            for name, places in found.items():
                raise_alarm(session, self._clock, code, name, Severity.WARNING, places)
            for name in told.keys() - found.keys():
                clear_alarm(session, self._clock, code, name)
