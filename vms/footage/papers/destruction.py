"""The record that copies are gone (P-28)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from vms.documents.forms.destruction import Copy, CopyRow, DestructionForm, Why
from vms.documents.forms.footage import MAX_HOLDS
from vms.documents.forms.form import MAX_ROWS
from vms.documents.naming import cut
from vms.documents.queries import need_document
from vms.footage.exports.model import Delivery, Export, PurgeWhy
from vms.footage.letters.model import Letter
from vms.footage.model import FootageRequest
from vms.footage.papers.parts import hold_words, letter_of, moment
from vms.kernel.clock import US_PER_SECOND

LATE_AFTER_US = 600 * US_PER_SECOND  # the job looks every few seconds: so much behind the due time something is wrong


def destruction_form(
    session: Session, request: FootageRequest, delivery: Delivery | None, exports: Sequence[Export]
) -> DestructionForm:
    """P-28 of packages of one request that went for the same reason, one at least that `had_copies`."""
    letter = session.get_one(Letter, request.letter_id)
    copies = [copy for one in exports for copy in copies_of(one)]
    why, is_delivered = Why(str(exports[0].purge_why)), exports[0].purge_why == PurgeWhy.DELIVERED
    record = need_document(session, delivery.record_id).number if delivery and is_delivered else ""
    delivered_us = delivery.delivered_us if delivery and is_delivered else None
    holds = hold_words(session, request.id)
    return DestructionForm(
        request=str(request.number), authority=cut(letter.sender_name), letter=letter_of(letter), record=record,
        why=why, delivered_at=None if delivered_us is None else moment(delivered_us),
        purged_at=moment(max(one.purged_us or 0 for one in exports)), copies=tuple(copies[:MAX_ROWS]),
        copies_in_all=len(copies), lock_released_at=None if request.closed_us is None else moment(request.closed_us),
        holds=holds[:MAX_HOLDS], holds_in_all=len(holds),
        is_late=any(is_late(one, one.purged_us or 0) for one in exports),
    )  # fmt: skip


def copies_of(one: Export) -> list[CopyRow]:
    """The files there were of a package, as its row knows them: what was removed says the same after a crash."""
    if one.sha256 is not None and one.size_bytes is not None:
        return [CopyRow(what=Copy.PACKAGE, name=f"{one.name}.zip", size_bytes=one.size_bytes, sha256=one.sha256)]
    if one.attempts:
        return [CopyRow(what=Copy.WORKING_COPY, name=f"{one.name}.zip.part", size_bytes=one.done_bytes)]
    return []  # it was never begun


def had_copies(one: Export) -> bool:
    """Whether there ever was a file of it, which its record names."""
    return one.sha256 is not None or one.attempts > 0


def is_late(one: Export, at_us: int) -> bool:
    """Whether a package that is gone, or not, at this moment should have been gone before."""
    return one.purge_due_us is not None and at_us - one.purge_due_us > LATE_AFTER_US
