"""`[initials]`: who initials which papers before they are signed."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from vms.documents.rules import Kind
from vms.kernel.turkish import folded
from vms.people.organisation_rules import MAX_TITLE_CHARACTERS

MAX_STEPS = 8  # the rooms of one row under a paper


def _checked(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Titles that tell steps apart. ValueError as settings' models say it."""
    titles = tuple(title.strip() for title in titles)
    if len(titles) > MAX_STEPS:
        raise ValueError(f"settings_invalid: At most {MAX_STEPS} titles initial a paper. Leave some out.")
    for at, title in enumerate(titles):
        if not 0 < len(title) <= MAX_TITLE_CHARACTERS or not title.isprintable():
            raise ValueError(
                f"settings_invalid: Step {at + 1} has no title of 1 to {MAX_TITLE_CHARACTERS} printable characters. "
                "Write the title as the register of persons has it."
            )
        if folded(title) in {folded(one) for one in titles[:at]}:
            raise ValueError(f"settings_invalid: The title {title} stands in it twice. Name each step once.")
    return titles


Titles = Annotated[tuple[str, ...], AfterValidator(_checked)]


class InitialsSettings(BaseModel):
    """`[initials]`: by form the titles (unvan) of a chain in its order; no chain where a form is left out.

    `P-31 = ["Teknisyen", "Mühendis", "Memur", "Müdür", "Başkan Yardımcısı"]`. A title is compared with the ones of the
    register of persons in one spelling (MÜDÜR is Müdür). A change counts for papers that are issued after it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    p_04: Titles = Field((), alias="P-04")
    p_05: Titles = Field((), alias="P-05")
    p_06: Titles = Field((), alias="P-06")
    p_07: Titles = Field((), alias="P-07")
    p_08: Titles = Field((), alias="P-08")
    p_09: Titles = Field((), alias="P-09")
    p_10: Titles = Field((), alias="P-10")
    p_16: Titles = Field((), alias="P-16")
    p_17: Titles = Field((), alias="P-17")
    p_28: Titles = Field((), alias="P-28")
    p_29: Titles = Field((), alias="P-29")
    p_31: Titles = Field((), alias="P-31")
    p_32: Titles = Field((), alias="P-32")

    @model_validator(mode="before")
    @classmethod
    def _names_forms(cls, told: Any) -> Any:
        if isinstance(told, Mapping):
            for name in told:
                if name not in set(Kind):
                    known = ", ".join(Kind)
                    raise ValueError(f"settings_invalid: There is no form {name}. Correct it: {known}.")
        return told

    def chains(self) -> dict[Kind, tuple[str, ...]]:
        """The same for the press: only forms with a chain."""
        told = {Kind(field.alias or ""): getattr(self, name) for name, field in type(self).model_fields.items()}
        return {kind: titles for kind, titles in told.items() if titles}
