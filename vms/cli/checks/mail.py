"""Checks of the mail server that reminders go through."""

from vms.cli.checks.finding import Finding, ok, problem
from vms.cli.parts.mail import mail_server
from vms.cli.settings.mail import MailSettings
from vms.cli.settings.node import DataPaths
from vms.cli.settings.service_password import open_to_others
from vms.kernel.errors import VmsError


def check_mail(chosen: MailSettings | None, paths: DataPaths) -> list[Finding]:
    """It takes our connection, encrypted and signed in as set; nothing is sent. Takes up to the time-out."""
    if chosen is None:
        return []
    kept_in = None if chosen.password_file is None else paths.root / chosen.password_file
    findings = open_to_others(kept_in, "mail")
    try:
        with mail_server(chosen, paths).open() as line:
            line.look()
    except VmsError as err:
        remedy = f"Reminders stand in the console and wait for it; none is lost. Code: {err.code}."
        return [*findings, problem("mail", err.message, remedy)]
    return [*findings, ok("mail", "The mail server takes our connection; `vms mail test ADDRESS` sends a mail")]
