"""The ONVIF devices of all cameras of a process, with what connects them to the pictures."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address

from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.discovery import PORT, DiscoveryResponder
from recorder.simcam.onvif.device import OnvifDevice
from recorder.simcam.onvif.encoder_change import EncoderWish
from recorder.simcam.onvif.subject import OnvifStream
from recorder.simcam.own_addresses import own_ipv4_addresses
from recorder.simcam.scene_watch import WATCH_EVERY_S, SceneWatch
from recorder.simcam.scenes import Aim
from recorder.simcam.server import SimServer
from recorder.simcam.snapshot import SnapshotMaker
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError

log = logging.getLogger(__name__)


class OnvifSide:
    """One ONVIF device for each camera of a started `server`, one discovery responder for all.

    `first_port` P gives P, P+1, …; 0 takes free ones. Cameras whose streams are all drawn also give snapshots,
    follow the head, tell movement and tampering, and (with `may_change_streams`) take encoder settings; looped
    clips stay what they are. Event loop's thread; start and stop once.
    """

    def __init__(
        self, server: SimServer, clock: Clock, *, first_port: int = 0, discovery_port: int = PORT,
        may_change_streams: bool = True,
    ) -> None:  # fmt: skip
        self._server, self._clock, self._may_change = server, clock, may_change_streams
        self.is_discoverable = False
        self.devices = [
            self._device(camera, first_port and first_port + index)
            for index, camera in enumerate(server.cameras.values())
        ]
        self._watches: list[tuple[OnvifDevice, SceneWatch]] = []
        self._watching: asyncio.Task[None] | None = None
        self.responder = DiscoveryResponder(
            clock, port=discovery_port, interfaces=_interfaces(server.host), devices_at=_only_at(server.host)
        )

    def addresses(self) -> list[str]:
        """Device services in the cameras' order, as reached from this machine."""
        host = _only_at(self._server.host) or ("::1" if ":" in self._server.host else "127.0.0.1")
        return [device.address_at(host) for device in self.devices]

    async def start(self) -> None:
        """Answer from now on. VmsError(CONFLICT, `port_in_use`); without discovery it goes on with a warning."""
        try:
            for device in self.devices:
                await device.start()
        except (OSError, OverflowError) as err:
            await self.stop()
            raise VmsError(
                Kind.CONFLICT, "port_in_use", "A port of the simulated cameras' ONVIF cannot be opened. Choose another."
            ) from err
        await self._start_discovery()
        drawn = [device for device in self.devices if _is_drawn(self._server.cameras[device.subject.name])]
        self._watches = [(device, SceneWatch(self._server.cameras[device.subject.name])) for device in drawn]
        self._watching = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Say goodbye, close all ports."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait([self._watching])
        self.responder.stop()
        for device in self.devices:
            await device.stop()

    def watch_once(self) -> None:
        """Look at every scene now and tell subscribers what changed."""
        for device, watch in self._watches:
            noticed = watch.run_once(self._clock.now_us())
            device.set_motion(noticed.is_moving)
            device.set_tamper(noticed.is_tampered)

    async def _watch(self) -> None:
        while True:
            self.watch_once()
            await asyncio.sleep(WATCH_EVERY_S)

    async def _start_discovery(self) -> None:
        try:
            await self.responder.start()
        except OSError as err:
            log.warning("the simulated cameras cannot be discovered: %s", err.strerror)
            return
        for device in self.devices:
            self.responder.add(device)
        self.is_discoverable = True

    def _device(self, camera: SimCamera, port: int) -> OnvifDevice:
        place = (camera, self._clock, self._server.host, port)
        if not _is_drawn(camera):
            return OnvifDevice(*place, rtsp_port=self._server.port)
        snapshots = SnapshotMaker(camera, self._clock)

        def apply(stream: OnvifStream, wish: EncoderWish) -> None:
            self._server.change_streams(camera, changed_streams(camera, stream.name, wish))

        device = OnvifDevice(
            *place, rtsp_port=self._server.port, apply_encoder=apply if self._may_change else None,
            take_snapshot=lambda stream: snapshots.take(stream.width, stream.height),
        )  # fmt: skip
        camera.aim = lambda: Aim(*device.head.position().axes())
        return device


def changed_streams(camera: SimCamera, name: str, wish: EncoderWish) -> tuple[SimStream, ...]:
    """The camera's streams with `wish` put in force in the one of that name."""
    return tuple(
        replace(
            stream, codec=wish.codec, width=wish.width, height=wish.height, fps=wish.fps, bitrate_kbps=wish.bitrate_kbps
        )
        if stream.name == name
        else stream
        for stream in camera.streams
    )


def _is_drawn(camera: SimCamera) -> bool:
    return all(stream.clip is None for stream in camera.streams)


def _only_at(host: str) -> str | None:
    """The one address that `host` means; None for all of the machine's (or when it is a name)."""
    try:
        return None if ip_address(host).is_unspecified else host
    except ValueError:
        return "127.0.0.1" if host == "localhost" else None


def _interfaces(host: str) -> Sequence[str]:
    """Where to listen for questions; loopback devices are asked for on any interface, by this machine."""
    own = own_ipv4_addresses()
    only = _only_at(host)
    return own if only is None or ip_address(only).is_loopback else [address for address in own if address == only]
