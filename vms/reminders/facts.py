"""What the records say at one moment of things that somebody must soon do something about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from vms.people.roles import Action


@dataclass(frozen=True, slots=True)
class Reader:
    """An account somebody can sign in to, with what its roles let them do. `person_id` None: nobody's own."""

    account_id: UUID
    person_id: UUID | None
    actions: frozenset[Action]


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who works here. `language`: of their account; Turkish where they have none."""

    id: UUID
    full_name: str
    email: str
    language: str = "tr"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningGrant:
    """An active grant. `supervisor_id`: who may apply for its renewal; `has_letter`: they did, a password is missing.

    `until_us`: the end of its last written period.
    """

    id: UUID
    number: int
    person_id: UUID
    supervisor_id: UUID | None
    until_us: int
    has_letter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingGrant:
    """A grant with all its papers that nobody has activated. `entered_by`: the account that may not."""

    id: UUID
    number: int
    since_us: int
    entered_by: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsignedPaper:
    """A grant or an assignment that opens nothing for want of a signed agreement.

    `former_id`: the agreement that counted before; None: the person never signed one.
    """

    id: UUID
    person_id: UUID
    since_us: int
    former_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAccount:
    """An open account that is nobody's own. `until_us`: how long its last review counts; None: never reviewed."""

    id: UUID
    name: str
    created_us: int
    responsible_id: UUID | None
    until_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UntrainedVersion:
    """A published version of a training material, with the accounts whose persons have not said that they know it."""

    id: UUID
    title: str
    published_us: int
    account_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenLetter:
    """A letter that an account was given to act on, not done yet (D-6.13). `due_us` None: nobody said until when."""

    id: UUID
    number: int
    account_id: UUID
    assigned_us: int
    due_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsedGrant:
    """A grant that ran out in the month before this one, and nobody applied for more (D-11.5d). `until_us`: its end."""

    number: int
    person_name: str
    until_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingInitials:
    """A document that waits for a title's initials (S-1f), with the persons who bear it. `step`: from 0."""

    id: UUID
    number: str
    step: int
    since_us: int
    person_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSignature:
    """A footage request whose printed minutes (P-04) wait for the chief's or the manager's signature (D-10.1e)."""

    id: UUID
    document_id: UUID
    number: int
    since_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything that `rules.due` judges."""

    readers: Sequence[Reader] = ()
    people: Mapping[UUID, Somebody] = field(default_factory=dict)
    running: Sequence[RunningGrant] = ()
    waiting: Sequence[WaitingGrant] = ()
    unsigned: Sequence[UnsignedPaper] = ()
    shared: Sequence[SharedAccount] = ()
    untrained: Sequence[UntrainedVersion] = ()
    letters: Sequence[GivenLetter] = ()
    lapsed: Sequence[LapsedGrant] = ()
    initials: Sequence[WaitingInitials] = ()
    signatures: Sequence[WaitingSignature] = ()
