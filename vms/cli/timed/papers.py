"""What follows from papers and nobody's act: renewals whose password came, people who left."""

import logging

from vms.authority.duty_changes import end_papers_of_gone
from vms.authority.grants.renewals import complete, waiting_accounts
from vms.authority.policy import Policy
from vms.cli.acting import program
from vms.kernel.clock import Clock
from vms.kernel.database import Database

log = logging.getLogger(__name__)

EVERY_S = 60


class PapersJob:
    """Idempotent. No right waits for it to end: each row names its own end."""

    def __init__(self, clock: Clock, database: Database, policy: Policy) -> None:
        self._clock = clock
        self._database = database
        self._policy = policy

    def run(self) -> None:
        """Look once."""
        by = program("jobs")
        with self._database.writing() as session:
            for account in waiting_accounts(session):
                for grant in complete(session, self._clock, account, by=by, policy=self._policy):
                    log.info("grant %d is renewed", grant.number)
            ended = end_papers_of_gone(session, self._clock, by=by, policy=self._policy)
        if ended:
            log.info("%d of those who left held papers; they ended", ended)
