"""Where a paper stands with EBYS, as the API shows it."""

from datetime import date

from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.documents.model import Document
from vms.footage.ebys.model import EbysExchange, EbysProblem, ExchangeState
from vms.footage.ebys.taking_over import is_same
from vms.footage.letters.model import Letter


class EbysRow(BaseModel):
    """`state`: to be handed over, handed over, or numbered. `problem` empty: none; `detail`: a line of it, or empty.

    `given_no`, `given_on`: what EBYS gave where the register does not say the same. `next_us`: when it is tried again.
    """

    state: ExchangeState
    problem: EbysProblem
    detail: str
    given_no: str
    given_on: date | None
    next_us: int | None


def ebys_row(session: Session, one: Letter | Document) -> EbysRow | None:
    """None where EBYS is not asked for it."""
    row = session.get(EbysExchange, one.id)
    return None if row is None else _row(row, one.ebys_no)


def _row(row: EbysExchange, noted: str) -> EbysRow:
    """A contradiction that a person has put right is none any more, though EBYS was not asked again yet."""
    is_settled = bool(row.given_no) and is_same(row.given_no, noted)
    is_over = is_settled or row.state == ExchangeState.GIVEN
    return EbysRow(
        state=ExchangeState.GIVEN if is_settled else ExchangeState(row.state),
        problem=EbysProblem.NONE if is_over else EbysProblem(row.problem), detail="" if is_over else row.detail,
        given_no="" if is_settled else row.given_no, given_on=None if is_settled else row.given_on,
        next_us=None if is_over else row.next_us,
    )  # fmt: skip
