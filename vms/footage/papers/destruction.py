"""The record that copies are gone (P-28)."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from vms.audit.rules import Act
from vms.documents.forms.destruction import Copy, CopyRow, DestructionForm, Taken, TakenRow, Why
from vms.documents.forms.footage import MAX_HOLDS
from vms.documents.forms.form import MAX_ROWS
from vms.documents.naming import cut, named_actor
from vms.documents.queries import need_document
from vms.footage.case_events import events_of
from vms.footage.exports.model import Delivery, Export, PurgeWhy
from vms.footage.exports.queries import parts_of
from vms.footage.letters.model import Letter
from vms.footage.model import FootageRequest
from vms.footage.papers.keeping import kept_now
from vms.footage.papers.parts import letter_of, moment
from vms.kernel.clock import US_PER_SECOND

_TAKEN = {
    Act.EXPORT_BEGUN: Taken.BEGUN, Act.EXPORT_PART_GIVEN: Taken.BEGUN, Act.EXPORT_TAKEN: Taken.WHOLE,
    Act.EXPORT_PASSPHRASE_SHOWN: Taken.PASSPHRASE,
}  # fmt: skip
LATE_AFTER_US = 600 * US_PER_SECOND  # the job looks every few seconds: so much behind the due time something is wrong


def destruction_form(
    session: Session, request: FootageRequest, delivery: Delivery | None, exports: Sequence[Export]
) -> DestructionForm:
    """P-28 of packages of one request that went for the same reason, one at least that `had_copies`.

    Copies that left this server stand in the minutes of what was delivered, here of what was not.
    """
    letter = session.get_one(Letter, request.letter_id)
    copies = [copy for one in exports for copy in copies_of(one)]
    why, is_delivered = Why(str(exports[0].purge_why)), exports[0].purge_why == PurgeWhy.DELIVERED
    record = need_document(session, delivery.record_id).number if delivery and is_delivered else ""
    delivered_us = delivery.delivered_us if delivery and is_delivered else None
    taken = [] if is_delivered else list(_taken(session, request, exports))
    spans = [(part.camera.id, part.span) for one in exports for part in parts_of(session, one)]
    kept = kept_now(session, request.id, spans)
    return DestructionForm(
        request=str(request.number), authority=cut(letter.sender_name), letter=letter_of(letter), record=record,
        why=why, delivered_at=None if delivered_us is None else moment(delivered_us),
        purged_at=moment(max(one.purged_us or 0 for one in exports)), copies=tuple(copies[:MAX_ROWS]),
        copies_in_all=len(copies), taken=tuple(taken[:MAX_ROWS]), taken_in_all=len(taken),
        lock_released_at=None if request.closed_us is None else moment(request.closed_us),
        is_kept_by_request=kept.by_request, is_kept_by_others=kept.by_others, holds=tuple(kept.holds[:MAX_HOLDS]),
        holds_in_all=len(kept.holds),
        is_late=any(is_late(one, one.purged_us or 0) for one in exports),
    )  # fmt: skip


def _taken(session: Session, request: FootageRequest, exports: Sequence[Export]) -> Iterator[TakenRow]:
    """Copies that left before they were let go, with who saw what opens them; nothing where no byte left."""
    events = [one for one in events_of(session, request.id) if one.act in _TAKEN]
    for package in [one.name for one in exports]:
        last = {
            (one.by_id, one.by_name, _TAKEN[Act(one.act)]): one.at_us
            for one in events
            if one.detail.get("package") == package
        }
        has_left = any(what is not Taken.PASSPHRASE for _, _, what in last)
        for (by_id, name, what), at_us in last.items() if has_left else ():
            if what is not Taken.BEGUN or (by_id, name, Taken.WHOLE) not in last:
                yield TakenRow(package=package, what=what, by=named_actor(session, by_id, name), at=moment(at_us))


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
