"""Giving up one package of several that cannot be built, so that its request goes on without it."""

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import line
from vms.footage.case_events import note_event
from vms.footage.duties import Duty
from vms.footage.exports.built_rows import prepare_when_whole
from vms.footage.exports.model import Export, ExportState, PurgeWhy
from vms.footage.exports.queries import parts_of
from vms.footage.exports.service import check_duty, check_found, check_stands, let_go
from vms.footage.model import FootageRequest
from vms.footage.policy import DEFAULT, Policy
from vms.footage.requests.service import add_duty_once, case_of
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError

MAX_REASON_CHARACTERS = 120  # it stands in one line of a paper, beside the package's name and what kept it
MAX_CAMERAS = 40  # that the audit log names of a package; its row names all
_STUCK = frozenset({ExportState.WAITING, ExportState.FAILED})


def give_up(
    session: Session, clock: Clock, request: FootageRequest, export: Export, reason: str, *, by: Actor,
    policy: Policy = DEFAULT,
) -> Export:  # fmt: skip
    """Let go of a package that failed, or waits for what does not come; what it would have held is named (`lacking`).

    With the last that was missing its request is prepared. Is none left, it is as before it was ordered: it is looked
    for anew, ordered anew, answered, or withdrawn. Again: nothing. VmsError: FORBIDDEN `request_not_assigned`; CONFLICT
    `separation_of_duties`, `export_on_its_way`, `nothing_to_give`, `request_state`; GONE `export_purged`; INVALID
    `give_up_reason_missing`.
    """
    if export.is_given_up:
        return export
    check_duty(session, request, by, policy)
    check_stands(export)
    if export.state not in _STUCK:
        raise VmsError(
            Kind.CONFLICT, "export_on_its_way",
            "This package is being built or is ready: there is nothing to give up. Reload the page.",
        )  # fmt: skip
    check_found(request)
    export.given_up_reason = line(reason, "give_up_reason_missing", "The reason", MAX_REASON_CHARACTERS)
    let_go(clock, export, PurgeWhy.REPLACED, 0)
    session.flush()
    add_duty_once(session, clock, request, Duty.EXPORT, by)
    parts = parts_of(session, export)
    note_event(
        session, clock, case_of(request), Act.EXPORT_GIVEN_UP, by, package=export.name, code=export.failure,
        reason=export.given_up_reason, cameras=sorted({one.camera.number for one in parts})[:MAX_CAMERAS],
        from_us=min((one.span.start_us for one in parts), default=None),
        until_us=max((one.span.end_us for one in parts), default=None), prepared=prepare_when_whole(session, request),
    )  # fmt: skip
    return export
