import asyncio
import os
import signal
from dataclasses import replace

import pytest

from recorder.simcam.run import RunOptions, build_cameras, serve
from vms.kernel.clock import SystemClock


@pytest.mark.parametrize(
    ("changes", "wants"),
    [
        ({}, True),
        ({"cameras": 100}, True),
        ({"cameras": 16, "clips": ("a.mp4",)}, True),
        ({"cameras": 17, "clips": ("a.mp4",)}, False),
        ({"cameras": 17, "clips": ("a.mp4",), "onvif_port": 0}, True),
        ({"cameras": 17, "clips": ("a.mp4",), "has_onvif": True}, True),
        ({"has_onvif": False, "onvif_port": 8000}, False),
    ],
)
def test_onvif_unless_it_is_a_load_test(changes, wants):
    assert replace(RunOptions(), **changes).wants_onvif is wants


def test_serial_numbers_last_over_restarts_and_differ_between_programs():
    def serials(**changes):
        return [camera.serial for camera in build_cameras(replace(RunOptions(), **changes))]

    assert serials() == serials()
    assert len({*serials(), *serials(port=9554), *serials(identity="demo")}) == 12
    assert serials(identity="demo") == serials(identity="demo", port=9554)


@pytest.mark.sockets
def test_both_halves_start_and_end_together(clip_files):
    options = RunOptions(2, port=0, clips=(clip_files["h264"],), onvif_port=0, control_port=0, tick_s=0.05)
    seen = []

    def announce(server, door, onvif):
        seen.extend([server, door.port, *(device.port for device in onvif.devices)])
        assert server._ticker._tick_s == 0.05
        os.kill(os.getpid(), signal.SIGTERM)

    async def run():
        async with asyncio.timeout(10):
            await serve(options, SystemClock(), announce)
            for port in (seen[0].port, *seen[1:]):
                with pytest.raises(OSError, match=r"[Cc]onnect"):
                    await asyncio.open_connection("127.0.0.1", port)

    asyncio.run(run())
    assert len(set(seen)) == 4
