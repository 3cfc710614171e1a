"""Closing accounts whom the institution's directory has closed (edge-88)."""

import logging

from vms.audit.entry import Actor
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.repeat_log import RepeatLog
from vms.people.directory.port import Directory, WhenClosed, nothing_follows
from vms.people.directory.staff import linked
from vms.people.service import disable

log = logging.getLogger(__name__)


class DirectoryWatch:
    """Asks the directory about everybody who signs in through it. On the jobs' thread.

    Who is disabled there, or not there any more, is disabled here: sessions end, and in the same transaction what
    `when_closed` does. Only an administrator opens the account again. While the directory is away nobody is closed.
    """

    def __init__(
        self, database: Database, clock: Clock, directory: Directory, by: Actor,
        when_closed: WhenClosed = nothing_follows,
    ) -> None:  # fmt: skip
        self._database = database
        self._clock = clock
        self._directory = directory
        self._by = by
        self._when_closed = when_closed
        self._words = RepeatLog(log)

    def run_once(self) -> int:
        """How many accounts were closed."""
        with self._database.reading() as session:
            subjects = {link.subject: account for account, link in linked(session, "ldap") if link.subject}
        if not subjects:
            return 0
        try:
            found = self._directory.find(list(subjects))
        except VmsError as err:
            self._words.say("away", logging.WARNING, f"nobody knows who has left: {err}")
            return 0
        self._words.over("away")
        if not found and len(subjects) > 1:
            # A service account that may not read any more gets an empty answer too; that must not close everybody.
            self._words.say("empty", logging.ERROR, "the directory shows none of our people; nobody is closed")
            return 0
        self._words.over("empty")
        gone = [account for subject, account in subjects.items() if subject not in found or found[subject].is_closed]
        for account in gone:
            with self._database.writing() as session:
                disable(session, self._clock, account, by=self._by)
                self._when_closed(session, account, self._by)
            log.warning("account %s was closed: the directory closed it", account.name)
        return len(gone)
