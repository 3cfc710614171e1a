"""`[sign_in]`: what signing in asks of people, which directory answers for them."""

from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from vms.people.directory.addresses import is_safe
from vms.people.rules import MAX_REMEMBERED_PASSWORDS, Role

ACTIVE_DIRECTORY_FILTER = "(&(objectCategory=person)(objectClass=user)(sAMAccountName={name}))"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Secretive(_Section):
    """A section with one secret: from its own variable, or from a file (a relative path starts at the data folder)."""

    password: SecretStr | None = None
    password_file: Path | None = None

    @model_validator(mode="after")
    def _has_one_password(self) -> Self:
        if (self.password is None) == (self.password_file is None):
            raise ValueError("settings_invalid: Give either the password's variable or password_file.")
        return self


class PolicySettings(_Section):
    """`[sign_in.policy]`: the rules that everybody accepts. Empty texts: the directive's own words.

    Another version, or other words, are accepted anew by everybody. Without `is_asked` an institution that has written
    words of its own asks for it, any other shows the directive's notice on the sign-in page only.
    """

    is_asked: bool | None = None
    version: str = Field("1", min_length=1, max_length=32)
    tr: str = Field("", max_length=4000)
    en: str = Field("", max_length=4000)

    @property
    def counts(self) -> bool:
        """Whether acceptance is asked for."""
        return bool(self.tr or self.en) if self.is_asked is None else self.is_asked


class LdapSettings(_Secretive):
    """`[sign_in.ldap]`: Active Directory or another directory. `ldap://` continues with StartTLS, always.

    The defaults are those of Active Directory; OpenLDAP has `uid`, `cn`, `entryUUID`. `check_s`: how often the jobs ask
    who was disabled there.
    """

    urls: tuple[str, ...] = Field(min_length=1)
    base_dn: str = Field(min_length=1)
    bind_dn: str = Field(min_length=1)
    user_filter: str = ACTIVE_DIRECTORY_FILTER
    name_attribute: str = "sAMAccountName"
    display_attribute: str = "displayName"
    id_attribute: str = "objectGUID"
    ca_file: Path | None = None
    timeout_s: int = Field(5, ge=1, le=30)
    check_s: int = Field(60, ge=10, le=3600)

    @field_validator("urls", mode="before")
    @classmethod
    def _are_urls(cls, given: Any) -> Any:
        return [one.strip() for one in given.split(",")] if isinstance(given, str) else given

    @field_validator("urls")
    @classmethod
    def _are_ldap(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            parts = urlsplit(url)
            if parts.scheme not in {"ldap", "ldaps"} or not parts.hostname or parts.path.strip("/") or "@" in url:
                raise ValueError('settings_invalid: Write urls = ["ldaps://dc1.example.org"].')
        return urls

    @field_validator("user_filter")
    @classmethod
    def _names_the_person(cls, wanted: str) -> str:
        if "{name}" not in wanted or wanted.count("(") != wanted.count(")"):
            raise ValueError("settings_invalid: A user_filter holds {name} where the person's name belongs.")
        return wanted


class OidcSettings(_Secretive):
    """`[sign_in.oidc]`: the institution's own sign-in page. The password is the client's secret there.

    `address`: under which browsers reach this server; people come back to it and to nowhere else. `domain`: names
    `ayse@domain` are `ayse` here.
    """

    issuer: str
    client_id: str = Field(min_length=1)
    address: str
    label_tr: str = Field("Kurum hesabıyla giriş yap", min_length=1, max_length=60)
    label_en: str = Field("Sign in with your institution's account", min_length=1, max_length=60)
    name_claim: str = "preferred_username"
    domain: str = ""
    scope: str = "openid profile"
    ca_file: Path | None = None
    timeout_s: float = Field(5.0, gt=0, le=30)
    leeway_s: int = Field(60, ge=0, le=600)

    @field_validator("issuer", "address")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        if not is_safe(url):
            raise ValueError("settings_invalid: Write an address that begins with https://.")
        return url.rstrip("/") if urlsplit(url).path == "/" else url

    @field_validator("address")
    @classmethod
    def _is_an_origin(cls, url: str) -> str:
        if urlsplit(url).path or urlsplit(url).query:
            raise ValueError("settings_invalid: Write https://nazar.example.org, without a path.")
        return url


class SignInSettings(_Section):
    """`[sign_in]`.

    `second_factor`: people with a password of Nazar's own need a code beside it (D-11.4a), those excepted whose roles
    are all in `second_factor_exempt`; without it each of them may set one up. Directories have factors of their own.
    `unknown_staff`: whom the directory knows and Nazar does not is refused, or gets an account without any right.
    """

    second_factor: bool = False  # a new node's clock may be wrong: nobody could get in to mend it
    second_factor_exempt: tuple[Role, ...] = ()
    is_single_session: bool = False  # a wall beside a desk is one person twice
    remembered_passwords: int = Field(5, ge=1, le=MAX_REMEMBERED_PASSWORDS)
    unknown_staff: Literal["refuse", "admit_without_rights"] = "refuse"
    policy: PolicySettings = PolicySettings()
    ldap: LdapSettings | None = None
    oidc: OidcSettings | None = None

    @field_validator("second_factor_exempt", mode="before")
    @classmethod
    def _are_roles(cls, given: Any) -> Any:
        return [one.strip() for one in given.split(",") if one.strip()] if isinstance(given, str) else given
