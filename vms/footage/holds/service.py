"""Holds: placed, signed, released early, expired, extended by another one.

A hold is effective as soon as the volumes are told (`keeping.tell`), signed or not (edge-70).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.queries import latest_us
from vms.audit.rules import Act
from vms.authority.acts import MAX_NOTE_CHARACTERS, line, note
from vms.documents.model import Document
from vms.documents.queries import need_document
from vms.documents.reissue import standing
from vms.documents.rules import Kind as Form
from vms.documents.rules import State as DocumentState
from vms.footage.availability import Found, found_json
from vms.footage.case_events import note_event
from vms.footage.duties import Done, Duty, check_separation, check_signer
from vms.footage.holds.links import case_of_hold, words_of_hold
from vms.footage.holds.model import IN_FORCE, Basis, Hold, HoldItem, HoldState
from vms.footage.letters.model import Letter
from vms.footage.letters.service import need_filed_letter
from vms.footage.locks.model import Owner
from vms.footage.locks.orders import Reason, order_locks, release_locks
from vms.footage.once import Once
from vms.footage.policy import DEFAULT, Policy
from vms.footage.queries import next_number
from vms.footage.rules import hold_end_us
from vms.kernel.clock import US_PER_DAY, Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.rules import Role

RECORDS = {Basis.UNWRITTEN_REQUEST: Form.UNWRITTEN_HOLD, Basis.PRE_INVESTIGATION: Form.INVESTIGATION_HOLD}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHold:
    """What a clerk enters. Which fields a basis needs: `check_new`. `extends`: the hold it carries on (A-12)."""

    basis: Basis
    reason: str
    cameras: Collection[UUID]
    intervals: Collection[tuple[int, int]]
    institution: str = ""
    contact: str = ""
    asked_how: str = ""
    incident: str = ""
    place: str = ""
    incident_us: int | None = None
    extends: UUID | None = None


def check_new(new: NewHold) -> None:
    """Refuse a hold without what its basis needs (edge-62).

    VmsError(INVALID): `reason_required`, `institution_required` (D-10.1f), `incident_required` (D-10.2b).
    """
    line(new.reason, "reason_required", "A reason", MAX_NOTE_CHARACTERS)
    if new.basis is Basis.UNWRITTEN_REQUEST:
        line(new.institution, "institution_required", "The institution that asks")
    else:
        line(new.incident, "incident_required", "The incident", MAX_NOTE_CHARACTERS)


def place(
    session: Session, clock: Clock, new: NewHold, found: Sequence[Found], *, by: Actor, is_all_seen: bool = True,
    once: Once | None = None,
) -> Hold:  # fmt: skip
    """Keep what exists of cameras and intervals for 90 days from now (A-09, A-10). `found`: just read.

    What is missing is stated with its cause; a hold on nothing is none. `is_all_seen` False: a volume was away, so
    everything that is asked for is kept, found or not. VmsError: CONFLICT `nothing_to_hold` (edge-61), `hold_state`
    (the hold it extends is over already); NOT_FOUND `hold_not_found`; what `check_new` refuses.
    """
    check_new(new)
    kept = [one for one in found if one.recordings or not is_all_seen]
    if not kept:
        raise nothing_to_hold(found)
    if new.extends is not None:
        _need_in_force(session, new.extends)
    hold = entered(session, clock, new, found, kept, by=by, once=once)
    note_event(
        session, clock, case_of_hold(hold), Act.HOLD_PLACED, by, basis=hold.basis, institution=hold.institution,
        ends_us=hold.ends_us, items=len(found), covered_us=sum(one.covered_us for one in found),
        extends=str(new.extends or ""),
    )  # fmt: skip
    return hold


def entered(
    session: Session, clock: Clock, new: NewHold, found: Sequence[Found], kept: Sequence[Found], *, by: Actor,
    once: Once | None = None,
) -> Hold:  # fmt: skip
    """The rows of a hold that begins now, with a lock ordered for each of `kept`; on nothing it is void at once."""
    starts_us = max(clock.now_us(), latest_us(session))  # or a clock that stands behind would end it early
    hold = Hold(
        id=new_id(clock), number=next_number(session, Hold), basis=new.basis.value, reason=new.reason.strip(),
        state=HoldState.OPEN.value, starts_us=starts_us, ends_us=hold_end_us(starts_us), placed_by=by.person_id,
        placed_by_name=by.name, institution=note(new.institution), contact=note(new.contact),
        asked_how=note(new.asked_how), incident=note(new.incident), place=note(new.place), incident_us=new.incident_us,
        extends_id=new.extends, sent_key=once.key if once else None, sent_sha256=once.sha256 if once else None,
    )  # fmt: skip
    hold.fold_words()
    if not kept:
        hold.state, hold.looked_us = HoldState.VOID.value, starts_us
        hold.ended_us = starts_us
    session.add(hold)
    session.flush()
    _add_items(session, clock, hold, found, kept)
    return hold


def sign(
    session: Session, clock: Clock, hold: Hold, roles: Collection[Role], record: UUID | None, *, by: Actor,
    policy: Policy = DEFAULT,
) -> Hold:  # fmt: skip
    """Its record (P-05, P-06) is signed by şef or müdür of the surveillance unit, who is `by` (D-10.1e).

    `record`: the document, handed back signed; None: the one that was printed last and counts. Without a signed paper
    nothing is signed (D-0.2), and the footage is kept all the same. VmsError: CONFLICT `supervisor_signature_missing`,
    `hold_state`, `separation_of_duties` (who placed it), `hold_record_missing`, `hold_record_wrong`,
    `hold_record_unsigned`; NOT_FOUND `document_not_found`.
    """
    check_signer(roles)
    _need_state(hold, HoldState.OPEN)
    check_separation([Done(Duty.REGISTER, hold.placed_by, hold.placed_by_name)], Duty.SIGN, by, policy.separate)
    paper = standing(session, hold.record_id) if record is None else need_document(session, record)
    hold.record_id = _checked_record(hold, paper).id
    hold.state, hold.signed_us, hold.signed_by_name = HoldState.ACTIVE.value, clock.now_us(), by.name
    note_event(session, clock, case_of_hold(hold), Act.HOLD_SIGNED, by, record=str(hold.record_id))
    return hold


def release(
    session: Session, clock: Clock, hold: Hold, decision_id: UUID | None, why: str, roles: Collection[Role], *,
    by: Actor,
) -> Hold:  # fmt: skip
    """Let go before its end, by written decision of who signs holds (8.3). Tell the volumes next.

    `decision_id`: whose letter it is by, or the unit's own, registered with its file (D-0.2). VmsError: CONFLICT
    `supervisor_signature_missing`, `hold_state`, `letter_unfiled`, `release_decision_old`; INVALID
    `release_decision_missing`, `reason_required`; NOT_FOUND `letter_not_found`.
    """
    check_signer(roles)
    _need_state(hold, *IN_FORCE)
    decision = _decision(session, hold, decision_id)
    hold.decision_no, hold.decision_on, hold.decision_letter_id = decision.no, decision.on, decision.id
    why = line(why, "reason_required", "A reason", MAX_NOTE_CHARACTERS)
    _end(session, clock, hold, HoldState.RELEASED, why)
    note_event(session, clock, case_of_hold(hold), Act.HOLD_RELEASED, by, decision=decision.words, why=why)
    return hold


def expire(session: Session, clock: Clock, *, by: Actor) -> list[Hold]:
    """End every hold whose end is past; other locks on the same footage stay (edge-63, 64, 66). Idempotent."""
    wanted = select(Hold).where(Hold.ended_us.is_(None), Hold.ends_us <= clock.now_us())
    ended = list(session.scalars(wanted.order_by(Hold.ends_us, Hold.number)))
    for hold in ended:
        _end(session, clock, hold, HoldState.EXPIRED)
        note_event(session, clock, case_of_hold(hold), Act.HOLD_EXPIRED, by, ends_us=hold.ends_us)
    return ended


def make_void(session: Session, clock: Clock, hold: Hold, *, by: Actor) -> Hold:
    """It came too late: what it was placed on went before the volumes were told. Its lock goes."""
    _need_state(hold, *IN_FORCE)
    _end(session, clock, hold, HoldState.VOID)
    note_event(session, clock, case_of_hold(hold), Act.HOLD_VOID, by)
    return hold


def refuse_longer(hold: Hold, ends_us: int) -> None:
    """VmsError(CONFLICT, `hold_end_fixed`): the end of a hold never changes, longer or shorter (A-12, edge-68)."""
    if ends_us == hold.ends_us:
        return
    raise VmsError(
        Kind.CONFLICT, "hold_end_fixed",
        "The end of a hold never changes. Place another hold with its own reason and record, which carries it on.",
    )  # fmt: skip


def refuse_export(_hold: Hold) -> None:
    """Always VmsError(CONFLICT, `written_request_missing`): a hold keeps, it never lets out (D-10.1f, edge-69)."""
    raise VmsError(
        Kind.CONFLICT, "written_request_missing",
        "A hold keeps footage, it gives none out. Footage is given on a written request: register its letter.",
    )  # fmt: skip


def unsigned_since(session: Session, before_us: int) -> list[Hold]:
    """Open holds that were placed before `before_us` and have no signed record yet (edge-70)."""
    wanted = select(Hold).where(Hold.state == HoldState.OPEN.value, Hold.starts_us < before_us)
    return list(session.scalars(wanted.order_by(Hold.starts_us, Hold.number)))


def overdue_before_us(now_us: int, days: int) -> int:
    """Holds placed before this moment should have been signed by now."""
    return now_us - days * US_PER_DAY


def nothing_to_hold(found: Sequence[Found]) -> VmsError:
    """The refusal of a hold on footage that is gone, with the causes; P-07 is offered (edge-61)."""
    causes = sorted({hole.cause for one in found for hole in one.missing})
    return VmsError(
        Kind.CONFLICT, "nothing_to_hold",
        "Nothing of this exists any more. A record that it could not be reached (P-07) can be made instead.",
        causes=causes, offer="P-07",
    )  # fmt: skip


def _add_items(session: Session, clock: Clock, hold: Hold, found: Sequence[Found], kept: Sequence[Found]) -> None:
    """One lock for each item that exists in part: its whole interval, for what is being written belongs to it."""
    spans = [(one.wanted.camera_id, one.wanted.span) for one in kept]
    reason = Reason(Owner.HOLD, hold.id, words_of_hold(hold))
    lock_ids = dict(zip(map(id, kept), order_locks(session, clock, reason, spans), strict=True))
    session.add_all(
        HoldItem(
            id=new_id(clock), hold_id=hold.id, camera_id=one.wanted.camera_id, from_us=one.wanted.span.start_us,
            until_us=one.wanted.span.end_us, lock_id=lock_ids.get(id(one)), found=found_json(one),
        )
        for one in found
    )  # fmt: skip
    session.flush()


def _checked_record(hold: Hold, document: Document | None) -> Document:
    """Only this hold's own record, handed back signed, is what its signature stands on (D-0.2)."""
    if document is None:
        raise VmsError(
            Kind.CONFLICT, "hold_record_missing",
            "The record of this hold (P-05, P-06) is not printed. Print it, have it signed, upload the signed file.",
        )  # fmt: skip
    if (document.kind, document.subject_id) != (RECORDS[Basis(hold.basis)], str(hold.id)):
        raise VmsError(
            Kind.CONFLICT, "hold_record_wrong",
            "This document is not the record of this hold. Choose its own P-05 or P-06.", form=document.kind,
        )  # fmt: skip
    if document.state != DocumentState.SIGNED:
        raise VmsError(
            Kind.CONFLICT, "hold_record_unsigned",
            "The record of this hold was not handed back signed. Upload the signed file to the document first.",
            state=document.state,
        )  # fmt: skip
    return document


