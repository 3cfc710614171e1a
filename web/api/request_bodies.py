"""What callers say of requests for footage, holds."""

from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import Field

from vms.footage.holds.model import Basis
from vms.footage.holds.service import NewHold
from vms.footage.once import Once
from vms.footage.requests.rules import Claim
from vms.footage.requests.service import NewRequest
from vms.footage.rules import AuthorityKind, Origin
from vms.kernel.errors import Kind, VmsError
from web.api.asked import MAX_CAMERAS, Body, Text, TimeUs
from web.api.letters import LetterBody

MAX_INTERVALS = 500  # the rule is `vms.footage`'s; this only bounds what is looked at


class IntervalBody(Body):
    """Half-open, UTC microseconds."""

    from_us: TimeUs
    until_us: TimeUs


class KeyedBody(Body):
    """`key`: names this registration. Sent again under it, what was registered then is answered: no twin is made."""

    key: UUID | None = None

    def once(self, account_id: UUID, about: UUID | None = None) -> Once | None:
        """For the use cases: the name, what was sent under it and by whom. `about`: the case it was sent to."""
        if self.key is None:
            return None
        sent = f"{account_id}\n{about or ''}{self.model_dump_json(exclude={'key'})}"
        return Once(self.key, sha256(sent.encode()).digest())


class ScopeBody(Body):
    """Which cameras, each in every one of the intervals."""

    cameras: list[UUID] = Field(max_length=MAX_CAMERAS)
    intervals: list[IntervalBody] = Field(max_length=MAX_INTERVALS)

    def pairs(self) -> list[tuple[int, int]]:
        """The intervals for the use cases."""
        return [(one.from_us, one.until_us) for one in self.intervals]


class ClaimBody(Body):
    """On what a request stands. `authority_kind` of an external one, `olur_*` of an internal one."""

    origin: Origin
    authority_kind: AuthorityKind | None = None
    legal_basis: Text = ""
    is_judicial: bool = False
    olur_no: Text = ""
    olur_on: date | None = None
    olur_issuer: Text = ""

    def claim(self) -> Claim:
        """For the use cases."""
        return Claim(**self.model_dump())


class PreviewBody(ScopeBody):
    """What would be asked for. The letter's number, date and sender are compared with those registered."""

    served_us: TimeUs
    letter_no: Text = ""
    letter_on: date | None = None
    sender_name: Text = ""


class RequestBody(KeyedBody, ScopeBody):
    """A request on a letter: one that is registered (`letter_id`), or one that is registered with it (`letter`)."""

    claim: ClaimBody
    letter_id: UUID | None = None
    letter: LetterBody | None = None
    subject: Text
    file_no: Text = ""
    event_place: Text = ""

    def new(self) -> NewRequest:
        """For the use cases."""
        return NewRequest(
            claim=self.claim.claim(), cameras=self.cameras, intervals=self.pairs(), subject=self.subject,
            file_no=self.file_no, event_place=self.event_place,
        )  # fmt: skip

    def needed_letter(self) -> UUID:
        """The registered letter. VmsError(INVALID, `letter_missing`)."""
        if self.letter_id is None:
            raise VmsError(Kind.INVALID, "letter_missing", "A request stands on a letter. Choose it, or enter it.")
        return self.letter_id


class RequestCorrectionBody(Body):
    """How it should read; null leaves a field as it is."""

    claim: ClaimBody | None = None
    letter_id: UUID | None = None
    subject: Text | None = None
    file_no: Text | None = None
    event_place: Text | None = None


class HoldReason(Body):
    """Why footage is kept. `institution` for an unwritten request, `incident` before an investigation."""

    basis: Basis
    reason: Text
    institution: Text = ""
    contact: Text = ""
    asked_how: Text = ""
    incident: Text = ""
    place: Text = ""
    incident_us: TimeUs | None = None


class HoldBody(KeyedBody, HoldReason, ScopeBody):
    """A hold on cameras in intervals that are past."""

    def new(self, extends: UUID | None = None) -> NewHold:
        """For the use cases."""
        return NewHold(**hold_reason(self), cameras=self.cameras, intervals=self.pairs(), extends=extends)


class ExtensionBody(KeyedBody, HoldReason):
    """Why what a hold keeps is kept longer, by another hold."""


def hold_reason(body: HoldReason) -> dict[str, Any]:
    """The words of a hold without what it keeps."""
    return {name: getattr(body, name) for name in HoldReason.model_fields}
