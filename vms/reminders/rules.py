"""What waits for somebody, who that is: pure decisions from records with the clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from vms.authority.grants.rules import next_mark
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import day_of, days_left, months_later, start_us
from vms.people.roles import Action
from vms.reminders.facts import (
    GivenLetter,
    LapsedGrant,
    Reader,
    Records,
    RunningGrant,
    SharedAccount,
    UnsignedPaper,
    UntrainedVersion,
    WaitingGrant,
    WaitingInitials,
    WaitingSignature,
)

APPROVAL_DAYS = 3  # whoever approves gets a mail about what waits so long; the console tells it at once
INITIALS_DAYS = 1  # likewise: most are given the same day, by whoever has the console open
SIGNATURE_DAYS = 1  # likewise; an authority waits for what lies ready
SOON_DAYS = 7
NOTICE_DAYS = 10  # a report stands in the console for so long; by mail it still goes out later in its month
GIVEN = 1  # the mark of what is told once when it comes, whatever time is left
OVER = 0  # the mark of what is late, or needs no counting


class ReminderKind(StrEnum):
    """What is waited for."""

    GRANT_ENDS = "grant_ends"  # of the person: the unit supervisor must apply
    PASSWORD_WAITS = "password_waits"  # noqa: S105 - a renewal whose letter is there: the person's new password
    STAFF_GRANT_ENDS = "staff_grant_ends"  # of the supervisor who must apply (D-11.5b)
    APPROVAL_WAITS = "approval_waits"
    AGREEMENT_MISSING = "agreement_missing"  # of the person who must sign (D-11.2b)
    STAFF_AGREEMENT_MISSING = "staff_agreement_missing"  # of those who record signatures
    REVIEW_DUE = "review_due"  # D-11.6
    TRAINING_MISSING = "training_missing"  # D-17.1c
    LETTER_GIVEN = "letter_given"  # havale without a due time (D-6.13)
    LETTER_DUE = "letter_due"  # havale with one
    INITIALS_WAIT = "initials_wait"  # of whose title the turn is (S-1f)
    SIGNATURE_WAITS = "signature_waits"  # minutes of delivery, of whoever signs for the unit (D-10.1e)
    UNRENEWED_MONTH = "unrenewed_month"  # what ran out in the month before without an application (D-11.5d, R-12)


class Urgency(StrEnum):
    """How soon somebody should act, the most urgent first."""

    LATE = "late"  # something does not work any more, or not yet
    SOON = "soon"  # it will not within a week
    WAITING = "waiting"


_ENDS = frozenset({
    ReminderKind.GRANT_ENDS, ReminderKind.STAFF_GRANT_ENDS, ReminderKind.PASSWORD_WAITS, ReminderKind.REVIEW_DUE,
    ReminderKind.LETTER_DUE,
})  # fmt: skip
_NOBODY = UUID(int=0)  # a report is about no single thing
_RANKS = {urgency: rank for rank, urgency in enumerate(Urgency)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that waits for people. Says when, never why or what may be seen: it may travel by mail.

    It is for the persons of `person_ids` and the accounts of `account_ids` with all whose duties include `duty`, the
    account `not_by` excepted. `subject_id`: the grant, the shared account, the person, the training, the document
    it is about; `number`, `name`: what people call that. `lapsed`: what a report lists.
    `at_us`: the end that is near, or the moment the waiting began; `days`: how far away that is, negative once an end
    is past. `occasion`: what makes it another reminder when it comes again. `is_for_mail`: worth a mail already; before
    that only who looks into the console is told. `is_for_console`: False once nobody needs to see it there any more.
    """

    kind: ReminderKind
    subject_id: UUID
    at_us: int
    days: int
    mark: int
    occasion: str
    person_ids: frozenset[UUID] = frozenset()
    account_ids: frozenset[UUID] = frozenset()
    duty: Action | None = None
    not_by: UUID | None = None
    number: int | None = None
    name: str = ""
    lapsed: tuple[LapsedGrant, ...] = ()
    is_for_mail: bool = True
    is_for_console: bool = True

    @property
    def urgency(self) -> Urgency:
        """How soon it should be done."""
        if self.kind not in _ENDS:
            return Urgency.WAITING
        if self.mark == OVER:
            return Urgency.LATE
        return Urgency.SOON if self.days <= SOON_DAYS else Urgency.WAITING

    @property
    def order(self) -> tuple[int, int, str, int, str]:
        """Its place in a list: the most urgent first, of ends the nearest."""
        return _RANKS[self.urgency], self.days, self.kind, self.number or 0, self.key

    @property
    def key(self) -> str:
        """The same for the same reminder, however often it is worked out."""
        return f"{self.kind}:{self.subject_id}:{self.occasion}:{self.mark}"

    def is_for(self, reader: Reader) -> bool:
        """Whether it waits for whoever is signed in to this account."""
        if reader.account_id in self.account_ids or reader.person_id in self.person_ids:
            return True
        return self.duty is not None and self.duty in reader.actions and reader.account_id != self.not_by

    def persons(self, readers: Iterable[Reader]) -> frozenset[UUID]:
        """All persons it waits for."""
        signed_in = {one.person_id for one in readers if one.person_id is not None and self.is_for(one)}
        return self.person_ids | signed_in


