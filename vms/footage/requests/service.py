"""Registering requests for footage: what they ask for is wished to be kept in the same transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import MAX_NOTE_CHARACTERS, line, note
from vms.cameras.model import Camera
from vms.footage.availability import Found, Wanted
from vms.footage.case_events import Case, events_of, note_event, version_of
from vms.footage.duties import Duty, check_separation
from vms.footage.holds.links import link_holds
from vms.footage.letters.model import Letter, Sender
from vms.footage.letters.service import check_served
from vms.footage.locks.model import Owner
from vms.footage.locks.orders import Reason, order_locks
from vms.footage.model import CaseEvent, FootageRequest, RequestDuty, RequestItem
from vms.footage.once import Once
from vms.footage.policy import DEFAULT, Policy
from vms.footage.queries import (
    cameras_named,
    duties_of,
    items_of,
    next_number,
    requests_of_letter,
    wanted_of,
)
from vms.footage.requests.rules import Claim, check_claim
from vms.footage.rules import (
    UNDECIDED,
    AuthorityKind,
    Mark,
    Origin,
    State,
    check_intervals,
    guaranteed_window,
    outside_window,
)
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.kernel.span import Span

MAX_FILE_NO_CHARACTERS = 120
EBYS_WORDS = frozenset({"ebys_no", "ebys_on"})  # of a letter: nothing that a request stands on


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What a clerk enters. `intervals`: (from, until) in microseconds, half-open, for each of the cameras.

    `file_no`: the investigation's or the case's number, as the letter has it.
    """

    claim: Claim
    cameras: Collection[UUID]
    intervals: Collection[tuple[int, int]]
    subject: str
    file_no: str = ""
    event_place: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a request asks for, before it is looked for: its window, each camera in each interval."""

    window: Span
    cameras: dict[UUID, Camera]
    wanted: list[Wanted]


def reach_of(
    session: Session, cameras: Collection[UUID], intervals: Collection[tuple[int, int]], served_us: int
) -> Reach:
    """The guaranteed window with every item, checked. VmsError as `check_intervals`, `cameras_named`, `wanted_of`."""
    spans = check_intervals(intervals, served_us)
    found = cameras_named(session, cameras)
    return Reach(guaranteed_window(served_us), found, wanted_of(session, found.values(), spans))


def marks_of(reach: Reach, found: Collection[Found] | None = None) -> list[Mark]:
    """What the clerk is told before saving; none of it is an error (A-01, A-19).

    `found`: what a look at it showed; without one a city-view camera of today is taken for one of always.
    """
    is_outside = any(outside_window(one.span, reach.window) for one in reach.wanted)
    live = [one.is_city_view for one in reach.wanted] if found is None else [one.is_live_only for one in found]
    marks = [(Mark.OUTSIDE_GUARANTEED_WINDOW, is_outside), (Mark.LIVE_ONLY, any(live))]
    return [mark for mark, is_so in marks if is_so]


def register(
    session: Session, clock: Clock, letter: Letter, new: NewRequest, *, by: Actor, policy: Policy = DEFAULT,
    once: Once | None = None,
) -> FootageRequest:  # fmt: skip
    """A request on a letter, with the wish to keep all it asks for; tell the volumes next (`keeping.tell`).

    The service target runs from now (S-1b). Holds in force over the same footage are linked. `once`: the name that its
    client gave it; ask `done_before` first. VmsError: what `check_claim`, `reach_of` refuse; CONFLICT
    `letter_sender_differs`; INVALID `subject_required`.
    """
    now_us = clock.now_us()
    check_claim(new.claim, day_of(now_us))
    _check_sender(letter, new.claim)
    check_served(letter.on, letter.served_us, now_us)
    reach = reach_of(session, new.cameras, new.intervals, letter.served_us)
    request = _row(session, clock, letter, new, policy)
    if once is not None:
        request.sent_key, request.sent_sha256 = once.key, once.sha256
    session.add(request)
    session.flush()
    items = _add_items(session, clock, request, reach)
    _add_writers(session, clock, request, letter, by)
    add_duty(session, clock, request, Duty.REGISTER, by)
    note_event(
        session, clock, case_of(request), Act.REQUEST_REGISTERED, by, origin=request.origin,
        authority=request.authority_kind or "", letter=letter.words, cameras=len(reach.cameras), items=len(items),
        locks=len(items), window=[reach.window.start_us, reach.window.end_us], marks=[*marks_of(reach)],
    )  # fmt: skip
    link_holds(session, clock, case_of(request), [(one.camera_id, one.span) for one in items], by=by)
    return request


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCorrection:
    """How it should read; None leaves a field as it is. Cameras and intervals stay: another request asks for others.

    `letter`: another one that it stands on, as for a request that turns out to be somebody else's.
    """

    claim: Claim | None = None
    letter: Letter | None = None
    subject: str | None = None
    file_no: str | None = None
    event_place: str | None = None


def correct(
    session: Session, clock: Clock, request: FootageRequest, new: RequestCorrection, *, by: Actor,
    policy: Policy = DEFAULT,
) -> FootageRequest:  # fmt: skip
    """Correct what was entered before somebody decides on it; whoever corrects has registered it (C-7).

    VmsError: CONFLICT `request_decided` (nothing of it changes after approval, edge-43), `separation_of_duties`; what
    `register` refuses.
    """
    if State(request.state) not in UNDECIDED:
        raise VmsError(
            Kind.CONFLICT, "request_decided",
            "This request was decided as it is. Whoever asks for something else sends another letter.",
            state=request.state,
        )  # fmt: skip
    check_separation(duties_of(session, request), Duty.REGISTER, by, policy.separate)
    if new.claim is not None or new.letter is not None:
        _put_basis(session, clock, request, new, by)
    if new.subject is not None:
        request.subject = _subject(new.subject)
    if new.file_no is not None:
        request.file_no = _file_no(new.file_no)
    if new.event_place is not None:
        request.event_place = note(new.event_place)
    request.fold_words()
    add_duty(session, clock, request, Duty.REGISTER, by)
    note_event(session, clock, case_of(request), Act.REQUEST_CHANGED, by, origin=request.origin)
    return request


def check_may_register(session: Session, letter: Letter, *, by: Actor, policy: Policy = DEFAULT) -> None:
    """VmsError(CONFLICT, `separation_of_duties`) for who decides on, exports or signs what stands on this letter."""
    for request in _undecided_on(session, letter):
        check_separation(duties_of(session, request), Duty.REGISTER, by, policy.separate)


def register_again(session: Session, clock: Clock, letter: Letter, *, by: Actor) -> None:
    """Write down that `by`, who changed its letter, registered every request that nobody decided on yet (C-7)."""
    for request in _undecided_on(session, letter):
        add_duty_once(session, clock, request, Duty.REGISTER, by)


def _undecided_on(session: Session, letter: Letter) -> list[FootageRequest]:
    return [one for one in requests_of_letter(session, letter.id) if State(one.state) in UNDECIDED]


def version_of_request(session: Session, request: FootageRequest) -> int:
    """A number that grows with every change of the request or of its letter."""
    return version_of(session, [request.id, request.letter_id])


def check_seen(session: Session, request: FootageRequest, seen: int) -> None:
    """VmsError(CONFLICT, `changed_meanwhile`) unless `seen` is how it stands now: nobody decides unread."""
    version = version_of_request(session, request)
    if seen != version:
        raise VmsError(
            Kind.CONFLICT, "changed_meanwhile",
            "This request or its letter was changed since you read it. Read it again, then decide.", version=version,
        )  # fmt: skip


def case_of(request: FootageRequest) -> Case:
    """The request as what an event is about."""
    return Case("request", request.id, words_of(request))


def words_of(request: FootageRequest) -> str:
    """What people call it: on a tile, in a volume's lock, in the audit log."""
    return f"Görüntü talebi {request.number}"


