"""Who calls: from the token in a cookie to a person with their rights."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from vms.authority.authority import Authority
from vms.authority.refusals import NO_GRANT, refused
from vms.authority.rules import Allowed, Basis, Mode
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.people.closed_sessions import reasons, told
from vms.people.model import Account, SignInSession
from vms.people.queries import roles_by_account, roles_of
from vms.people.roles import Action, actions_of
from vms.people.rules import Role
from vms.people.sessions import closed_why, open_session

Allowances = Mapping[UUID, Allowed]
Step = Literal["password", "second_factor", "policy"]


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in person in one session; equal when the session is the same."""

    session_id: UUID
    account_id: UUID = field(compare=False)
    name: str = field(compare=False)
    display_name: str = field(compare=False)
    roles: frozenset[Role] = field(compare=False)
    language: str = field(compare=False)
    must_change_password: bool = field(compare=False)
    session_ends_us: int = field(compare=False)
    token: str = field(repr=False, compare=False)
    must_enrol: bool = field(default=False, compare=False)
    must_accept: bool = field(default=False, compare=False)

    @property
    def next_step(self) -> Step | None:
        """What this session must do before it opens anything else."""
        if self.must_change_password:
            return "password"
        if self.must_enrol:
            return "second_factor"
        return "policy" if self.must_accept else None

    @property
    def actions(self) -> frozenset[Action]:
        """What the caller's roles let them do."""
        return actions_of(self.roles)

    def may(self, action: Action) -> bool:
        """Whether one of the caller's roles lets them do it."""
        return action in self.actions

    @property
    def may_see_health(self) -> bool:
        """Whether the node's health with all names of cameras is for them; no picture is."""
        return self.may(Action.SEE_HEALTH)


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds at one moment for people with open streams."""

    now_us: int
    open_sessions: frozenset[UUID]
    rights: Mapping[UUID, Allowances]  # by account; only of open sessions
    closed: Mapping[UUID, str] = field(default_factory=dict)  # why somebody ended a session, by session
    roles: Mapping[UUID, frozenset[Role]] = field(default_factory=dict)  # by account; who holds none is not in it

    def as_now(self, caller: Caller) -> Caller:
        """The caller with the roles of now: a stream goes on for longer than they are held."""
        return replace(caller, roles=self.roles.get(caller.account_id, frozenset()))

    def refusal(self, caller: Caller, camera_id: UUID | None, mode: Mode | None) -> VmsError | None:
        """Why a stream must end now; None when it may go on. A stream of no camera needs its session only."""
        if caller.session_id not in self.open_sessions:
            why = self.closed.get(caller.session_id)
            return session_over() if why is None else told(why)
        if camera_id is None or mode is None or self.basis(caller, camera_id, mode) is not None:
            return None
        return refused(NO_GRANT)

    def basis(self, caller: Caller, camera_id: UUID | None, mode: Mode | None) -> Basis | None:
        """What a stream stands on; None for one that needs its session only."""
        if camera_id is None:
            return None
        allowed = self.rights.get(caller.account_id, {}).get(camera_id)
        if allowed is None:
            return None
        return allowed.live if mode is Mode.LIVE else allowed.playback


class Door:
    """Tells who calls. Thread-safe; every call reads the control database (VmsError `database_unavailable`)."""

    def __init__(self, database: Database, authority: Authority, clock: Clock) -> None:
        self._database = database
        self._authority = authority
        self._clock = clock

    def caller(self, token: str) -> Caller:
        """Whose token it is; counts as use of the session.

        VmsError(UNAUTHENTICATED): `sign_in_needed`, or why somebody else ended it.
        """
        found = open_session(self._database, self._clock, token) if token else None
        if found is None:
            why = closed_why(self._database, token)
            raise why or VmsError(Kind.UNAUTHENTICATED, "sign_in_needed", "Sign in first.")
        account = found.account
        with self._database.reading() as session:
            roles = roles_of(session, account.id, self._clock.now_us())
        return Caller(
            session_id=found.id,
            account_id=account.id,
            name=account.name,
            display_name=account.display_name,
            roles=roles,
            language=account.language,
            must_change_password=account.must_change_password,
            session_ends_us=found.ends_us,
            token=token,
            must_enrol=found.must_enrol,
            must_accept=found.must_accept,
        )

    def rights(self, caller: Caller) -> Allowances:
        """What the caller may see now."""
        return self._authority.allowed(caller.account_id, self._clock.now_us())

    def why_not(self, account_id: UUID, camera_id: UUID, mode: Mode) -> VmsError | None:
        """Why the account may not see the camera now; None when it may."""
        try:
            self._authority.may(account_id, camera_id, mode, None, self._clock.now_us())
        except VmsError as err:
            return err
        return None

    def standing(self, callers: set[Caller]) -> Standing:
        """How things stand with these sessions, all in one look; counts as no use of them."""
        now_us = self._clock.now_us()
        wanted = select(SignInSession, Account.disabled_us).join(Account, Account.id == SignInSession.account_id)
        ids = [caller.session_id for caller in callers]
        with self._database.reading() as session:
            rows = session.execute(wanted.where(SignInSession.id.in_(ids))).all()
            closed = reasons(session, ids)
            roles = roles_by_account(session, {row.account_id for row, _ in rows}, now_us)
        alive = {row.id: row.account_id for row, disabled_us in rows if disabled_us is None and now_us < row.ends_us}
        rights = {account_id: self._authority.allowed(account_id, now_us) for account_id in set(alive.values())}
        return Standing(now_us, frozenset(alive), rights, closed, roles)


def session_over() -> VmsError:
    """The session ended while something of it was open."""
    return VmsError(Kind.UNAUTHENTICATED, "session_ended", "Your session has ended. Sign in again.")
