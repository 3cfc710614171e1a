"""What all forms have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from vms.documents.plain_text import line, prose
from vms.documents.rules import Kind

MAX_ROWS = 500
MAX_LAWS = 20
_MAX_LINE, _MAX_PROSE = 200, 4_000


def _some(text: str) -> str:
    if not text:
        raise ValueError("form_field_empty: Nothing printable is left of this text. Fill it in.")
    return text


Line = Annotated[str, StringConstraints(max_length=_MAX_LINE), AfterValidator(line), AfterValidator(_some)]
OptionalLine = Annotated[str, StringConstraints(max_length=_MAX_LINE), AfterValidator(line)]
Prose = Annotated[str, StringConstraints(max_length=_MAX_PROSE), AfterValidator(prose), AfterValidator(_some)]
OptionalProse = Annotated[str, StringConstraints(max_length=_MAX_PROSE), AfterValidator(prose)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
SizeBytes = Annotated[int, Field(ge=0, le=2**63 - 1)]


class Part(BaseModel):
    """A part of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(Part):
    """Somebody as papers name them. `registry_no`: the institution's own number (sicil no), never needed twice."""

    name: Line
    registry_no: OptionalLine = ""
    title: OptionalLine = ""
    unit: OptionalLine = ""


class Letter(Part):
    """An official letter or an Olur, by number with date."""

    number: Line
    day: date


@dataclass(frozen=True, slots=True)
class Block:
    """Room for one signature: in what quality somebody signs, who, with which title. Empty lines are for a pen."""

    caption: str
    name: str = ""
    title: str = ""


class Form(Part):
    """One kind of paper. What it holds is data to its template: no letter of it is ever read as markup.

    `basis`: the line under every page that says by which rule the paper exists. `has_text`: whether a versioned
    legal text is printed with it.
    """

    kind: ClassVar[Kind]
    title: ClassVar[str]
    basis: ClassVar[str]
    has_text: ClassVar[bool] = False

    def subject_line(self) -> str:
        """What the paper is about in one line (Konu)."""
        return self.title

    def addressed_to(self) -> str:
        """Whom a letter is addressed to, in the dative; empty for what is no letter."""
        return ""

    def sums(self) -> Mapping[str, Any]:
        """What the template needs beside the fields, totals and differences: values such as fields have."""
        return {}

    def blocks(self) -> list[Block]:
        """Who signs, from left to right, from top to bottom."""
        raise NotImplementedError