def due(records: Records, now_us: int) -> list[Due]:
    """Everything that waits for somebody now; the most urgent first. The same records and time give the same list."""
    found = [
        *(one for grant in records.running for one in _ending(grant, records, now_us)),
        *(_approval(grant, now_us) for grant in records.waiting),
        *_unsigned(records, now_us),
        *(one for account in records.shared for one in _review(account, now_us)),
        *(_training(one, now_us) for one in records.untrained if one.account_ids),
        *(_given(letter, now_us) for letter in records.letters),
        *(_initials(one, now_us) for one in records.initials if one.person_ids),
        *(_signature(one, now_us) for one in records.signatures),
        *_report(records.lapsed, now_us),
    ]
    return sorted(found, key=lambda one: one.order)


def _ending(grant: RunningGrant, records: Records, now_us: int) -> Iterator[Due]:
    left = days_left(grant.until_us, now_us)
    mark = next_mark(left)
    if mark is None:
        return
    yield Due(
        kind=ReminderKind.PASSWORD_WAITS if grant.has_letter else ReminderKind.GRANT_ENDS, subject_id=grant.id,
        at_us=grant.until_us, days=left, mark=mark, occasion=str(grant.until_us),
        person_ids=frozenset({grant.person_id}), number=grant.number,
    )  # fmt: skip
    if grant.supervisor_id is not None and not grant.has_letter:
        yield Due(
            kind=ReminderKind.STAFF_GRANT_ENDS, subject_id=grant.id, at_us=grant.until_us, days=left, mark=mark,
            occasion=str(grant.until_us), person_ids=frozenset({grant.supervisor_id}), number=grant.number,
            name=_name(records, grant.person_id),
        )  # fmt: skip


