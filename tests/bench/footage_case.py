"""Cameras whose footage an archive has, and a request for some of it, as a clerk registers both."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from vms.archive.archive import Archive
from vms.audit.entry import Actor
from vms.cameras.placement_queries import placements_of
from vms.cameras.service import NewCamera
from vms.cameras.service import register as register_camera
from vms.footage.letters.model import Channel, Sender
from vms.footage.letters.service import NewLetter, register_letter
from vms.footage.model import FootageRequest
from vms.footage.requests.rules import Claim
from vms.footage.requests.service import NewRequest, register
from vms.footage.rules import AuthorityKind, Origin
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.days import day_of
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox
from vms.kernel.span import Span


def new_database(folder: Path) -> Database:
    """The control database of a node that has nothing yet."""
    path = folder / "nazar.db"
    path.touch()
    database = Database.at(path)
    upgrade(database.engine)
    return database


def registered_cameras(
    session: Session, archive: Archive, box: SecretBox, clock: Clock, since_us: int
) -> Sequence[UUID]:
    """One for each stream of the archive, in use since then; their ids are those of the footage."""
    session.execute(text("PRAGMA defer_foreign_keys = ON"))  # a camera gets its footage's id, its place follows
    cameras = []
    for key in archive.streams():
        new = NewCamera(name=f"Kamera {len(cameras) + 1}", main_address="rtsp://cam.example/")
        camera = register_camera(session, new, box, clock)
        (place,) = placements_of(session, camera.id)
        camera.id, camera.commissioned_us, place.camera_id = key.camera_id, since_us, key.camera_id
        cameras.append(key.camera_id)
    session.flush()
    return cameras


def registered_request(
    session: Session, clock: Clock, cameras: Sequence[UUID], span: Span, *, by: Actor
) -> FootageRequest:
    """A prosecutor's, for one interval of these cameras, on a letter that was served now."""
    now_us = clock.now_us()
    letter = register_letter(
        session, clock,
        NewLetter(
            sender=Sender.AUTHORITY, sender_name="Bench", no="1", on=day_of(now_us) - timedelta(days=1),
            served_us=now_us, channel=Channel.EBYS, subject="Bench",
        ),
        by=by,
    )  # fmt: skip
    claim = Claim(origin=Origin.EXTERNAL, authority_kind=AuthorityKind.PROSECUTOR)
    new = NewRequest(claim=claim, cameras=cameras, intervals=[(span.start_us, span.end_us)], subject="Bench")
    return register(session, clock, letter, new, by=by)
