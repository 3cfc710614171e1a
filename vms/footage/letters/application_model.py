"""Applications of citizens and companies: answered, never with footage."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base
from vms.kernel.turkish import folded


class Applicant(StrEnum):
    """Who applies, and for what."""

    CITIZEN = "citizen"
    COMPANY = "company"
    PUBLIC_BODY = "public_body"
    DATA_SUBJECT = "data_subject"  # KVKK 6698 art. 11: answered by the legal side


class ApplicationChannel(StrEnum):
    """How it came (S-9)."""

    CIMER = "cimer"
    CALL_CENTRE = "call_centre"
    E_MUNICIPALITY = "e_municipality"
    MOBILE = "mobile"
    WEB = "web"
    PETITION = "petition"  # dilekçe


class Application(Base):
    """An application (başvuru). No footage goes out on it: it is referred to the police or the prosecutor (S-1g).

    `due_us`: the end of the fifteenth day. `reference`: the channel's own number. `words_folded`: what it is found by,
    in the one spelling of searching.
    """

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint("kind IN ('citizen', 'company', 'public_body', 'data_subject')", name="application_kind"),
        CheckConstraint(
            "channel IN ('cimer', 'call_centre', 'e_municipality', 'mobile', 'web', 'petition')",
            name="application_channel",
        ),
        CheckConstraint("(answered_us IS NULL) = (answer = '')", name="application_answer"),
        Index("application_number", "number", unique=True),
        Index("application_open", "answered_us", "due_us"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    kind: Mapped[str]
    channel: Mapped[str]
    applicant: Mapped[str]
    subject: Mapped[str]
    received_us: Mapped[int]
    due_us: Mapped[int]
    registered_us: Mapped[int]
    registered_by: Mapped[UUID | None]
    registered_by_name: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    answered_us: Mapped[int | None] = mapped_column(default=None)
    answered_by_name: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    answer_no: Mapped[str] = mapped_column(default="")
    answer_on: Mapped[date | None] = mapped_column(default=None)
    words_folded: Mapped[str] = mapped_column(default="", repr=False)

    def fold_words(self) -> None:
        """To be called once it is written: nothing that it is found by changes later."""
        said = self.number, self.applicant, self.subject, self.reference
        self.words_folded = folded(" ".join(str(one) for one in said if one))
