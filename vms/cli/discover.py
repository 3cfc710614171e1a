"""`vms discover`: which cameras are on this network."""

import asyncio
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from recorder.onvif.choice import choose_streams
from recorder.onvif.describe import describe
from recorder.onvif.description import DescribedProfile, DeviceDescription
from recorder.onvif.discovery import FoundDevice
from recorder.onvif.discovery import discover as find_devices
from vms.kernel.errors import VmsError

MAX_AT_ONCE = 8
"""Cameras asked at the same time; more would only make slow switches slower."""

_PIPED_COLUMNS = 240  # a program that reads the list wants each address on one line
_ADDRESS = partial(Column, "Address", overflow="fold")  # an address cut short cannot be copied


def discover(
    timeout_s: Annotated[float, typer.Option("--timeout", min=0.5, max=60.0, help="Seconds to listen.")] = 3.0,
    username: Annotated[str | None, typer.Option("--user", help="ONVIF user; then streams are listed too.")] = None,
    password: Annotated[
        str, typer.Option("--password", envvar="NAZAR_CAMERA_PASSWORD", help="Better in the environment.")
    ] = "",
) -> None:
    """List the cameras that answer on the local network; with --user also their streams.

    Take one over with `vms camera add --onvif ADDRESS`. The password is sent to every device found, as a
    digest. Exit code 1 when nothing answers.
    """
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPED_COLUMNS)
    try:
        found = find_devices(timeout_s)
    except VmsError as err:
        console.print(f"[red]{err.message}[/red]")
        raise typer.Exit(1) from err
    if not found:
        console.print("No camera answered. Discovery stays within one network segment.")
        raise typer.Exit(1)
    if username is None:
        console.print(device_table(found))
        return
    console.print(stream_table(found, asyncio.run(_ask_all(found, username, password))))


async def _ask_all(found: list[FoundDevice], username: str, password: str) -> list[DeviceDescription | VmsError]:
    """A description or an error for each device, in the same order; a few at a time, each in a thread."""
    free = asyncio.Semaphore(MAX_AT_ONCE)

    async def ask(device: FoundDevice) -> DeviceDescription | VmsError:
        async with free:
            try:
                return await asyncio.to_thread(describe, device.addresses[0], username, password)
            except VmsError as err:
                return err

    return list(await asyncio.gather(*(ask(device) for device in found)))


def device_table(found: list[FoundDevice]) -> Table:
    """What devices say of themselves without being asked for anything secret."""
    table = Table("Name", "Hardware", "Location", _ADDRESS())
    for device in found:
        table.add_row(*_plain(device.name, device.hardware, device.location, device.addresses[0]))
    return table


def stream_table(found: list[FoundDevice], answers: list[DeviceDescription | VmsError]) -> Table:
    """One line for each stream worth recording or watching, or the reason why there is none."""
    table = Table("Name", "Maker", "Model", "Clock", "Stream", "Picture", _ADDRESS())
    for device, answer in zip(found, answers, strict=True):
        if isinstance(answer, VmsError):
            table.add_row(*_plain(device.name, "", device.hardware, "", "", answer.message, device.addresses[0]))
            continue
        choice = choose_streams(answer)
        facts = _plain(device.name, answer.manufacturer, answer.model, _clock(answer.clock_offset_us))
        if choice.main is None:
            table.add_row(*facts, "", "no H.264 or H.265 stream", "")
        for role, profile in (("main", choice.main), ("sub", choice.sub)):
            if profile is not None:
                table.add_row(*facts, role, *_plain(_picture(profile), profile.stream_uri or ""))
    return table


def _plain(*texts: str) -> list[str]:
    """Texts of strangers without rich's markup."""
    return [text.replace("[", "\\[") for text in texts]


def _picture(profile: DescribedProfile) -> str:
    return f"{profile.encoding} {profile.width}x{profile.height} {profile.fps:g}/s {profile.bitrate_kbps} kbit/s"


def _clock(offset_us: int | None) -> str:
    return "unknown" if offset_us is None else f"{round(offset_us / 1_000_000):+d} s"
