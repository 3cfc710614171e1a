"""A queue that never grows."""

import asyncio

import pytest

from streams import viewer as viewer_module
from streams.live_items import Notice, Picture
from streams.viewer import MAX_BYTES, MAX_ITEMS, MAX_NOTICES, Viewer
from vms.media.video_format import VideoFormat

FORMAT = VideoFormat("h264", (), (b"\x67sps",), (b"\x68pps",), 640, 360, "avc1.42001E", 0, ())


def picture(number, *, is_sync=False, size=100):
    return Picture(FORMAT, bytes(size), number, number, is_sync)


def left():
    gone = []
    return Viewer(gone.append), gone


def read(viewer, count):
    async def body():
        async with asyncio.timeout(5):
            return [await anext(viewer) for _ in range(count)]

    return asyncio.run(body())


def test_pictures_come_out_as_they_went_in():
    viewer, _ = left()
    viewer.begin([picture(0, is_sync=True), picture(1)])
    viewer.tell(Notice("waiting", "camera_silent"))
    viewer.put(picture(2))
    got = read(viewer, 4)
    assert [getattr(item, "pts_90k", "notice") for item in got] == [0, 1, "notice", 2]
    assert viewer._owed_bytes == 0


def test_a_burst_of_any_length_is_given_whole_and_does_not_make_the_queue_longer_for_ever():
    viewer, _ = left()
    viewer.begin([picture(number, is_sync=number == 0) for number in range(MAX_ITEMS * 3)])
    for number in range(MAX_ITEMS):
        viewer.put(picture(number))
    assert not viewer._is_skipping
    viewer.put(picture(0))
    assert viewer._is_skipping
    assert viewer._owed_bytes == 0


@pytest.mark.parametrize("size", [100, MAX_BYTES // 20])
def test_who_does_not_read_loses_pictures_up_to_a_key_frame_and_is_told(size):
    viewer, _ = left()
    most = skips = 0
    for number in range(MAX_ITEMS * 10):
        was_skipping = viewer._is_skipping
        viewer.put(picture(number, is_sync=number % 25 == 0, size=size))
        skips += viewer._is_skipping and not was_skipping
        most = max(most, viewer._owed_bytes)
        assert viewer.waiting_items <= MAX_ITEMS + 1
    assert most <= MAX_BYTES
    assert skips >= 9
    last = MAX_ITEMS * 10
    viewer.put(picture(last, is_sync=True, size=size))
    items = read(viewer, viewer.waiting_items)
    kept = [item for item in items if isinstance(item, Picture)]
    assert [item for item in items if isinstance(item, Notice)] == [Notice("skipped")]
    assert items.index(kept[0]) > items.index(Notice("skipped"))
    assert kept[0].is_sync
    assert [item.pts_90k for item in kept] == list(range(kept[0].pts_90k, last + 1))


def test_one_picture_larger_than_the_whole_queue_passes(monkeypatch):
    monkeypatch.setattr(viewer_module, "MAX_BYTES", 1000)
    viewer, _ = left()
    viewer.put(picture(0, is_sync=True, size=1001))
    assert read(viewer, 1)[0].is_sync


def test_unread_notices_do_not_pile_up():
    viewer, _ = left()
    for number in range(1000):
        viewer.tell(Notice("waiting", str(number)))
    assert [item.code for item in read(viewer, MAX_NOTICES)][-1] == "999"
    assert viewer.waiting_items == 0


def test_the_end_comes_after_what_is_queued_and_leaving_is_told_once_each_time():
    async def body():
        viewer, gone = left()
        viewer.put(picture(0, is_sync=True))
        viewer.end()
        assert [item.pts_90k async for item in viewer] == [0]
        waiting, other_gone = left()
        reader = asyncio.create_task(anext(waiting))
        await asyncio.sleep(0)
        with waiting:
            pass
        with pytest.raises(StopAsyncIteration):
            await reader
        assert (gone, other_gone) == ([], [waiting])

    asyncio.run(body())


def test_a_reader_that_waits_is_woken():
    async def body():
        viewer, _ = left()
        reader = asyncio.create_task(anext(viewer))
        await asyncio.sleep(0)
        viewer.put(picture(7, is_sync=True))
        async with asyncio.timeout(5):
            assert (await reader).pts_90k == 7

    asyncio.run(body())


def test_the_limits_hold_together():
    assert viewer_module.MAX_BYTES >= 2 * 6 * 1024 * 1024  # a burst and as much again
