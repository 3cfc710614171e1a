"""Cameras with both halves: what is asked over ONVIF is seen over RTSP."""

import asyncio
import socket
from contextlib import asynccontextmanager
from datetime import timedelta

import av
import cv2
import numpy as np
import pytest

from recorder.onvif.address import read_address
from recorder.onvif.choice import choose_streams
from recorder.onvif.client import OnvifClient
from recorder.onvif.describe import describe
from recorder.simcam import timecode
from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.onvif_side import OnvifSide
from recorder.simcam.server import SimServer
from vms.kernel.clock import SystemClock
from vms.kernel.errors import VmsError

pytestmark = pytest.mark.sockets

CLOCK = SystemClock()
EVENTS, MEDIA, PTZ = "/onvif/event_service", "/onvif/media_service", "/onvif/ptz_service"
USER, PASSWORD = "operator", "correct horse"


def drawn(name="cam0", **options) -> SimCamera:
    streams = (SimStream("main", "h264", 320, 180, fps=10), SimStream("sub", "h264", 160, 90, fps=5))
    return SimCamera(name, streams=streams, user=USER, password=PASSWORD, **options)


@asynccontextmanager
async def both(*cameras, **options):
    """A server with the cameras and their ONVIF side."""
    server = SimServer(CLOCK)
    for camera in cameras:
        server.add(camera)
    await server.start()
    side = OnvifSide(server, CLOCK, discovery_port=0, **options)
    try:
        await side.start()
        async with asyncio.timeout(20):
            yield server, side
    finally:
        await side.stop()
        await server.stop()


def asking(side, work, index=0):
    """`work(client, call)` in a thread; `call(service, operation, path, …)` with the path of a service."""

    def run():
        reached = read_address(side.addresses()[index])
        with OnvifClient(reached, USER, PASSWORD, clock=CLOCK) as client:

            def call(service, operation, path, **arguments):
                return client.call(service, operation, reached.corrected_service(path), **arguments)

            return work(client, call)

    return asyncio.to_thread(run)


def first_picture(url) -> tuple[int, int]:
    options = {"rtsp_transport": "tcp", "analyzeduration": "0", "probesize": "32"}
    with av.open(url, options=options, timeout=10) as container:
        frame = next(container.decode(video=0))
        return frame.width, frame.height


def test_a_camera_names_the_streams_it_really_sends():
    async def run():
        async with both(drawn(), drawn("cam1")) as (server, side):
            assert len({device.endpoint for device in side.devices}) == 2
            found = await asyncio.to_thread(describe, side.addresses()[1], USER, PASSWORD)
            choice = choose_streams(found)
            assert choice.main.stream_uri == server.url("cam1")
            assert choice.sub.stream_uri == server.url("cam1", "sub")
            url = server.url("cam1", "sub", with_credentials=True)
            assert await asyncio.to_thread(first_picture, url) == (choice.sub.width, choice.sub.height) == (160, 90)

    asyncio.run(run())


def test_new_encoder_settings_change_the_stream(raw):
    def change(_client, call):
        encoder = call("media", "GetVideoEncoderConfiguration", MEDIA, ConfigurationToken="encoder_sub")
        encoder.Resolution.Width, encoder.Resolution.Height = 640, 360
        encoder.RateControl.FrameRateLimit = 8
        call("media", "SetVideoEncoderConfiguration", MEDIA, Configuration=encoder, ForcePersistence=True)

    async def run():
        camera = drawn()
        async with both(camera) as (server, side):
            camera.user = None  # the raw client knows no passwords
            watcher = await raw(server.url("cam0", "sub")).play()
            await watcher.picture()
            camera.user = USER
            await asking(side, change)
            with pytest.raises((OSError, asyncio.IncompleteReadError)):  # the line is cut, as cameras do
                await watcher.watch()
            url = server.url("cam0", "sub", with_credentials=True)
            assert await asyncio.to_thread(first_picture, url) == (640, 360)
            found = await asyncio.to_thread(describe, side.addresses()[0], USER, PASSWORD)
            told = choose_streams(found).main
            assert (told.width, told.height, told.fps) == (640, 360, 8)

    asyncio.run(run())


def test_what_is_drawn_by_several_processes_takes_no_settings():
    def sizes(_client, call):
        options = call("media", "GetVideoEncoderConfigurationOptions", MEDIA, ConfigurationToken="encoder_main")
        return [(size.Width, size.Height) for size in options.H264.ResolutionsAvailable]

    async def run(**options):
        async with both(drawn(), **options) as (_, side):
            return await asking(side, sizes)

    assert len(asyncio.run(run())) > 1
    assert asyncio.run(run(may_change_streams=False)) == [(320, 180)]


