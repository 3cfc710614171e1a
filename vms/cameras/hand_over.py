"""Telling the recorder which cameras there are: from the control database into its sealed file."""

import logging
from collections.abc import Container
from uuid import UUID

from sqlalchemy import select

from vms.cameras.central_queries import ordered_now
from vms.cameras.config import CameraConfig, ConfigCache, hide_addresses
from vms.cameras.model import Camera
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.repeat_log import RepeatLog
from vms.kernel.secrets import SecretBox

log = logging.getLogger(__name__)


def load_cameras(
    database: Database, cache: ConfigCache, box: SecretBox, clock: Clock, words: RepeatLog | None = None
) -> tuple[list[CameraConfig], bool]:
    """Cameras to connect to, with whether the list is fresh. Never raises because of the database or the cache.

    Fresh: read from the database and kept in the cache. Otherwise (database missing, locked, damaged, or suddenly
    without a single camera ever registered) the cached list. A camera whose address cannot be unsealed, or whose row
    was lost, keeps its cached entry. All addresses are made known to the log redactor. Blocks at most the database's
    busy timeout. Whether one is recorded is judged as of now (central recordings begin and end by the clock). Who
    calls it again and again keeps `words`, so that what lasts is not logged every time.
    """
    words = words or RepeatLog(log)
    with words.round():
        return _load(database, cache, box, clock, words)


def _load(
    database: Database, cache: ConfigCache, box: SecretBox, clock: Clock, words: RepeatLog
) -> tuple[list[CameraConfig], bool]:
    cached = cache.load() or []
    try:
        configs = _read(database, box, clock, {config.camera_id: config for config in cached}, words)
    except VmsError as err:
        words.say(f"copy {err.code}", logging.WARNING, f"cameras come from the last good copy: {err.code}")
        configs = None
    if configs is None:
        hide_addresses(cached)
        return cached, False
    hide_addresses(configs)
    try:
        cache.store(configs)
    except OSError as err:
        words.say("store", logging.ERROR, f"the copy of the camera configuration cannot be written: {err.strerror}")
    return configs, True


def _read(
    database: Database, box: SecretBox, clock: Clock, cached: dict[UUID, CameraConfig], words: RepeatLog
) -> list[CameraConfig] | None:
    """The database's list; None when it is a new, empty one where cameras were known.

    Rows are retired, never deleted: a cached camera without any row was lost with an old database, and goes on.
    """
    wanted = select(Camera).where(Camera.retired_us.is_(None), Camera.is_enabled).order_by(Camera.number)
    with database.reading() as session:
        known = set(session.scalars(select(Camera.id)))
        cameras = list(session.scalars(wanted))
        ordered = ordered_now(session, clock.now_us())
    if cached and not known:
        words.say(
            "empty", logging.ERROR, "the control database is empty but cameras were known; restore it from a backup"
        )
        return None
    lost = [config for camera_id, config in cached.items() if camera_id not in known]
    for config in lost:
        words.say(
            f"lost {config.camera_id}", logging.ERROR,
            f"camera {config.number} is not in the control database any more and goes on as before; restore a backup,"
            " or delete recorder/cameras.sealed if that is meant",
        )  # fmt: skip
    found = (_unsealed(camera, ordered, box, cached.get(camera.id), words) for camera in cameras)
    return [config for config in found if config is not None] + lost


def _unsealed(
    camera: Camera, ordered: Container[UUID], box: SecretBox, cached: CameraConfig | None, words: RepeatLog
) -> CameraConfig | None:
    try:
        main_url = box.open(camera.sealed_main_address)
        sub_url = None if camera.sealed_sub_address is None else box.open(camera.sealed_sub_address)
    except VmsError as err:
        words.say(f"sealed {camera.id}", logging.ERROR, f"camera {camera.number}: {err}")
        return cached
    return CameraConfig(
        camera_id=camera.id,
        number=camera.number,
        name=camera.name,
        kind=camera.kind,
        main_url=main_url,
        sub_url=sub_url,
        transport=camera.transport,
        records=camera.must_record(ordered),
        commissioned_us=camera.commissioned_us,
    )
