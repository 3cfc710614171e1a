"""Taking a package, and what opens it: its officer's alone, each time written down.

A copy is begun (`take`), and comes so far (`note_given`): a package is taken once every byte of it was given to one
person, at once or by copies that went on where another broke off. What the network then made of it nobody here can
know: the receiver's copy is proven by its hash.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.footage.case_events import events_of, note_event
from vms.footage.duties import Duty
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.model import Export
from vms.footage.exports.service import check_ready, check_stands
from vms.footage.model import CaseEvent, FootageRequest
from vms.footage.requests.searching import check_officer
from vms.footage.requests.service import add_duty_once, case_of
from vms.footage.rules import State, wrong_state
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.logging import redactor


def take(
    session: Session, clock: Clock, desk: ExportDesk, request: FootageRequest, export: Export, *,
    first_byte: int = 0, by: Actor,
) -> Path:  # fmt: skip
    """Where the package lies, for who begins to copy it. `first_byte`: where a copy that broke off goes on.

    VmsError: FORBIDDEN `request_not_assigned`; GONE `export_purged`; CONFLICT `export_not_ready`, `request_state` while
    its request is not prepared: nothing leaves by a request that no minutes can be printed of; CORRUPT
    `export_file_missing`; UNAVAILABLE `export_folder_away`.
    """
    _check(request, export, by)
    path = desk.whole(export)
    if not path.is_file() or path.stat().st_size != export.size_bytes:
        with desk.kept.opened():  # else the disk is away, and the package on it may be whole
            pass
        raise VmsError(
            Kind.CORRUPT, "export_file_missing", "The package's file is gone or cut short. Order a replacement for it.",
        )  # fmt: skip
    add_duty_once(session, clock, request, Duty.EXPORT, by)
    note_event(
        session, clock, case_of(request), Act.EXPORT_BEGUN, by, package=export.name, sha256=export.sha256 or "",
        first_byte=first_byte,
    )  # fmt: skip
    return path


def note_given(
    session: Session, clock: Clock, request: FootageRequest, export: Export, first_byte: int, until_byte: int, *,
    by: Actor,
) -> None:  # fmt: skip
    """These bytes were given to `by`, to the end or until it broke off; with what they had it may be the whole now."""
    size_bytes, had = export.size_bytes or 0, [
        (int(one.detail["first_byte"]), int(one.detail["until_byte"]))
        for one in events_of(session, request.id)
        if (one.act, one.detail.get("package"), one.by_id) == (Act.EXPORT_PART_GIVEN, export.name, by.person_id)
    ]  # fmt: skip
    was_whole = _is_whole(had, size_bytes)
    is_taken = _is_whole([*had, (first_byte, until_byte)], size_bytes) and (until_byte == size_bytes or not was_whole)
    note_event(
        session, clock, case_of(request), Act.EXPORT_TAKEN if is_taken else Act.EXPORT_PART_GIVEN, by,
        package=export.name, sha256=export.sha256 or "", first_byte=first_byte, until_byte=until_byte,
        size_bytes=size_bytes,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copied:
    """When a download of a package was begun last, when one was last complete; None: never."""

    begun_us: int | None
    taken_us: int | None


def copied(session: Session, exports: Sequence[Export]) -> dict[UUID, Copied]:
    """How far anybody came with each of these packages, by its id; one question, however many they are."""
    wanted = select(CaseEvent.act, CaseEvent.at_us, CaseEvent.detail).where(
        CaseEvent.case_id.in_({one.request_id for one in exports}),
        CaseEvent.act.in_([Act.EXPORT_BEGUN.value, Act.EXPORT_TAKEN.value]),
    )
    rows = session.execute(wanted.order_by(CaseEvent.sequence)) if exports else ()
    last = {(detail["package"], act): at_us for act, at_us, detail in rows}
    return {
        one.id: Copied(last.get((one.name, Act.EXPORT_BEGUN)), last.get((one.name, Act.EXPORT_TAKEN)))
        for one in exports
    }


def may_be_given(request: FootageRequest, export: Export, *, by: Actor) -> bool:
    """Whether a copy under way may go on: not of what was delivered, withdrawn, replaced, or is another officer's."""
    try:
        _check(request, export, by)
    except VmsError:
        return False
    return True


def show_passphrase(
    session: Session, clock: Clock, desk: ExportDesk, request: FootageRequest, export: Export, *, by: Actor
) -> str:
    """What opens the package; it travels by another way than the package. VmsError as `take`."""
    _check(request, export, by)
    assert export.passphrase is not None
    passphrase = desk.box.open(export.passphrase)
    redactor.hide(passphrase)
    add_duty_once(session, clock, request, Duty.EXPORT, by)
    note_event(session, clock, case_of(request), Act.EXPORT_PASSPHRASE_SHOWN, by, package=export.name)
    return passphrase


def check_taken(session: Session, request: FootageRequest, packages: Iterable[Export]) -> None:
    """Refuse to call delivered what nobody copied to the end, or could open: once it is, no copy is left here.

    VmsError(CONFLICT): `export_not_taken`, `passphrase_not_shown`, each naming the package.
    """
    done = {(one.act, one.detail.get("package")) for one in events_of(session, request.id)}
    for one in packages:
        if (Act.EXPORT_TAKEN, one.name) not in done:
            raise VmsError(
                Kind.CONFLICT, "export_not_taken",
                f"Nobody has taken the whole of package {one.number} yet. Take it, put it on the medium, hand it over.",
                package=one.name, number=one.number,
            )  # fmt: skip
        if (Act.EXPORT_PASSPHRASE_SHOWN, one.name) not in done:
            raise VmsError(
                Kind.CONFLICT, "passphrase_not_shown",
                f"Nobody has seen the passphrase of package {one.number} yet. Have it shown, tell it the receiver by"
                " another way, then hand the package over.",
                package=one.name, number=one.number,
            )  # fmt: skip


def _is_whole(parts: Iterable[tuple[int, int]], size_bytes: int) -> bool:
    """Whether parts (first byte, byte behind the last) leave none out."""
    reached = 0
    for first_byte, until_byte in sorted(parts):
        if first_byte > reached:
            return False
        reached = max(reached, until_byte)
    return reached >= size_bytes


def _check(request: FootageRequest, export: Export, by: Actor) -> None:
    check_officer(request, by.person_id)
    check_stands(export)
    check_ready(export)
    if State(request.state) is not State.PREPARED:
        raise wrong_state(State(request.state))
