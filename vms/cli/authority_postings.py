"""Those of `vms authority` that are about guards, agreements, shared accounts, technicians."""

from typing import Annotated

import typer
from sqlalchemy import select

from vms.authority.agreements.queries import agreement_of, nda_missing
from vms.authority.agreements.service import introduce_text, record_agreement, withdraw_agreement
from vms.authority.postings.assignments import NewAssignment, assign, end_assignment
from vms.authority.postings.posts import change_cameras, open_post
from vms.authority.postings.queries import cameras_of_post, open_assignments, post_by_name
from vms.authority.shared_reviews.model import Decision
from vms.authority.shared_reviews.service import NewReview, review
from vms.authority.work_orders.model import Work, WorkOrder
from vms.authority.work_orders.service import close_work_order, open_work_order
from vms.cameras.queries import need_camera
from vms.cli.acting import local_actor
from vms.cli.paper_options import (
    AllCameras,
    Cameras,
    LetterNo,
    LetterOn,
    Name,
    SignedOn,
    Training,
    Why,
    chosen,
    day,
    letter,
    moment,
    person_of,
    somebody,
    writing,
)
from vms.cli.settings.node import DEFAULT_DATA, DataOption
from vms.kernel.clock import US_PER_SECOND, SystemClock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.people.queries import need_account


def add_to(app: typer.Typer) -> None:
    """Have these commands among those of `app`."""
    for name, command in (
        ("assign", assign_guard), ("unassign", unassign_guard), ("post", change_post), ("agree", agree),
        ("disagree", disagree), ("agreement-text", agreement_text), ("review", review_account),
        ("work-order", work_order), ("close-work-order", close_order),
    ):  # fmt: skip
        app.command(name)(command)


