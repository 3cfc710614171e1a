"""Answers WS-Discovery for all simulated cameras of a process."""

import asyncio
import logging
import socket
import struct
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from recorder.simcam.discovery_messages import (
    Announced,
    is_meant,
    read_question,
    write_bye,
    write_hello,
    write_match,
)
from recorder.simcam.onvif.device import OnvifDevice
from vms.kernel.clock import US_PER_SECOND, Clock

GROUP = "239.255.255.250"
PORT = 3702
_MAX_ANSWERS_PER_S = 200
"""Answers are longer than questions: without a limit a forged sender address would make us an amplifier."""

_log = logging.getLogger(__name__)


def _listening_socket(port: int, interfaces: Sequence[str]) -> socket.socket:
    """A UDP socket that hears unicast and, on the named interfaces' addresses, the discovery group."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.setblocking(False)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("", port))
        for address in interfaces:
            membership = struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton(address))
            listener.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
        listener.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        listener.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    except OSError:
        listener.close()
        raise
    return listener


def own_address_towards(peer: str) -> str:
    """The address of ours that packets to `peer` leave from; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((peer, 9))
        return str(probe.getsockname()[0])


class DiscoveryResponder(asyncio.DatagramProtocol):
    """Says Hello, answers Probe with Resolve, says Bye, for every device added.

    `interfaces` are own IPv4 addresses to join the group on; without any it hears unicast only. `port` 0 lets
    the system choose (then only unicast makes sense). `devices_at` is the own address that devices listen at,
    None when at all: with a loopback address nobody outside this machine is answered or told of anything.
    Lives on one event loop's thread; start and stop once.
    """

    def __init__(
        self, clock: Clock, *, port: int = PORT, interfaces: Sequence[str] = (), devices_at: str | None = None
    ) -> None:
        self._clock = clock
        self._wanted_port = port
        self._interfaces = tuple(interfaces)
        self._devices_at = devices_at
        self._is_local = devices_at is not None and ip_address(devices_at).is_loopback
        self._devices: list[OnvifDevice] = []
        self._transport: asyncio.DatagramTransport | None = None
        self._instance = clock.now_us() // US_PER_SECOND
        self._number = 0
        self._second = 0
        self._answers = 0

    @property
    def port(self) -> int:
        """UDP port in use once started."""
        return self._wanted_port if self._transport is None else self._transport.get_extra_info("sockname")[1]

    async def start(self) -> None:
        """Listen; OSError when the port is taken or an interface is not ours."""
        listener = _listening_socket(self._wanted_port, self._interfaces)
        self._transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, sock=listener)

    def stop(self) -> None:
        """Say Bye for every device, close."""
        for device in list(self._devices):
            self.remove(device)
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def add(self, device: OnvifDevice) -> None:
        """Announce a started device from now on; Hello again each time its camera has come back."""
        self._devices.append(device)
        self._say_hello(device)
        device.subject.on_state(lambda _subject: self._follow(device))

    def remove(self, device: OnvifDevice) -> None:
        """Say Bye for a device, no longer answer for it."""
        if device in self._devices:
            self._devices.remove(device)
            self._multicast(lambda host: write_bye(self._announced(device, host), self._sequence()))

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """See asyncio: answer a question, ignore everything else. Gone cameras are silent."""
        question = read_question(data)
        if question is None or self._transport is None:
            return
        host = self._host_for(addr[0])
        if host is None:
            return
        for device in self._devices:
            announced = self._announced(device, host)
            if device.subject.state != "gone" and is_meant(question, announced) and self._may_answer():
                self._transport.sendto(write_match(question, announced, self._sequence()), addr)

    def error_received(self, exc: Exception) -> None:
        """See asyncio: somebody we answered is not there any more."""
        _log.debug("a discovery answer could not be delivered: %s", type(exc).__name__)

    def _follow(self, device: OnvifDevice) -> None:
        if device in self._devices and device.subject.state == "up":
            self._say_hello(device)

    def _say_hello(self, device: OnvifDevice) -> None:
        self._multicast(lambda host: write_hello(self._announced(device, host), self._sequence()))

    def _multicast(self, write: Callable[[str], bytes]) -> None:
        """Send to the group on every interface; an interface that is down is passed over."""
        if self._transport is None or self._is_local:
            return
        own = self._transport.get_extra_info("socket")
        for address in self._interfaces:
            try:
                own.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
            except OSError:
                continue
            self._transport.sendto(write(self._devices_at or address), (GROUP, PORT))

    def _host_for(self, peer: str) -> str | None:
        """Where `peer` reaches the devices; None when it cannot."""
        try:
            own = own_address_towards(peer)
        except OSError:
            return None
        if self._is_local and own != peer and not ip_address(peer).is_loopback:
            return None
        return self._devices_at or own

    def _announced(self, device: OnvifDevice, host: str) -> Announced:
        return Announced(device.endpoint, device.address_at(host), device.scopes)

    def _sequence(self) -> tuple[int, int]:
        """InstanceId grows with every start, MessageNumber with every message (WS-Discovery §7)."""
        self._number += 1
        return self._instance, self._number

    def _may_answer(self) -> bool:
        second = self._clock.boottime_us() // US_PER_SECOND
        if second != self._second:
            self._second, self._answers = second, 0
        self._answers += 1
        return self._answers <= _MAX_ANSWERS_PER_S
