"""Which addresses WebRTC viewers may be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address

from aioice.ice import get_host_addresses
from aiortc import RTCIceServer

LOOPBACK = "127.0.0.1"
Network = IPv4Network | IPv6Network


def own_addresses() -> list[str]:
    """This machine's addresses, loopback left out: what viewers are told as long as nothing is chosen."""
    return get_host_addresses(use_ipv4=True, use_ipv6=True)


@dataclass(frozen=True, slots=True)
class IceOptions:
    """How viewers reach this server.

    `networks`: only addresses inside these are offered (none given: all but loopback); containers' and tunnels'
    addresses cost every viewer checks that lead nowhere. `turn`: a relay for viewers who cannot reach any address.
    Without `turn` nobody outside is ever asked anything.
    """

    networks: tuple[Network, ...] = ()
    turn: RTCIceServer | None = None

    def servers(self) -> list[RTCIceServer]:
        """For aiortc, which asks a server of Google when it is told none at all."""
        return [self.turn] if self.turn is not None else []

    def chosen(self, addresses: Iterable[str]) -> list[str]:
        """Of this machine's addresses those to offer; loopback when nothing is left and no network was asked for."""
        found = list(dict.fromkeys(addresses))
        if not self.networks:
            return found or [LOOPBACK]
        every = [*found, LOOPBACK]
        return [text for text in every if any(ip_address(text) in network for network in self.networks)]