def snapshot(client, call) -> np.ndarray:
    uri = call("media", "GetSnapshotUri", MEDIA, ProfileToken="profile_main").Uri
    answer = client._transport.session.get(uri, timeout=10)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    return cv2.imdecode(np.frombuffer(answer.content, np.uint8), cv2.IMREAD_COLOR)


def test_a_snapshot_shows_the_scene_of_now_and_follows_the_head():
    def work(client, call):
        before_us = CLOCK.now_us()
        home = snapshot(client, call)
        drawn_us = timecode.read(home)
        assert home.shape == (180, 320, 3)
        assert before_us <= drawn_us <= CLOCK.now_us()
        call("ptz", "AbsoluteMove", PTZ, ProfileToken="profile_main", Position={"Zoom": {"x": 0.5}})
        zooms = (call("ptz", "GetStatus", PTZ, ProfileToken="profile_main").Position.Zoom.x for _ in range(2000))
        assert 0.5 in zooms  # it takes a second
        near = snapshot(client, call)
        assert timecode.read(near) > drawn_us
        return home, near

    async def run():
        async with both(drawn()) as (_, side):
            return await asking(side, work)

    home, near = asyncio.run(run())
    sky = np.s_[40:140]  # the rows between what is written above and below
    middle = cv2.resize(home[54:126, 96:224], (320, 180))[sky]  # 2.5 times as near
    assert np.abs(middle.astype(int) - near[sky]).mean() < 0.5 * np.abs(home[sky].astype(int) - near[sky]).mean()


def test_a_covered_lens_is_told_to_who_waits():
    camera = drawn()

    def wait_for_tampering(client, call):
        made = call("events", "CreatePullPointSubscription", EVENTS)
        where = made.SubscriptionReference.Address._value_1
        told = set()
        while ("Changed", "State", "true") not in told:
            answer = client.call("pullpoint", "PullMessages", where, Timeout=timedelta(seconds=5), MessageLimit=10)
            for message in answer.NotificationMessage:
                element = message.Message._value_1
                item = element.find(".//{*}Data/{*}SimpleItem")
                told.add((element.get("PropertyOperation"), item.get("Name"), item.get("Value")))
            camera.faults.set("covered")
        return snapshot(client, call)

    async def run():
        async with both(camera) as (_, side):
            return await asking(side, wait_for_tampering)

    picture = asyncio.run(run())
    assert picture[60:140].std() < 3


def test_a_looped_clip_stays_what_it_is(clips):
    camera = SimCamera("cam0", streams=(SimStream("main", clip=clips["h264"]),), user=USER, password=PASSWORD)

    def work(client, call):
        with pytest.raises(VmsError) as caught:
            snapshot(client, call)
        options = call("media", "GetVideoEncoderConfigurationOptions", MEDIA, ConfigurationToken="encoder_main")
        return caught.value.code, [(size.Width, size.Height) for size in options.H264.ResolutionsAvailable]

    async def run():
        async with both(camera) as (_, side):
            return await asking(side, work)

    assert asyncio.run(run()) == ("onvif_unsupported", [(320, 180)])


def two_ports() -> socket.socket:
    """A listening socket whose port has a free one before it."""
    for _ in range(50):
        taken, before = socket.socket(), socket.socket()
        with before:
            taken.bind(("127.0.0.1", 0))
            try:
                before.bind(("127.0.0.1", taken.getsockname()[1] - 1))
            except OSError:
                taken.close()
                continue
        taken.listen()
        return taken
    pytest.fail("no two free ports side by side")


def test_ports_follow_each_other_and_a_taken_one_is_named():
    async def run():
        taken = two_ports()
        with taken:
            port = taken.getsockname()[1]
            with pytest.raises(VmsError) as caught:
                async with both(drawn(), drawn("cam1"), first_port=port - 1):
                    pass
            with socket.socket() as again:  # what had been opened is closed again
                again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                again.bind(("127.0.0.1", port - 1))
        async with both(drawn(), drawn("cam1"), first_port=port - 1) as (_, side):
            return caught.value.code, [device.port - port for device in side.devices]

    assert asyncio.run(run()) == ("port_in_use", [-1, 0])


def test_devices_on_loopback_are_only_told_to_this_machine():
    async def run():
        async with both(drawn()) as (_, side):
            assert side.is_discoverable
            return [side.responder._host_for(peer) for peer in ("127.0.0.1", "198.51.100.7")]

    assert asyncio.run(run()) == ["127.0.0.1", None]
