"""Signing the audit log, and proving every night that it holds."""

import logging
from itertools import islice

from vms.archive.checkpoints import node_key, public_bytes
from vms.audit.checkpoints import CheckpointFile, sign_if_due
from vms.audit.entry import Actor, NewEntry
from vms.audit.queries import newest_of
from vms.audit.rules import OK, Act
from vms.audit.service import append
from vms.audit.verify import Finding, verify
from vms.cli.acting import program
from vms.cli.settings.node import DataPaths
from vms.kernel.clock import US_PER_DAY, Clock
from vms.kernel.database import Database
from vms.operations.alarms import AlarmCode, Severity, clear_alarm, raise_alarm

log = logging.getLogger(__name__)

SIGN_S = 60
VERIFY_S = 3600
MAX_FINDINGS = 100  # what is kept of a log that was replaced as a whole
BROKEN = "audit_broken"


class AuditJob:
    """The audit log's two jobs. Both may run again at any time; neither repairs anything."""

    def __init__(self, paths: DataPaths, clock: Clock, database: Database) -> None:
        self._clock = clock
        self._database = database
        self._key = node_key(paths.node_key)
        self._file = CheckpointFile(paths.audit_checkpoints)

    def sign(self) -> None:
        """Sign where the log stands, if that is due."""
        sign_if_due(self._database, self._clock, self._key, self._file)

    def verify_daily(self) -> None:
        """Verify once a day; the outcome is an entry of the log itself, and an alarm while something is wrong."""
        with self._database.reading() as session:
            last = newest_of(session, Act.AUDIT_VERIFIED)
        if last is None or abs(self._clock.now_us() - last.at_us) >= US_PER_DAY:
            self.verify()

    def verify(self, by: Actor | None = None) -> list[Finding]:
        """Verify now, in the name of who asked, else of the job; what was found first."""
        seen = 0

        def count(more: int) -> None:
            nonlocal seen
            seen += more

        with self._database.reading() as session:
            trusted = [public_bytes(self._key)]
            found = list(islice(verify(session, self._file, trusted_keys=trusted, progress=count), MAX_FINDINGS))
        for finding in found[:3]:
            log.error("the audit log does not hold: %s", finding)
        detail = {"entries": seen, "problems": len(found), "first": str(found[0]) if found else ""}
        outcome = BROKEN if found else OK
        new = NewEntry(act=Act.AUDIT_VERIFIED, actor=by or program("jobs"), outcome=outcome, detail=detail)
        with self._database.writing() as session:
            append(session, self._clock, new)
            if found:
                first = str(found[0])
                raise_alarm(session, self._clock, AlarmCode.AUDIT_BROKEN, "", Severity.CRITICAL, first)
            else:
                clear_alarm(session, self._clock, AlarmCode.AUDIT_BROKEN, "")
        return found
