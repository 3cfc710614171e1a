"""`[ebys]`: the bridge to the municipality's EBYS."""

from datetime import date
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from vms.cli.settings.service_address import is_plain_address
from vms.people.directory.addresses import is_safe


class EbysSettings(BaseModel):
    """`[ebys]`. Without it numbers of EBYS are noted by people alone.

    `since`: papers of before this day are left to people. The password comes from NAZAR_EBYS__PASSWORD or from
    `password_file`; relative paths start at the data folder. `ca_file`: of the address' TLS, which is always proved;
    without it the machine's authorities count. `timeout_s`: for a paper with its answer, connecting counted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(max_length=500)
    since: date
    user: str = Field("", max_length=255)
    password: SecretStr | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    timeout_s: float = Field(20.0, gt=0, le=60)

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if not is_plain_address(url) or urlsplit(url).query:
            raise ValueError('settings_invalid: Write url = "https://kopru.example.bel.tr/nazar", user apart.')
        if not is_safe(url):
            raise ValueError("settings_invalid: Letters are never sent readable. Write an https address.")
        return url

    @model_validator(mode="after")
    def _signs_in_as_a_whole(self) -> Self:
        secrets = [one for one in (self.password, self.password_file) if one is not None]
        if len(secrets) != (1 if self.user else 0) or ":" in self.user:
            raise ValueError(
                "settings_invalid: With user give NAZAR_EBYS__PASSWORD or password_file, without it neither; no user "
                "has a colon."
            )
        return self
