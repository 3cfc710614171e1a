"""Discovery over real multicast; skipped on a machine without a network interface besides loopback."""

import socket
import struct
import threading

import pytest

from recorder.onvif.discovery import discover, found_devices
from recorder.simcam.discovery import GROUP, PORT, DiscoveryResponder, own_address_towards
from vms.kernel.clock import SystemClock

POISON = (
    b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    b'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
    b'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Header>'
    b"<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Hello</a:Action>"
    b"<a:MessageID>urn:%d</a:MessageID><a:To>urn:t</a:To>"
    b'<d:AppSequence InstanceId="no number" MessageNumber="1"/></s:Header><s:Body><d:Hello>'
    b"<a:EndpointReference><a:Address>urn:y</a:Address></a:EndpointReference>"
    b"<d:Types/><d:Scopes/><d:XAddrs>http://a</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion>"
    b"</d:Hello></s:Body></s:Envelope>"
)


@pytest.fixture
def interface() -> str:
    try:
        address = own_address_towards(GROUP)
    except OSError:
        pytest.skip("this machine has no way to the discovery group")
    if address.startswith("127."):
        pytest.skip("the discovery library does not ask on loopback")
    return address


@pytest.fixture
def announced(start, camera, interface, loop):
    running = start(camera, host="0.0.0.0")

    async def announce() -> DiscoveryResponder:
        made = DiscoveryResponder(SystemClock(), interfaces=[interface])
        await made.start()
        made.add(running.device)
        return made

    responder = running.await_on_loop(announce())
    yield running
    running.on_loop(responder.stop)


@pytest.mark.sockets
def test_a_simulated_camera_is_found(announced, interface):
    found = [device for device in discover(1.5) if device.endpoint == announced.device.endpoint]
    assert [(device.name, device.hardware, device.addresses) for device in found] == [
        ("Square north", "Simulated camera", (f"http://{interface}:{announced.device.port}/onvif/device_service",))
    ]


@pytest.mark.sockets
def test_one_poisoned_datagram_does_not_end_the_search(announced, interface):
    done = threading.Event()

    def poison() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(interface))
            sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, struct.pack("b", 1))
            number = 0
            while not done.wait(0.02):
                number += 1
                sender.sendto(POISON % number, (GROUP, PORT))

    thread = threading.Thread(target=poison)
    thread.start()
    try:
        found = discover(2.0)
    finally:
        done.set()
        thread.join(5)
    assert announced.device.endpoint in {device.endpoint for device in found}


class Heard:
    """What the library hands over for one device."""

    def __init__(self, endpoint: str, addresses: list[str], scopes: tuple[str, ...] = ()) -> None:
        self._endpoint, self._addresses, self._scopes = endpoint, addresses, scopes

    def getEPR(self):
        return self._endpoint

    def getXAddrs(self):
        return self._addresses

    def getScopes(self):
        return [Scope(text) for text in self._scopes]


class Scope:
    def __init__(self, text: str) -> None:
        self._text = text

    def getValue(self):
        return self._text


def test_claims_are_cleaned():
    heard = [
        Heard("urn:a", ["ftp://x", "http://[::1]/o", "http://10.0.0.1/o", "http://u:p@10.0.0.1/"]),
        Heard("urn:b", []),
        Heard("urn:c", ["http://10.0.0.2/o"], ("onvif://www.onvif.org/name/Gate%0A%5B2%5D", "urn:other")),
    ]
    found = found_devices(heard)
    assert [(device.endpoint, device.addresses, device.name) for device in found] == [
        ("urn:a", ("http://10.0.0.1/o", "http://[::1]/o"), ""),
        ("urn:c", ("http://10.0.0.2/o",), "Gate[2]"),
    ]
