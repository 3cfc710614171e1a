"""`[footage.time_stamp]`: the authority that stamps packages of footage."""

import re
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from vms.people.directory.addresses import is_safe

_HOST = re.compile(r"\[[0-9a-fA-F:.]+\]|[0-9A-Za-z](?:[-.0-9A-Za-z]{0,250}[0-9A-Za-z])?")
_WRITE = 'settings_invalid: Write url = "https://zd.example.com.tr/tsa", user and password_file apart.'


class TimeStampSettings(BaseModel):
    """`[footage.time_stamp]`. Without it no package asks for a time stamp (RFC 3161).

    `name`: what manifest and minutes call the authority; its host where this is empty. The password comes from
    NAZAR_FOOTAGE__TIME_STAMP__PASSWORD or from `password_file`; relative paths start at the data folder. `ca_file`: of
    the address' TLS. `roots_file`: certificates (PEM) of which one must lead to the stamp's own; without it whoever
    answers at the address is believed. `timeout_s`: for a connection, and again for an answer; it is asked twice.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(max_length=500)
    name: str = Field("", max_length=120)
    user: str = Field("", max_length=255)
    password: SecretStr | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    roots_file: Path | None = None
    timeout_s: float = Field(10.0, gt=0, le=30)

    @property
    def used_name(self) -> str:
        """What the authority is called."""
        return self.name or urlsplit(self.url).hostname or ""

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        try:
            parts = urlsplit(url)
            host, _, _ = parts.netloc.rpartition(":") if parts.port else (parts.netloc, "", "")
        except ValueError:
            raise ValueError(_WRITE) from None  # what the library says repeats the address
        is_plain = parts.scheme in {"http", "https"} and _HOST.fullmatch(host) and ".." not in host
        if not is_plain or parts.fragment or not (url.isascii() and url.isprintable()) or " " in url:
            raise ValueError(_WRITE)
        return url

    @field_validator("name")
    @classmethod
    def _is_a_line(cls, name: str) -> str:
        if not name.isprintable():
            raise ValueError("settings_invalid: Write the authority's name as one line.")
        return name.strip()

    @model_validator(mode="after")
    def _signs_in_as_a_whole(self) -> Self:
        secrets = [one for one in (self.password, self.password_file) if one is not None]
        if len(secrets) != (1 if self.user else 0) or ":" in self.user:
            raise ValueError(
                "settings_invalid: With user give NAZAR_FOOTAGE__TIME_STAMP__PASSWORD or password_file, without it "
                "neither; no user has a colon."
            )
        if self.user and not is_safe(self.url):
            raise ValueError("settings_invalid: A password is never sent readable. Write an https address.")
        return self
