"""Live pictures for Media Source Extensions: what one WebSocket is sent."""

from collections.abc import AsyncGenerator
from typing import Any

from streams.hub import LiveHub
from streams.live_items import Notice
from vms.archive.model import StreamKey
from vms.kernel.clock import Clock
from vms.media.fragment import InitSegment

Message = bytes | dict[str, Any]


async def mse_messages(hub: LiveHub, key: StreamKey, clock: Clock) -> AsyncGenerator[Message, None]:
    """Yield what to send, text messages as dicts, until the server stops; close it (`aclose`) to leave.

    `format` (with `server_time_us`) is followed by an init segment, then by fragments of 40 to 100 ms whose times are
    Unix seconds. Another `format` may come at any time. `skipped`, `discontinuity` and `waiting` as
    `streams.live_items.Notice` says. Never ends by itself but with `ended`. A reader that is slow misses pictures up
    to a key frame. Raises VmsError(UNAVAILABLE, `viewer_limit_reached` | `server_stopping`) before the first message.
    """
    init: InitSegment | None = None
    is_told = True
    with hub.join_pieces(key) as viewer:
        async for item in viewer:
            if isinstance(item, Notice):
                is_told = is_told or item.kind == "discontinuity"
                yield _text(item)
                continue
            if item.init is not init:
                if not is_told:
                    yield {"type": "discontinuity", "reason": "new_time_line"}
                init, is_told = item.init, False
                yield _format(init, clock.now_us())
                yield init.data
            yield item.data
    yield {"type": "ended", "code": "server_stopping", "detail": ""}


def _format(init: InitSegment, now_us: int) -> dict[str, Any]:
    return {
        "type": "format",
        "mime": f'video/mp4; codecs="{init.codec}"',
        "width": init.width,
        "height": init.height,
        "server_time_us": now_us,
    }


def _text(notice: Notice) -> dict[str, Any]:
    if notice.kind == "discontinuity":
        return {"type": "discontinuity", "reason": notice.detail or notice.code}
    if notice.kind == "waiting":
        return {"type": "waiting", "code": notice.code, "detail": notice.detail}
    return {"type": notice.kind}
