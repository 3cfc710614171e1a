"""A simulated camera's ONVIF device on an event loop of its own, so that blocking clients can be tested."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from recorder.onvif.address import read_address
from recorder.onvif.client import OnvifClient
from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.onvif.device import OnvifDevice
from vms.kernel.clock import SystemClock

USER, PASSWORD = "operator", "correct horse"


@dataclass
class Running:
    """The device while it runs; `on_loop` runs a function on its thread."""

    camera: SimCamera
    device: OnvifDevice
    loop: asyncio.AbstractEventLoop

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.device.port}"

    def client(self, user: str | None = USER, password: str = PASSWORD, **extra) -> OnvifClient:
        return OnvifClient(read_address(self.address), user, password, clock=SystemClock(), **extra)

    def on_loop(self, function: Callable, *arguments):
        async def run():
            return function(*arguments)

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(10)

    def await_on_loop(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(10)


@pytest.fixture
def camera() -> SimCamera:
    streams = (
        SimStream("main", "h265", 1920, 1080, fps=25, bitrate_kbps=4000),
        SimStream("sub", "h264", 640, 360, fps=10, bitrate_kbps=500),
    )
    return SimCamera("cam0", title="Square north", user=USER, password=PASSWORD, streams=streams, serial="A1B2C3")


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    thread = threading.Thread(target=made.run_forever)
    thread.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    thread.join(10)
    made.close()


@pytest.fixture
def start(loop) -> Iterator[Callable[..., Running]]:
    """Factory: `start(camera, host=…, **options of OnvifDevice)`."""
    devices: list[OnvifDevice] = []

    def run(camera: SimCamera, host: str = "127.0.0.1", **options) -> Running:
        device = OnvifDevice(camera, SystemClock(), host, rtsp_port=8554, **options)
        asyncio.run_coroutine_threadsafe(device.start(), loop).result(10)
        devices.append(device)
        return Running(camera, device, loop)

    yield run
    for device in devices:
        asyncio.run_coroutine_threadsafe(device.stop(), loop).result(10)


@pytest.fixture
def running(start, camera) -> Running:
    return start(camera)


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], None]:
    """Factory: `wait_until(condition)` asks again and again for at most ten seconds."""
    ticker = threading.Event()

    def wait(condition: Callable[[], bool]) -> None:
        for _ in range(500):
            if condition():
                return
            ticker.wait(0.02)
        pytest.fail("the condition did not come true within ten seconds")

    return wait
