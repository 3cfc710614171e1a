"""The command that runs cameras made of software."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from recorder.simcam.control import ControlDoor
from recorder.simcam.encoder import EncoderSettings
from recorder.simcam.faults import FAULTS
from recorder.simcam.make_clip import make_clip
from recorder.simcam.onvif_side import OnvifSide
from recorder.simcam.run import RunOptions, run
from recorder.simcam.scenes import is_drawable
from recorder.simcam.server import SimServer
from vms.kernel.errors import VmsError

_REFUSED = 2


def simcam(
    cameras: Annotated[int, typer.Option(min=1, max=1000, help="How many: /cam0, /cam1 … and /cam0/sub …")] = 4,
    port: Annotated[int, typer.Option(min=0, max=65535, help="RTSP port; 0 takes a free one.")] = 8554,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    file: Annotated[
        list[Path] | None, typer.Option(help="Loop this clip without encoding; several take turns.")
    ] = None,
    codec: Annotated[Literal["h264", "h265"], typer.Option(help="Codec of what is drawn.")] = "h264",
    size: Annotated[str, typer.Option(help="Size of the main stream, WIDTHxHEIGHT.")] = "1280x720",
    fps: Annotated[int, typer.Option(min=1, max=60)] = 15,
    bitrate: Annotated[int, typer.Option(min=64, max=100_000, help="kbit/s of the main stream.")] = 2000,
    gop: Annotated[float, typer.Option(min=0.1, max=600, help="Seconds between key pictures.")] = 2.0,
    scene: Annotated[str | None, typer.Option(help="street, square, lobby or harbour; default: in turn.")] = None,
    night: Annotated[bool, typer.Option("--night", help="Draw the scenes by night.")] = False,
    user: Annotated[str | None, typer.Option(help="Ask for this user …")] = None,
    password: Annotated[str, typer.Option(envvar="NAZAR_SIMCAM_PASSWORD", help="… with this password.")] = "",
    auth: Annotated[Literal["digest", "md5", "sha256", "basic", "any"], typer.Option()] = "digest",
    fault: Annotated[list[str] | None, typer.Option(help="Switch on for all cameras: NAME or NAME:NUMBER.")] = None,
    clock_offset: Annotated[float, typer.Option(help="The cameras' clocks minus ours, seconds.")] = 0.0,
    audio: Annotated[bool, typer.Option("--audio", help="Add a PCMU track.")] = False,
    session_timeout: Annotated[int, typer.Option(min=1, max=3600, help="Seconds.")] = 60,
    journal: Annotated[Path | None, typer.Option(help="Append a JSON line per session: what was sent.")] = None,
    control: Annotated[int | None, typer.Option(help="Port of the control socket; 0 takes a free one.")] = None,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Share the work (load tests).")] = 1,
    tick_ms: Annotated[int, typer.Option(min=5, max=200, help="Looped clips: send what is due this often.")] = 20,
    onvif: Annotated[
        bool | None, typer.Option("--onvif/--no-onvif", help="Default: yes, but not for more than 16 looped clips.")
    ] = None,
    onvif_port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="The first camera's ONVIF port, then one up each; 0: free ones."),
    ] = None,
    identity: Annotated[
        str | None, typer.Option(help="What serial numbers come from; default: host name and RTSP port.")
    ] = None,
    make: Annotated[
        Path | None, typer.Option("--make-clip", help="Encode a load-test clip to this file, then end.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=1, max=3600, help="Length of that clip.")] = 20.0,
    b_frames: Annotated[int, typer.Option(min=0, max=8, help="B-frames of that clip.")] = 0,
    list_faults: Annotated[bool, typer.Option("--list-faults", help="Name all faults, then end.")] = False,
) -> None:
    """Run simulated cameras: real RTSP and ONVIF, drawn or looped pictures, faults on command.

    A fault can also be asked for by address: rtsp://HOST:PORT/cam0?fault=NAME:NUMBER&after=PICTURES.
    """
    if list_faults:
        for name in sorted(FAULTS):
            typer.echo(f"{name:18} {FAULTS[name].default_value:>8g}  {FAULTS[name].summary}")
        return
    try:
        width, height = (int(part) for part in size.lower().split("x"))
    except ValueError as err:
        raise typer.BadParameter("write the size as WIDTHxHEIGHT") from err
    if not is_drawable(width, height):
        raise typer.BadParameter("scenes are 16:9, like 1280x720, between 160x90 and 3840x2160")
    try:
        if make is not None:
            settings = EncoderSettings(codec, width, height, fps, bitrate, gop, b_frames, "veryfast")
            make_clip(make, settings, seconds, scene or "street")
            return
        run(
            RunOptions(
                cameras, host, port, tuple(file or ()), codec, (width, height), fps, bitrate, gop, scene, night,
                user, password, auth, tuple(fault or ()), clock_offset, audio, session_timeout, journal, control,
                processes,
                tick_ms / 1000, has_onvif=onvif, onvif_port=onvif_port, identity=identity,
            ),
            _announce,
        )  # fmt: skip
    except VmsError as err:
        typer.echo(str(err), err=True)
        raise typer.Exit(_REFUSED) from err


def _announce(server: SimServer, door: ControlDoor | None, onvif: OnvifSide | None) -> None:
    names = list(server.cameras)
    typer.echo(f"{len(names)} cameras: {server.url(names[0])} … {server.url(names[-1])} (each also /sub)")
    if onvif is not None:
        finding = "`vms discover` finds all" if onvif.is_discoverable else "not discoverable"
        typer.echo(f"ONVIF: {onvif.addresses()[0]} and {len(names) - 1} more; {finding}")
    if door is not None:
        typer.echo(f"control: 127.0.0.1:{door.port}")
