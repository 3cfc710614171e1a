"""Reminders within `vms jobs`: written down every minute, sent where there is a mail server."""

import logging

from retention.jobs import Job
from vms.cli.parts.mail import mail_server
from vms.cli.settings.node import DataPaths, Settings
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.reminders.sending import Outbox
from vms.reminders.service import write_down

log = logging.getLogger(__name__)

EVERY_S = 60
FIRST_S = 25


def reminder_jobs(settings: Settings, paths: DataPaths, clock: Clock, database: Database) -> list[Job]:
    """Two lanes: a mail server that hangs keeps nothing from being written down.

    A password that cannot be read is logged: nothing else may wait for it.
    """
    policy = settings.authority.policy()

    def write() -> None:
        new = write_down(database, clock, policy)
        if new:
            log.info("%d reminders are written", new)

    written = Job("reminders", write, EVERY_S, FIRST_S, "reminders")
    if settings.mail is None:
        return [written]
    try:
        server = mail_server(settings.mail, paths)
    except VmsError as err:
        log.error("no reminder is sent by mail: %s", err)  # noqa: TRY400 - an expected refusal
        return [written]
    outbox = Outbox(database, clock, policy, server, settings.mail.address)

    def send() -> None:
        done = outbox.run_once()
        if done.sent:
            log.info("%d mails with reminders are sent", done.sent)

    return [written, Job("mail", send, EVERY_S, FIRST_S + 5, "mail")]
