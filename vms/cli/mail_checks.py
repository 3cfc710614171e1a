"""Checks of the mail server that reminders go through."""

import stat

from vms.cli.finding import Finding, ok, problem
from vms.cli.mail_parts import mail_server
from vms.cli.mail_settings import MailSettings
from vms.cli.settings import DataPaths
from vms.kernel.errors import VmsError

_UNSAFE = stat.S_IRWXG | stat.S_IRWXO


def check_mail(chosen: MailSettings | None, paths: DataPaths) -> list[Finding]:
    """It takes our connection, encrypted and signed in as set; nothing is sent. Takes up to the time-out."""
    if chosen is None:
        return []
    findings = _check_file(chosen, paths)
    try:
        with mail_server(chosen, paths).open() as line:
            line.look()
    except VmsError as err:
        remedy = f"Reminders stand in the console and wait for it; none is lost. Code: {err.code}."
        return [*findings, problem("mail", err.message, remedy)]
    return [*findings, ok("mail", "The mail server takes our connection; `vms mail test ADDRESS` sends a mail")]


def _check_file(chosen: MailSettings, paths: DataPaths) -> list[Finding]:
    if chosen.password_file is None:
        return []
    path = paths.root / chosen.password_file
    if not path.exists():
        return []  # the check of the server itself says so
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & _UNSAFE:
        return []
    return [problem("mail", f"{path.name} may be read by others (mode {mode:04o}).", f"chmod 600 {path}")]
