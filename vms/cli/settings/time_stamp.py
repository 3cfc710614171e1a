"""`[footage.time_stamp]`: the authority that stamps packages of footage."""

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from vms.cli.settings.service_address import is_plain_address
from vms.people.directory.addresses import is_safe

_WRITE = 'settings_invalid: Write url = "https://zd.example.com.tr/tsa", user and password_file apart.'


class TimeStampSettings(BaseModel):
    """`[footage.time_stamp]`. Without it no package asks for a time stamp (RFC 3161).

    `name`: what manifest and minutes call the authority; its host where this is empty. The password comes from
    NAZAR_FOOTAGE__TIME_STAMP__PASSWORD or from `password_file`; relative paths start at the data folder. `ca_file`: of
    the address' TLS. `roots_file`: certificates (PEM) of which one must lead to the stamp's own; without it whoever
    answers at the address is believed. `timeout_s`: for one answer with all it takes to get it; it is asked twice.
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
        if not is_plain_address(url):
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
