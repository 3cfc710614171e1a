"""Where a paper stands with EBYS."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base


class PaperKind(StrEnum):
    """Whose number is waited for."""

    LETTER = "letter"  # of the register of incoming letters
    DOCUMENT = "document"  # of the register of printed records


class ExchangeState(StrEnum):
    """How far it is."""

    WAITING = "waiting"  # to be handed over
    TOLD = "told"  # EBYS has it, its number is asked for
    GIVEN = "given"  # the number stands in the register


class EbysProblem(StrEnum):
    """What keeps a paper from its number. It is tried again by itself, whatever it is."""

    NONE = ""
    UNREACHABLE = "unreachable"  # no answer came, or one that its server is out of order
    SETTINGS = "settings"  # our user, password or certificate file is not right
    ANSWER_WRONG = "answer_wrong"  # something else than the exchange's answers came
    FILE_UNREADABLE = "file_unreadable"  # the paper's own file is not what was kept
    REFUSED = "refused"  # EBYS does not take it as it is; detail: why
    TAKEN = "taken"  # another paper of ours has the number; detail: which
    DIFFERS = "differs"  # the register has another number, which stays


class EbysExchange(Base):
    """One paper's way to its number. `paper_id` is the reference that travels with it: never another for this paper.

    `told_sha256`: over what was handed over, or refused; corrected since, it is handed over again, under the same
    reference.
    `tries`: in a row, since it last came further; `next_us`: not before. `given_no`, `given_on`: what EBYS gave,
    whatever the register says. `detail`: the problem's, a line.
    """

    __tablename__ = "ebys_exchange"
    __table_args__ = (
        CheckConstraint("kind IN ('letter', 'document')", name="ebys_exchange_kind"),
        CheckConstraint("state IN ('waiting', 'told', 'given')", name="ebys_exchange_state"),
        CheckConstraint("state = 'waiting' OR told_sha256 IS NOT NULL", name="ebys_exchange_untold"),
        CheckConstraint("state <> 'given' OR given_no <> ''", name="ebys_exchange_without_number"),
        Index("ebys_exchange_due", "state", "next_us"),
    )

    paper_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=ExchangeState.WAITING.value)
    next_us: Mapped[int] = mapped_column(default=0)
    asked_us: Mapped[int | None] = mapped_column(default=None)
    tries: Mapped[int] = mapped_column(default=0)
    told_sha256: Mapped[bytes | None] = mapped_column(default=None)
    problem: Mapped[str] = mapped_column(default=EbysProblem.NONE.value)
    detail: Mapped[str] = mapped_column(default="")
    given_no: Mapped[str] = mapped_column(default="")
    given_on: Mapped[date | None] = mapped_column(default=None)


def contradicted() -> Select[UUID]:
    """The papers whose number in the register is another one than EBYS gave, as far as it was asked."""
    wanted = EbysExchange.state != ExchangeState.GIVEN.value, EbysExchange.problem == EbysProblem.DIFFERS.value
    return select(EbysExchange.paper_id).where(*wanted)