def _approval(grant: WaitingGrant, now_us: int) -> Due:
    """From the moment the last paper came: whoever may activate it need not wait for a mail to learn of it."""
    days = max(0, (now_us - grant.since_us) // US_PER_DAY)
    return Due(
        kind=ReminderKind.APPROVAL_WAITS, subject_id=grant.id, at_us=grant.since_us, days=days, mark=APPROVAL_DAYS,
        occasion=str(grant.since_us), duty=Action.ACTIVATE_GRANT, not_by=grant.entered_by, number=grant.number,
        is_for_mail=days >= APPROVAL_DAYS,
    )  # fmt: skip


def _unsigned(records: Records, now_us: int) -> Iterator[Due]:
    """One for each person, however many of their papers rest."""
    of_person: dict[UUID, UnsignedPaper] = {}
    for paper in records.unsigned:
        known = of_person.get(paper.person_id)
        if known is None or (paper.since_us, paper.id) < (known.since_us, known.id):
            of_person[paper.person_id] = paper
    for person_id, paper in of_person.items():
        days = max(0, (now_us - paper.since_us) // US_PER_DAY)
        occasion = f"{paper.id}:{paper.former_id or 'first'}"
        yield Due(
            kind=ReminderKind.AGREEMENT_MISSING, subject_id=person_id, at_us=paper.since_us, days=days, mark=OVER,
            occasion=occasion, person_ids=frozenset({person_id}),
        )  # fmt: skip
        yield Due(
            kind=ReminderKind.STAFF_AGREEMENT_MISSING, subject_id=person_id, at_us=paper.since_us, days=days, mark=OVER,
            occasion=occasion, duty=Action.RECORD_AGREEMENT, name=_name(records, person_id),
        )  # fmt: skip


def _review(account: SharedAccount, now_us: int) -> Iterator[Due]:
    """Before its end, once after it, once for an account that was never reviewed: its pictures are dark until then."""
    left = 0 if account.until_us is None else days_left(account.until_us, now_us)
    mark = OVER if account.until_us is None or left < 0 else next_mark(left)
    if mark is None:
        return
    responsible = frozenset[UUID]() if account.responsible_id is None else frozenset({account.responsible_id})
    yield Due(
        kind=ReminderKind.REVIEW_DUE, subject_id=account.id, days=left, mark=mark,
        at_us=account.created_us if account.until_us is None else account.until_us,
        occasion="first" if account.until_us is None else str(account.until_us), person_ids=responsible,
        duty=Action.REVIEW_SHARED_ACCOUNT, name=account.name,
    )  # fmt: skip


def _training(version: UntrainedVersion, now_us: int) -> Due:
    """One for a published version, for everybody who has not said that they know it."""
    return Due(
        kind=ReminderKind.TRAINING_MISSING, subject_id=version.id, at_us=version.published_us,
        days=max(0, (now_us - version.published_us) // US_PER_DAY), mark=OVER, occasion="once",
        account_ids=version.account_ids, name=version.title,
    )  # fmt: skip


def _given(letter: GivenLetter, now_us: int) -> Due:
    """Told to whom it was given each time they get it, and again once it is late."""
    giving = f"{letter.account_id}:{letter.assigned_us}"
    if letter.due_us is None:
        return Due(
            kind=ReminderKind.LETTER_GIVEN, subject_id=letter.id, at_us=letter.assigned_us, mark=GIVEN,
            days=max(0, (now_us - letter.assigned_us) // US_PER_DAY), occasion=giving,
            account_ids=frozenset({letter.account_id}), number=letter.number,
        )  # fmt: skip
    is_late = letter.due_us <= now_us
    left = days_left(letter.due_us, now_us)
    return Due(
        kind=ReminderKind.LETTER_DUE, subject_id=letter.id, at_us=letter.due_us, mark=OVER if is_late else GIVEN,
        days=min(left, -1) if is_late else left, occasion=giving,
        account_ids=frozenset({letter.account_id}), number=letter.number,
    )  # fmt: skip


def _initials(one: WaitingInitials, now_us: int) -> Due:
    """One for each step of a chain, for all who bear its title: whoever comes first initials, and it is over."""
    days = max(0, (now_us - one.since_us) // US_PER_DAY)
    return Due(
        kind=ReminderKind.INITIALS_WAIT, subject_id=one.id, at_us=one.since_us, days=days, mark=OVER,
        occasion=str(one.step), person_ids=one.person_ids, name=one.number, is_for_mail=days >= INITIALS_DAYS,
    )  # fmt: skip


def _signature(one: WaitingSignature, now_us: int) -> Due:
    """One for each printing of the minutes."""
    days = max(0, (now_us - one.since_us) // US_PER_DAY)
    return Due(
        kind=ReminderKind.SIGNATURE_WAITS, subject_id=one.id, at_us=one.since_us, days=days, mark=OVER,
        occasion=str(one.document_id), duty=Action.SIGN_RECORD, number=one.number, is_for_mail=days >= SIGNATURE_DAYS,
    )  # fmt: skip


def month_before(now_us: int) -> tuple[int, int]:
    """The month before this one, as the municipality counts: its first moment, the first one after it."""
    first = day_of(now_us).replace(day=1)
    return start_us(months_later(first, -1)), start_us(first)


def _report(lapsed: Sequence[LapsedGrant], now_us: int) -> Iterator[Due]:
    """One for each month, for the head and the manager of the surveillance unit; none for a month without any."""
    if not lapsed:
        return
    begun_us, over_us = month_before(now_us)
    days = max(0, (now_us - over_us) // US_PER_DAY)
    month = f"{day_of(begun_us):%Y-%m}"
    listed = tuple(sorted(lapsed, key=lambda one: (one.until_us, one.number)))
    yield Due(
        kind=ReminderKind.UNRENEWED_MONTH, subject_id=_NOBODY, at_us=over_us, days=days, mark=OVER, occasion=month,
        duty=Action.WITHDRAW_GRANT, name=month, lapsed=listed, is_for_console=days < NOTICE_DAYS,
    )  # fmt: skip


def _name(records: Records, person_id: UUID) -> str:
    found = records.people.get(person_id)
    return "" if found is None else found.full_name
