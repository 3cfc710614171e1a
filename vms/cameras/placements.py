"""The history of where a camera stood: written with every move, every correction.

A move begins a row and ends the one before. A correction says that a row was written wrongly: what it said before
stands in the audit log only. The camera's own words are always those of its open row.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.cameras.model import Camera, CameraPlacement
from vms.cameras.placement_queries import current_placement, placements_of, version_of_placements
from vms.cameras.queries import camera_by_number
from vms.cameras.rules import PlacementOrigin, check_name, check_number, check_placement_from, check_site
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a camera is called and where it stands; None leaves a value as it is."""

    number: int | None = None
    name: str | None = None
    site: str | None = None

    def beside(self, row: Camera | CameraPlacement) -> dict[str, int | str]:
        """Which of them differ from what `row` says, in one spelling.

        VmsError(INVALID): `number_invalid`, `name_invalid`, `site_invalid`.
        """
        told = {
            "number": None if self.number is None else check_number(self.number),
            "name": None if self.name is None else check_name(self.name),
            "site": None if self.site is None else check_site(self.site),
        }
        return {name: value for name, value in told.items() if value is not None and value != getattr(row, name)}


def move(session: Session, clock: Clock, camera: Camera, words: Words, from_us: int, *, by: Actor) -> CameraPlacement:
    """It stands elsewhere, or has another name, from this moment; earlier footage keeps the earlier place.

    VmsError: INVALID `placement_in_future`, `placement_same`, those of `Words.beside`; CONFLICT `placement_overlaps`,
    `camera_number_taken`, `camera_is_retired`.
    """
    current = current_placement(session, camera)
    if current is None:
        raise VmsError(
            Kind.CONFLICT, "camera_is_retired",
            "This camera is out of service: it moves no more. Correct what was written wrongly.",
        )  # fmt: skip
    check_placement_from(from_us, current.from_us, None, clock.now_us())
    wanted = words.beside(camera)
    if not wanted:
        raise _same()
    told = _put(session, camera, wanted)
    current.until_us = from_us
    session.flush()
    row = _row(clock, camera, from_us, PlacementOrigin.MOVED, by)
    row.noted_us = _version(session, clock, camera)
    session.add(row)
    session.flush()
    tell(session, clock, Act.CAMERA_CHANGED, camera, by, {**told, "moved_us": from_us})
    return row


def correct(
    session: Session, clock: Clock, row: CameraPlacement, words: Words, from_us: int | None = None, *, by: Actor
) -> CameraPlacement:
    """`row` was written wrongly: its words, or since when it counts (None: as it is).

    VmsError: INVALID `placement_in_future`, `placement_same`, those of `Words.beside`; CONFLICT `placement_overlaps`,
    `camera_number_taken`.
    """
    camera = session.get_one(Camera, row.camera_id)
    wanted = words.beside(row)
    is_elsewhen = from_us is not None and from_us != row.from_us
    if not wanted and not is_elsewhen:
        raise _same()
    told = _put(session, row, wanted)
    if row.id == placements_of(session, camera.id)[-1].id:  # what it is called today, or was when it went
        _put(session, camera, words.beside(camera))
    if from_us is not None and is_elsewhen:
        told["from_us"] = [row.from_us, from_us]
        _begin(session, clock, row, from_us)
    row.is_corrected, row.noted_by, row.noted_us = True, by.name, _version(session, clock, camera)
    session.flush()
    tell(session, clock, Act.CAMERA_CHANGED, camera, by, {**told, "correction": True, "until_us": row.until_us})
    return row


def change_words(session: Session, clock: Clock, camera: Camera, words: Words, *, by: Actor) -> None:
    """What counts from now on, by whoever says neither; nothing where the words are the same. VmsError as `move`.

    A row that began this very moment is corrected: none is empty.
    """
    if not words.beside(camera):
        return
    current = current_placement(session, camera)
    if current is not None and clock.now_us() <= current.from_us:
        correct(session, clock, current, words, by=by)
    else:
        move(session, clock, camera, words, clock.now_us(), by=by)


