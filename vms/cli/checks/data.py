"""Checks of a node's data folder: settings, keys, volumes, control database."""

import os
import stat
import tempfile
from pathlib import Path
from uuid import UUID

from vms.archive.known_volumes import KnownVolumes
from vms.archive.volume import Volume, read_uuid
from vms.cli.checks.finding import Finding, ok, problem, warning
from vms.cli.settings.node import DataPaths, Settings, VolumeSettings, load_settings
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.migration import current_revision, head_revision

_UNSAFE = stat.S_IRWXG | stat.S_IRWXO
_GB = 1_000_000_000


def check_settings(paths: DataPaths) -> tuple[Finding, Settings]:
    """The settings file with the variables; the defaults when they are broken, so that the other checks go on."""
    try:
        settings = load_settings(paths)
    except VmsError as err:
        also = f", {paths.console_settings}" if paths.console_settings.exists() else ""
        remedy = f"Correct {paths.settings}{also} or the NAZAR_ variable. Code: {err.code}."
        return problem("settings", err.message, remedy), Settings()
    used = [str(path) for path in (paths.settings, paths.console_settings) if path.exists()]
    source = ", ".join(used) or "defaults (no nazar.toml)"
    return ok("settings", f"Settings are valid: {source}"), settings


def check_data_folder(root: Path) -> Finding:
    """The folder takes files and keeps others out."""
    if not root.is_dir():
        parent = next((one for one in root.absolute().parents if one.exists()), Path("/"))
        if os.access(parent, os.W_OK):
            return warning("data", f"{root} does not exist yet.", "`vms serve` makes it; check that the path is meant.")
        return problem(
            "data", f"{root} does not exist and cannot be made.", f"Create it, or allow writing in {parent}."
        )
    try:
        with tempfile.TemporaryFile(dir=root):
            pass
    except OSError as err:
        return problem("data", f"{root} takes no files: {err.strerror}.", "Give this user the folder, or free space.")
    return ok("data", f"{root} takes files")


def check_keys(paths: DataPaths) -> list[Finding]:
    """Keys are readable by their owner only, like what the console keeps: the mail server's password may be in it."""
    findings = []
    kept = [paths.console_settings] if paths.console_settings.exists() else []
    for key in (paths.secret_key, paths.node_key, *kept):
        if not key.exists():
            findings.append(ok("keys", f"{key.name} is made at the first start"))
            continue
        mode = stat.S_IMODE(key.stat().st_mode)
        if mode & _UNSAFE:
            findings.append(problem("keys", f"{key.name} may be read by others (mode {mode:04o}).", f"chmod 600 {key}"))
        elif not os.access(key, os.R_OK):
            findings.append(
                problem("keys", f"{key.name} cannot be read by this user.", f"chown it to the service's user: {key}")
            )
        else:
            findings.append(ok("keys", f"{key.name} is private"))
    return findings


def check_volumes(settings: Settings, paths: DataPaths) -> list[Finding]:
    """Every volume in use is mounted, the one that is expected, and has room. Changes nothing."""
    chosen = settings.volumes_in(paths)
    try:
        known = KnownVolumes(paths.known_volumes)
        expected = [known.uuid_at(volume.path) for volume in chosen]
    except VmsError as err:
        return [problem("volume", err.message, f"Correct {paths.known_volumes} from a backup.")]
    return [_check_volume(volume, uuid) for volume, uuid in zip(chosen, expected, strict=True)]


def _check_volume(chosen: VolumeSettings, expected: UUID | None) -> Finding:
    path = chosen.path
    try:
        found = read_uuid(path)
    except VmsError as err:
        if err.code == "volume_missing" and expected is None:
            return _check_new(path)
        return problem("volume", f"{path}: {err.message}", "Mount the disk, then run `vms doctor` again.")
    if expected is not None and found != expected:
        return problem("volume", f"{path} holds another volume than expected.", "Mount the right disk at this path.")
    return _check_room(path, found, int(chosen.reserve))


def _check_new(path: Path) -> Finding:
    try:
        is_empty = not path.exists() or not any(path.iterdir())
    except OSError as err:
        return problem("volume", f"{path} cannot be read: {err.strerror}", "Check mount and owner.")
    if is_empty:
        return ok("volume", f"{path} becomes a volume at the first start")
    return problem("volume", f"{path} holds other things and is not used.", "Give the volume a directory of its own.")


def _check_room(path: Path, uuid: UUID, reserve_bytes: int) -> Finding:
    volume = Volume(path, uuid, reserve_bytes)
    try:
        volume.attach()
        free_bytes, reserve = volume.free_bytes(), volume.reserve_bytes
    except (VmsError, OSError) as err:
        return problem("volume", f"{path} cannot be read: {err}", "Check the disk: dmesg, smartctl.")
    finally:
        volume.close()
    if not os.access(path, os.W_OK):
        return problem(
            "volume", f"{path} is read-only for this user.", "Remount it, or chown it to the service's user."
        )
    if free_bytes <= reserve:
        return problem(
            "volume", f"{path} is full ({free_bytes / _GB:.1f} GB free): new footage is lost.",
            "Add a volume in nazar.toml. Footage younger than 20 days is never deleted to make room.",
        )  # fmt: skip
    return ok("volume", f"{path} is volume {uuid}, {free_bytes / _GB:.1f} GB free")


def check_database(path: Path) -> Finding:
    """The control database stands at this program's revision."""
    if not path.exists():
        return ok("database", "The control database is made at the first start")
    database = Database.at(path, busy_timeout_s=2.0)
    try:
        current, head = current_revision(database.engine), head_revision()
    except VmsError as err:
        return problem("database", err.message, "Restore the control database from a backup; recording goes on.")
    finally:
        database.close()
    if current != head:
        return problem(
            "database", f"The control database stands at {current}, wanted is {head}.", "Run `vms db upgrade`."
        )
    return ok("database", f"The control database stands at {current}")
