"""Holds (muhafaza): what keeps footage without letting it out; what guards asked to be kept."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.cameras.model import Camera  # its table is referred to
from vms.kernel.database import Base
from vms.kernel.span import Span
from vms.kernel.turkish import folded
from vms.people.model import Account  # its table is referred to


class Basis(StrEnum):
    """What a hold stands on."""

    UNWRITTEN_REQUEST = "unwritten_request"  # D-10.1f
    PRE_INVESTIGATION = "pre_investigation"  # D-10.2b


class HoldState(StrEnum):
    """Where a hold stands (requirements 8.3). `void`: it came too late, nothing was there to keep (edge-61)."""

    OPEN = "open"  # its record is not signed; it keeps all the same (edge-70)
    ACTIVE = "active"
    RELEASED = "released"
    EXPIRED = "expired"
    VOID = "void"


IN_FORCE = frozenset({HoldState.OPEN, HoldState.ACTIVE})


class Hold(Base):
    """A legal act that keeps footage for 90 days (A-10). Its end never changes: longer is another hold (A-12, edge-68).

    `institution`, `contact`, `asked_how`: who asked without a letter. `incident`, `place`, `incident_us`: what an
    investigation is expected of. `extends_id`: the hold it carries on. `decision_*`: of an early release, with the
    registered letter that it is. `ended_why`: in the words of who released it; the state says how else it ended.
    `ask_id`: the guard's wish it answers. `record_id`: its printed record (P-05, P-06), once there is one. `looked_us`:
    when it was seen that its locks keep something (edge-72); None: not yet. `sent_*`: see `once.Once`. `words_folded`:
    what it is found by, in the one spelling of searching.
    """

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint("basis IN ('unwritten_request', 'pre_investigation')", name="hold_basis"),
        CheckConstraint("state IN ('open', 'active', 'released', 'expired', 'void')", name="hold_state"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_required"),
        CheckConstraint("basis <> 'unwritten_request' OR length(trim(institution)) > 0", name="institution_required"),
        CheckConstraint("basis <> 'pre_investigation' OR length(trim(incident)) > 0", name="incident_required"),
        CheckConstraint("ends_us > starts_us", name="hold_ends_before_it_begins"),
        CheckConstraint(
            "ends_us - starts_us <= 7862400000000", name="hold_too_long"
        ),  # 91 days: the 90th ends at 24:00
        CheckConstraint("(state IN ('released', 'expired', 'void')) = (ended_us IS NOT NULL)", name="hold_ended"),
        Index("hold_number", "number", unique=True),
        Index("hold_state_of", "state"),
        Index("hold_extends", "extends_id"),
        Index("hold_decision", "decision_letter_id"),
        Index("hold_sent", "sent_key", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    basis: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str]
    starts_us: Mapped[int]
    ends_us: Mapped[int]
    placed_by: Mapped[UUID | None]
    placed_by_name: Mapped[str]
    institution: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    asked_how: Mapped[str] = mapped_column(default="")
    incident: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    incident_us: Mapped[int | None] = mapped_column(default=None)
    extends_id: Mapped[UUID | None] = mapped_column(ForeignKey("hold.id"), default=None)
    ask_id: Mapped[UUID | None] = mapped_column(ForeignKey("hold_ask.id"), default=None)
    record_id: Mapped[UUID | None] = mapped_column(default=None)
    looked_us: Mapped[int | None] = mapped_column(default=None)
    sent_key: Mapped[UUID | None] = mapped_column(default=None)
    sent_sha256: Mapped[bytes | None] = mapped_column(default=None)
    signed_us: Mapped[int | None] = mapped_column(default=None)
    signed_by_name: Mapped[str] = mapped_column(default="")
    ended_us: Mapped[int | None] = mapped_column(default=None)
    ended_why: Mapped[str] = mapped_column(default="")
    decision_no: Mapped[str] = mapped_column(default="")
    decision_on: Mapped[date | None] = mapped_column(default=None)
    decision_letter_id: Mapped[UUID | None] = mapped_column(default=None)
    words_folded: Mapped[str] = mapped_column(default="", repr=False)

    def fold_words(self) -> None:
        """To be called once it is written: nothing that it is found by changes later."""
        said = self.number, self.institution, self.incident, self.place, self.reason
        self.words_folded = folded(" ".join(str(one) for one in said if one))


class HoldItem(Base):
    """One camera in one interval that a hold is for.

    `lock_id`: of the first wish for it; None: nothing of it existed. `found`: what did (`availability.found_json`).
    """

    __tablename__ = "hold_item"
    __table_args__ = (
        CheckConstraint("until_us > from_us", name="hold_interval_empty"),
        Index("hold_item_of", "hold_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hold_id: Mapped[UUID] = mapped_column(ForeignKey(Hold.id))
    camera_id: Mapped[UUID] = mapped_column(ForeignKey(Camera.id))
    from_us: Mapped[int]
    until_us: Mapped[int]
    lock_id: Mapped[UUID | None] = mapped_column(ForeignKey("lock_order.id"))
    found: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default_factory=dict)

    @property
    def span(self) -> Span:
        """The interval."""
        return Span(self.from_us, self.until_us)


class HoldRequest(Base):
    """That a written request came for what a hold keeps: both keep it now (8.3, edge-64)."""

    __tablename__ = "hold_request"
    __table_args__ = (Index("hold_request_of", "request_id"),)

    hold_id: Mapped[UUID] = mapped_column(ForeignKey(Hold.id), primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("footage_request.id"), primary_key=True)
    linked_us: Mapped[int]


class HoldAsk(Base):
    """A guard's or an officer's wish that footage be kept (R-9). It keeps nothing: whoever may place holds answers it.

    `incident_id`: the incident note it was written with, where there is one. `answer`: words; `answered_us` with
    `hold_id` None: it was not followed.
    """

    __tablename__ = "hold_ask"
    __table_args__ = (
        CheckConstraint("until_us > from_us", name="hold_ask_empty"),
        CheckConstraint("length(trim(reason)) > 0", name="hold_ask_reason"),
        Index("hold_ask_waiting", "answered_us"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    account_name: Mapped[str]
    camera_id: Mapped[UUID] = mapped_column(ForeignKey(Camera.id))
    from_us: Mapped[int]
    until_us: Mapped[int]
    reason: Mapped[str]
    asked_us: Mapped[int]
    incident_id: Mapped[UUID | None] = mapped_column(default=None)
    answered_us: Mapped[int | None] = mapped_column(default=None)
    answered_by_name: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    hold_id: Mapped[UUID | None] = mapped_column(default=None)
