"""How WebRTC viewers reach this node, as its settings say."""

from aiortc import RTCIceServer

from streams.ice_options import IceOptions
from vms.cli.live_settings import LiveSettings, TurnSettings
from vms.cli.settings import DataPaths
from vms.kernel.errors import Kind, VmsError
from vms.kernel.logging import redactor


def ice_options(live: LiveSettings, paths: DataPaths) -> IceOptions:
    """The options; VmsError(INVALID, `relay_password_unreadable`). The password is hidden from all logs from now on."""
    if live.turn is None:
        return IceOptions(live.networks)
    password = _password(live.turn, paths)
    redactor.hide(password)
    return IceOptions(live.networks, RTCIceServer(live.turn.url, live.turn.username, password))


def _password(turn: TurnSettings, paths: DataPaths) -> str:
    if turn.password_file is None:
        assert turn.password is not None
        return turn.password.get_secret_value()
    path = paths.root / turn.password_file
    try:
        password = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as err:
        raise _unreadable(f"{path} cannot be read") from err
    if not password:
        raise _unreadable(f"{path} is empty")
    return password


def _unreadable(what: str) -> VmsError:
    return VmsError(
        Kind.INVALID, "relay_password_unreadable",
        f"Setting live.turn.password_file: {what}. Write the relay's password into it, readable by this user only.",
    )  # fmt: skip