def _decision(session: Session, hold: Hold, decision_id: UUID | None) -> Letter:
    if decision_id is None:
        raise VmsError(
            Kind.INVALID, "release_decision_missing",
            "A hold ends early by a written decision. Have it registered with its file in the register of letters, then"
            " choose it.",
        )  # fmt: skip
    decision = need_filed_letter(session, decision_id)
    if decision.on < day_of(hold.starts_us):
        raise VmsError(
            Kind.CONFLICT, "release_decision_old",
            "This paper is older than the hold, so it does not end it. Choose the decision that was made since.",
        )  # fmt: skip
    return decision


def _end(session: Session, clock: Clock, hold: Hold, state: HoldState, why: str = "") -> None:
    hold.state, hold.ended_us, hold.ended_why = state.value, clock.now_us(), why
    release_locks(session, clock, hold.id)


def _need_in_force(session: Session, hold_id: UUID) -> None:
    hold = session.get(Hold, hold_id)
    if hold is None:
        raise VmsError(Kind.NOT_FOUND, "hold_not_found", "There is no such hold. Reload the list.")
    _need_state(hold, *IN_FORCE)


def _need_state(hold: Hold, *wanted: HoldState) -> None:
    if hold.state not in wanted:
        raise VmsError(
            Kind.CONFLICT, "hold_state", f"The hold is {hold.state}: this cannot be done with it. Look how it is now.",
            state=hold.state,
        )  # fmt: skip
