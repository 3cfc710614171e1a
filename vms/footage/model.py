"""Requests for footage with what they ask for, who did which duty, what happened to them."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import vms.footage.holds.model
import vms.footage.letters.application_model
import vms.footage.locks.model  # noqa: F401 - all of them belong to the same schema
from vms.cameras.model import Camera  # its table is referred to
from vms.footage.letters.model import Letter
from vms.kernel.database import Base
from vms.kernel.span import Span
from vms.kernel.turkish import folded
from vms.people.model import Account  # its table is referred to


class FootageRequest(Base):
    """A request for footage (görüntü talebi). Rows go from state to state, never away.

    `number`: what people call it by. `authority_kind`: of an external one (D-10.1a). `olur_*`: of an internal one; the
    letter's file is then the Olur's (D-4.5a). `legal_basis`: what an authority that is none of the four stands on.
    `due_soft_us`, `due_hard_us`: the service target. `officer_id`: whose work it is. `return_until_us`: until when
    missing papers are waited for. `laws`: those the decision quotes (`service_entry.Law`), as they were called then.
    `answer_*`: the letter that told the outcome. `withdrawal_letter_id`: the registered one by which it was taken back.
    `sent_*`: see `once.Once`. `words_folded`: what it is found by beside its letter's, in one spelling.
    """

    __tablename__ = "footage_request"
    __table_args__ = (
        CheckConstraint(
            "state IN ('registered', 'returned', 'approved', 'available', 'partially_available', 'unavailable',"
            " 'prepared', 'delivered', 'refused', 'closed')",
            name="request_state",
        ),
        CheckConstraint("origin IN ('external', 'internal')", name="request_origin"),
        CheckConstraint("(origin = 'external') = (authority_kind IS NOT NULL)", name="request_authority_missing"),
        CheckConstraint(
            "authority_kind IS NULL OR authority_kind IN ('civil_administrator', 'prosecutor', 'law_enforcement',"
            " 'court', 'other_official')",
            name="not_an_authority",
        ),
        CheckConstraint("origin = 'external' OR length(olur_no) > 0", name="olur_missing"),  # D-4.5a
        CheckConstraint("NOT (origin = 'internal' AND is_judicial)", name="judicial_event_needs_authority"),  # D-4.5b
        CheckConstraint(
            "authority_kind IS NULL OR authority_kind <> 'other_official' OR length(legal_basis) > 0",
            name="legal_basis_missing",
        ),
        CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="request_outcome"),
        CheckConstraint("(state = 'returned') = (return_until_us IS NOT NULL)", name="request_returned"),
        Index("footage_request_number", "number", unique=True),
        Index("footage_request_letter", "letter_id"),
        Index("footage_request_withdrawal", "withdrawal_letter_id"),
        Index("footage_request_officer", "officer_id"),
        Index("footage_request_state", "state"),
        Index("footage_request_sent", "sent_key", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    origin: Mapped[str]
    authority_kind: Mapped[str | None]
    letter_id: Mapped[UUID] = mapped_column(ForeignKey(Letter.id))
    subject: Mapped[str]
    is_judicial: Mapped[bool]
    state: Mapped[str]
    registered_us: Mapped[int]
    due_soft_us: Mapped[int]
    due_hard_us: Mapped[int]
    file_no: Mapped[str] = mapped_column(default="")
    event_place: Mapped[str] = mapped_column(default="")
    legal_basis: Mapped[str] = mapped_column(default="")
    olur_no: Mapped[str] = mapped_column(default="")
    olur_on: Mapped[date | None] = mapped_column(default=None)
    olur_issuer: Mapped[str] = mapped_column(default="")
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id), default=None)
    assigned_us: Mapped[int | None] = mapped_column(default=None)
    reviewed_us: Mapped[int | None] = mapped_column(default=None)
    decision: Mapped[str] = mapped_column(default="")
    missing: Mapped[list[str]] = mapped_column(sa.JSON, default_factory=list)
    laws: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default_factory=list)
    return_until_us: Mapped[int | None] = mapped_column(default=None)
    is_late: Mapped[bool] = mapped_column(default=False)
    searched_us: Mapped[int | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    closed_us: Mapped[int | None] = mapped_column(default=None)
    answer_no: Mapped[str] = mapped_column(default="")
    answer_on: Mapped[date | None] = mapped_column(default=None)
    withdrawal_letter_id: Mapped[UUID | None] = mapped_column(default=None)
    sent_key: Mapped[UUID | None] = mapped_column(default=None)
    sent_sha256: Mapped[bytes | None] = mapped_column(default=None)
    words_folded: Mapped[str] = mapped_column(default="", repr=False)

    def fold_words(self) -> None:
        """To be called whenever something that it is found by was written."""
        said = self.number, self.subject, self.file_no, self.event_place
        self.words_folded = folded(" ".join(str(one) for one in said if one))


class RequestItem(Base):
    """One camera in one interval that a request asks for. What is asked never changes.

    `lock_id`: of the first wish for it; None: of a city-view camera that was asked for when those got none. `found`:
    what existed when it was looked for (`availability.found_json`).
    """

    __tablename__ = "request_item"
    __table_args__ = (
        CheckConstraint("until_us > from_us", name="interval_empty"),
        Index("request_item_of", "request_id"),
        Index("request_item_camera", "camera_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey(FootageRequest.id))
    camera_id: Mapped[UUID] = mapped_column(ForeignKey(Camera.id))
    from_us: Mapped[int]
    until_us: Mapped[int]
    lock_id: Mapped[UUID | None] = mapped_column(ForeignKey("lock_order.id"), default=None)
    found: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON, default=None)

    @property
    def span(self) -> Span:
        """The interval."""
        return Span(self.from_us, self.until_us)


class RequestDuty(Base):
    """That somebody did a duty for a request (`duties.Duty`). Rows are only added: C-7 looks at all of them."""

    __tablename__ = "request_duty"
    __table_args__ = (
        CheckConstraint("duty IN ('register', 'approve', 'export', 'sign', 'deliver')", name="request_duty_kind"),
        Index("request_duty_of", "request_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey(FootageRequest.id))
    duty: Mapped[str]
    account_id: Mapped[UUID | None]
    name: Mapped[str]
    at_us: Mapped[int]


class CaseEvent(Base):
    """One line of a case's custody: of a letter, a request, a hold, an application. Rows are only added.

    `entry_id`: the entry of the audit log that says the same and proves it; `sequence`: its number there, which is the
    order of events. `detail`: codes and numbers for the console to put into words.
    """

    __tablename__ = "case_event"
    __table_args__ = (Index("case_event_of", "case_id", "sequence", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID]
    sequence: Mapped[int]
    at_us: Mapped[int]
    act: Mapped[str]
    by_id: Mapped[UUID | None]
    by_name: Mapped[str]
    entry_id: Mapped[UUID]
    detail: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default_factory=dict)
