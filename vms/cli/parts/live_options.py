"""How WebRTC viewers reach this node, as its settings say."""

from aiortc import RTCIceServer

from streams.ice_options import IceOptions
from vms.cli.settings.live import LiveSettings
from vms.cli.settings.node import DataPaths
from vms.cli.settings.service_password import password_of


def ice_options(live: LiveSettings, paths: DataPaths) -> IceOptions:
    """The options; VmsError(INVALID, `relay_password_unreadable`). The password is hidden from all logs from now on."""
    if live.turn is None:
        return IceOptions(live.networks)
    password = password_of(live.turn, paths.root, "live.turn", "relay_password_unreadable")
    return IceOptions(live.networks, RTCIceServer(live.turn.url, live.turn.username, password))
