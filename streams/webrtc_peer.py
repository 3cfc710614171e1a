"""One WebRTC connection that carries coded pictures to a viewer."""

import asyncio
import functools
from collections.abc import Callable
from typing import Any

from aiortc import RTCConfiguration, RTCIceCandidate, RTCPeerConnection, RTCRtpSender, RTCSessionDescription
from aiortc.exceptions import InternalError, InvalidAccessError, InvalidStateError, OperationError
from aiortc.rtcdtlstransport import RTCDtlsTransport

from streams.ice_options import IceOptions
from streams.rtp_sender import PassthroughSender
from streams.whep_offer import bad_offer
from vms.kernel.errors import Kind, VmsError

ANSWER_TIMEOUT_S = 8.0
RELAY_TIMEOUT_S = 1.5  # a relay that is away must not cost viewers more than players have patience for
CLOSE_TIMEOUT_S = 3.0
_DISCARD_PORT = 9  # RFC 863
_REFUSALS = (ValueError, KeyError, IndexError, AttributeError, TypeError, AssertionError, InternalError,
             InvalidAccessError, InvalidStateError)  # fmt: skip


class WebRtcPeer:
    """Answers an offer with aiortc and hands out its sender.

    `heard_s` is the loop's time of the newest RTCP packet from the viewer, decrypted, so truly theirs; `is_gone` is set
    when the connection failed or was closed by the other side. Everything private of aiortc or aioice is touched here
    or in `rtp_sender`, nowhere else.
    """

    def __init__(self, options: IceOptions, on_key_frame_wanted: Callable[[], None]) -> None:
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=options.servers()))
        self._loop = asyncio.get_running_loop()
        self.heard_s = self._loop.time()
        self.is_gone = asyncio.Event()
        # Before setRemoteDescription: later (or never) aiortc would answer VP8 first (measured).
        transceiver: Any = self._connection.addTransceiver("video", direction="sendonly")
        codecs = RTCRtpSender.getCapabilities("video").codecs
        transceiver.setCodecPreferences([codec for codec in codecs if codec.name in ("H264", "rtx")])
        self._options = options
        self.sender = PassthroughSender(transceiver.sender.transport, on_key_frame_wanted)
        transceiver._RTCRtpTransceiver__sender = self.sender  # noqa: SLF001 - aiortc lets nobody choose
        transceiver.receiver._set_rtcp_ssrc(self.sender._ssrc)  # noqa: SLF001
        self._connection.on("connectionstatechange", self._on_state)

    async def answer(self, offer: str, called_from: str = "") -> str:
        """The SDP answer to a cleaned offer, which came from the address `called_from`.

        A relay lets only those through whom we name (RFC 8656 §9), and browsers hide their addresses: it is told where
        the offer came from. Behind a reverse proxy that is the proxy, and only viewers who name an address get through.
        VmsError(INVALID, `bad_offer` | `codec_not_offered`), VmsError(UNAVAILABLE, `no_answer`) when it takes too long.
        """
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT_S):
                await self._connection.setRemoteDescription(RTCSessionDescription(sdp=offer, type="offer"))
                # Only now is it known on which transport the offer bundles the video.
                _choose_addresses(self.sender.transport, self._options)
                self._note_reports(self.sender.transport)
                await self._connection.setLocalDescription()
                if self._options.turn is not None and called_from:
                    await self.sender.transport.transport.addRemoteCandidate(_candidate(called_from))
        except OperationError as err:
            raise VmsError(
                Kind.INVALID, "codec_not_offered", "This browser offers no H.264 we can send. Use the other transport."
            ) from err
        except _REFUSALS as err:
            raise bad_offer() from err
        except (TimeoutError, OSError) as err:
            raise VmsError(
                Kind.UNAVAILABLE, "no_answer", "The connection could not be prepared in time. Check the relay server."
            ) from err
        return self._connection.localDescription.sdp

    async def close(self) -> None:
        """End it; never raises, never hangs."""
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT_S):
                await self._connection.close()
        except (TimeoutError, OSError, ConnectionError):
            return

    def _on_state(self) -> None:
        if self._connection.connectionState in ("failed", "closed"):
            self.is_gone.set()

    def _note_reports(self, transport: RTCDtlsTransport) -> None:
        handle = transport._handle_rtcp_data  # noqa: SLF001

        async def note(data: bytes) -> None:
            self.heard_s = self._loop.time()
            await handle(data)

        transport._handle_rtcp_data = note  # type: ignore[method-assign]  # noqa: SLF001


def _candidate(address: str) -> RTCIceCandidate:
    """An address without a port that anybody listens at: the relay's permission is for all its ports."""
    return RTCIceCandidate(1, "viewer", address, _DISCARD_PORT, 1, "udp", "host")


def _choose_addresses(transport: RTCDtlsTransport, options: IceOptions) -> None:
    """Let aioice open sockets on the chosen addresses only; it has no option for it."""
    ice: Any = transport.transport.iceGatherer._connection  # noqa: SLF001
    gather = ice.get_component_candidates

    @functools.wraps(gather)
    async def chosen(component: int, addresses: list[str], **rest: Any) -> Any:
        return await gather(component, options.chosen(addresses), **{"timeout": RELAY_TIMEOUT_S, **rest})

    ice.get_component_candidates = chosen
