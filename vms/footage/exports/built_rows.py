"""What the register says of a package that was built, or failed."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.footage.case_events import note_event
from vms.footage.exports.model import Export, ExportState
from vms.footage.exports.queries import standing_exports
from vms.footage.exports.summary import ExportSummary, summary_of
from vms.footage.model import FootageRequest
from vms.footage.requests.service import case_of
from vms.footage.rules import FOUND, State
from vms.kernel.clock import Clock

if TYPE_CHECKING:  # who gives a package up builds none: the web loads nothing that signs
    from vms.footage.bundle.package import Built


def note_built(
    session: Session, clock: Clock, export: Export, built: "Built", certificate_sha256: str, by: Actor
) -> None:
    """It lies on the disk, durable, under its name. With the last one its request is prepared."""
    summary = summary_of(built.manifest, certificate_sha256, built.stamped_at)
    export.state, export.failure = ExportState.READY.value, ""
    export.built_us, export.summary = clock.now_us(), summary.to_json()
    export.size_bytes = export.done_bytes = export.planned_bytes = built.size_bytes
    export.sha256, export.manifest_sha256 = built.sha256, built.manifest_sha256
    session.flush()
    request = session.get_one(FootageRequest, export.request_id)
    is_prepared = prepare_when_whole(session, request)
    note_event(
        session, clock, case_of(request), Act.EXPORT_BUILT, by, package=export.name, size_bytes=built.size_bytes,
        sha256=built.sha256, manifest_sha256=built.manifest_sha256, films=summary.films_in_all,
        missing=summary.missing_in_all, damaged=summary.damaged_in_all, prepared=is_prepared, **_stamp_words(summary),
    )  # fmt: skip


def _stamp_words(summary: ExportSummary) -> dict[str, object]:
    """What the audit log keeps of a time stamp that was asked for."""
    asked = summary.time_stamp
    return {} if asked is None else {"time_stamp": asked.authority, "is_stamped": asked.at_us is not None}


def prepare_when_whole(session: Session, request: FootageRequest) -> bool:
    """Call a request prepared once every package that counts is ready, one at least; whether it became so now."""
    counting = standing_exports(session, request.id)
    is_whole = bool(counting) and all(one.state == ExportState.READY for one in counting)
    if not is_whole or State(request.state) not in FOUND:
        return False
    request.state = State.PREPARED.value
    return True


def note_failed(session: Session, clock: Clock, export: Export, code: str, by: Actor) -> None:
    """Nothing of it is left; trying again is a person's act."""
    export.state, export.failure, export.done_bytes = ExportState.FAILED.value, code, 0
    request = session.get_one(FootageRequest, export.request_id)
    note_event(session, clock, case_of(request), Act.EXPORT_FAILED, by, package=export.name, code=code)
