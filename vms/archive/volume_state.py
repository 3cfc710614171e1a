"""Why a volume takes footage, or does not."""

import errno
import os

from vms.archive.volume import Volume

OK = "ok"
FULL = "volume_full"
MISSING = "volume_missing"
READ_ONLY = "volume_read_only"
FAILED = "volume_failed"
BACK_MARGIN = 1.1  # a full volume is back a little above its reserve, so that it does not flap

_REASONS = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.ENODEV: MISSING, errno.ENXIO: MISSING}


def reason_of(err: OSError, volume: Volume) -> str:
    """The state after an operating system error."""
    if not volume.still_there():
        return MISSING
    return _REASONS.get(err.errno or 0, FAILED)


def has_room(volume: Volume, margin: float = 1.0) -> bool:
    """Whether new footage leaves the reserve alone. Raises OSError or VmsError when it cannot be measured."""
    return volume.free_bytes() >= volume.reserve_bytes * margin


def try_to_write(volume: Volume) -> None:
    """Write, sync, remove a few bytes; OSError when the volume does not take them."""
    name = f".probe-{os.getpid()}"
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600, dir_fd=volume.directory)
    try:
        os.write(descriptor, bytes(4096))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
        os.unlink(name, dir_fd=volume.directory)
