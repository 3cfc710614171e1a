"""What `vms discover` prints about real simulated devices."""

import asyncio

import pytest
from rich.console import Console

from recorder.onvif.discovery import FoundDevice
from vms.cli.discover import _ask_all, device_table, stream_table

pytestmark = pytest.mark.sockets


def printed(table) -> str:
    console = Console(width=250)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def found_at(running, name: str = "Square north") -> FoundDevice:
    return FoundDevice("urn:uuid:1", (f"http://{running.address}/onvif/device_service",), name, "box", "here")


def test_devices_keep_what_looks_like_markup(running):
    assert "[red]Gate" in printed(device_table([found_at(running, "[red]Gate")]))


def test_streams_are_listed_with_their_addresses(running):
    found = [found_at(running)]
    text = printed(stream_table(found, asyncio.run(_ask_all(found, "operator", "correct horse"))))
    assert "rtsp://127.0.0.1:8554/cam0/sub" in text
    assert "H265 1920x1080 25/s 4000 kbit/s" in text


def test_a_wrong_password_stands_in_the_table(running):
    found = [found_at(running)]
    text = printed(stream_table(found, asyncio.run(_ask_all(found, "operator", "guess"))))
    assert "refuses user name or password" in text
    assert "guess" not in text
