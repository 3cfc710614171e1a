"""Checks of the authority that stamps packages of footage."""

from urllib.parse import urlsplit

from vms.cli.checks.finding import Finding, ok, problem, warning
from vms.cli.parts.time_stamp import stamp_authority
from vms.cli.settings.node import DataPaths
from vms.cli.settings.service_password import open_to_others
from vms.cli.settings.time_stamp import TimeStampSettings
from vms.footage.bundle.time_stamp import stamp
from vms.kernel.errors import VmsError

_CHECK = "time stamp"
_TEXT = b"Nazar: deneme / test"


def check_time_stamp(chosen: TimeStampSettings | None, paths: DataPaths) -> list[Finding]:
    """It stamps a test text, as a package's signature is stamped. Takes up to the time-out."""
    authority = stamp_authority(chosen, paths)
    if chosen is None or authority is None:
        return []
    kept_in = None if chosen.password_file is None else paths.root / chosen.password_file
    findings = open_to_others(kept_in, _CHECK)
    if chosen.roots_file is None and urlsplit(chosen.url).scheme == "http":
        findings.append(warning(
            _CHECK, "Whoever answers in the authority's place is believed: the address is not under TLS.",
            "Write the authority's root certificate into footage.time_stamp.roots_file, or use its https address.",
        ))  # fmt: skip
    try:
        got = stamp(authority, _TEXT)
    except VmsError as err:
        remedy = "Packages are closed without a time stamp meanwhile, and say so. Check [footage.time_stamp]"
        return [*findings, problem(_CHECK, err.message, f"{remedy}. Code: {err.code}.")]
    return [*findings, ok(_CHECK, f"{authority.name} stamps; its certificate is of {got.signer.name}")]
