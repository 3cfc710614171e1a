"""What signing in asks beside a name with a password, as this installation decided."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from vms.kernel.clock import US_PER_SECOND
from vms.people.rules import Role

TICKET_US = 5 * 60 * US_PER_SECOND  # between the password and the code
MAX_WRONG_CODES = 5
CODE_LOCK_US = 15 * 60 * US_PER_SECOND
CLOSED_SESSION_KEPT_US = 24 * 3600 * US_PER_SECOND  # no browser shows a session for longer
RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True)
class Policy:
    """What everybody accepts before they see anything (D-11.4b): its version, its text by language."""

    version: str
    texts: Mapping[str, str]

    @property
    def digest(self) -> bytes:
        """SHA-256 of the texts: who changes a word without another version is asked for acceptance all the same."""
        told = "\0".join(f"{language}\0{self.texts[language]}" for language in sorted(self.texts))
        return hashlib.sha256(told.encode()).digest()


@dataclass(frozen=True, slots=True)
class SignInRules:
    """Nothing is asked beside the password unless a node's settings say so.

    `asks_factor`: local accounts need a second factor (D-11.4a: "MFA or AD sign-in"), those of `exempt_roles` excepted.
    `is_single_session`: a second sign-in closes the first. `remembered_passwords`: so many former ones are refused
    beside the present one. `admits_unknown_staff`: whom the directory knows and we do not gets an account without any
    right.
    """

    asks_factor: bool = False
    exempt_roles: frozenset[Role] = field(default_factory=frozenset)
    is_single_session: bool = False
    remembered_passwords: int = 5
    policy: Policy | None = None
    admits_unknown_staff: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms one session begins. `way`: how its person proved who they are, for the audit log.

    `must_enrol`, `must_accept`: until a second factor is set up, or the policy accepted, it opens nothing else.
    """

    way: str = "local"
    is_single: bool = False
    must_enrol: bool = False
    must_accept: bool = False


PLAIN = Terms()
