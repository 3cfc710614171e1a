"""The EBYS of a node, as its settings say."""

from uuid import UUID

from vms.cli.settings.ebys import EbysSettings
from vms.cli.settings.node import DataPaths
from vms.cli.settings.service_password import password_of
from vms.footage.ebys.answer import Answer
from vms.footage.ebys.bridge import BridgeStatus, HttpBridge
from vms.footage.ebys.paper import Paper
from vms.kernel.http_line import ServicePlace


class ConfiguredBridge:
    """`Ebys` whose files are read when it is asked: one that is wrong keeps papers waiting, not the node from its jobs.

    Raises beside `HttpBridge`: VmsError(INVALID), `ebys_password_unreadable`.
    """

    def __init__(self, chosen: EbysSettings, paths: DataPaths) -> None:
        self._chosen = chosen
        self._paths = paths

    def tell(self, paper: Paper, content: bytes | None) -> Answer:
        """See `Ebys.tell`."""
        return self._bridge().tell(paper, content)

    def ask(self, reference: UUID) -> Answer:
        """See `Ebys.ask`."""
        return self._bridge().ask(reference)

    def look(self) -> BridgeStatus:
        """See `HttpBridge.look`."""
        return self._bridge().look()

    def _bridge(self) -> HttpBridge:
        chosen, root = self._chosen, self._paths.root
        password = password_of(chosen, root, "ebys", "ebys_password_unreadable") if chosen.user else ""
        ca_file = None if chosen.ca_file is None else root / chosen.ca_file
        return HttpBridge(
            ServicePlace(
                url=chosen.url, user=chosen.user, password=password, ca_file=ca_file, timeout_s=chosen.timeout_s
            )
        )
