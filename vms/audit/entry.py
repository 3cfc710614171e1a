"""One act as it is told, before it has a place in the chain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from vms.audit.rules import OK, Act


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `person_id` None: a program, or somebody on the server's own command line.

    `name`: what the person was called then, as the watermark spells it; names change, entries do not. `address`: where
    the call came from.
    """

    person_id: UUID | None
    name: str
    session_id: UUID | None = None
    address: str = ""


UNNAMED = Actor(None, "")  # a caller that did not say; production code always says (tests/audit/test_who_acts.py)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act was about: its kind, its id, and in words what it was called then."""

    kind: str
    id: str = ""
    words: str = ""


NOTHING = Subject("")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What is told of one act.

    `from_us`, `until_us`: of what time the pictures were; of a live view that is when it was open. `basis`,
    `basis_id`: the right a view stood on. `outcome`: `ok`, or the code of the refusal. `refers_to`: id of an earlier
    entry that this one completes. `id`, `at_us`: given where they must be known before, or where the act was earlier
    than its entry; else made when the entry is written. Never a secret, a token or an address of a camera.
    """

    act: Act
    actor: Actor
    subject: Subject = NOTHING
    camera_id: UUID | None = None
    mode: str = ""
    stream: str = ""
    from_us: int | None = None
    until_us: int | None = None
    basis: str = ""
    basis_id: UUID | None = None
    outcome: str = OK
    refers_to: UUID | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
    id: UUID | None = None
    at_us: int | None = None
