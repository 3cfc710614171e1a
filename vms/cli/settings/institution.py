"""`[institution]`: in whose name documents are printed."""

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SealSettings(_Section):
    """`[institution.seal]`: a PKCS#12 file whose key seals every document that is issued (PAdES).

    The password comes from NAZAR_INSTITUTION__SEAL__PASSWORD or from `password_file`; relative paths start at the
    data folder.
    """

    file: Path
    password: SecretStr | None = None
    password_file: Path | None = None

    @model_validator(mode="after")
    def _has_one_password(self) -> Self:
        if (self.password is None) == (self.password_file is None):
            raise ValueError("settings_invalid: Give either NAZAR_INSTITUTION__SEAL__PASSWORD or password_file.")
        return self


class InstitutionSettings(_Section):
    """The head of every page, the address of the query page; relative paths start at the data folder.

    `query_url` is printed and put into QR codes: `https://belge.example.bel.tr`, under which `/d/CODE` is served.
    `trusted_roots`: a folder of certificates; signatures that lead to one of them are marked as proved.
    """

    name: str = Field(min_length=1, max_length=120)
    department: str = Field("", max_length=120)
    branch: str = Field("", max_length=120)
    unit: str = Field("", max_length=120)
    contact: str = Field("", max_length=160)
    query_url: str
    logo: Path | None = None
    trusted_roots: Path | None = None
    seal: SealSettings | None = None

    @property
    def query_host(self) -> str:
        """The name under which the query page is reached."""
        return urlsplit(self.query_url).hostname or ""

    @field_validator("query_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        is_plain = parts.scheme in {"http", "https"} and parts.hostname and not (parts.query or parts.fragment)
        if not is_plain or "@" in parts.netloc or len(url) > 100 or not url.isascii() or " " in url:
            raise ValueError('settings_invalid: Write query_url = "https://belge.example.bel.tr".')
        return url.rstrip("/")
