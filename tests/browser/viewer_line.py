"""A line between a viewer and the node that loses datagrams or is narrow."""

import asyncio
import random
import re
import socket
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from playwright.sync_api import BrowserContext, Route

HOST = "127.0.0.1"
QUEUE_S = 0.25  # what a cheap router holds; datagrams that would wait longer are lost
PIECE_BYTES = 4096
MOST_BYTES = 65_535
CLOSE_S = 5.0
_CANDIDATE = re.compile(r"^a=candidate:(\S+) 1 udp (\d+) (\d+\.\d+\.\d+\.\d+) (\d+) typ host.*$", re.MULTILINE)
_ANY_CANDIDATE = re.compile(r"^a=(candidate:|end-of-candidates).*\r?\n?", re.MULTILINE)

Address = tuple[str, int]


class ViewerLine:
    """Everything a browser exchanges with the node passes through here: pages, WebSockets, WebRTC.

    `loss` is the share of datagrams that vanish, each way, by a seeded chance. `kbit_per_s` is how much the line
    carries towards the viewer, all connections together; None: as much as comes. Both may change at any time. TCP
    loses nothing, it waits. Works on a thread of its own until `close`.
    """

    def __init__(self, node_port: int, seed: int = 5) -> None:
        self.loss = 0.0
        self.kbit_per_s: float | None = None
        self.datagrams = self.lost = 0
        self._chance = random.Random(seed)  # seeded: the same losses in each run
        self._node_port = node_port
        self._free_s = 0.0
        self._loop = asyncio.new_event_loop()
        self._streams: list[asyncio.BaseTransport] = []
        self._datagrams: list[_Datagrams] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="viewer line", daemon=True)
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._carry_stream, HOST, 0))
        self.netloc = f"{HOST}:{self._server.sockets[0].getsockname()[1]}"
        self.address = f"http://{self.netloc}"

    def lead(self, context: BrowserContext) -> None:
        """Have the WebRTC of all pages of `context` go this way, too: no side learns the other's own address."""
        context.route("**/whep?*", self._lead_answer)

    def close(self) -> None:
        """End it."""
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _end(self) -> None:
        self._server.close()
        for carried in (*self._streams, *self._datagrams):
            carried.close()
        if others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others, timeout=CLOSE_S)

    def _lead_answer(self, route: Route) -> None:
        offer = _ANY_CANDIDATE.sub("", route.request.post_data or "")
        answer = route.fetch(post_data=offer)
        sdp = answer.text()
        if found := _CANDIDATE.search(sdp):
            node = (found[3], int(found[4]))
            host, port = self._run(self._open_datagrams(node))
            own = f"a=candidate:{found[1]} 1 udp {found[2]} {host} {port} typ host"
            sdp = _ANY_CANDIDATE.sub(lambda each: f"{own}\r\n" if each.start() == found.start() else "", sdp)
        route.fulfill(response=answer, body=sdp)

    async def _open_datagrams(self, node: Address) -> Address:
        datagrams = _Datagrams(self, node, self._loop)
        self._datagrams.append(datagrams)
        return datagrams.address

    def carry_datagram(self, data: bytes, send: Callable[[bytes], None], *, is_to_viewer: bool) -> None:
        """Send now, later or never."""
        self.datagrams += 1
        wait_s = self._wait_s(len(data)) if is_to_viewer else 0.0
        if self._chance.random() < self.loss or wait_s > QUEUE_S:
            self.lost += 1
            return
        if wait_s:
            self._occupy(len(data))
            self._loop.call_later(wait_s, send, data)
        else:
            send(data)

    def _wait_s(self, size_bytes: int) -> float:
        """How long until this much has passed the line."""
        if self.kbit_per_s is None:
            return 0.0
        return max(0.0, self._free_s - self._loop.time()) + size_bytes * 8 / self.kbit_per_s / 1000

    def _occupy(self, size_bytes: int) -> None:
        self._free_s = self._loop.time() + self._wait_s(size_bytes)

    async def _carry_stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * PIECE_BYTES)  # what waits here waits nowhere else
        sock.setblocking(False)
        try:
            await self._loop.sock_connect(sock, (HOST, self._node_port))
        except OSError:
            sock.close()
            writer.close()
            return
        node_reader, node_writer = await asyncio.open_connection(sock=sock, limit=PIECE_BYTES)
        self._streams += [writer.transport, node_writer.transport]
        ways = (self._pass_on(reader, node_writer, is_to_viewer=False),
                self._pass_on(node_reader, writer, is_to_viewer=True))  # fmt: skip
        try:
            await asyncio.gather(*ways)
        finally:
            writer.close()
            node_writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_to_viewer: bool) -> None:
        with suppress(OSError):
            while data := await reader.read(PIECE_BYTES):
                if is_to_viewer and (wait_s := self._wait_s(len(data))):
                    self._occupy(len(data))
                    await asyncio.sleep(wait_s)
                writer.write(data)
                await writer.drain()
        writer.close()


class _Datagrams:
    """The node as a viewer knows it: one socket, with another one behind it for each of the viewer's."""

    def __init__(self, line: ViewerLine, node: Address, loop: asyncio.AbstractEventLoop) -> None:
        self._line, self._node, self._loop = line, node, loop
        self._backs: dict[Address, socket.socket] = {}
        self._front = _datagram_socket()
        self._front.bind((node[0], 0))
        self.address: Address = self._front.getsockname()
        loop.add_reader(self._front, self._from_viewer)

    def close(self) -> None:
        """Carry nothing any more."""
        for sock in (self._front, *self._backs.values()):
            self._loop.remove_reader(sock)
            sock.close()

    def _from_viewer(self) -> None:
        with suppress(OSError):
            data, viewer = self._front.recvfrom(MOST_BYTES)
            if viewer not in self._backs:
                back = self._backs[viewer] = _datagram_socket()
                back.connect(self._node)
                self._loop.add_reader(back, self._from_node, viewer)
            self._line.carry_datagram(data, self._to_node(viewer), is_to_viewer=False)

    def _from_node(self, viewer: Address) -> None:
        with suppress(OSError):
            data = self._backs[viewer].recv(MOST_BYTES)
            self._line.carry_datagram(data, self._to_viewer(viewer), is_to_viewer=True)

    def _to_node(self, viewer: Address) -> Callable[[bytes], None]:
        def send(data: bytes) -> None:
            with suppress(OSError):
                self._backs[viewer].send(data)

        return send

    def _to_viewer(self, viewer: Address) -> Callable[[bytes], None]:
        def send(data: bytes) -> None:
            with suppress(OSError):
                self._front.sendto(data, viewer)

        return send


def _datagram_socket() -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    return sock
