"""Who may see what, answered by reading every paper anew, the long way: what the quick answer is compared with."""

from sqlalchemy import select

from vms.authority.agreements.model import Agreement, AgreementText
from vms.authority.grants.model import Grant, GrantCamera, GrantPeriod
from vms.authority.postings.model import Assignment, Post, PostCamera
from vms.authority.rules import Mode
from vms.authority.shared_reviews.model import SharedReview, SharedReviewCamera
from vms.authority.work_orders.model import WorkOrder
from vms.people.model import Account, RoleHeld


def papers_say(session, account_id, camera_id, mode, now_us) -> bool:
    """Whether any paper shows the camera to the account at `now_us`: no rights are looked at."""
    account = session.get(Account, account_id)
    if account is None or account.disabled_us is not None:
        return False
    holds = _roles(session, account_id, now_us)
    if "auditor" in holds:
        return False
    if holds - {"guard", "guard_supervisor", "shared_account", "api_client"} and any(
        _grant_says(session, grant, camera_id, mode, now_us) for grant in _all(session, Grant, account_id)
    ):
        return True
    if mode is not Mode.LIVE:
        return False
    posted = _all(session, Assignment, account_id) if holds & {"guard", "guard_supervisor"} else []
    orders = _all(session, WorkOrder, account_id) if "technician" in holds else []
    return (
        any(_assignment_says(session, account, one, camera_id, now_us) for one in posted)
        or any(_order_says(one, camera_id, now_us) for one in orders)
        or ("shared_account" in holds and _review_says(session, account_id, camera_id, now_us))
    )


def _roles(session, account_id, now_us):
    return {
        one.role
        for one in _all(session, RoleHeld, account_id)
        if one.from_us <= now_us and (one.until_us is None or now_us < one.until_us)
    }


def _all(session, paper, account_id):
    return list(session.scalars(select(paper).where(paper.account_id == account_id)))


def _has_agreement(session, person_id):
    texts = {text.version: text for text in session.scalars(select(AgreementText))}
    asked_us = max((text.from_us for text in texts.values() if text.must_resign), default=0)
    return any(
        one.ended_us is None and (texts[one.version].from_us if one.version in texts else 0) >= asked_us
        for one in session.scalars(select(Agreement).where(Agreement.person_id == person_id))
    )


def _grant_says(session, grant, camera_id, mode, now_us):
    names = session.get(GrantCamera, (grant.id, camera_id)) is not None
    periods = session.scalars(select(GrantPeriod).where(GrantPeriod.grant_id == grant.id))
    runs = any(
        one.from_us is not None and one.cancelled_us is None and one.from_us <= now_us < one.until_us for one in periods
    )
    is_in_mode = grant.is_live if mode is Mode.LIVE else grant.is_playback
    is_within = grant.limit_us is None or now_us < grant.limit_us
    return grant.state == "active" and names and is_in_mode and runs and is_within


def _assignment_says(session, account, one, camera_id, now_us):
    watches = session.get(PostCamera, (one.post_id, camera_id)) is not None
    is_open = session.get(Post, one.post_id).closed_us is None and one.ended_us is None
    is_within = one.from_us <= now_us < min(one.until_us, one.limit_us or one.until_us)
    return watches and is_open and is_within and _has_agreement(session, account.person_id)


def _order_says(order, camera_id, now_us):
    return order.camera_id == camera_id and order.closed_us is None and order.opened_us <= now_us < order.closes_us


def _review_says(session, account_id, camera_id, now_us):
    newest = max(_all(session, SharedReview, account_id), key=lambda one: one.number, default=None)
    if newest is None or newest.decision == "close":
        return False
    names = session.get(SharedReviewCamera, (newest.id, camera_id)) is not None
    return names and newest.reviewed_us <= now_us < newest.until_us
