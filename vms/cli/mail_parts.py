"""What sending mails stands on, as this node's settings say."""

from vms.cli.mail_settings import MailSettings
from vms.cli.settings import DataPaths
from vms.kernel.errors import Kind, VmsError
from vms.kernel.logging import redactor
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
    if chosen.password is not None:
        password = chosen.password.get_secret_value()
    elif chosen.password_file is None:
        return ""
    else:
        path = paths.root / chosen.password_file
        try:
            password = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as err:
            raise _unreadable(f"{path} cannot be read") from err
        if not password:
            raise _unreadable(f"{path} is empty")
    redactor.hide(password)
    return password


def _unreadable(what: str) -> VmsError:
    return VmsError(
        Kind.INVALID, "mail_password_unreadable",
        f"Setting mail.password_file: {what}. Write the password into it, readable by this user only.",
    )  # fmt: skip
