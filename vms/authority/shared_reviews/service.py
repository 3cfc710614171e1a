"""Six-monthly reviews of accounts that are nobody's own: what keeps a control room's wall alive (D-11.6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority import refusals
from vms.authority.acts import line, note, tell
from vms.authority.grants.grantees import check_cameras, check_holder
from vms.authority.grants.rules import GRANT_DAYS, olur_missing
from vms.authority.rights import Paper as RightPaper
from vms.authority.rights import Wanted, settle
from vms.authority.rules import Source
from vms.authority.shared_reviews.model import Decision, SharedReview, SharedReviewCamera
from vms.kernel.clock import Clock
from vms.kernel.days import day_of, end_us, months_later
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.acting import subject_of
from vms.people.model import Account
from vms.people.roles import Paper
from vms.people.rules import AccountKind
from vms.people.service import disable

REVIEW_MONTHS = 6  # article 11(6)
REMIND_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """What the reviewer decides. `cameras` stay; `olur`: what those stand on that no review before named."""

    reviewer: str
    decision: Decision
    cameras: Collection[UUID] = ()
    note: str = ""
    olur: str = ""


def review(session: Session, clock: Clock, account: Account, new: NewReview, *, by: Actor) -> SharedReview:
    """Record a review: live pictures of its cameras until the end of the day six months on (month arithmetic: edge-87).

    `close` disables the account. VmsError: CONFLICT `not_shared`, `olur_missing` (a camera that the review before did
    not name, without an Olur); INVALID `reviewer_missing`, `cameras_missing`; what `check_holder` refuses.
    """
    if account.kind == AccountKind.PERSONAL:
        raise VmsError(Kind.CONFLICT, "not_shared", "This account is one person's. Its rights come from an Olur.")
    now_us = clock.now_us()
    check_holder(session, account, Paper.REVIEW, now_us)
    closes = new.decision is Decision.CLOSE
    cameras = [] if closes else check_cameras(session, new.cameras)
    former = last_review(session, account.id)
    before = set() if former is None else set(cameras_of_review(session, former.id))
    if not set(cameras) <= before and not new.olur.strip():
        raise olur_missing()
    made = SharedReview(
        id=new_id(clock), account_id=account.id, number=1 if former is None else former.number + 1, reviewed_us=now_us,
        until_us=now_us if closes else end_us(due_on(day_of(now_us))),
        reviewer=line(new.reviewer, "reviewer_missing", "The reviewer's name"), decision=new.decision.value,
        note=note(new.note), olur=note(new.olur), reviewed_by=by.person_id, reviewed_by_name=by.name,
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.add_all(SharedReviewCamera(made.id, camera_id) for camera_id in cameras)
    session.flush()
    told = tell(
        session, clock, Act.SHARED_ACCOUNT_REVIEWED, by, subject_of(account), decision=made.decision,
        reviewer=made.reviewer, cameras=[str(one) for one in cameras], until_us=made.until_us, olur=made.olur,
    )  # fmt: skip
    if former is not None:
        settle(session, clock, _paper(former), [], revoked_as=refusals.REVIEW_OVERDUE, by=by, told=told)
    rows = [Wanted(one, True, False, now_us, made.until_us, refusals.REVIEW_OVERDUE) for one in cameras]
    settle(session, clock, _paper(made), rows, revoked_as=refusals.REVIEW_OVERDUE, by=by, told=told)
    if closes:
        disable(session, clock, account, by=by)
    return made


def due_on(reviewed_on: date) -> date:
    """The last day a review counts: the same day six months later, or that month's last (31 August → 28 February)."""
    return months_later(reviewed_on, REVIEW_MONTHS)


def shown_due_on(reviewed_on: date) -> date:
    """The day people are asked to review by: the earlier of six months and 180 days (A-29)."""
    return min(due_on(reviewed_on), reviewed_on + timedelta(days=GRANT_DAYS - 1))


def last_review(session: Session, account_id: UUID) -> SharedReview | None:
    """The review that counts."""
    wanted = select(SharedReview).where(SharedReview.account_id == account_id)
    return session.scalar(wanted.order_by(SharedReview.number.desc()).limit(1))


def reviews(session: Session, account_id: UUID) -> list[SharedReview]:
    """All reviews of an account, newest first."""
    wanted = select(SharedReview).where(SharedReview.account_id == account_id)
    return list(session.scalars(wanted.order_by(SharedReview.number.desc())))


def need_review(session: Session, account_id: UUID, number: int) -> SharedReview:
    """One review of an account, or VmsError(NOT_FOUND, `review_not_found`)."""
    wanted = select(SharedReview).where(SharedReview.account_id == account_id, SharedReview.number == number)
    found = session.scalar(wanted)
    if found is None:
        raise VmsError(Kind.NOT_FOUND, "review_not_found", "There is no such review. Reload the list.")
    return found


def cameras_of_review(session: Session, review_id: UUID) -> list[UUID]:
    """The cameras a review names."""
    wanted = select(SharedReviewCamera.camera_id).where(SharedReviewCamera.review_id == review_id)
    return list(session.scalars(wanted.order_by(SharedReviewCamera.camera_id)))


def _paper(made: SharedReview) -> RightPaper:
    words = f"Ortak hesap gözden geçirmesi {day_of(made.reviewed_us):%d.%m.%Y}"
    return RightPaper(Source.SHARED_REVIEW, made.id, made.account_id, words)
