"""What the events of `/events` carry."""

from uuid import UUID

from pydantic import BaseModel

from vms.footage.exports.model import ExportState
from web.rows.camera import Camera


class Hello(BaseModel):
    """The first event of a stream."""

    server_time_us: int


class CameraGone(BaseModel):
    """A camera was taken out of the register."""

    id: UUID


class RightsChanged(BaseModel):
    """The caller's rights changed, or events were missed: ask for the cameras anew."""


class VolumeChanged(BaseModel):
    """A volume's state, `ok` or why it takes no footage. For those who may see the node's health, like `alarms`."""

    uuid: str
    state: str


class AlarmsChanged(BaseModel):
    """How many alarms are open."""

    count: int


class ExportChanged(BaseModel):
    """A package went on: its state, how far it is. For those who may see requests.

    `is_to_go`: nothing of it stays. `begun_us`, `taken_us`: of a ready one, as its row tells them.
    """

    request_id: UUID
    number: int
    state: ExportState
    planned_bytes: int | None
    done_bytes: int
    failure: str | None
    is_to_go: bool
    begun_us: int | None
    taken_us: int | None


class SessionEnded(BaseModel):
    """The stream ends; `ended`: the session did as well."""

    ended: bool
    code: str


class Events(BaseModel):
    """Every event by its name, with its data."""

    hello: Hello
    camera: Camera
    camera_gone: CameraGone
    rights: RightsChanged
    volume: VolumeChanged
    alarms: AlarmsChanged
    export: ExportChanged
    session: SessionEnded
