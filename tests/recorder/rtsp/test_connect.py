"""Where a camera is: by address, or by a name that nobody may answer."""

import asyncio
import socket
import threading

import pytest

from recorder.rtsp.connection import connect
from recorder.source import SourceError
from vms.archive.model import Cause

pytestmark = pytest.mark.sockets


@pytest.fixture
def silent_names(monkeypatch):
    """No name server answers, until the test is over."""
    ended, real = threading.Event(), socket.getaddrinfo

    def find(host, *arguments, **options):
        if host.endswith(".example"):
            ended.wait(60)
            raise socket.gaierror(socket.EAI_AGAIN, "no answer")
        return real(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", find)
    yield
    ended.set()


def test_names_that_nobody_answers_keep_no_other_camera_waiting(silent_names):
    async def scenario():
        with socket.create_server(("127.0.0.1", 0)) as camera:
            waiting = [asyncio.create_task(connect(f"camera-{number}.example", 554, 30)) for number in range(20)]
            await asyncio.sleep(0)
            async with asyncio.timeout(10):
                (await connect("127.0.0.1", camera.getsockname()[1], 5)).close()
                assert await asyncio.to_thread(lambda: 1) == 1  # nor anything else that needs a thread
            for one in waiting:
                one.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(scenario())


def test_a_name_that_nobody_answers_is_a_fault_of_the_network(silent_names):
    with pytest.raises(SourceError) as caught:
        asyncio.run(connect("camera.example", 554, 0.05))
    assert (caught.value.cause, caught.value.detail) == (Cause.NETWORK, "no_route")
    assert "camera.example" not in caught.value.message
