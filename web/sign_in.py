"""What the sign-in of this installation is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet

from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.secrets import SecretBox
from vms.people.directory.port import Directory, WhenClosed, nothing_follows
from vms.people.entrance import Entrance
from vms.people.passwords import PASSWORDS, Passwords
from vms.people.sign_in_rules import SignInRules

if TYPE_CHECKING:
    from vms.people.directory.oidc import OidcProvider  # only who has one loads what it takes

OIDC_BACK = "/api/v1/session/oidc/back"


def _own_box() -> SecretBox:
    """A box whose key nobody else has: what it seals ends with this process."""
    return SecretBox(Fernet.generate_key())


@dataclass(frozen=True, slots=True)
class SignInParts:
    """Without settings: local accounts, a password and nothing else.

    `box`: seals second factors; a node gives its own, or they end with the process. `provider_labels`: what the button
    of the institution's own page says, by language. `first_run_code`: the file with the code of the set-up page.
    """

    rules: SignInRules = field(default_factory=SignInRules)
    box: SecretBox = field(default_factory=_own_box)
    directory: Directory | None = None
    provider: "OidcProvider | None" = None
    provider_labels: Mapping[str, str] = field(default_factory=dict)
    first_run_code: Path | None = None
    passwords: Passwords = PASSWORDS
    when_closed: WhenClosed = nothing_follows

    def entrance(self, database: Database, clock: Clock) -> Entrance:
        """The way in through all of it."""
        return Entrance(
            database, clock, self.rules, self.box, self.directory, passwords=self.passwords,
            when_closed=self.when_closed,
        )  # fmt: skip
