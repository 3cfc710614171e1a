"""What sending mails stands on, as this node's settings say."""

from vms.cli.settings.mail import MailSettings
from vms.cli.settings.node import DataPaths
from vms.cli.settings.service_password import password_of
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.reminders.letters import mail
from vms.reminders.mail_server import MailPlace, MailServer

_SUBJECT = "Nazar: deneme iletisi / test message"
_BODY = (
    "Bu, Nazar'ın deneme iletisidir: hatırlatmalar bu adrese ulaşabilir.\n\n"
    "This is a test message of Nazar: reminders can reach this address.\n"
)


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


def hand_in_test(chosen: MailSettings, paths: DataPaths, clock: Clock, address: str) -> None:
    """Send a mail now; the server has it when this returns. VmsError as `mail_server`, `MailServer`, `MailLine`."""
    message = mail(
        address, _SUBJECT, _BODY, sender=chosen.sender, language="tr", now_us=clock.now_us(), ids=[new_id(clock)]
    )
    with mail_server(chosen, paths).open() as line:
        line.send(message)


def need_mail(chosen: MailSettings | None) -> MailSettings:
    """The settings. VmsError(CONFLICT, `mail_missing`) for a node without a mail server."""
    if chosen is None:
        raise VmsError(
            Kind.CONFLICT, "mail_missing", "There is no mail server. Set [mail] with host and from in nazar.toml."
        )
    return chosen


def _password(chosen: MailSettings, paths: DataPaths) -> str:
    if chosen.password is None and chosen.password_file is None:
        return ""  # a relay that asks for none
    return password_of(chosen, paths.root, "mail", "mail_password_unreadable")
