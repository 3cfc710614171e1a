"""The papers of the demonstration's people: marked as such, kept as real ones are."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.authority.acts import Letter
from vms.authority.agreements.queries import agreement_of
from vms.authority.agreements.service import record_agreement
from vms.authority.grants.activation import activate
from vms.authority.grants.queries import grants, last_until_us, periods_of
from vms.authority.grants.rules import GRANT_DAYS, Olur
from vms.authority.grants.service import NewGrant, Scope, enter
from vms.authority.postings.assignments import NewAssignment, assign
from vms.authority.postings.posts import open_post
from vms.authority.postings.queries import assignments, post_by_name
from vms.authority.postings.rows import end_us_of
from vms.cameras.model import Camera
from vms.cli.acting import program
from vms.cli.paper_options import person_of
from vms.kernel.clock import Clock
from vms.kernel.days import day_of, nth_day_end_us
from vms.people.model import Account

PAPER = "GÖSTERİM (demonstration)"  # simulated cameras, no real picture
POST = "Gösterim (demonstration)"
CLERK = Actor(None, "vms demo, clerk")  # two of the program's parts, as two people would


def have_grant(session: Session, clock: Clock, account: Account, cameras: Sequence[Camera]) -> None:
    """Give the person live pictures with recordings by Olur; anew when that ran out. What somebody took stays taken."""
    now_us, account = clock.now_us(), session.get_one(Account, account.id)
    for former in grants(session, account.id):
        until_us = last_until_us(former, periods_of(session, former.id))
        if former.state != "active" or until_us is None or until_us > now_us:
            return
    if account.disabled_us is not None or not cameras:
        return
    have_agreement(session, clock, account)
    scope = Scope(cameras=[camera.id for camera in cameras], is_live=True, is_playback=True)
    olur = Olur(PAPER, day_of(now_us), "presidency")
    new = NewGrant(scope=scope, purpose=PAPER, olur=olur, training=PAPER)
    activate(session, clock, enter(session, clock, account, new, by=CLERK), by=program("demo"))


def have_assignment(session: Session, clock: Clock, account: Account, cameras: Sequence[Camera]) -> None:
    """Post the guard to all cameras by letter; anew when that ran out. What somebody took stays taken."""
    now_us, account = clock.now_us(), session.get_one(Account, account.id)
    if any(one.ended_us is not None or end_us_of(one) > now_us for one in assignments(session, account.id)):
        return
    if account.disabled_us is not None or not cameras:
        return
    have_agreement(session, clock, account)
    post = post_by_name(session, POST)
    if post is None:
        post = open_post(session, clock, POST, "", [camera.id for camera in cameras], by=CLERK)
    new = NewAssignment(
        letter=Letter(PAPER, day_of(now_us)), from_us=now_us, until_us=nth_day_end_us(now_us, GRANT_DAYS),
        training=PAPER,
    )  # fmt: skip
    assign(session, clock, account, post, new, by=program("demo"))


def have_agreement(session: Session, clock: Clock, account: Account) -> None:
    """Have the person's confidentiality agreement in the register, without which nobody is shown a picture."""
    account = session.get_one(Account, account.id)
    person = person_of(session, clock, account)
    if agreement_of(session, person.id, day_of(clock.now_us())) is None:
        record_agreement(session, clock, person, day_of(clock.now_us()), PAPER, by=CLERK)