def assign_guard(
    name: Name,
    post: Annotated[
        str, typer.Option(help="The post. A new one is opened with --camera; what one watches changes with `post`.")
    ],
    letter_no: LetterNo,
    until: Annotated[str, typer.Option(help="The last day, or the shift's end: 2026-12-31, 2026-11-28T16:00.")],
    letter_date: LetterOn = "",
    begin: Annotated[str, typer.Option("--from", help="When it begins, 2026-11-28T08:00; else now.")] = "",
    camera: Cameras = None,
    all_cameras: AllCameras = False,
    training: Training = "",
    agreement_signed: SignedOn = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Post a guard by letter of Koruma ve Güvenlik: live pictures of the post's cameras.

    --camera and --all-cameras are for a post that is new. Of one that is there they change nothing: other guards stand
    there too.
    """
    clock = SystemClock()
    with writing(data) as (session, policy):
        account = need_account(session, name)
        person = person_of(session, clock, account)
        if agreement_signed:
            signed_on = day(agreement_signed, clock.now_us())
            record_agreement(session, clock, person, signed_on, by=local_actor(), policy=policy)
        place = post_by_name(session, post)
        if place is None or camera or all_cameras:
            watched = [one.id for one in chosen(session, camera, all_cameras)]
            if place is None:
                place = open_post(session, clock, post, "", watched, by=local_actor())
            elif set(watched) != set(cameras_of_post(session, place.id)):
                raise typer.BadParameter(
                    f"post {place.name} is there and watches other cameras, which its guards see. Leave --camera out to"
                    f" post {account.name} there, or change the post first: `vms authority post`"
                )
        new = NewAssignment(
            letter=letter(letter_no, letter_date, clock.now_us()),
            from_us=moment(begin) if begin else clock.now_us(), until_us=moment(until), training=training,
        )  # fmt: skip
        assign(session, clock, account, place, new, by=local_actor(), policy=policy)
    typer.echo(f"{account.name} is posted to {place.name}")


def unassign_guard(name: Name, why: Why, data: DataOption = DEFAULT_DATA) -> None:
    """Take a guard off every post now."""
    with writing(data) as (session, policy):
        account = need_account(session, name)
        ended = open_assignments(session, account_id=account.id)
        for one in ended:
            end_assignment(session, SystemClock(), one, why, by=local_actor(), policy=policy)
    typer.echo(f"{account.name} lost {len(ended)} assignment(s)")


def change_post(
    post: Annotated[str, typer.Argument(help="The post's name.")],
    camera: Cameras = None,
    all_cameras: AllCameras = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Let a post watch these cameras and no others; its guards see them at once."""
    with writing(data) as (session, policy):
        place = post_by_name(session, post)
        watched = [one.id for one in chosen(session, camera, all_cameras)]
        if place is None:
            open_post(session, SystemClock(), post, "", watched, by=local_actor())
        else:
            change_cameras(session, SystemClock(), place, watched, by=local_actor(), policy=policy)
    typer.echo(f"post {post} watches {len(watched)} camera(s)")


def agree(
    name: Name,
    signed: Annotated[str, typer.Option(help="The day it was signed, 2026-11-28; else today.")] = "",
    reference: Annotated[str, typer.Option(help="Where the signed sheet is kept.")] = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Record that a person signed the confidentiality agreement."""
    clock = SystemClock()
    with writing(data) as (session, policy):
        person = person_of(session, clock, need_account(session, name))
        signed_on = day(signed, clock.now_us())
        record_agreement(session, clock, person, signed_on, reference, by=local_actor(), policy=policy)
    typer.echo(f"{person.full_name} signed the confidentiality agreement on {signed_on}")


def disagree(name: Name, why: Why, data: DataOption = DEFAULT_DATA) -> None:
    """A person's agreement does not count any more: what they may see rests."""
    clock = SystemClock()
    with writing(data) as (session, policy):
        person = somebody(session, name)
        found = agreement_of(session, person.id, day_of(clock.now_us()))
        if found is None:
            raise nda_missing()
        withdraw_agreement(session, clock, found, why, by=local_actor(), policy=policy)
    typer.echo(f"the agreement of {person.full_name} does not count any more")


def agreement_text(
    version: Annotated[str, typer.Argument(help="What the new text is called.")],
    must_resign: Annotated[
        bool, typer.Option("--must-resign/--older-stay-valid", help="Whether everybody signs anew.")
    ],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """From now on another text of the agreement is signed."""
    with writing(data) as (session, policy):
        introduce_text(session, SystemClock(), version, must_resign=must_resign, by=local_actor(), policy=policy)
    typer.echo(f"text {version} is signed from now on")


def review_account(
    name: Name,
    reviewer: Annotated[str, typer.Option(help="Who reviewed.")],
    decision: Annotated[Decision, typer.Option(help="What was decided.")],
    camera: Cameras = None,
    all_cameras: AllCameras = False,
    olur: Annotated[str, typer.Option(help="What cameras stand on that no review before named.")] = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Record the six-monthly review of an account that is nobody's own: live pictures until the next is due."""
    with writing(data) as (session, _):
        account = need_account(session, name)
        cameras = [] if decision is Decision.CLOSE else [one.id for one in chosen(session, camera, all_cameras)]
        new = NewReview(reviewer=reviewer, decision=decision, cameras=cameras, olur=olur)
        made = review(session, SystemClock(), account, new, by=local_actor())
    typer.echo(f"{account.name} was reviewed; the next review is due by {day_of(made.until_us - 1)}")


def work_order(
    name: Name,
    camera: Annotated[int, typer.Option(help="Call-up number.")],
    kind: Annotated[Work, typer.Option(help="What is to be done.")] = Work.FAULT,
    hours: Annotated[float, typer.Option(help="For how long; three days at most.")] = 8.0,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Order work at a camera: the technician sees it live while the order is open."""
    clock = SystemClock()
    with writing(data) as (session, policy):
        account = need_account(session, name)
        closes_us = clock.now_us() + round(hours * 3600 * US_PER_SECOND)
        order = open_work_order(
            session, clock, account, kind, need_camera(session, camera).id, closes_us, by=local_actor(), policy=policy
        )
    typer.echo(f"work order {order.number} is open")


def close_order(
    number: Annotated[int, typer.Argument(help="The work order's number.")], why: Why, data: DataOption = DEFAULT_DATA
) -> None:
    """Close a work order."""
    with writing(data) as (session, _):
        order = session.scalar(select(WorkOrder).where(WorkOrder.number == number))
        if order is None:
            raise VmsError(Kind.NOT_FOUND, "work_order_not_found", "There is no such work order.")
        close_work_order(session, SystemClock(), order, why, by=local_actor())
    typer.echo(f"work order {number} is closed")
