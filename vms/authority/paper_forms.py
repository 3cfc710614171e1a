"""The forms of viewing authority, filled in from what was entered: P-08, P-09, P-10, P-17, P-32."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from vms.audit.queries import use_of
from vms.authority.agreements.model import Agreement
from vms.authority.agreements.queries import agreement_of
from vms.authority.grants.model import Grant
from vms.authority.grants.queries import cameras_of, last_until_us, periods_of
from vms.authority.paper_people import camera_rows, camera_words, named_supervisor
from vms.authority.postings.model import Assignment, Post
from vms.authority.postings.queries import cameras_of_post
from vms.authority.postings.rows import end_us_of
from vms.authority.postings.supervisors import supervisor_missing
from vms.authority.shared_reviews.model import SharedReview
from vms.authority.shared_reviews.service import cameras_of_review, reviews, shown_due_on
from vms.documents.forms.agreement import AgreementForm
from vms.documents.forms.authority import AuthorityForm
from vms.documents.forms.form import Letter
from vms.documents.forms.posting import PostingForm, PostingRow
from vms.documents.forms.renewal import RenewalForm, RenewalRow, Wish
from vms.documents.forms.review import Decision, ReviewForm, Use
from vms.documents.model import Document
from vms.documents.naming import named, named_actor
from vms.kernel.clock import US_PER_DAY, to_datetime
from vms.kernel.days import ZONE, day_of
from vms.kernel.span import Span
from vms.people.model import Account
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.queries import account_of_person

_US_PER_HOUR = US_PER_DAY // 24
_NO_REASON = "Gözden geçirme sırasında ayrıca bir açıklama yapılmamıştır."


def agreement_form(session: Session, person: Person, day: date) -> AgreementForm:
    """P-08, for the person to sign."""
    account = account_of_person(session, person.id)
    return AgreementForm(person=named(session, person), account_name=account.name if account else "", day=day)


def authority_form(session: Session, grant: Grant) -> AuthorityForm:
    """P-09 of a grant that was activated: what was switched on, from its first period's first day to its last day."""
    person, account = session.get_one(Person, grant.person_id), session.get_one(Account, grant.account_id)
    first = periods_of(session, grant.id)[0]
    assert first.from_us is not None
    assert first.until_us is not None
    assert grant.olur_on is not None
    return AuthorityForm(
        person=named(session, person),
        account_name=account.name,
        olur=Letter(number=grant.olur_no, day=grant.olur_on),
        purpose=grant.purpose,
        first_day=day_of(first.from_us),
        last_day=day_of(first.until_us - 1),
        agreement=_agreement_words(session, agreement_of(session, person.id, day_of(first.from_us))),
        training=grant.training,
        activated_by=named_actor(session, grant.activated_by, grant.activated_by_name),
        supervisor=named_supervisor(session, person),
        cameras=camera_rows(
            session, cameras_of(session, grant.id), is_live=grant.is_live, is_playback=grant.is_playback
        ),
    )


def renewal_form(session: Session, grant: Grant, wish: Wish, addressee: str) -> RenewalForm:
    """P-10, the supervisor's letter about one person, as a draft. VmsError(CONFLICT, `supervisor_missing`)."""
    person, account = session.get_one(Person, grant.person_id), session.get_one(Account, grant.account_id)
    head = named_supervisor(session, person)
    if head is None:
        raise supervisor_missing()
    until_us = last_until_us(grant, periods_of(session, grant.id))
    row = RenewalRow(
        person=named(session, person), account_name=account.name, wish=wish,
        ends=None if until_us is None else day_of(until_us - 1),
    )  # fmt: skip
    unit = session.get_one(OrganisationUnit, person.unit_id)
    return RenewalForm(unit=unit.name, addressee=addressee, supervisor=head, people=(row,))


def posting_form(session: Session, postings: Sequence[Assignment]) -> PostingForm:
    """P-32, the list of one letter: all guards it posts. `postings`: one at least."""
    newest = postings[-1]
    places = dict.fromkeys(_place(session.get_one(Post, one.post_id)) for one in postings)
    return PostingForm(
        letter=Letter(number=newest.letter_no, day=newest.letter_on),
        site=", ".join(places)[:200],
        supervisor=named_actor(session, newest.entered_by, newest.entered_by_name),
        postings=tuple(_posting_row(session, one) for one in postings),
    )


def review_form(session: Session, review: SharedReview) -> ReviewForm:
    """P-17 of one review, with how the account was used since the one before."""
    account = session.get_one(Account, review.account_id)
    assert account.responsible_person_id is not None  # a rule of the table
    before = next((one for one in reviews(session, account.id) if one.number == review.number - 1), None)
    since_us = account.created_us if before is None else before.reviewed_us
    use = use_of(session, account.id, Span(min(since_us, review.reviewed_us - 1), review.reviewed_us))
    day, is_closed = day_of(review.reviewed_us), review.decision == Decision.CLOSE
    return ReviewForm(
        account_name=account.name,
        responsible=named(session, session.get_one(Person, account.responsible_person_id)),
        last_review=None if before is None else day_of(before.reviewed_us),
        day=day,
        use=Use(
            first_day=day_of(since_us), last_day=day, sessions=use.sessions,
            viewing_hours=round(use.watched_us / _US_PER_HOUR, 1),
            last_used=None if use.last_us is None else day_of(use.last_us),
        ),
        decision=Decision(review.decision),
        reason=review.note or _NO_REASON,
        next_due=None if is_closed else shown_due_on(day),
        reviewer=named_actor(session, None, review.reviewer),
        cameras=camera_rows(session, cameras_of_review(session, review.id), is_live=True, is_playback=False),
    )  # fmt: skip


def _posting_row(session: Session, one: Assignment) -> PostingRow:
    account, post = session.get_one(Account, one.account_id), session.get_one(Post, one.post_id)
    until_us = end_us_of(one)
    return PostingRow(
        guard=named_actor(session, account.id, account.display_name),
        post=post.name,
        cameras=camera_words(session, cameras_of_post(session, post.id)) or "—",
        shift=_shift(one.from_us, until_us),
        first_day=day_of(one.from_us),
        last_day=day_of(until_us - 1),
    )


def _shift(from_us: int, until_us: int) -> str:
    """The hours of a single shift; empty for a posting of days."""
    if until_us - from_us > US_PER_DAY:
        return ""
    return "–".join(to_datetime(at_us).astimezone(ZONE).strftime("%H.%M") for at_us in (from_us, until_us))


def _place(post: Post) -> str:
    return post.site or post.name


def _agreement_words(session: Session, agreement: Agreement | None) -> str:
    if agreement is None:
        return ""
    document = None if agreement.document_id is None else session.get(Document, agreement.document_id)
    words = f"{agreement.signed_on:%d.%m.%Y}"
    return words if document is None else f"{document.number}, {words}"
