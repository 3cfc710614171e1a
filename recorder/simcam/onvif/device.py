"""The whole ONVIF device of one simulated camera."""

import asyncio
import logging
from typing import Any

from recorder.simcam.onvif import identity
from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.device_service import DeviceService
from recorder.simcam.onvif.dispatcher import Dispatcher
from recorder.simcam.onvif.door import Door
from recorder.simcam.onvif.encoder_change import ApplyEncoder, EncoderChanges
from recorder.simcam.onvif.event_service import EventService
from recorder.simcam.onvif.http_front import HttpFront
from recorder.simcam.onvif.http_server import HttpServer
from recorder.simcam.onvif.imaging_service import ImagingService
from recorder.simcam.onvif.mask_operations import MaskOperations
from recorder.simcam.onvif.masks import Masks
from recorder.simcam.onvif.media2_service import Media2Service
from recorder.simcam.onvif.media_service import MediaService
from recorder.simcam.onvif.properties import MOTION, TAMPER, Properties
from recorder.simcam.onvif.ptz_head import PtzHead
from recorder.simcam.onvif.ptz_service import PtzService
from recorder.simcam.onvif.stream_address import StreamAddresses, TakeSnapshot
from recorder.simcam.onvif.subject import OnvifSubject
from recorder.simcam.onvif.subscriptions import Subscriptions
from vms.kernel.clock import Clock

_log = logging.getLogger(__name__)


class OnvifDevice:
    """ONVIF for one camera: Device, Media, Media2, PTZ, Imaging, Events.

    Lives on one event loop's thread. While the camera is `gone` the device is gone too and forgets its
    subscribers; masks, presets, settings survive. `masks`, `head` and `imaging` are what the scene may heed.
    `apply_encoder` and `take_snapshot` are offered to clients only when given.
    """

    def __init__(
        self,
        subject: OnvifSubject,
        clock: Clock,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        rtsp_port: int = 554,
        apply_encoder: ApplyEncoder | None = None,
        take_snapshot: TakeSnapshot | None = None,
    ) -> None:
        self.subject = subject
        camera_clock = CameraClock(clock, subject)
        self.masks = Masks()
        self.head = PtzHead(camera_clock)
        self.imaging = ImagingService()
        self._properties = Properties(camera_clock)
        self._subscriptions = Subscriptions(camera_clock, self._properties)
        addresses = StreamAddresses(subject, rtsp_port, has_snapshots=take_snapshot is not None)
        changes = EncoderChanges(apply_encoder)
        others = (
            MediaService(subject, addresses, changes),
            Media2Service(subject, addresses, changes, MaskOperations(self.masks).operations()),
            PtzService(subject, camera_clock, self.head),
            self.imaging,
            EventService(camera_clock, self._subscriptions),
        )
        services = (DeviceService(subject, camera_clock, others), *others)
        door = Door(subject, camera_clock)
        front = HttpFront(subject, Dispatcher(services, door), door, take_snapshot)
        self._server = HttpServer(front.app, host, port)
        self._is_wanted = False
        self._return: asyncio.Task[None] | None = None
        subject.on_state(self._follow)

    @property
    def port(self) -> int:
        """TCP port in use once started."""
        return self._server.port

    def address_at(self, host: str) -> str:
        """Address of the device service for who reaches us at `host` (`http://host:port/onvif/…`)."""
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self.port}{DeviceService.path}"

    @property
    def endpoint(self) -> str:
        """`urn:uuid:…`, the same after every start."""
        return identity.endpoint_urn(self.subject)

    @property
    def scopes(self) -> tuple[str, ...]:
        """Discovery scopes."""
        return identity.scopes(self.subject)

    async def start(self) -> None:
        """Listen; OSError when the port is taken."""
        self._is_wanted = True
        await self._server.start()

    async def stop(self) -> None:
        """Let waiting callers go, close the port."""
        self._is_wanted = False
        if self._return is not None:
            self._return.cancel()
            await asyncio.wait([self._return])
        self._subscriptions.end_all()
        await self._server.stop()

    def set_motion(self, is_moving: bool) -> None:
        """Something moves in the picture, or no longer."""
        self._properties.set(MOTION, is_true=is_moving)

    def set_tamper(self, is_tampered: bool) -> None:
        """The camera is covered or turned away, or no longer."""
        self._properties.set(TAMPER, is_true=is_tampered)

    def _follow(self, _subject: Any) -> None:
        """Vanish and return with the camera; called on the event loop's thread at every change of state."""
        if self.subject.state == "gone":
            self._subscriptions.end_all()
            self._server.vanish()
        elif self._is_wanted and (self._return is None or self._return.done()):
            self._return = asyncio.get_running_loop().create_task(self._come_back())

    async def _come_back(self) -> None:
        try:
            await self._server.start()
        except OSError:
            _log.exception("the ONVIF device of %s could not take its port again", self.subject.name)
