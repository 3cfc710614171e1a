"""`[mail]`: the mail server that takes reminders."""

import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from vms.people.directory.addresses import is_safe
from vms.reminders.mail_server import is_address

_HOST = re.compile(r"[0-9A-Za-z](?:[-.:0-9A-Za-z]{0,250}[0-9A-Za-z])?")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class MailSettings(BaseModel):
    """`[mail]`. Without it reminders stand in the console only.

    `tls`: `starttls` (port 587), `tls` from the start (465), `none` (25, for a relay on this machine or in a closed
    network; never with a password). The password comes from NAZAR_MAIL__PASSWORD or from `password_file` (a relative
    path starts at the data folder). `address`: the console's own, for the link in a mail.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str
    port: int | None = Field(None, ge=1, le=65535)
    tls: Literal["none", "starttls", "tls"] = "starttls"
    user: str = Field("", max_length=255)
    password: SecretStr | None = None
    password_file: Path | None = None
    sender: str = Field(alias="from")
    ca_file: Path | None = None
    timeout_s: float = Field(10.0, gt=0, le=60)
    address: str = ""

    @property
    def used_port(self) -> int:
        """The port that is meant."""
        return self.port or _PORTS[self.tls]

    @field_validator("host")
    @classmethod
    def _is_a_host(cls, host: str) -> str:
        if not _HOST.fullmatch(host) or ".." in host:
            raise ValueError('settings_invalid: Write host = "mail.example.org", its port apart.')
        return host

    @field_validator("sender")
    @classmethod
    def _is_an_address(cls, sender: str) -> str:
        if not is_address(sender):
            raise ValueError('settings_invalid: Write from = "nazar@example.org".')
        return sender

    @field_validator("address")
    @classmethod
    def _is_an_origin(cls, url: str) -> str:
        url = url.rstrip("/")
        if url and (not is_safe(url) or urlsplit(url).path or urlsplit(url).query):
            raise ValueError("settings_invalid: Write https://nazar.example.org, without a path.")
        return url

    @model_validator(mode="after")
    def _signs_in_as_a_whole(self) -> Self:
        secrets = [one for one in (self.password, self.password_file) if one is not None]
        if len(secrets) != (1 if self.user else 0):
            raise ValueError(
                "settings_invalid: With mail.user give NAZAR_MAIL__PASSWORD or password_file, without it neither."
            )
        if self.user and self.tls == "none":
            raise ValueError('settings_invalid: A password is never sent readable. Write tls = "starttls" or "tls".')
        return self