def claim_of(request: FootageRequest) -> Claim:
    """On what it stands."""
    return Claim(
        origin=Origin(request.origin),
        authority_kind=None if request.authority_kind is None else AuthorityKind(request.authority_kind),
        legal_basis=request.legal_basis, is_judicial=request.is_judicial, olur_no=request.olur_no,
        olur_on=request.olur_on, olur_issuer=request.olur_issuer,
    )  # fmt: skip


def add_duty(session: Session, clock: Clock, request: FootageRequest, duty: Duty, by: Actor) -> None:
    """Write down that `by` did it, in the caller's transaction."""
    session.add(RequestDuty(new_id(clock), request.id, duty.value, by.person_id, by.name, clock.now_us()))
    session.flush()


def add_duty_once(session: Session, clock: Clock, request: FootageRequest, duty: Duty, by: Actor) -> None:
    """The same of what one person does again and again: it is written down the first time."""
    wanted = select(RequestDuty.id).where(
        RequestDuty.request_id == request.id, RequestDuty.duty == duty.value, RequestDuty.account_id == by.person_id
    )
    if session.scalars(wanted).first() is None:
        add_duty(session, clock, request, duty, by)


def _add_writers(session: Session, clock: Clock, request: FootageRequest, letter: Letter, by: Actor) -> None:
    """Whoever else entered, corrected or filed the letter before has registered what stands on it (C-7)."""
    wrote = {(one.by_id, one.by_name): one.at_us for one in events_of(session, letter.id) if _is_writing(one)}
    wrote.pop((by.person_id, by.name), None)
    session.add_all(
        RequestDuty(new_id(clock), request.id, Duty.REGISTER.value, account_id, name, at_us)
        for (account_id, name), at_us in wrote.items()
    )
    session.flush()


