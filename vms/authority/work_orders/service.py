"""Work orders: a technician sees one camera while the work at it lasts (A-42, edge-86)."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, Subject
from vms.audit.rules import Act
from vms.authority import refusals
from vms.authority.acts import line, note, tell
from vms.authority.grants.grantees import check_cameras, check_holder
from vms.authority.policy import DEFAULT, Policy
from vms.authority.rights import Paper as RightPaper
from vms.authority.rights import Wanted, settle
from vms.authority.rules import Source
from vms.authority.second_person import check_not_oneself
from vms.authority.work_orders.model import Work, WorkOrder
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.people.queries import roles_by_account
from vms.people.roles import Paper, papers_of
from vms.people.rules import AccountKind

MAX_HOURS = 72  # short
MAX_US = MAX_HOURS * 3600 * US_PER_SECOND
_WORDS = {
    Work.ACCEPTANCE: "Kabul",
    Work.FAULT: "Arıza",
    Work.WEEKLY_CHECK: "Haftalık kontrol",
    Work.MAINTENANCE: "Bakım",
}


def open_work_order(
    session: Session, clock: Clock, account: Account, work: Work, camera_id: UUID, closes_us: int, words: str = "", *,
    by: Actor, policy: Policy = DEFAULT,
) -> WorkOrder:  # fmt: skip
    """Order work: live pictures of one camera for one technician until `closes_us`.

    VmsError: INVALID `work_order_too_long`, `until_in_the_past`; CONFLICT `second_person_missing` (nobody orders their
    own work where two persons are asked for); `camera_not_found`; what `check_holder` refuses.
    """
    now_us = clock.now_us()
    check_holder(session, account, Paper.WORK_ORDER, now_us)
    if policy.two_person:
        check_not_oneself(account.id, by)
    check_cameras(session, [camera_id])
    if closes_us <= now_us:
        raise VmsError(Kind.INVALID, "until_in_the_past", "A work order ends later than now. Correct its end.")
    if closes_us > now_us + MAX_US:
        raise VmsError(
            Kind.INVALID, "work_order_too_long", "A work order lasts three days at the longest. Give an earlier end."
        )
    order = WorkOrder(
        id=new_id(clock), number=(session.scalar(select(func.max(WorkOrder.number))) or 0) + 1, kind=work.value,
        camera_id=camera_id, account_id=account.id, note=note(words), opened_us=now_us, closes_us=closes_us,
        opened_by=by.person_id, opened_by_name=by.name,
    )  # fmt: skip
    session.add(order)
    session.flush()
    told = tell(
        session, clock, Act.WORK_ORDER_OPENED, by, _subject(order), account=str(account.id), camera=str(camera_id),
        closes_us=closes_us, note=order.note,
    )  # fmt: skip
    settle_work_order(session, clock, order, by=by, told=told)
    return order


def close_work_order(session: Session, clock: Clock, order: WorkOrder, why: str, *, by: Actor) -> WorkOrder:
    """The work is done; the technician sees the camera no more. VmsError: `work_order_closed`, `reason_required`."""
    if order.closed_us is not None:
        raise VmsError(Kind.CONFLICT, "work_order_closed", "This work order is closed already. Reload the list.")
    order.closed_us, order.closed_why = clock.now_us(), line(why, "reason_required", "A reason")
    told = tell(session, clock, Act.WORK_ORDER_CLOSED, by, _subject(order), why=order.closed_why)
    settle_work_order(session, clock, order, by=by, told=told)
    return order


def settle_work_order(session: Session, clock: Clock, order: WorkOrder, *, by: Actor, told: UUID) -> None:
    """Make the row of `order` what it says now."""
    session.flush()
    code = refusals.WORK_ORDER_CLOSED
    is_open = order.closed_us is None and order.closes_us > order.opened_us
    wanted = [Wanted(order.camera_id, True, False, order.opened_us, order.closes_us, code)] if is_open else []
    paper = RightPaper(Source.WORK_ORDER, order.id, order.account_id, words_of(order))
    settle(session, clock, paper, wanted, revoked_as=code, by=by, told=told)


def work_orders(session: Session, account_id: UUID | None = None) -> list[WorkOrder]:
    """All work orders there ever were (of one technician), newest first."""
    wanted = select(WorkOrder).order_by(WorkOrder.number.desc())
    return list(session.scalars(wanted if account_id is None else wanted.where(WorkOrder.account_id == account_id)))


def technicians(session: Session, now_us: int) -> list[Account]:
    """The accounts that may be given a work order now, by the name people know them by."""
    wanted = select(Account).where(Account.disabled_us.is_(None), Account.kind == AccountKind.PERSONAL)
    accounts = list(session.scalars(wanted.order_by(Account.display_name, Account.name)))
    held = roles_by_account(session, [one.id for one in accounts], now_us)
    return [one for one in accounts if Paper.WORK_ORDER in papers_of(held.get(one.id, frozenset()))]


def need_work_order(session: Session, order_id: UUID) -> WorkOrder:
    """The work order with this id, or VmsError(NOT_FOUND, `work_order_not_found`)."""
    found = session.get(WorkOrder, order_id)
    if found is None:
        raise VmsError(Kind.NOT_FOUND, "work_order_not_found", "There is no such work order. Reload the list.")
    return found


def words_of(order: WorkOrder) -> str:
    """What a view on it stands on, as the tile says it."""
    return f"{_WORDS[Work(order.kind)]}: iş emri {order.number}"


def _subject(order: WorkOrder) -> Subject:
    return Subject("work_order", str(order.id), words_of(order))
