"""What a film's file is called."""

from zoneinfo import ZoneInfo

from vms.footage.bundle.order import CameraOrder
from vms.footage.bundle.piece import Film
from vms.kernel.clock import to_datetime


def film_name(camera: CameraOrder, film: Film, zone: ZoneInfo, number: int) -> str:
    """`video/kamera-0012-20261121T170459-1.mp4`: call-up number, local time of its beginning, its number of them.

    Stands in the container unencrypted, so it tells no name; letters and signs that every file system takes.
    """
    local = to_datetime(film.span.start_us).astimezone(zone)
    return f"video/kamera-{camera.number:04d}-{local:%Y%m%dT%H%M%S}-{number}.mp4"
