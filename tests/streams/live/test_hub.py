"""One subscription for all viewers, which comes back by itself."""

import asyncio

import pytest

from streams import live_feed
from streams.live_items import Notice, Picture
from vms.archive.model import StreamKey
from vms.cameras.status import CameraState
from vms.kernel.errors import VmsError

pytestmark = pytest.mark.sockets


async def pictures(viewer, count):
    got = []
    while len(got) < count:
        item = await anext(viewer)
        if isinstance(item, Picture):
            got.append(item)
    return got


async def notice(viewer, code):
    while True:
        item = await anext(viewer)
        if isinstance(item, Notice) and item.code == code:
            return item


@pytest.mark.proves("D-1.3b")
def test_viewers_share_one_subscription_and_its_bytes(play):
    async def scenario(stage):
        first = stage.hub.join(stage.key)
        early = await pictures(first, 30)
        second = stage.hub.join(stage.key)
        assert second.waiting_items > 0, "the last group of pictures is there at once"
        late = await pictures(second, 20)
        more = await pictures(first, 20)
        assert early[0].is_sync
        assert late[0].is_sync
        shared = {id(picture) for picture in early + more} & {id(picture) for picture in late}
        assert len(shared) >= 18
        status = stage.shard.status().cameras[0]
        assert stage.shard._streams[stage.key].channel.readers == 1
        assert status.state is not CameraState.WAITING
        first.close()
        second.close()
        assert stage.hub.viewers == 0

    play(scenario)


@pytest.mark.parametrize("kind", ["join", "join_pieces"])
def test_who_joins_in_a_group_too_long_to_keep_begins_with_the_next_key_frame(play, monkeypatch, kind):
    monkeypatch.setattr(live_feed, "GOP_PICTURES", 20)

    async def scenario(stage):
        with stage.hub.join(stage.key) as watching, getattr(stage.hub, kind)(stage.key):
            while not (await pictures(watching, 1))[0].is_sync:
                pass
            await pictures(watching, 30)
            with getattr(stage.hub, kind)(stage.key) as late:
                assert late.waiting_items == 0, "the beginning of the group is no beginning"
                assert (await anext(late)).is_sync

    play(scenario, frames=100, gop=50)


def test_a_recorder_that_restarts_is_found_again(play):
    async def scenario(stage):
        with stage.hub.join(stage.key) as viewer:
            assert (await anext(viewer)) == Notice("waiting", "connecting")
            await pictures(viewer, 10)
            await stage.stop_recorder()
            assert (await notice(viewer, "recorder_away")).kind == "discontinuity"
            assert (await notice(viewer, "recorder_away")).kind == "waiting"
            assert stage.hub.last_pictures(stage.key) == []
            await stage.start_recorder()
            assert (await pictures(viewer, 1))[0].is_sync

    play(scenario)


def test_a_viewer_may_come_before_the_recorder(play):
    async def scenario(stage):
        with stage.hub.join(stage.key) as viewer:
            await notice(viewer, "recorder_away")
            await stage.start_recorder()
            assert (await pictures(viewer, 1))[0].is_sync

    play(scenario, records=False)


def test_a_camera_that_falls_silent_is_told_and_pictures_come_back(play, monkeypatch):
    monkeypatch.setattr(live_feed, "SILENCE_S", 0.4)

    async def scenario(stage):
        with stage.hub.join(stage.key) as viewer:
            await pictures(viewer, 5)
            stage.camera.faults.set("silent")
            assert (await notice(viewer, "camera_silent")).kind == "waiting"
            late = stage.hub.join(stage.key)
            await notice(late, "camera_silent")  # whoever joins now is told as well
            stage.camera.faults.clear()
            assert len(await pictures(viewer, 5)) == 5

    play(scenario)


def test_a_stream_nobody_carries_is_told(play):
    async def scenario(stage):
        with stage.hub.join(StreamKey(stage.key.camera_id, "sub")) as viewer:
            assert (await notice(viewer, "no_such_stream")).kind == "waiting"

    play(scenario)


def test_there_is_a_limit_and_leaving_makes_room(play):
    async def scenario(stage):
        stage.hub._max_viewers = 2
        first, _ = stage.hub.join(stage.key), stage.hub.join_pieces(stage.key)
        with pytest.raises(VmsError) as refusal:
            stage.hub.join(stage.key)
        assert (refusal.value.code, refusal.value.detail) == ("viewer_limit_reached", {"limit": 2})
        first.close()
        stage.hub.join(stage.key)

    play(scenario)


def test_the_recorder_is_left_a_while_after_the_last_viewer(play, monkeypatch):
    monkeypatch.setattr("streams.hub.LINGER_S", 0.05)

    async def scenario(stage):
        left = asyncio.Event()
        reader_left = stage.shard.reader_left
        stage.shard.reader_left = lambda key: (reader_left(key), left.set())
        with stage.hub.join(stage.key) as viewer:
            await pictures(viewer, 1)
        await left.wait()
        assert stage.hub._open == {}

    play(scenario)


def test_closing_ends_every_viewer(play):
    async def scenario(stage):
        viewer = stage.hub.join(stage.key)
        await pictures(viewer, 1)
        await stage.hub.close()
        assert [item async for item in viewer if isinstance(item, Notice)] == []
        with pytest.raises(VmsError) as refusal:
            stage.hub.join(stage.key)
        assert refusal.value.code == "server_stopping"

    play(scenario)
