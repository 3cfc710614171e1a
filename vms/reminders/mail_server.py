"""Speaks SMTP to the municipality's mail server (RFC 5321, 3207)."""

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from vms.kernel.errors import Kind, VmsError

Tls = Literal["none", "starttls", "tls"]

AWAY = "mail_server_away"  # ours to repair, or a matter of time: everybody's mail waits
DELAYED = "mail_delayed"  # this recipient's mail is not taken now
REFUSED = "mail_refused"  # this recipient's mail will never be taken

_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[0-9A-Za-z](?:[-.0-9A-Za-z]{0,250}[0-9A-Za-z])?")
_UNSAFE = re.compile(r'[\s<>(),;:\\"\[\]]')
_CLOSING = 421  # RFC 5321 §4.2.3: the server ends the connection, whatever was asked


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPlace:
    """Where mails are handed in. `user` empty: without signing in. `ca_file` None: the machine's own authorities."""

    host: str
    port: int
    tls: Tls
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    timeout_s: float = 10.0


class MailLine:
    """An open connection; one thread's."""

    def __init__(self, smtp: smtplib.SMTP, sender: str) -> None:
        self._smtp = smtp
        self._sender = sender

    def send(self, message: EmailMessage) -> None:
        """Hand one message over, to an address that `is_address` knows; the server has it when this returns.

        VmsError: INVALID `mail_refused`, UNAVAILABLE `mail_delayed` (the connection goes on), `mail_server_away`.
        """
        to = str(message["To"])
        try:
            self._smtp.send_message(message, self._sender, [to])
        except smtplib.SMTPRecipientsRefused as err:
            raise _judged(next(iter(err.recipients.values()))[0]) from err
        except smtplib.SMTPDataError as err:
            raise _judged(err.smtp_code) from err
        except smtplib.SMTPSenderRefused as err:
            raise _away(f"refuses mail.from with code {err.smtp_code}") from err
        except (smtplib.SMTPException, OSError) as err:
            raise _away("broke off") from err

    def look(self) -> None:
        """Ask whether it is still there. VmsError(UNAVAILABLE, `mail_server_away`)."""
        try:
            code, _ = self._smtp.noop()
        except (smtplib.SMTPException, OSError) as err:
            raise _away("broke off") from err
        if code != 250:
            raise _away(f"answers with code {code}")


class MailServer:
    """The way to the server. Nothing is opened before `open`; every step ends with the time-out."""

    def __init__(self, place: MailPlace) -> None:
        self._place = place

    @property
    def sender(self) -> str:
        """From whom mails come."""
        return self._place.sender

    @contextmanager
    def open(self) -> Iterator[MailLine]:
        """A connection, encrypted and signed in as the settings say: never less. VmsError(UNAVAILABLE, AWAY)."""
        smtp = self._connect()
        try:
            yield MailLine(smtp, self._place.sender)
        finally:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def _connect(self) -> smtplib.SMTP:
        place = self._place
        name = socket.gethostname()  # not getfqdn, which asks name servers that may be away
        smtp: smtplib.SMTP | None = None
        try:
            if place.tls == "tls":
                smtp = smtplib.SMTP_SSL(
                    place.host, place.port, local_hostname=name, timeout=place.timeout_s, context=self._trust()
                )
            else:
                smtp = smtplib.SMTP(place.host, place.port, local_hostname=name, timeout=place.timeout_s)
            if place.tls == "starttls":
                smtp.starttls(context=self._trust())
            if place.user:
                smtp.login(place.user, place.password)
            smtp.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as err:
            if smtp is not None:
                smtp.close()
            raise _away(_reason(err)) from err
        return smtp

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._place.ca_file)


def is_address(text: str) -> bool:
    """Whether `text` is one plain address that can stand in a mail's head."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None and _UNSAFE.search(text) is None


_REASONS: tuple[tuple[type[Exception], str], ...] = (  # the first that fits
    (ssl.SSLCertVerificationError, "shows a certificate that is not trusted"),
    (smtplib.SMTPAuthenticationError, "refuses mail.user or its password"),
    (smtplib.SMTPNotSupportedError, "does not offer what the settings want (STARTTLS, or signing in)"),
    (smtplib.SMTPResponseException, "refuses the connection"),
    (TimeoutError, "does not answer in time"),
    (ssl.SSLError, "speaks no TLS there"),
)


def _reason(err: smtplib.SMTPException | OSError) -> str:
    """Why no connection stands, in words that hold no address or secret of anybody."""
    if isinstance(err, smtplib.SMTPServerDisconnected) and isinstance(err.__context__, OSError):
        return _reason(err.__context__)  # smtplib hides what happened to the line behind its own error
    words = next((words for kind, words in _REASONS if isinstance(err, kind)), "cannot be reached")
    code = getattr(err, "smtp_code", None)
    return words if code is None else f"{words} (code {code})"


def _judged(code: int) -> VmsError:
    if code == _CLOSING:
        return _away("closes the connection")
    return _refused(REFUSED if 500 <= code < 600 else DELAYED, code)


def _refused(code: str, answer: int) -> VmsError:
    kind = Kind.INVALID if code == REFUSED else Kind.UNAVAILABLE
    what = "does not take" if code == REFUSED else "does not take now"
    sentence = f"The mail server {what} mail for this address. Check the person's e-mail address."
    return VmsError(kind, code, sentence, answer=answer)


def _away(what: str) -> VmsError:
    return VmsError(Kind.UNAVAILABLE, AWAY, f"The mail server {what}. Check [mail] in nazar.toml, then the server.")
