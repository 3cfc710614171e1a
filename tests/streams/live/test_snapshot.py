"""Small pictures for lists."""

import asyncio
import io

import av
import pytest

from streams import live_feed, snapshot
from streams.live_items import Notice, Picture
from streams.snapshot import Snapshots
from vms.kernel.clock import US_PER_SECOND, ManualClock
from vms.kernel.errors import VmsError

pytestmark = pytest.mark.sockets


def size_of(jpeg):
    with av.open(io.BytesIO(jpeg)) as container:
        frame = next(container.decode(video=0))
    return frame.width, frame.height


def test_a_thousand_requests_cost_one_picture(play, monkeypatch):
    made = []
    make = snapshot.to_jpeg
    monkeypatch.setattr(snapshot, "to_jpeg", lambda *arguments: (made.append(1), make(*arguments))[1])

    async def scenario(stage):
        snapshots = Snapshots(stage.hub, stage.clock)
        got = await asyncio.gather(*(snapshots.take(stage.key, 150) for _ in range(1000)))
        assert len({id(found) for found in got}) == 1
        assert size_of(got[0].jpeg) == (160, 120)
        assert abs(got[0].at_us - stage.clock.now_us()) < 3_000_000
        assert await snapshots.take(stage.key, 100) is got[0]
        assert len(made) == 1
        assert stage.hub.viewers == 0

    play(scenario)


def test_without_a_live_picture_there_is_none(play, monkeypatch):
    monkeypatch.setattr(snapshot, "WAIT_S", 0.2)

    async def scenario(stage):
        with pytest.raises(VmsError) as refusal:
            await Snapshots(stage.hub, stage.clock).take(stage.key, 320)
        assert refusal.value.code == "no_picture_now"

    play(scenario, records=False)


def test_a_camera_that_stopped_gives_no_picture_as_now_although_somebody_watches(play, monkeypatch):
    monkeypatch.setattr(snapshot, "WAIT_S", 0.2)
    monkeypatch.setattr(live_feed, "SILENCE_S", 0.4)

    async def scenario(stage):
        with stage.hub.join(stage.key) as watching:
            await anext(item async for item in watching if isinstance(item, Picture))
            stage.camera.faults.set("silent")
            await anext(item async for item in watching if item == Notice("waiting", "camera_silent"))
            newest = stage.hub.last_pictures(stage.key)[-1]
            clock = ManualClock(newest.wall_us)
            snapshots = Snapshots(stage.hub, clock)
            clock.advance(snapshot.FRESH_US / US_PER_SECOND)
            assert (await snapshots.take(stage.key, 320)).at_us <= newest.wall_us
            clock.advance(1)
            with pytest.raises(VmsError) as refusal:
                await snapshots.take(stage.key, 320)
            assert refusal.value.code == "no_picture_now"

    play(scenario)
