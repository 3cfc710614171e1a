"""What a WebSocket is sent, played by a decoder that is not ours."""

import itertools
import struct
import time
from contextlib import aclosing

import pytest

from streams import viewer as viewer_module
from streams.mse import mse_messages
from vms.media.decode import decoded_frame_hashes
from vms.media.fmp4 import HEAD

pytestmark = pytest.mark.sockets


class Player:
    """Keeps messages by what they are: an init segment opens a new file."""

    def __init__(self):
        self.texts = []
        self.files = []
        self._is_init_next = False

    def take(self, message):
        if isinstance(message, dict):
            self.texts.append(message)
            self._is_init_next = message["type"] == "format"
        elif self._is_init_next:
            self.files.append([message])
            self._is_init_next = False
        else:
            self.files[-1].append(message)
        return message

    @property
    def fragments(self):
        return self.files[-1][1:] if self.files else []

    def hashes(self, path, number=-1):
        path.write_bytes(b"".join(self.files[number]))
        return decoded_frame_hashes(path)


def times_of(fragment):
    """tfdt and duration in ticks."""
    fields = HEAD.unpack_from(fragment)
    start_90k, samples = fields[-6], fields[-2]
    table = struct.unpack_from(f">{4 * samples}I", fragment, HEAD.size)
    return start_90k, sum(table[::4])


async def watch(stage, player, until):
    async with aclosing(mse_messages(stage.hub, stage.key, stage.clock)) as messages:
        async for message in messages:
            player.take(message)
            if until(player):
                return player
    return player


@pytest.mark.proves("D-1.3b")
def test_what_is_played_is_what_the_camera_showed_at_the_servers_time(play, follows_the_loop, tmp_path):
    async def scenario(stage):
        player = await watch(stage, Player(), lambda player: len(player.fragments) >= 30)
        assert abs(sum(times_of(player.fragments[-1])) / 90_000 - time.time()) < 0.3
        return player

    player = play(scenario)
    formats = [text for text in player.texts if text["type"] == "format"]
    assert len(formats) == 1
    assert formats[0]["mime"].startswith('video/mp4; codecs="avc1.')
    assert (formats[0]["width"], formats[0]["height"]) == (160, 120)
    hashes = player.hashes(tmp_path / "live.mp4")
    assert len(hashes) >= 55
    assert follows_the_loop(hashes)
    spans = [times_of(fragment) for fragment in player.fragments]
    for (start, duration), (following, _) in itertools.pairwise(spans):
        assert following == start + duration


def test_h265_comes_this_way(play, tmp_path):
    async def scenario(stage):
        return await watch(stage, Player(), lambda player: len(player.fragments) >= 10)

    player = play(scenario, codec="libx265")
    assert 'codecs="hvc1.' in player.texts[-1]["mime"]
    assert len(player.hashes(tmp_path / "live.mp4")) >= 18


def test_a_viewer_who_joins_late_sees_the_last_key_frame_at_once(play, tmp_path):
    async def scenario(stage):
        await watch(stage, Player(), lambda player: len(player.fragments) >= 8)
        late = Player()
        await watch(stage, late, lambda player: len(player.fragments) >= 1)
        return late

    late = play(scenario, frames=100, gop=100)
    assert [text["type"] for text in late.texts] == ["format"]
    assert late.hashes(tmp_path / "late.mp4")


def test_a_viewer_that_stops_reading_costs_nothing_and_goes_on_at_a_key_frame(play, monkeypatch, tmp_path):
    monkeypatch.setattr(viewer_module, "MAX_ITEMS", 5)

    async def scenario(stage):
        slow = Player()
        async with aclosing(mse_messages(stage.hub, stage.key, stage.clock)) as messages:
            while len(slow.fragments) < 2:
                slow.take(await anext(messages))
            await watch(stage, Player(), lambda player: len(player.fragments) >= 30)
            feed = stage.hub._open[stage.key].feed
            (queue,) = feed._piece_viewers
            assert queue.waiting_items <= 6
            while not any(text["type"] == "skipped" for text in slow.texts):
                slow.take(await anext(messages))
            before = len(slow.fragments)
            while len(slow.fragments) < before + 5:
                slow.take(await anext(messages))
        return slow, before

    slow, before = play(scenario)
    assert len(slow.files) == 1, "no new format is needed"
    (end, duration), (resumed, _) = times_of(slow.fragments[before - 1]), times_of(slow.fragments[before])
    assert resumed > end + duration
    alone = tmp_path / "alone.mp4"
    alone.write_bytes(slow.files[0][0] + b"".join(slow.fragments[before:]))
    assert len(decoded_frame_hashes(alone)) >= 8


def test_a_recorder_that_restarts_is_a_discontinuity(play, tmp_path):
    async def scenario(stage):
        player = Player()
        async with aclosing(mse_messages(stage.hub, stage.key, stage.clock)) as messages:
            while len(player.fragments) < 3:
                player.take(await anext(messages))
            await stage.stop_recorder()
            while player.texts[-1].get("code") != "recorder_away":
                player.take(await anext(messages))
            await stage.start_recorder()
            while len(player.files) < 2 or len(player.fragments) < 3:
                player.take(await anext(messages))
        return player

    player = play(scenario)
    assert [text["type"] for text in player.texts] == ["waiting", "format", "discontinuity", "waiting", "format"]
    assert player.hashes(tmp_path / "again.mp4")
    assert times_of(player.files[1][1])[0] > sum(times_of(player.files[0][-1]))


def test_another_size_is_announced(play, clip_of, tmp_path):
    large = clip_of(width=320, height=240)

    async def scenario(stage):
        player = Player()
        async with aclosing(mse_messages(stage.hub, stage.key, stage.clock)) as messages:
            while len(player.fragments) < 3:
                player.take(await anext(messages))
            stage.change_clip(large)
            while len(player.files) < 2 or len(player.fragments) < 3:
                player.take(await anext(messages))
        return player

    player = play(scenario)
    assert player.texts[-1]["width"] == 320
    assert any(text["type"] == "discontinuity" for text in player.texts)
    assert player.hashes(tmp_path / "large.mp4")


def test_the_servers_end_is_told(play):
    async def scenario(stage):
        player = Player()
        async with aclosing(mse_messages(stage.hub, stage.key, stage.clock)) as messages:
            while not player.fragments:
                player.take(await anext(messages))
            await stage.hub.close()
            async for message in messages:
                player.take(message)
        assert player.texts[-1] == {"type": "ended", "code": "server_stopping", "detail": ""}

    play(scenario)
