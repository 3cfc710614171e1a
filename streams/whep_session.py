"""One WebRTC viewer from answer to end."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from streams.h264_payloads import PayloadCache
from streams.live_items import Notice, Picture
from streams.rtp_times import RtpTimes
from streams.viewer import Viewer
from streams.webrtc_peer import WebRtcPeer

log = logging.getLogger(__name__)

CHECK_S = 2.0
CHECK_TIMEOUT_S = 2.0
CONNECT_S = 15.0
DEAD_S = 10.0  # without an RTCP packet; ICE would need half a minute
KEY_FRAME_S = 1.0  # a group of pictures is sent again at most this often
KEPT_PICTURES = 2000  # more than a feed keeps with all that waits behind it

IsAllowed = Callable[[], Awaitable[str | None]]


class WhepSession:
    """Sends a stream to one viewer until they leave, fall silent or may not watch any longer.

    `run` returns why: `viewer_left`, `viewer_silent`, `not_connected`, `codec_not_supported_by_webrtc`,
    `reordered_pictures`, `server_stopping`, or the code that `is_allowed` gave. A right that ends is noticed within
    four seconds, and so is a check that does not answer (`authority_away`): nobody watches on a right nobody confirms.
    """

    def __init__(
        self, peer: WebRtcPeer, viewer: Viewer[Picture], payloads: PayloadCache, is_allowed: IsAllowed
    ) -> None:
        self._peer = peer
        self._viewer = viewer
        self._payloads = payloads
        self._is_allowed = is_allowed
        self._loop = asyncio.get_running_loop()
        self._times = RtpTimes()
        self._gop: list[Picture] = []  # what was sent since the last key frame
        self._is_decodable = False
        self._is_key_frame_wanted = False
        self._answered_s = 0.0

    def want_key_frame(self) -> None:
        """The viewer lost its way: before the next picture it gets the last group of pictures again."""
        self._is_key_frame_wanted = True

    async def run(self) -> str:
        """See the class. Leaves stream and connection in any case."""
        work = [asyncio.create_task(step) for step in (self._send(), self._check(), self._watch_connection())]
        try:
            done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            return done.pop().result()
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
            self._viewer.close()
            await self._peer.close()

    async def _watch_connection(self) -> str:
        try:
            async with asyncio.timeout(CONNECT_S):
                await self._peer.sender.is_ready.wait()
        except TimeoutError:
            return "not_connected"
        self._peer.heard_s = self._loop.time()
        await self._peer.is_gone.wait()
        return "viewer_left"

    async def _check(self) -> str:
        while True:
            await asyncio.sleep(CHECK_S)
            if self._peer.sender.is_ready.is_set() and self._loop.time() - self._peer.heard_s > DEAD_S:
                return "viewer_silent"
            try:
                async with asyncio.timeout(CHECK_TIMEOUT_S):
                    code = await self._is_allowed()
            except TimeoutError:
                code = "authority_away"
            if code is not None:
                return code

    async def _send(self) -> str:
        await self._peer.sender.is_ready.wait()
        try:
            if code := await self._send_burst():
                return code
            async for item in self._viewer:
                if code := await self._send_item(item):
                    return code
        except ConnectionError:
            return "viewer_left"
        except ValueError:
            log.warning("a live stream carries torn pictures")
            return "stream_damaged"
        return "server_stopping"

    async def _send_burst(self) -> str | None:
        """What came while the connection was made leaves at once: the viewer sees a picture now, and the newest."""
        for _ in range(self._viewer.waiting_items):
            item = await anext(self._viewer)
            if isinstance(item, Notice):
                self._take_notice(item)
            elif code := refusal(item):
                return code
            else:
                self._keep(item)
        if self._gop:
            await self._send_pictures(self._gop, self._times.of_burst(self._gop))
        return None

    async def _send_item(self, item: Picture | Notice) -> str | None:
        if isinstance(item, Notice):
            self._take_notice(item)
            return None
        if code := refusal(item):
            return code
        if not self._is_decodable and not item.is_sync:
            return None
        if self._times.goes_back(item):
            return "reordered_pictures"
        await self._answer_key_frame_request(item)
        self._keep(item)
        await self._send_pictures([item], [self._times.of(item)])
        return None

    async def _answer_key_frame_request(self, following: Picture) -> None:
        if not self._is_key_frame_wanted:
            return
        now_s = self._loop.time()
        if following.is_sync:
            self._is_key_frame_wanted = False
        elif now_s - self._answered_s >= KEY_FRAME_S and self._gop:
            self._is_key_frame_wanted, self._answered_s = False, now_s
            await self._send_pictures(self._gop, self._times.of_repetition(len(self._gop)))

    async def _send_pictures(self, pictures: Sequence[Picture], timestamps: Sequence[int]) -> None:
        for picture, timestamp in zip(pictures, timestamps, strict=True):
            await self._peer.sender.send_picture(self._payloads.of(picture), timestamp, picture.wall_us)

    def _take_notice(self, notice: Notice) -> None:
        if notice.kind == "waiting":
            return
        self._gop, self._is_decodable = [], False
        if notice.kind == "discontinuity":
            self._times.interrupt()

    def _keep(self, picture: Picture) -> None:
        if picture.is_sync:
            self._gop, self._is_decodable = [], True
        if picture.is_sync or (self._gop and len(self._gop) < KEPT_PICTURES):
            self._gop.append(picture)
        else:
            self._gop = []


def refusal(picture: Picture) -> str | None:
    """Why WebRTC cannot carry a stream, None when it can."""
    if picture.format.codec != "h264":
        return "codec_not_supported_by_webrtc"
    if picture.format.reorder_depth:
        return "reordered_pictures"
    return None
