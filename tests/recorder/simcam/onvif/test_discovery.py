"""The responder over loopback, asked by unicast."""

import asyncio
import socket

import pytest

from recorder.simcam.camera import SimCamera
from recorder.simcam.discovery import DiscoveryResponder
from recorder.simcam.discovery_messages import Announced, Question, is_meant, read_question
from recorder.simcam.onvif.device import OnvifDevice
from recorder.simcam.onvif.xml_reader import find, parse, text
from vms.kernel.clock import SystemClock

DN = "http://www.onvif.org/ver10/network/wsdl"
DEVICE = Announced(
    "urn:uuid:1", "http://c/", ("onvif://www.onvif.org/name/Square%20north", "onvif://www.onvif.org/type/ptz")
)


def probe(types: str = "n:NetworkVideoTransmitter", scopes: str = "", before: str = "") -> bytes:
    return (
        f'{before}<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" '
        'xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
        'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery">'
        "<e:Header><w:MessageID>uuid:42</w:MessageID></e:Header>"
        f'<e:Body><d:Probe><d:Types xmlns:n="{DN}">{types}</d:Types><d:Scopes>{scopes}</d:Scopes></d:Probe></e:Body>'
        "</e:Envelope>"
    ).encode()


def ask(camera: SimCamera, *questions: bytes) -> list[bytes]:
    """Answers until the last question is answered; the last one must be."""

    async def run() -> list[bytes]:
        device, responder = OnvifDevice(camera, SystemClock()), DiscoveryResponder(SystemClock(), port=0)
        await device.start()
        await responder.start()
        responder.add(device)
        loop, answers = asyncio.get_running_loop(), []
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.bind(("127.0.0.1", 0))
            line.setblocking(False)
            for question in questions:
                await loop.sock_sendto(line, question, ("127.0.0.1", responder.port))
            async with asyncio.timeout(5):
                while not any(b"uuid:42" in answer for answer in answers):
                    answers.append(await loop.sock_recv(line, 65536))
        responder.stop()
        await device.stop()
        return answers

    return asyncio.run(run())


@pytest.mark.sockets
def test_a_probe_is_answered_with_the_address_we_are_reached_by():
    (answer,) = ask(SimCamera("cam0", title="Square north"), probe())
    match = find(parse(answer), "s:Body/d:ProbeMatches/d:ProbeMatch")
    assert text(match, "d:XAddrs").startswith("http://127.0.0.1:")
    assert "onvif://www.onvif.org/name/Square%20north" in text(match, "d:Scopes").split()
    assert text(parse(answer), "s:Header/wsa:RelatesTo") == "uuid:42"


@pytest.mark.sockets
def test_garbage_is_ignored_and_the_next_probe_answered():
    answers = ask(
        SimCamera("cam0"),
        b"",
        b"\xff" * 1000,
        b"<a/>",
        probe(types="n:Printer"),
        b"x" * 60_000,
        probe(before='<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        probe(),
    )
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (Question("m"), True),
        (Question("m", types=((DN, "NetworkVideoTransmitter"),)), True),
        (Question("m", types=((DN, "Printer"),)), False),
        (Question("m", types=(("urn:other", "NetworkVideoTransmitter"),)), False),
        (Question("m", scopes=("onvif://www.onvif.org/name/Square north",)), True),
        (Question("m", scopes=("onvif://www.onvif.org/type",)), True),
        (Question("m", scopes=("onvif://www.onvif.org/ty",)), False),
        (Question("m", endpoint="urn:uuid:1"), True),
        (Question("m", endpoint="urn:uuid:2"), False),
    ],
)
def test_who_is_meant(question, meant):
    assert is_meant(question, DEVICE) is meant


def test_prefixes_are_resolved_where_they_stand():
    assert read_question(probe()).types == ((DN, "NetworkVideoTransmitter"),)
    assert read_question(probe(types="unknown:NetworkVideoTransmitter")).types == (("", "NetworkVideoTransmitter"),)
