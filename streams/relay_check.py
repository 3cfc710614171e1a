"""Asks a relay for an address, to see whether it serves us."""

import asyncio

from aioice import stun, turn
from aiortc import RTCIceServer
from aiortc.rtcicetransport import connection_kwargs

ANSWER_S = 4.0  # a lost packet is sent again after half a second, then after one


async def ask_relay(relay: RTCIceServer) -> str:
    """Empty when the relay gave an address, which it got back, else why it did not: `no_answer`, `refused`."""
    known = connection_kwargs([relay])
    try:
        async with asyncio.timeout(ANSWER_S):
            transport, protocol = await turn.create_turn_endpoint(
                _Address,
                known["turn_server"],
                known["turn_username"],
                known["turn_password"],
                ssl=known["turn_ssl"],
                transport=known["turn_transport"],
            )
            transport.close()
            await protocol.is_given_back.wait()
    except stun.TransactionFailed:
        return "refused"
    except (OSError, TimeoutError, stun.TransactionError):
        return "no_answer"
    return ""


class _Address(asyncio.DatagramProtocol):
    """An address at the relay that nobody uses."""

    def __init__(self) -> None:
        self.is_given_back = asyncio.Event()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio calls it so
        """See `asyncio.DatagramProtocol.connection_lost`."""
        self.is_given_back.set()
