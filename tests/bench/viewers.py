"""Viewers of live pictures that decode nothing: a program that watches until SIGTERM.

    python -m tests.bench.viewers mse|whep HTTP-ADDRESS SESSION-COOKIE CAMERA-ID…

It prints `ready` when each of them has pictures; at each SIGUSR1 a line of JSON with what each got so far.
"""

import asyncio
import json
import signal
import sys
from dataclasses import asdict, dataclass

import httpx
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.rtp import RtcpReceiverInfo, RtcpRrPacket
from websockets.asyncio.client import connect

from tests.bench.node import COOKIE

REPORT_S = 3.0  # the server takes a viewer that reports nothing for ten seconds for gone
READY_S = 60.0
_MARKER = 0x80


@dataclass
class Got:
    """What one viewer received. `pictures`: fragments of MSE, marked ends of pictures of RTP."""

    bytes: int = 0
    pictures: int = 0
    lost_packets: int = 0
    skips: int = 0


class MseViewer:
    """Reads the WebSocket as fast as messages come."""

    def __init__(self, address: str, cookie: str, camera_id: str) -> None:
        self.got = Got()
        self.has_pictures = asyncio.Event()
        self._url = f"ws{address.removeprefix('http')}/api/v1/live/{camera_id}/mse?stream=main"
        self._headers = {"Cookie": f"{COOKIE}={cookie}"}

    async def watch(self) -> None:
        """Until cancelled."""
        async with connect(
            self._url, additional_headers=self._headers, compression=None, max_size=None, proxy=None
        ) as line:
            async for message in line:
                if isinstance(message, str):
                    self.got.skips += json.loads(message)["type"] in {"skipped", "discontinuity", "waiting", "ended"}
                    continue
                self.got.bytes += len(message)
                self.got.pictures += 1
                if self.got.pictures > 2:  # the first is the init segment
                    self.has_pictures.set()
        raise RuntimeError("the server ended the line")


class WhepViewer:
    """aiortc up to the decrypted packets; headers are read, the rest is thrown away."""

    def __init__(self, address: str, cookie: str, camera_id: str) -> None:
        self.got = Got()
        self.has_pictures = asyncio.Event()
        self._url = f"{address}/api/v1/live/{camera_id}/whep?stream=main"
        self._cookies = {COOKIE: cookie}
        self._highest = -1

    async def watch(self) -> None:
        """Until cancelled."""
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        try:
            connection.addTransceiver("video", direction="recvonly")
            await connection.setLocalDescription()
            receiver = connection.getReceivers()[0]
            answer = await self._ask(connection.localDescription.sdp)
            receiver.transport._handle_rtp_data = self._count
            await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
            while True:
                await asyncio.sleep(REPORT_S)
                await self._report(receiver)
        finally:
            await connection.close()

    async def _ask(self, offer: str) -> str:
        headers = {"Content-Type": "application/sdp"}
        async with httpx.AsyncClient(cookies=self._cookies, trust_env=False, timeout=READY_S) as client:
            answer = await client.post(self._url, content=offer, headers=headers)
        return answer.raise_for_status().text

    async def _count(self, data: bytes, arrival_time_ms: int) -> None:
        number = int.from_bytes(data[2:4], "big")
        ahead = 1 if self._highest < 0 else (number - self._highest) & 0xFFFF
        if ahead < 0x8000:
            self.got.lost_packets += ahead - 1
            self._highest = number
        else:
            self.got.lost_packets -= 1  # late, not lost
        self._ssrc = int.from_bytes(data[8:12], "big")
        self.got.bytes += len(data)
        if data[1] & _MARKER:
            self.got.pictures += 1
            self.has_pictures.set()

    async def _report(self, receiver: object) -> None:
        if self._highest < 0:
            return
        info = RtcpReceiverInfo(
            ssrc=self._ssrc, fraction_lost=0, packets_lost=0, highest_sequence=self._highest, jitter=0, lsr=0, dlsr=0
        )
        await receiver._send_rtcp(RtcpRrPacket(ssrc=1, reports=[info]))


async def main(kind: str, address: str, cookie: str, cameras: list[str]) -> None:
    """Watch all of them."""
    make = {"mse": MseViewer, "whep": WhepViewer}[kind]
    viewers = [make(address, cookie, camera_id) for camera_id in cameras]
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    watching = [asyncio.create_task(viewer.watch()) for viewer in viewers]
    stopping = asyncio.create_task(over.wait())
    ready = asyncio.gather(*(viewer.has_pictures.wait() for viewer in viewers))
    done, _ = await asyncio.wait([ready, *watching], timeout=READY_S, return_when=asyncio.FIRST_COMPLETED)
    if ready not in done:
        [task.result() for task in watching if task.done()]
        raise RuntimeError(f"only {sum(viewer.has_pictures.is_set() for viewer in viewers)} viewers have pictures")

    def tell() -> None:
        print(json.dumps([asdict(viewer.got) for viewer in viewers]), flush=True)

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, tell)
    print("ready", flush=True)
    await asyncio.wait([stopping, *watching], return_when=asyncio.FIRST_COMPLETED)
    [task.result() for task in watching if task.done()]
    for task in watching:
        task.cancel()
    await asyncio.wait(watching)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]))