def _is_writing(event: CaseEvent) -> bool:
    if event.act == Act.LETTER_CHANGED:
        return not event.detail.keys() <= EBYS_WORDS
    return event.act in (Act.LETTER_REGISTERED, Act.LETTER_FILED)


def _row(session: Session, clock: Clock, letter: Letter, new: NewRequest, policy: Policy) -> FootageRequest:
    now_us = clock.now_us()
    request = FootageRequest(
        id=new_id(clock), number=next_number(session, FootageRequest), origin=new.claim.origin.value,
        authority_kind=None, letter_id=letter.id, subject=_subject(new.subject), is_judicial=new.claim.is_judicial,
        state=State.REGISTERED.value, registered_us=now_us, due_soft_us=now_us + policy.soft_us,
        due_hard_us=now_us + policy.hard_us, file_no=_file_no(new.file_no), event_place=note(new.event_place),
    )  # fmt: skip
    _put_claim(request, new.claim)
    request.fold_words()
    return request


def _put_basis(session: Session, clock: Clock, request: FootageRequest, new: RequestCorrection, by: Actor) -> None:
    claim, letter = new.claim or claim_of(request), new.letter or session.get_one(Letter, request.letter_id)
    check_claim(claim, day_of(clock.now_us()))
    _check_sender(letter, claim)
    check_intervals([(one.from_us, one.until_us) for one in items_of(session, request.id)], letter.served_us)
    if request.letter_id != letter.id:
        _add_writers(session, clock, request, letter, by)
    request.letter_id = letter.id
    _put_claim(request, claim)


def _put_claim(request: FootageRequest, claim: Claim) -> None:
    is_external = claim.origin is Origin.EXTERNAL
    request.origin, request.is_judicial = claim.origin.value, claim.is_judicial
    request.authority_kind = claim.authority_kind.value if is_external and claim.authority_kind else None
    request.legal_basis = note(claim.legal_basis)
    request.olur_no = "" if is_external else line(claim.olur_no, "olur_missing", "The Olur's number", 60)
    request.olur_on, request.olur_issuer = (None, "") if is_external else (claim.olur_on, claim.olur_issuer)


def _add_items(session: Session, clock: Clock, request: FootageRequest, reach: Reach) -> list[RequestItem]:
    """Each with its lock, whatever its camera is today: it may have been recorded before, a lock on nothing is none."""
    reason = Reason(Owner.REQUEST, request.id, words_of(request))
    lock_ids = order_locks(session, clock, reason, [(one.camera_id, one.span) for one in reach.wanted])
    items = [
        RequestItem(
            id=new_id(clock), request_id=request.id, camera_id=one.camera_id, from_us=one.span.start_us,
            until_us=one.span.end_us, lock_id=lock_id,
        )
        for one, lock_id in zip(reach.wanted, lock_ids, strict=True)
    ]  # fmt: skip
    session.add_all(items)
    session.flush()
    return items


def _check_sender(letter: Letter, claim: Claim) -> None:
    wanted = Sender.UNIT if claim.origin is Origin.INTERNAL else Sender.AUTHORITY
    if letter.sender != wanted:
        raise VmsError(
            Kind.CONFLICT, "letter_sender_differs",
            "This letter is not of whom the request is said to be. Choose another letter, or correct whose request it"
            " is.",
        )  # fmt: skip


def _subject(text: str) -> str:
    return line(text, "subject_required", "A subject", MAX_NOTE_CHARACTERS)


def _file_no(text: str) -> str:
    return line(text, "file_no_invalid", "A file number", MAX_FILE_NO_CHARACTERS) if text.strip() else ""
