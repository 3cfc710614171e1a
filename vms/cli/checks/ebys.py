"""Checks of the bridge to the municipality's EBYS."""

from vms.cli.checks.finding import Finding, ok, problem
from vms.cli.parts.ebys import ConfiguredBridge
from vms.cli.settings.ebys import EbysSettings
from vms.cli.settings.node import DataPaths
from vms.cli.settings.service_password import open_to_others
from vms.kernel.errors import VmsError

_CHECK = "ebys"


def check_ebys(chosen: EbysSettings | None, paths: DataPaths) -> list[Finding]:
    """It is there, takes our sign-in and speaks our exchange; no paper is handed over. Takes up to the time-out."""
    if chosen is None:
        return []
    kept_in = None if chosen.password_file is None else paths.root / chosen.password_file
    findings = open_to_others(kept_in, _CHECK)
    try:
        status = ConfiguredBridge(chosen, paths).look()
    except VmsError as err:
        remedy = "Papers wait meanwhile; their numbers may be noted by hand. Check [ebys]"
        return [*findings, problem(_CHECK, err.message, f"{remedy}. Code: {err.code}.")]
    return [*findings, ok(_CHECK, f"EBYS answers through its bridge{': ' + status.name if status.name else ''}")]
