"""WHEP: live pictures over WebRTC for any number of viewers (draft-ietf-wish-whep)."""

import asyncio
import logging
import secrets
from collections import OrderedDict
from dataclasses import dataclass

from streams.h264_payloads import PayloadCache
from streams.hub import LiveHub
from streams.ice_options import IceOptions
from streams.live_items import Notice, Picture
from streams.viewer import Viewer
from streams.webrtc_peer import WebRtcPeer
from streams.whep_offer import cleaned_offer
from streams.whep_session import IsAllowed, WhepSession, refusal
from vms.archive.model import StreamKey
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError

log = logging.getLogger(__name__)

MAX_VIEWERS = 60  # about a core of work at 4 Mbit/s each
FIRST_PICTURE_S = 2.0
REMEMBERED = 512
_WORDS = {
    "codec_not_supported_by_webrtc": "WebRTC cannot carry this camera's codec. Use the other transport.",
    "reordered_pictures": "WebRTC cannot carry this camera's order of pictures. Use the other transport.",
}


@dataclass(frozen=True, slots=True)
class Created:
    """A session: its secret is part of its address."""

    secret_id: str
    answer_sdp: str


@dataclass(slots=True)
class _Running:
    task: asyncio.Task[str]
    owner: str
    ending: str = ""


class WhepSessions:
    """All WebRTC viewers of this process. Call it on the event loop's thread only."""

    def __init__(
        self, hub: LiveHub, clock: Clock, max_viewers: int = MAX_VIEWERS, options: IceOptions | None = None
    ) -> None:
        self._hub = hub
        self._clock = clock
        self._max_viewers = max_viewers
        self._options = options or IceOptions()
        self._payloads = PayloadCache()
        self._running: dict[str, _Running] = {}
        self._ended: OrderedDict[str, tuple[str, str]] = OrderedDict()
        self._beginning = 0

    @property
    def viewers(self) -> int:
        """How many sessions are open or being made."""
        return len(self._running) + self._beginning

    async def create(
        self, key: StreamKey, offer_sdp: str, is_allowed: IsAllowed, *, owner: str = "", called_from: str = ""
    ) -> Created:
        """Answer an offer; the session then lives by itself. `is_allowed` is asked every two seconds.

        `called_from`: the address that the offer came from, see `WebRtcPeer.answer`.
        VmsError: INVALID `bad_offer`, `codec_not_offered`, `codec_not_supported_by_webrtc`, `reordered_pictures` (the
        player should fall back to Media Source Extensions); CONFLICT `no_picture_now` (`reason`, `retry_after_s`);
        UNAVAILABLE `viewer_limit_reached` (`limit`), `no_answer`, `server_stopping`.
        """
        offer = cleaned_offer(offer_sdp)
        if self.viewers >= self._max_viewers:
            raise VmsError(
                Kind.UNAVAILABLE, "viewer_limit_reached",
                "As many people watch as this server can serve. Close a picture or wait.", limit=self._max_viewers,
            )  # fmt: skip
        self._beginning += 1
        try:
            viewer = self._hub.join(key)
            try:
                return await self._begin(viewer, offer, is_allowed, owner, called_from)
            except BaseException:
                viewer.close()
                raise
        finally:
            self._beginning -= 1

    def check(self, secret_id: str, owner: str = "") -> None:
        """Raise VmsError for a session that is not open: GONE with the code of its end, else NOT_FOUND."""
        running = self._running.get(secret_id)
        if running is not None and running.owner == owner:
            return
        code, former = self._ended.get(secret_id, ("", ""))
        if code and former == owner:
            raise VmsError(Kind.GONE, code, "This picture was ended by the server.")
        raise VmsError(Kind.NOT_FOUND, "no_such_session", "There is no such picture. Open it again.")

    async def end(self, secret_id: str, reason: str) -> None:
        """End a session and wait until it is over; an unknown one is over already."""
        running = self._running.get(secret_id)
        if running is not None:
            running.ending = reason
            running.task.cancel()
            await asyncio.wait([running.task])

    async def close(self) -> None:
        """End all of them."""
        await asyncio.gather(*(self.end(secret_id, "server_stopping") for secret_id in list(self._running)))

    async def _begin(
        self, viewer: Viewer[Picture], offer: str, is_allowed: IsAllowed, owner: str, called_from: str
    ) -> Created:
        first = await _first_picture(viewer)
        if code := refusal(first):
            raise VmsError(Kind.INVALID, code, _WORDS[code])
        wanted: list[WhepSession] = []
        peer = WebRtcPeer(self._options, lambda: wanted[0].want_key_frame() if wanted else None)
        try:
            answer = await peer.answer(offer, called_from)
        except BaseException:
            await peer.close()
            raise
        session = WhepSession(peer, viewer, self._payloads, is_allowed)
        wanted.append(session)
        secret_id = secrets.token_urlsafe(24)
        task = asyncio.create_task(session.run(), name="whep viewer")
        self._running[secret_id] = _Running(task, owner)
        task.add_done_callback(lambda done: self._forget(secret_id, done))
        await asyncio.sleep(0)  # a session that never began could not clean up when it is ended at once
        return Created(secret_id, answer)

    def _forget(self, secret_id: str, task: asyncio.Task[str]) -> None:
        running = self._running.pop(secret_id)
        if task.cancelled():
            reason = running.ending or "server_stopping"
        elif (err := task.exception()) is not None:
            log.error("a WebRTC viewer's session failed", exc_info=err)
            reason = "internal_error"
        else:
            reason = task.result()
        log.info("a WebRTC viewer's session ended: %s", reason)
        self._ended[secret_id] = (reason, running.owner)
        if len(self._ended) > REMEMBERED:
            self._ended.popitem(last=False)


async def _first_picture(viewer: Viewer[Picture]) -> Picture:
    """The first picture of a stream, put back in front; its format decides whether WebRTC can carry the stream."""
    reason = ""
    try:
        async with asyncio.timeout(FIRST_PICTURE_S):
            async for item in viewer:
                if isinstance(item, Notice):
                    reason = item.code or reason
                    continue
                if item.is_sync:
                    viewer.put_back(item)
                    return item
    except TimeoutError:
        pass
    else:
        raise VmsError(Kind.UNAVAILABLE, "server_stopping", "The server stops. Try again in a moment.")
    raise VmsError(
        Kind.CONFLICT, "no_picture_now", "This camera sends no picture now. Try again in a moment.",
        reason=reason, retry_after_s=2,
    )  # fmt: skip
