"""Which papers wait for a number of EBYS."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vms.documents.model import Document
from vms.documents.reissue import STANDS
from vms.footage.ebys.model import EbysExchange, ExchangeState, PaperKind
from vms.footage.ebys.paper import TRAVELLING, entity_of, paper_of
from vms.footage.letters.model import Channel, Letter

_STANDS = frozenset(state.value for state in STANDS)


def keep_rows(session: Session, since_us: int) -> None:
    """A row for each paper since then that waits, none for a paper that nobody waits for any more.

    A letter that did not come through EBYS waits for its scan first: that is what EBYS registers. A printed record
    waits for its chain of initials. What a person numbered before it was handed over is left to them; what was
    corrected since is handed over again at once.
    """
    known = select(EbysExchange.paper_id)
    letters = select(Letter.id).where(
        Letter.ebys_no == "", Letter.registered_us >= since_us, Letter.id.not_in(known),
        or_(Letter.channel == Channel.EBYS.value, Letter.file_sha256.is_not(None)),
    )  # fmt: skip
    papers = select(Document.id).where(
        Document.ebys_no == "", Document.issued_us >= since_us, Document.id.not_in(known), Document.turn_folded == "",
        Document.state.in_(_STANDS), Document.kind.in_([kind.value for kind in TRAVELLING]),
    )  # fmt: skip
    found = [(one, PaperKind.LETTER) for one in session.scalars(letters)]
    found += [(one, PaperKind.DOCUMENT) for one in session.scalars(papers)]
    session.add_all(EbysExchange(paper_id=paper_id, kind=kind.value) for paper_id, kind in found)
    for row in session.scalars(select(EbysExchange).where(EbysExchange.state != ExchangeState.GIVEN.value)):
        one = entity_of(session, row)
        is_over = isinstance(one, Document) and one.state not in _STANDS
        if one is None or is_over or (one.ebys_no and row.state == ExchangeState.WAITING):
            session.delete(row)
        elif row.told_sha256 not in {None, paper_of(session, one).told_sha256}:
            row.state, row.told_sha256 = ExchangeState.WAITING.value, None
            row.tries = row.next_us = 0


def due_rows(session: Session, now_us: int, most: int) -> list[EbysExchange]:
    """What may be asked now, what was asked longest ago first: a paper that hangs holds no other up for ever."""
    wanted = select(EbysExchange).where(EbysExchange.state != ExchangeState.GIVEN.value, EbysExchange.next_us <= now_us)
    first = wanted.order_by(EbysExchange.asked_us.is_not(None), EbysExchange.asked_us, EbysExchange.paper_id)
    return list(session.scalars(first.limit(most)))
