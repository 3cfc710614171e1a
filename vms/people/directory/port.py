"""What signing in asks: is this name with this password who they say."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.kernel.errors import Kind, VmsError
from vms.people.model import Account
from vms.people.passwords import Passwords


@dataclass(frozen=True, slots=True)
class DirectoryPerson:
    """Somebody as the directory has them. Groups are not asked for: roles and rights are decided here (D-1.3c)."""

    subject: str
    name: str
    display_name: str
    is_closed: bool = False


# What follows in the same transaction when the directory has closed somebody: the papers that stand above people.
WhenClosed = Callable[[Session, Account, Actor], None]


def nothing_follows(_session: Session, _account: Account, _by: Actor) -> None:
    """Where no papers are kept."""


class Directory(Protocol):
    """The institution's directory. VmsError(UNAVAILABLE, `directory_unavailable`) when it cannot answer."""

    def ask(self, name: str, password: str, *, may_prove: bool = True) -> DirectoryPerson | None:
        """Who `name` is when `password` is theirs; None when it is not, or nobody has the name.

        Whom the directory has closed is told as closed, whatever the password. `may_prove` False: takes as long and
        tells nothing; the password is not tried on anybody.
        """
        ...

    def find(self, subjects: Collection[str]) -> Mapping[str, DirectoryPerson]:
        """Those of `subjects` that the directory has."""
        ...


class Prover(Protocol):
    """Judges one attempt to sign in. `account` None (or closed): takes as long and says no."""

    def is_right(self, account: Account | None, password: str) -> bool:
        """Whether `password` proves its giver to be the account's person."""
        ...

    def fresh_hash(self, account: Account, password: str) -> str | None:
        """The hash to store from now on; None when the stored one stays."""
        ...


class LocalProver:
    """By the account's own hash."""

    def __init__(self, passwords: Passwords) -> None:
        self._passwords = passwords

    def is_right(self, account: Account | None, password: str) -> bool:
        """See `Prover`. VmsError `sign_in_busy`."""
        return self._passwords.is_right(account.password_hash if account else None, password)

    def fresh_hash(self, account: Account, password: str) -> str | None:
        """See `Prover`."""
        return self._passwords.hash(password) if self._passwords.is_outdated(account.password_hash) else None


class NoProver:
    """For people who have no password here: their provider asks for it on its own page."""

    def __init__(self, passwords: Passwords) -> None:
        self._passwords = passwords

    def is_right(self, account: Account | None, password: str) -> bool:  # noqa: ARG002 - the port's
        """See `Prover`; always no."""
        self._passwords.is_right(None, password)
        return False

    def fresh_hash(self, account: Account, password: str) -> str | None:  # noqa: ARG002 - the port's
        """See `Prover`."""
        return None


class DirectoryProver:
    """By the directory. A hash of ours is reckoned beside it, so that the time does not tell who is where.

    `subject`: whom the account belongs to; None while that is not known. `found`: what the directory said.
    """

    def __init__(self, directory: Directory, passwords: Passwords, name: str, subject: str | None = None) -> None:
        self._directory = directory
        self._passwords = passwords
        self._name = name
        self._subject = subject
        self.found: DirectoryPerson | None = None

    def is_right(self, account: Account | None, password: str) -> bool:
        """See `Prover`. VmsError `sign_in_busy`, `directory_unavailable`."""
        self._passwords.is_right(None, password)
        self.found = self._directory.ask(self._name, password, may_prove=account is not None)
        if account is None or self.found is None or self.found.is_closed:
            return False
        return self._subject in {None, self.found.subject}  # else the name belongs to somebody else by now

    def fresh_hash(self, account: Account, password: str) -> str | None:  # noqa: ARG002 - the port's
        """See `Prover`."""
        return None


def unavailable(what: str) -> VmsError:
    """The directory cannot answer."""
    return VmsError(
        Kind.UNAVAILABLE,
        "directory_unavailable",
        f"The institution's sign-in service {what}. Try again, or use an account of Nazar's own.",
    )
