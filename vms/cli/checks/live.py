"""Checks of how WebRTC viewers reach this machine: the addresses they are told, the relay."""

import asyncio
import os
from pathlib import Path

from aiortc import RTCIceServer

from streams.ice_options import IceOptions, own_addresses
from streams.relay_check import ask_relay
from vms.cli.checks.finding import Finding, ok, problem, warning
from vms.cli.parts.live_options import ice_options
from vms.cli.settings.live import RELAY_VARIABLE, LiveSettings, TurnSettings
from vms.cli.settings.node import DataPaths
from vms.cli.settings.service_password import open_to_others
from vms.kernel.errors import VmsError

_RELAY_REMEDIES = {
    "no_answer": ("does not answer", "Check live.turn.url, the relay, the firewalls between."),
    "refused": ("refuses us", "Correct live.turn.username and its password; check the relay's realm and quota."),
}


def check_live(live: LiveSettings, paths: DataPaths) -> list[Finding]:
    """Viewers are told an address; the relay, if one is set, serves us. Asks the relay: takes up to some seconds."""
    try:
        options = ice_options(live, paths)
    except VmsError as err:
        return [problem("relay", err.message, f"Correct it; `vms web` does not start so. Code: {err.code}.")]
    findings = [_check_addresses(options)]
    if live.turn is not None and options.turn is not None:
        findings += open_to_others(_kept_in(live.turn, paths), "relay")
        findings.append(_check_relay(options.turn))
    return findings


def _check_addresses(options: IceOptions) -> Finding:
    offered = options.chosen(own_addresses())
    if not offered:
        remedy = "Correct live.networks. Until then all but viewers over the relay watch over the WebSocket."
        return warning("live", "None of this machine's addresses lies in live.networks.", remedy)
    return ok("live", f"WebRTC viewers are told {len(offered)} of this machine's addresses")


def _kept_in(turn: TurnSettings, paths: DataPaths) -> Path | None:
    """The file that holds the relay's password; None when a variable brings it."""
    if turn.password_file is not None:
        return paths.root / turn.password_file
    return None if RELAY_VARIABLE in os.environ else Path(os.environ.get("NAZAR_CONFIG", paths.settings))


def _check_relay(relay: RTCIceServer) -> Finding:
    reason = asyncio.run(ask_relay(relay))
    if not reason:
        return ok("relay", "The relay serves us")
    what, remedy = _RELAY_REMEDIES[reason]
    return problem("relay", f"The relay {what}.", f"{remedy} Viewers who need it watch over the WebSocket meanwhile.")
