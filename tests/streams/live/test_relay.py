"""Viewers who reach no address of this machine are served through a relay: coturn, which nobody here wrote."""

import asyncio
import re
import shutil
import socket
import subprocess
from ipaddress import ip_network

import pytest
from aiortc import RTCIceServer

from streams import whep_session
from streams.ice_options import IceOptions, own_addresses
from streams.relay_check import ask_relay
from streams.whep import WhepSessions

pytestmark = [pytest.mark.sockets, pytest.mark.system]
NOWHERE = (ip_network("203.0.113.0/24"),)  # RFC 5737: no machine has an address of it
PATIENCE_S = 3.0  # of the console's player, before it takes the WebSocket
USER, PASSWORD = "nazar", "long enough for a relay"


@pytest.fixture
def relay(tmp_path):
    """A relay on loopback that serves one user."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        shutil.which("turnserver"), "-n", "--listening-ip=127.0.0.1", f"--listening-port={port}",
        "--relay-ip=127.0.0.1", "--lt-cred-mech", f"--user={USER}:{PASSWORD}", "--realm=nazar.test",
        f"--userdb={tmp_path / 'users.db'}", f"--pidfile={tmp_path / 'pid'}", f"--log-file={tmp_path / 'relay.log'}",
        "--simple-log", "--allow-loopback-peers", "--no-tls", "--no-dtls", "--no-cli",
    ]  # fmt: skip
    with (tmp_path / "out").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        server = RTCIceServer(f"turn:127.0.0.1:{port}", USER, PASSWORD)
        try:
            assert any(asyncio.run(ask_relay(server)) == "" for _ in range(3)), "it asks again as long as it starts"
            yield server
        finally:
            process.terminate()


def test_the_relay_serves_who_knows_its_password(relay):
    assert asyncio.run(ask_relay(relay)) == ""
    assert asyncio.run(ask_relay(RTCIceServer(relay.urls, USER, "wrong"))) == "refused"
    assert asyncio.run(ask_relay(RTCIceServer(f"{relay.urls}?transport=tcp", USER, PASSWORD))) == ""
    assert asyncio.run(ask_relay(RTCIceServer("turn:127.0.0.1:9?transport=tcp", USER, PASSWORD))) == "no_answer"


def test_pictures_come_through_the_relay_alone(relay, play, whep_client):
    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock, options=IceOptions(NOWHERE, relay))
        async with whep_client(sessions, stage.key) as (client, created):
            kinds = set(re.findall(r"a=candidate:.* typ (\w+)", created.answer_sdp))
            frames = await client.take(30)
        return kinds, frames

    kinds, frames = play(scenario)
    assert kinds == {"relay"}
    assert frames[0].key_frame


def test_a_relay_that_is_away_costs_little(play, whep_client):
    async def scenario(stage):
        loop = asyncio.get_running_loop()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 0))
            away = RTCIceServer(f"turn:127.0.0.1:{silent.getsockname()[1]}", USER, PASSWORD)
            sessions = WhepSessions(stage.hub, stage.clock, options=IceOptions(turn=away))
            with stage.hub.join(stage.key) as other:
                await anext(other)
                began_s = loop.time()
                async with whep_client(sessions, stage.key) as (client, _):
                    await client.take(1)
                    return loop.time() - began_s

    assert play(scenario) < PATIENCE_S


class HiddenViewers:
    """Sessions whose viewers, like browsers, name none of their addresses."""

    def __init__(self, sessions, called_from):
        self._sessions = sessions
        self._called_from = called_from

    async def create(self, key, offer, is_allowed):
        offer = re.sub(r"a=candidate:.*\r\n", "", offer)
        return await self._sessions.create(key, offer, is_allowed, called_from=self._called_from)


@pytest.fixture
def hidden_client(relay, whep_client):
    """Context manager like `whep_client`, through the relay alone."""

    def connect(stage, called_from):
        sessions = WhepSessions(stage.hub, stage.clock, options=IceOptions(NOWHERE, relay))
        return whep_client(HiddenViewers(sessions, called_from), stage.key)

    return connect


def test_a_viewer_who_names_no_address_is_let_through_by_where_the_offer_came_from(play, hidden_client):
    async def scenario(stage):
        address = next(address for address in own_addresses() if ":" not in address)
        async with hidden_client(stage, address) as (client, _):
            return await client.take(30)

    assert play(scenario)[0].key_frame


def test_nobody_else_gets_through(play, hidden_client, monkeypatch):
    monkeypatch.setattr(whep_session, "CONNECT_S", 2.0)

    async def scenario(stage):
        async with hidden_client(stage, "203.0.113.7") as (client, _):
            async with asyncio.timeout(4):
                await client.take(1)

    with pytest.raises(TimeoutError):
        play(scenario)
