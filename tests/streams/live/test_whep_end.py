"""How a WebRTC viewer's picture ends."""

import asyncio

import pytest

from streams import whep_session
from streams.whep import WhepSessions
from vms.kernel.errors import Kind, VmsError

pytestmark = pytest.mark.sockets


async def over(sessions, secret_id):
    """The code with which a session ended."""
    running = sessions._running.get(secret_id)
    if running is not None:
        await asyncio.wait([running.task])
    with pytest.raises(VmsError) as ended:
        sessions.check(secret_id)
    assert ended.value.kind is Kind.GONE
    return ended.value.code


def test_a_camera_that_changes_to_h265_ends_the_session_with_the_reason(play, whep_client, clip_of):
    other = clip_of(codec="libx265")

    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        async with whep_client(sessions, stage.key) as (client, created):
            await client.take(3)
            stage.change_clip(other)
            assert await over(sessions, created.secret_id) == "codec_not_supported_by_webrtc"
            await client.has_ended.wait()

    play(scenario)


def test_a_right_that_ends_ends_the_picture_within_five_seconds(play, whep_client):
    async def scenario(stage):
        sessions, right = WhepSessions(stage.hub, stage.clock), []

        async def is_allowed():
            return right[0] if right else None

        async with whep_client(sessions, stage.key, is_allowed) as (client, created):
            await client.take(1)
            right.append("grant_expired")
            async with asyncio.timeout(5):
                assert await over(sessions, created.secret_id) == "grant_expired"
                await client.has_ended.wait()
            assert stage.hub.viewers == 0

    play(scenario)


def test_a_right_nobody_confirms_ends_the_picture_too(play, whep_client, monkeypatch):
    monkeypatch.setattr(whep_session, "CHECK_S", 0.1)
    monkeypatch.setattr(whep_session, "CHECK_TIMEOUT_S", 0.2)

    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)

        async def is_allowed():
            await asyncio.Event().wait()

        async with whep_client(sessions, stage.key, is_allowed) as (_, created):
            assert await over(sessions, created.secret_id) == "authority_away"

    play(scenario)


def test_a_viewer_whose_machine_vanished_is_let_go(play, whep_client, monkeypatch):
    monkeypatch.setattr(whep_session, "CHECK_S", 0.1)
    monkeypatch.setattr(whep_session, "DEAD_S", 1.6)

    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        async with whep_client(sessions, stage.key) as (client, created):
            await client.take(70)  # about two seconds: its reports keep it alive
            for protocol in client.receiver.transport.transport._connection._protocols:
                protocol.transport.abort()
            assert await over(sessions, created.secret_id) == "viewer_silent"

    play(scenario)


def test_a_viewer_who_never_connects_is_let_go(play, monkeypatch, whep_client):
    monkeypatch.setattr(whep_session, "CONNECT_S", 0.3)

    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        async with whep_client(sessions, stage.key) as (client, _):
            offer = client.connection.localDescription.sdp

            async def always():
                return None

            created = await sessions.create(stage.key, offer, always)  # its answer is thrown away
            assert await over(sessions, created.secret_id) == "not_connected"

    play(scenario)


def test_limits_owners_and_the_servers_end(play, whep_client):
    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock, 1)
        async with whep_client(sessions, stage.key) as (client, created):
            await client.take(1)
            with pytest.raises(VmsError) as refusal:
                async with whep_client(sessions, stage.key):
                    pass
            assert (refusal.value.code, refusal.value.detail) == ("viewer_limit_reached", {"limit": 1})
            sessions.check(created.secret_id)
            with pytest.raises(VmsError) as unknown:
                sessions.check(created.secret_id, "somebody else")
            assert unknown.value.kind is Kind.NOT_FOUND
            await sessions.close()
            assert await over(sessions, created.secret_id) == "server_stopping"
            await client.has_ended.wait()
            await sessions.end(created.secret_id, "viewer_left")  # once more is no mistake

    play(scenario)
