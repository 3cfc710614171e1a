"""What sending mails stands on, as this node's settings say."""

from vms.cli.mail_settings import MailSettings
from vms.cli.service_password import password_of
from vms.cli.settings import DataPaths
from vms.reminders.mail_server import MailPlace, MailServer


def mail_server(chosen: MailSettings, paths: DataPaths) -> MailServer:
    """The way to the server. VmsError(INVALID, `mail_password_unreadable`). The password is hidden from all logs."""
    place = MailPlace(
        host=chosen.host,
        port=chosen.used_port,
        tls=chosen.tls,
        sender=chosen.sender,
        user=chosen.user,
        password=_password(chosen, paths),
        ca_file=None if chosen.ca_file is None else paths.root / chosen.ca_file,
        timeout_s=chosen.timeout_s,
    )
    return MailServer(place)


def _password(chosen: MailSettings, paths: DataPaths) -> str:
    if chosen.password is None and chosen.password_file is None:
        return ""  # a relay that asks for none
    return password_of(chosen, paths.root, "mail", "mail_password_unreadable")