def begin_history(session: Session, clock: Clock, camera: Camera, by: Actor) -> None:
    """The first row of a camera that was just registered: since its commissioning, where that was earlier."""
    session.add(_row(clock, camera, min(camera.created_us, camera.commissioned_us), PlacementOrigin.REGISTERED, by))
    session.flush()


def end_history(session: Session, camera: Camera, at_us: int) -> None:
    """It was taken out of service: from now on it stands nowhere."""
    current = current_placement(session, camera)
    if current is not None:
        current.until_us = max(at_us, current.from_us + 1)
        session.flush()


def check_seen(session: Session, camera: Camera, seen: int) -> None:
    """VmsError(CONFLICT, `camera_changed_meanwhile`) unless `seen` is the version of its history."""
    version = version_of_placements(placements_of(session, camera.id))
    if seen != version:
        raise VmsError(
            Kind.CONFLICT, "camera_changed_meanwhile",
            "This camera's place was changed since you read it. Read it again, then enter yours.", version=version,
        )  # fmt: skip


def need_free(session: Session, number: int) -> None:
    """VmsError: CONFLICT `camera_number_taken`, INVALID `number_invalid`."""
    check_number(number)
    if camera_by_number(session, number) is not None:
        raise VmsError(
            Kind.CONFLICT,
            "camera_number_taken",
            f"Call-up number {number} belongs to another camera. Choose another.",
            number=number,
        )


def tell(session: Session, clock: Clock, act: Act, camera: Camera, by: Actor, detail: dict[str, object]) -> None:
    """The entry of the audit log on a camera."""
    subject = Subject("camera", str(camera.id), spoken_name(camera))
    append(session, clock, NewEntry(act=act, actor=by, subject=subject, camera_id=camera.id, detail=detail))


def spoken_name(camera: Camera) -> str:
    """What an audit entry calls a camera."""
    return f"{camera.number} · {camera.name}"


def _put(session: Session, row: Camera | CameraPlacement, wanted: dict[str, int | str]) -> dict[str, object]:
    """Write them, tell each with what it was. A number in service belongs to one camera only."""
    if isinstance(row, Camera) and "number" in wanted and row.retired_us is None:
        need_free(session, int(wanted["number"]))
    told: dict[str, object] = {name: [getattr(row, name), value] for name, value in wanted.items()}
    for name, value in wanted.items():
        setattr(row, name, value)
    session.flush()
    return told


def _begin(session: Session, clock: Clock, row: CameraPlacement, from_us: int) -> None:
    """Another beginning; the row before ends there. The first one may begin earlier, as long as it likes."""
    before = [one for one in placements_of(session, row.camera_id) if one.from_us < row.from_us]
    former = before[-1] if before else None
    check_placement_from(from_us, former.from_us if former else None, row.until_us, clock.now_us())
    if former is not None and former.until_us == row.from_us:
        former.until_us = from_us
    row.from_us = from_us
    session.flush()


def _version(session: Session, clock: Clock, camera: Camera) -> int:
    """A moment of now that no row of the camera has yet, whatever a clock that is set back says."""
    return max(clock.now_us(), version_of_placements(placements_of(session, camera.id)) + 1)


def _row(clock: Clock, camera: Camera, from_us: int, origin: PlacementOrigin, by: Actor) -> CameraPlacement:
    return CameraPlacement(
        id=new_id(clock), camera_id=camera.id, from_us=from_us, until_us=None, number=camera.number, name=camera.name,
        site=camera.site, origin=origin.value, noted_us=clock.now_us(), noted_by=by.name, is_corrected=False,
    )  # fmt: skip


def _same() -> VmsError:
    return VmsError(
        Kind.INVALID, "placement_same", "Nothing differs from what is registered. Enter what changed, or leave it."
    )
