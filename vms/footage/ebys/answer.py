"""What EBYS says of one paper: the port that the rounds speak through, the JSON of its answers."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from vms.documents.plain_text import line
from vms.footage.ebys.paper import Paper
from vms.kernel.errors import Kind, VmsError

MAX_NO_CHARACTERS = 60
_MAX_REASON_CHARACTERS = 200
_Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_NO_CHARACTERS)]


class Standing(StrEnum):
    """Where a paper stands there."""

    PENDING = "pending"  # taken, without a number yet
    NUMBERED = "numbered"
    REFUSED = "refused"  # not taken as it is
    UNKNOWN = "unknown"  # never handed over, or forgotten


class Answer(BaseModel):
    """Of one paper. `number`, `on`: once it is `numbered`. `reason`: a line for the clerk, once it is `refused`."""

    model_config = ConfigDict(frozen=True, strict=True, populate_by_name=True)

    reference: UUID
    state: Standing
    number: _Number = ""
    on: date | None = Field(None, alias="date")
    reason: Annotated[str, Field(max_length=4000)] = ""

    @model_validator(mode="after")
    def _is_whole(self) -> "Answer":
        if (self.state is Standing.NUMBERED) != bool(self.number and self.on):
            raise ValueError("a number comes with its date, once it is given")
        if not self.number.isprintable():
            raise ValueError("a number is one line")
        return self

    @property
    def reason_line(self) -> str:
        """Why it is refused, fit for a page."""
        return line(self.reason)[:_MAX_REASON_CHARACTERS]


class Ebys(Protocol):
    """The municipality's EBYS, whoever made it.

    Both raise VmsError(UNAVAILABLE): `ebys_unreachable` when no answer came, or one that it is out of order;
    `ebys_sign_in_refused`; `ebys_answer_wrong`. Either may be called again: EBYS knows a paper by its reference.
    """

    def tell(self, paper: Paper, content: bytes | None) -> Answer:
        """Hand over a paper with its file, or what it says now of one that was handed over."""
        ...

    def ask(self, reference: UUID) -> Answer:
        """Where a paper stands that was handed over."""
        ...


def answer_of(content: bytes, reference: UUID) -> Answer:
    """The answer about this paper. VmsError(UNAVAILABLE, `ebys_answer_wrong`) for anything else."""
    try:
        answer = Answer.model_validate_json(content)
    except ValidationError as err:
        raise answer_wrong("answers with what is no answer of the exchange") from err
    if answer.reference != reference:
        raise answer_wrong("answers about another paper")
    return answer


def answer_wrong(what: str) -> VmsError:
    """It answered, but not as the exchange says."""
    return VmsError(Kind.UNAVAILABLE, "ebys_answer_wrong", f"EBYS {what}.")
