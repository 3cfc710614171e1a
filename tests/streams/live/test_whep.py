"""WebRTC viewers, played by aiortc's own receiver."""

import asyncio
import re

import pytest

from streams.rtp_times import SQUEEZED_90K
from streams.whep import Created, WhepSessions
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


def stamps_of(frames):
    return [frame.pts for frame in frames]


def is_even(gaps):
    """Whether no picture is missing at 25 a second: time is pulled to the server's by 2 % at most."""
    return all(abs(gap - 3600) <= 72 for gap in gaps)


@pytest.mark.proves("D-1.3b")
def test_pictures_come_at_once_in_order_without_loss(play, whep_client):
    async def scenario(stage):
        loop = asyncio.get_running_loop()
        sessions = WhepSessions(stage.hub, stage.clock)
        with stage.hub.join(stage.key) as other:
            while len(stage.hub.last_pictures(stage.key)) < 10:
                await anext(other)
            began_s, group = loop.time(), stage.hub.last_pictures(stage.key)[0]
            async with whep_client(sessions, stage.key) as (client, created):
                first = await client.take(1)
                is_same_group = stage.hub.last_pictures(stage.key)[0] is group  # else it joined at the next one's start
                assert loop.time() - began_s < 1.0  # half of it is this test's own decoder on a busy machine
                assert first[0].key_frame
                frames = first + await client.take(50)
                gaps = [b - a for a, b in zip(stamps_of(frames), stamps_of(frames)[1:], strict=False)]
                burst = gaps.count(SQUEEZED_90K)
                assert (8 if is_same_group else 0) <= burst <= 25, "the group of pictures comes at once"
                assert is_even(gaps[burst:]), "then nothing is missing"
                assert sessions.viewers == 1
            assert await over(sessions, created.secret_id) == "viewer_left"
            assert stage.hub.viewers == 1

    play(scenario)


def test_the_pictures_are_the_cameras(play, whep_client, follows_the_loop, tmp_path):
    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        async with whep_client(sessions, stage.key) as (client, _):
            return [hash_of(frame) for frame in await client.take(40)]

    assert follows_the_loop(play(scenario))


def hash_of(frame):
    import hashlib

    planes = frame.to_ndarray(format="yuv420p")
    return hashlib.md5(planes.tobytes()).hexdigest()


def test_lost_packets_come_again(play, whep_client):
    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        async with whep_client(sessions, stage.key) as (client, created):
            await client.take(1)
            handle, seen = client.receiver.transport._handle_rtp_data, []

            async def lossy(data, arrival_time_ms):
                seen.append(data)
                if len(seen) % 10:
                    await handle(data, arrival_time_ms)

            client.receiver.transport._handle_rtp_data = lossy
            frames = await client.take(60)
            sender = running_session(sessions, created)._peer.sender
            assert sender.packets_resent >= 5
            gaps = [b - a for a, b in zip(stamps_of(frames), stamps_of(frames)[1:], strict=False)]
            assert is_even(gaps[30:]), "no picture was given up"

    play(scenario)


def running_session(sessions, created):
    return sessions._running[created.secret_id].task.get_coro().cr_frame.f_locals["self"]


def test_a_request_for_a_key_frame_is_answered_with_the_last_group_at_most_once_a_second(play, whep_client):
    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        async with whep_client(sessions, stage.key) as (client, created):
            frames = await client.take(20)
            assert [frame.key_frame for frame in frames].count(True) == 1
            sender = running_session(sessions, created)._peer.sender
            for _ in range(5):
                await client.receiver._send_rtcp_pli(sender._ssrc)
            again = await client.frame_where(lambda frame: frame.key_frame)
            assert again.pts - frames[-1].pts < 45_000, "long before the camera's next one"
            await client.receiver._send_rtcp_pli(sender._ssrc)
            following = await client.take(40)
            assert [frame.key_frame for frame in following].count(True) <= 1
            assert stamps_of(following) == sorted(stamps_of(following))

    play(scenario, frames=250, gop=250)


def test_a_recorder_that_restarts_and_another_size_are_survived(play, whep_client, clip_of):
    large = clip_of(width=320, height=240)

    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        async with whep_client(sessions, stage.key) as (client, _):
            before = (await client.take(10))[-1]
            await stage.stop_recorder()
            await stage.start_recorder()
            stage.change_clip(large)
            after = await client.frame_where(lambda frame: frame.width == 320)
            assert 0 < after.pts - before.pts < 10 * 90_000
            await client.take(10)

    play(scenario)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [("codec_not_supported_by_webrtc", {"codec": "libx265"}), ("reordered_pictures", {"bframes": 2})],
)
def test_what_webrtc_cannot_carry_is_refused_with_the_reason(play, whep_client, code, wanted):
    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        with pytest.raises(VmsError) as refusal:
            async with whep_client(sessions, stage.key):
                pass
        assert (refusal.value.kind, refusal.value.code) == (Kind.INVALID, code)
        assert (sessions.viewers, stage.hub.viewers) == (0, 0)

    play(scenario, **wanted)


def test_a_camera_without_pictures_is_told_before_anything_is_set_up(play, whep_client, monkeypatch):
    monkeypatch.setattr("streams.whep.FIRST_PICTURE_S", 0.3)

    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        with pytest.raises(VmsError) as refusal:
            async with whep_client(sessions, stage.key):
                pass
        assert (refusal.value.kind, refusal.value.code) == (Kind.CONFLICT, "no_picture_now")
        assert refusal.value.detail == {"reason": "recorder_away", "retry_after_s": 2}

    play(scenario, records=False)


def test_an_offer_without_candidates_and_with_audio_connects(play, whep_client):
    """As Chromium's, when its addresses are hidden behind names of the local network."""

    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        create = sessions.create

        def hidden(key, offer, is_allowed):
            return create(key, re.sub(r"(a=candidate:\S+ \d udp \d+) \S+", r"\1 9f3c.local", offer), is_allowed)

        sessions.create = hidden
        async with whep_client(sessions, stage.key, kinds=("audio", "video")) as (client, created):
            assert "m=audio" in created.answer_sdp
            assert "a=inactive" in created.answer_sdp
            assert len(await client.take(5)) == 5

    play(scenario)


@pytest.mark.parametrize("spoil", ["a=ice-ufrag", "a=fingerprint", "a=mid", "a=setup", "a=rtcp-mux", "c=IN"])
def test_a_spoilt_offer_is_an_answer_not_a_crash(play, whep_client, spoil):
    async def scenario(stage):
        sessions = WhepSessions(stage.hub, stage.clock)
        async with whep_client(sessions, stage.key) as (client, _):
            offer = client.connection.localDescription.sdp
            spoilt = "\r\n".join(line for line in offer.splitlines() if not line.startswith(spoil)) + "\r\n"

            async def always():
                return None

            (outcome,) = await asyncio.gather(sessions.create(stage.key, spoilt, always), return_exceptions=True)
            if isinstance(outcome, Created):
                await sessions.end(outcome.secret_id, "test")
            else:
                assert outcome.code == "bad_offer"
            assert sessions.viewers == 1

    play(scenario)
