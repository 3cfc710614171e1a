"""The time stamp authority of a node, as its settings say."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from vms.cli.settings.node import DataPaths
from vms.cli.settings.service_password import password_of
from vms.cli.settings.time_stamp import TimeStampSettings
from vms.footage.exports.stamp_line import ask
from vms.kernel.errors import Kind, VmsError
from vms.kernel.http_line import ServicePlace

if TYPE_CHECKING:
    from vms.footage.bundle.time_stamp import StampAuthority

_SECTION = "footage.time_stamp"


def stamp_authority(chosen: TimeStampSettings | None, paths: DataPaths) -> "StampAuthority | None":
    """Whom packages ask for a time stamp; None: nobody.

    Files are read when it is asked: one that is wrong costs a package its stamp, not the node its jobs. What asking
    raises, beside `stamp_line.ask`: VmsError(INVALID), `time_stamp_password_unreadable`, `time_stamp_file_unreadable`.
    """
    if chosen is None:
        return None
    from vms.footage.bundle.time_stamp import StampAuthority  # noqa: PLC0415 - it loads pyHanko, for who is stamped

    def asked(question: bytes) -> bytes:
        return ask(_place(chosen, paths), question)

    return StampAuthority(chosen.used_name, asked, lambda: _roots(chosen.roots_file, paths))


def _place(chosen: TimeStampSettings, paths: DataPaths) -> ServicePlace:
    password = password_of(chosen, paths.root, _SECTION, "time_stamp_password_unreadable") if chosen.user else ""
    return ServicePlace(
        url=chosen.url, user=chosen.user, password=password,
        ca_file=None if chosen.ca_file is None else paths.root / chosen.ca_file, timeout_s=chosen.timeout_s,
    )  # fmt: skip


def _roots(file: Path | None, paths: DataPaths) -> list[Any]:
    if file is None:
        return []
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 - as above

    try:
        found = list(load_certs_from_pemder_data((paths.root / file).read_bytes()))
    except (OSError, ValueError) as err:
        raise _unreadable() from err
    if not found:
        raise _unreadable()
    return found


def _unreadable() -> VmsError:
    return VmsError(
        Kind.INVALID, "time_stamp_file_unreadable",
        f"Setting {_SECTION}.roots_file: it holds no certificates that can be read. Correct it.",
    )  # fmt: skip
