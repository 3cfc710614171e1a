"""Making the rows of one paper equal to what it says now: the only writer of viewing rights."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.authority.model import ViewingRight
from vms.authority.rules import Mode, Source
from vms.kernel.clock import Clock
from vms.kernel.ids import new_id
from vms.kernel.span import Span
from vms.people.acting import subject_of
from vms.people.model import Account


@dataclass(frozen=True, slots=True)
class Paper:
    """Which paper writes: its kind, id, the account it is for, in words what a view on it stands on."""

    kind: Source
    id: UUID
    account_id: UUID
    words: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row as the paper says it: a camera in `[from_us, until_us)`; `end_code` is said once that is over.

    `footage`: the only time whose footage it opens; None: any time.
    """

    camera_id: UUID
    is_live: bool
    is_playback: bool
    from_us: int
    until_us: int
    end_code: str
    footage: Span | None = None


def settle(
    session: Session,
    clock: Clock,
    paper: Paper,
    wanted: Collection[Wanted],
    *,
    revoked_as: str,
    by: Actor,
    told: UUID | None = None,
) -> None:
    """Revoke the paper's rows that it does not say (any more), add those that are missing; the others stay.

    A row added now begins now at the earliest: nobody was ever allowed afterwards. `revoked_as`: the refusal's code of
    what is taken. `told`: the audit entry of the act, which each row's entry refers to.
    """
    now_us = clock.now_us()
    standing = list(
        session.scalars(
            select(ViewingRight)
            .where(ViewingRight.source_id == paper.id, ViewingRight.revoked_us.is_(None))
            .order_by(ViewingRight.from_us, ViewingRight.id)
        )
    )
    missing = list(wanted)
    given: list[tuple[Act, ViewingRight]] = []
    for right in standing:
        fit = next((one for one in missing if _says(one, paper, right)), None)
        if fit is not None:
            missing.remove(fit)
            continue
        right.revoked_us, right.end_code = now_us, revoked_as
        given.append((Act.RIGHT_REVOKED, right))
    for one in missing:
        if one.until_us > max(now_us, one.from_us):
            right = _row(clock, paper, one, now_us)
            session.add(right)
            given.append((Act.RIGHT_GRANTED, right))
    session.flush()
    if given:
        account = session.get_one(Account, paper.account_id)
        for act, right in given:
            append(session, clock, _entry(act, account, right, by, told))


def revoke_kind(session: Session, clock: Clock, account_id: UUID, kind: Source, *, revoked_as: str, by: Actor) -> None:
    """Revoke all rows that papers of this kind wrote for an account. The papers themselves say so soon after."""
    now_us = clock.now_us()
    standing = session.scalars(
        select(ViewingRight)
        .where(
            ViewingRight.account_id == account_id, ViewingRight.source_kind == kind.value,
            ViewingRight.revoked_us.is_(None),
        )
        .order_by(ViewingRight.from_us, ViewingRight.id)
    ).all()  # fmt: skip
    account = session.get_one(Account, account_id)
    for right in standing:
        right.revoked_us, right.end_code = now_us, revoked_as
        session.flush()
        append(session, clock, _entry(Act.RIGHT_REVOKED, account, right, by, None))


def limit_kind(
    session: Session, clock: Clock, account_id: UUID, kind: Source, at_us: int, *, by: Actor, told: UUID
) -> None:
    """Let all rows that papers of this kind wrote for an account end at `at_us`; the papers say so from then on too.

    Rows are never changed: each is revoked, one that ends earlier takes its place.
    """
    now_us = clock.now_us()
    standing = session.scalars(
        select(ViewingRight)
        .where(
            ViewingRight.account_id == account_id, ViewingRight.source_kind == kind.value,
            ViewingRight.revoked_us.is_(None), ViewingRight.until_us > at_us,
        )
        .order_by(ViewingRight.from_us, ViewingRight.id)
    ).all()  # fmt: skip
    account = session.get_one(Account, account_id)
    for right in standing:
        right.revoked_us = now_us
        session.flush()
        append(session, clock, _entry(Act.RIGHT_REVOKED, account, right, by, told))
        if max(right.from_us, now_us) < at_us and right.source_id is not None:
            paper = Paper(kind, right.source_id, account_id, right.basis)
            wanted = Wanted(
                right.camera_id, right.is_live, right.is_playback, right.from_us, at_us, right.end_code, right.footage
            )
            shorter = _row(clock, paper, wanted, now_us)
            session.add(shorter)
            session.flush()
            append(session, clock, _entry(Act.RIGHT_GRANTED, account, shorter, by, told))


def _says(wanted: Wanted, paper: Paper, right: ViewingRight) -> bool:
    """Whether a row is what the paper wants; it may have begun later than its period, by a suspension."""
    return (
        (right.camera_id, right.account_id, right.is_live, right.is_playback, right.until_us, right.end_code)
        == (wanted.camera_id, paper.account_id, wanted.is_live, wanted.is_playback, wanted.until_us, wanted.end_code)
        and right.footage == wanted.footage
        and right.from_us >= wanted.from_us
    )  # fmt: skip


def _row(clock: Clock, paper: Paper, wanted: Wanted, now_us: int) -> ViewingRight:
    return ViewingRight(
        id=new_id(clock),
        account_id=paper.account_id,
        camera_id=wanted.camera_id,
        is_live=wanted.is_live,
        is_playback=wanted.is_playback,
        basis=paper.words,
        from_us=max(wanted.from_us, now_us),
        source_kind=paper.kind.value,
        source_id=paper.id,
        end_code=wanted.end_code,
        until_us=wanted.until_us,
        footage_from_us=wanted.footage.start_us if wanted.footage else None,
        footage_until_us=wanted.footage.end_us if wanted.footage else None,
    )


def _entry(act: Act, account: Account, right: ViewingRight, by: Actor, told: UUID | None) -> NewEntry:
    given = ((Mode.LIVE, right.is_live), (Mode.PLAYBACK, right.is_playback))
    return NewEntry(
        act=act, actor=by, subject=subject_of(account), camera_id=right.camera_id,
        mode=" ".join(mode for mode, is_given in given if is_given),
        basis=right.basis, basis_id=right.id, refers_to=told,
        detail={"from_us": right.from_us, "until_us": right.until_us, "paper": right.source_kind, **_footage(right)},
    )  # fmt: skip


def _footage(right: ViewingRight) -> dict[str, object]:
    return {} if right.footage is None else {"footage": [right.footage.start_us, right.footage.end_us]}
