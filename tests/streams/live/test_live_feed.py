"""What viewers are told while there is nothing to show."""

import asyncio

import pytest

from streams import live_feed
from streams.live_feed import LiveFeed
from streams.live_items import Notice, Picture
from streams.viewer import Viewer
from vms.media import tap

HEAD_BYTES = 5  # of a message of the tap, before its body


async def reason(viewer):
    """The next reason to wait."""
    while True:
        item = await anext(viewer)
        if isinstance(item, Notice):
            assert item.kind == "waiting"
            return item.code


@pytest.mark.proves("D-1.3b")
def test_a_camera_without_key_frames_is_not_called_silent(encode_clip, pictures_of, monkeypatch):
    monkeypatch.setattr(live_feed, "SILENCE_S", 0.2)
    first, second = pictures_of(encode_clip(frames=2))

    async def scenario():
        told = asyncio.Queue()

        async def messages():
            while True:
                yield await told.get()

        def sends(picture):
            head = tap._UNIT.pack(picture.pts_90k, picture.wall_us, tap.UnitFlag.SYNC * picture.is_sync)
            told.put_nowait((tap.Kind.UNIT, head + picture.data))

        feed = LiveFeed(messages, "a test")
        viewer = Viewer(feed.remove)
        feed.add_picture_viewer(viewer)
        following = asyncio.create_task(feed.run())
        assert await reason(viewer) == "connecting"
        assert await reason(viewer) == "camera_silent"
        sends(second)
        assert await reason(viewer) == "no_key_frame"
        late = Viewer(feed.remove)
        feed.add_picture_viewer(late)
        assert await reason(late) == "no_key_frame"
        assert await reason(viewer) == "camera_silent"  # now not even those come
        told.put_nowait((tap.Kind.FORMAT, tap.pack_format(first.format)[HEAD_BYTES:]))
        sends(first)
        sends(second)
        shown = [await anext(viewer), await anext(viewer)]
        assert [isinstance(item, Picture) and item.is_sync for item in shown] == [True, False]
        assert await reason(viewer) == "camera_silent"  # a picture that was shown is none that could not be
        following.cancel()
        await asyncio.wait([following])

    async def in_time():
        async with asyncio.timeout(20):
            await scenario()

    asyncio.run(in_time())
