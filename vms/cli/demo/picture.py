"""What picture the demonstration's cameras send: one whose footage its disk can keep."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retention.forecast import MARGIN_DAYS
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.archive.stats import volume_stats
from vms.archive.volume import RESERVE_SHARE
from vms.cli.node.volumes import ReadingVolume
from vms.cli.settings.node import DataPaths, Settings, VolumeSettings
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from vms.kernel.errors import VmsError

# With fewer days the forecast raises its alarm, rightly: a demonstration that turns red by itself teaches nothing.
WANTED_DAYS = MIN_RETENTION_DAYS + MARGIN_DAYS
BOXES_KBPS = 6  # heads, boxes and seals of two fragments a second
_SPARE = 1.2  # the disk is not the demonstration's alone
MOST_KBPS, LEAST_KBPS = 2000, 64  # the least that `vms simcam` takes; scenes at rest still look well with it
# From which rate on which picture: fewer pixels and rarer key frames, before the picture falls into blocks.
_PICTURES = ((800, "1280x720", 15, 2.0), (120, "640x360", 10, 4.0), (LEAST_KBPS, "640x360", 10, 8.0))
_DAY_S = US_PER_DAY // US_PER_SECOND


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """The main stream of each camera. `days`: how many of all cameras together the disk holds."""

    bitrate_kbps: int
    size: str
    fps: int
    gop_s: float
    days: float

    @property
    def fits(self) -> bool:
        """Whether the directive's days will be there with the forecast's margin."""
        return self.days >= WANTED_DAYS

    def options(self) -> list[str]:
        """For `vms simcam`."""
        return [
            "--size", self.size, "--fps", str(self.fps), "--bitrate", str(self.bitrate_kbps), "--gop", str(self.gop_s),
        ]  # fmt: skip

    def sentence(self) -> str:
        """What that means for the disk, in Turkish and English."""
        days = f"{min(self.days, 999):.0f}"
        if self.fits:
            return f"bu diske {days} günlük kayıt sığar · this disk holds {days} days of footage"
        return (
            f"bu diske {days} günlük kayıt sığar, {MIN_RETENTION_DAYS} gün gerekir: Sağlık sayfası haklı olarak uyarır "
            f"(--data: daha büyük bir disk) · this disk holds {days} days of footage, {MIN_RETENTION_DAYS} must fit: "
            "the health page will warn, rightly (--data: a larger disk)"
        )


def picture_for(room_bytes: int, cameras: int) -> DemoPicture:
    """The best picture of so many cameras of which `room_bytes` hold `WANTED_DAYS`; the smallest when none does."""
    fitting_kbps = room_bytes * 8 / 1000 / (WANTED_DAYS * _DAY_S * cameras)
    bitrate_kbps = int(min(max(fitting_kbps / _SPARE - BOXES_KBPS, LEAST_KBPS), MOST_KBPS))
    days = WANTED_DAYS * fitting_kbps / (bitrate_kbps + BOXES_KBPS)
    size, fps, gop_s = next(
        (size, fps, gop_s) for least_kbps, size, fps, gop_s in _PICTURES if bitrate_kbps >= least_kbps
    )
    return DemoPicture(bitrate_kbps, size, fps, gop_s, days)


def room_for_footage(settings: Settings, paths: DataPaths, now_us: int) -> int:
    """Bytes that footage takes or may take on the node's volumes, those counted that are made at its first start."""
    chosen = settings.volumes_in(paths)
    return _free_bytes(chosen) + sum(_kept_bytes(volume, paths, now_us) for volume in chosen)


def _kept_bytes(chosen: VolumeSettings, paths: DataPaths, now_us: int) -> int:
    """What an earlier start recorded: it goes when its days are over."""
    reader = ReadingVolume(chosen.path, paths.known_volumes)
    try:
        volume, _ = reader.need()
        return volume_stats(volume, now_us).size_bytes
    except (VmsError, OSError):
        return 0  # not made yet, or away: the recorder says so
    finally:
        reader.close()


def _free_bytes(chosen: Sequence[VolumeSettings]) -> int:
    """What may still be written; volumes on one disk share its room."""
    room: dict[int, int] = {}
    for volume in chosen:
        place = _existing(volume.path)
        disk = shutil.disk_usage(place)
        reserve_bytes = max(int(disk.total * RESERVE_SHARE), int(volume.reserve))
        room[place.stat().st_dev] = max(disk.free - reserve_bytes, 0)
    return sum(room.values())


def _existing(path: Path) -> Path:
    """The path, or the nearest folder above it that is there."""
    return next(one for one in (path, *path.absolute().parents) if one.exists())
