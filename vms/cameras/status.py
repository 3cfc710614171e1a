"""What a recorder says of itself and its cameras while it runs."""

from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any


class CameraState(StrEnum):
    """Where a camera stands between `add` and recorded."""

    CONNECTING = "connecting"
    RECORDING = "recording"
    LIVE_ONLY = "live_only"  # city-view cameras are never written (article 13(1))
    WAITING = "waiting"  # between two tries
    NO_STORAGE = "no_storage"  # pictures arrive, no volume takes them


@dataclass(slots=True)
class CameraStatus:
    """One stream of one camera. Rates are of the last few seconds; times are UTC microseconds; counters only grow."""

    camera_id: str
    number: int
    name: str
    stream: str
    state: CameraState = CameraState.CONNECTING
    detail: str = ""
    since_us: int = 0
    codec: str = ""
    width: int = 0
    height: int = 0
    frames_per_s: float = 0.0
    bits_per_s: float = 0.0
    last_picture_us: int | None = None
    recorded_until_us: int | None = None
    clock_offset_us: int | None = None
    access_units: int = 0
    packets: int = 0  # that came; 0 beside pictures: a recorder that does not tell
    lost_packets: int = 0
    dropped_units: int = 0
    reconnects: int = 0
    tap_readers: int = 0


@dataclass(slots=True)
class RecorderStatus:
    """One recorder process."""

    shard: int
    shards: int
    started_us: int
    now_us: int
    cpu_s: float
    rss_bytes: int
    cameras: list[CameraStatus] = field(default_factory=list)
    volumes: dict[str, str] = field(default_factory=dict)  # volume UUID -> "ok" or why it takes no footage

    def to_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "RecorderStatus":
        """The status back from `to_json`; raises KeyError, TypeError or ValueError on anything else.

        Recorder and reader may be of different versions while a node is updated: what the recorder does not tell of a
        camera has its default, what the reader does not know is left out.
        """
        known = {one.name for one in fields(CameraStatus)}
        rows = [{name: value for name, value in row.items() if name in known} for row in values.pop("cameras")]
        cameras = [CameraStatus(**{**row, "state": CameraState(row["state"])}) for row in rows]
        return cls(**values, cameras=cameras)
