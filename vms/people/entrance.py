"""The way in: a password here or in the directory, a code where one is asked for, a session on the right terms."""

import hashlib
import json
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.kernel.secrets import SecretBox
from vms.people.acting import actor_of
from vms.people.directory.port import (
    Directory,
    DirectoryPerson,
    DirectoryProver,
    LocalProver,
    NoProver,
    Prover,
    WhenClosed,
    nothing_follows,
)
from vms.people.directory.staff import create_staff_account, learn_subject, link_of, linked_account, shown_name
from vms.people.model import Account
from vms.people.passwords import PASSWORDS, Passwords
from vms.people.policy import has_accepted
from vms.people.queries import account_by_name, roles_of
from vms.people.rules import AccountKind, account_key
from vms.people.second_factor import Judged, factor_of, has_factor, judge, refusal
from vms.people.service import disable
from vms.people.sessions import begin_session, sign_out
from vms.people.sign_in import SignedIn, Tell, Untold, proved, sign_in_failed, telling
from vms.people.sign_in_model import DirectoryLink
from vms.people.sign_in_rules import TICKET_US, SignInRules, Terms

DIRECTORY = Actor(None, "directory")


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody signs in. `former_token`: the session this browser had before, which ends with a new one."""

    address: str
    former_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Ticket:
    """The password was right, the code is missing. Sealed; it stands for this account with this very password."""

    sealed: str = field(repr=False)
    until_us: int


class Entrance:
    """Lets people in. Thread-safe; blocks while a hash is reckoned or a directory is asked.

    `directory` None: everybody has a password of Nazar's own. `when_closed`: what follows when it closed somebody.
    `tell`, in its methods: see `sign_in.telling`.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        rules: SignInRules,
        box: SecretBox,
        directory: Directory | None = None,
        *,
        passwords: Passwords = PASSWORDS,
        when_closed: WhenClosed = nothing_follows,
    ) -> None:
        self._database = database
        self._clock = clock
        self.rules = rules
        self._box = box
        self._directory = directory
        self._passwords = passwords
        self._when_closed = when_closed

    def asks_directory(self, name: str) -> bool:
        """Whether the directory will be asked about this name, which may take its time-out."""
        account, link = self._looked_up(name)
        return self._directory is not None and (account is None or (link is not None and link.way == "ldap"))

    def sign_in(self, name: str, password: str, browser: Browser, tell: Tell | None = None) -> SignedIn | Ticket:
        """A session, or a ticket for the code that is still missing.

        VmsError as `proved`, with UNAVAILABLE `directory_unavailable`. A wrong name and a wrong password are told
        apart by nothing.
        """
        account, link = self._looked_up(name)
        stranger = Actor(None, "", None, browser.address)
        with telling(self._database, self._clock, tell):
            if account is None and self._directory is not None and self.rules.admits_unknown_staff:
                return self._admit_unknown(self._directory, name, password, browser)
            prover = self._prover(name, account, link)
            try:
                return proved(
                    self._database, self._clock, name, password, stranger, prover,
                    lambda session, own: self._passed(session, own, prover, browser),
                )  # fmt: skip
            finally:
                self._close_if_gone(account, prover)

    def give_code(self, ticket: str, code: str, browser: Browser, tell: Tell | None = None) -> SignedIn:
        """A session for who has a ticket with a right code. Wrong ones are counted.

        VmsError: UNAUTHENTICATED `sign_in_expired`; FORBIDDEN `code_wrong`, `second_factor_locked`.
        """
        account_id, mark = self._opened(ticket)
        with self._database.writing() as session:
            own = session.get(Account, account_id)
            if own is None or own.disabled_us is not None or _mark_of(own) != mark:
                raise _expired()
            by = actor_of(own, address=browser.address)
            judged = judge(session, self._clock, self._box, own, code, by)
            if judged is Judged.RIGHT:
                return self._begin(session, own, browser, "local+code")
            factor = factor_of(session, own.id)
        told = refusal(judged, factor)
        if judged is Judged.LOCKED:
            with telling(self._database, self._clock, tell):
                raise Untold(told, own, by, "code_locked")
        raise told

    def by_provider(self, person: DirectoryPerson, browser: Browser, tell: Tell | None = None) -> SignedIn:
        """A session for whom the institution's provider vouches. VmsError FORBIDDEN `staff_unknown`."""
        with telling(self._database, self._clock, tell), self._database.writing() as session:
            own = linked_account(session, "oidc", person)
            if own is None and self.rules.admits_unknown_staff:
                own = self._new_account(session, person, "oidc")
            if own is None or own.disabled_us is not None:
                stranger = Actor(None, "", None, browser.address)
                raise Untold(_unknown(), own, stranger, "unknown_name" if own is None else "account_disabled")
            learn_subject(session, self._clock, own, person, actor_of(own, address=browser.address))
            return self._begin(session, own, browser, "oidc")

    def open_first(self, session: Session, account: Account, browser: Browser) -> SignedIn:
        """The first administrator's first session, as part of the transaction that made the account."""
        return self._begin(session, account, browser, "first_run")

    def _looked_up(self, name: str) -> tuple[Account | None, DirectoryLink | None]:
        with self._database.reading() as session:
            account = account_by_name(session, name)
            return account, link_of(session, account.id) if account else None

    def _prover(self, name: str, account: Account | None, link: DirectoryLink | None) -> Prover:
        key = account_key(name)
        if link is not None and link.way == "oidc":
            return NoProver(self._passwords)
        if self._directory is None or key is None or (account is not None and link is None):
            return LocalProver(self._passwords)  # of a linked account without a directory no hash is stored: no
        return DirectoryProver(self._directory, self._passwords, key, link.subject if link else None)

    def _passed(self, session: Session, own: Account, prover: Prover, browser: Browser) -> SignedIn | Ticket:
        """What follows the right password, in the transaction that made sure of it."""
        if isinstance(prover, DirectoryProver):
            assert prover.found is not None
            learn_subject(session, self._clock, own, prover.found, actor_of(own, address=browser.address))
            return self._begin(session, own, browser, "ldap")
        if has_factor(session, own.id):
            return self._ticket(own)
        return self._begin(session, own, browser, "local")

    def _begin(self, session: Session, own: Account, browser: Browser, way: str) -> SignedIn:
        rules = self.rules
        must_enrol = self._needs_factor(session, own) and not has_factor(session, own.id)
        must_accept = rules.policy is not None and not has_accepted(session, own.id, rules.policy)
        if browser.former_token:
            sign_out(session, self._clock, browser.former_token, address=browser.address, is_replaced=True)
        is_single = rules.is_single_session and own.kind == AccountKind.PERSONAL
        terms = Terms(way, is_single, must_enrol, must_accept)
        return SignedIn(own, begin_session(session, self._clock, own.id, browser.address, terms))

    def _needs_factor(self, session: Session, own: Account) -> bool:
        """Whether the password alone is not enough. Directories have factors of their own; a wall has no telephone."""
        if not self.rules.asks_factor or own.kind != AccountKind.PERSONAL or link_of(session, own.id):
            return False
        held = roles_of(session, own.id, self._clock.now_us())
        return not held or not held <= self.rules.exempt_roles

    def _admit_unknown(self, directory: Directory, name: str, password: str, browser: Browser) -> SignedIn:
        """A session for whom the directory knows and we do not: an account without any right is made."""
        stranger, key = Actor(None, "", None, browser.address), account_key(name)
        self._passwords.is_right(None, password)
        person = directory.ask(key, password) if key else None
        if person is None or person.is_closed:
            raise Untold(sign_in_failed(), None, stranger, "unknown_name")
        with self._database.writing() as session:
            own = linked_account(session, "ldap", person) or self._new_account(session, person, "ldap")
            if own.disabled_us is not None:
                raise Untold(sign_in_failed(), own, stranger, "account_disabled")
            return self._begin(session, own, browser, "ldap")

    def _new_account(self, session: Session, person: DirectoryPerson, way: str) -> Account:
        name = account_key(person.name)
        if name is None:
            raise _unknown()
        shown = shown_name(person, name)
        return create_staff_account(session, self._clock, name, shown, way, subject=person.subject, by=DIRECTORY)

    def _close_if_gone(self, account: Account | None, prover: Prover) -> None:
        """Close at once whom the directory has closed; the jobs would find them within a minute."""
        found = prover.found if isinstance(prover, DirectoryProver) else None
        if account is not None and account.disabled_us is None and found is not None and found.is_closed:
            with self._database.writing() as session:
                disable(session, self._clock, account, by=DIRECTORY)
                self._when_closed(session, account, DIRECTORY)

    def _ticket(self, own: Account) -> Ticket:
        until_us = self._clock.now_us() + TICKET_US
        told = {"account": own.id.hex, "mark": _mark_of(own), "until_us": until_us}
        return Ticket(self._box.seal(json.dumps(told)).decode("ascii"), until_us)

    def _opened(self, ticket: str) -> tuple[UUID, str]:
        try:
            told = json.loads(self._box.open(ticket.encode("ascii", "replace")))
            account_id, mark, until_us = UUID(told["account"]), str(told["mark"]), int(told["until_us"])
        except (
            VmsError,
            ValueError,
            KeyError,
            TypeError,
        ) as err:  # none of ours, or a flow's: sealed with the same key
            raise _expired() from err
        if self._clock.now_us() >= until_us:
            raise _expired()
        return account_id, mark


def _mark_of(account: Account) -> str:
    """Changes with the password, so that a ticket dies with it."""
    return hashlib.sha256(f"{account.password_set_us}\0{account.password_hash}".encode()).hexdigest()


def _expired() -> VmsError:
    return VmsError(Kind.UNAUTHENTICATED, "sign_in_expired", "This took too long. Enter name and password again.")


def _unknown() -> VmsError:
    return VmsError(
        Kind.FORBIDDEN, "staff_unknown", "You have no account here. Ask your administrator to open one for you."
    )
