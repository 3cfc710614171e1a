"""What a camera answers to each RTSP method (RFC 2326 §10)."""

import re
from collections.abc import Awaitable, Callable
from typing import Protocol

from recorder.simcam import sdp
from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.feed import Feed
from recorder.simcam.messages import Reply, Request
from recorder.simcam.player import Player
from recorder.simcam.session import Session
from recorder.simcam.spoiler import Spoiler
from recorder.simcam.transport import Datagrams, Interleaved, Transport

PUBLIC = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN"
_VIDEO, _AUDIO = 0, 1


class Client(Protocol):
    """What the methods need of the connection they answer on."""

    camera: SimCamera
    stream: SimStream
    spoiler: Spoiler
    session: Session | None

    async def feed(self) -> Feed:
        """Pictures of the stream, coded as faults want."""

    def interleaved(self, channel: int) -> Interleaved:
        """A track inside this line."""

    def datagrams(self, rtp_port: int, rtcp_port: int) -> Datagrams:
        """A track to two ports of this client."""

    def new_player(self, transport: Transport) -> Player:
        """A player whose clock is the camera's."""

    def now_s(self) -> float:
        """The event loop's time."""


async def answer(client: Client, request: Request) -> Reply:
    """The reply of a camera in order. Never raises for what a client may send."""
    method = _METHODS.get(request.method)
    if method is None:
        return Reply(501)
    session = client.session
    if request.method in _NEEDS_SESSION and (session is None or not _is_named(session, request)):
        return Reply(454)
    return await method(client, request)


async def _options(client: Client, request: Request) -> Reply:
    return Reply(200, [("Public", PUBLIC), *_session_header(client, request)])


async def _describe(client: Client, request: Request) -> Reply:
    feed = await client.feed()
    has_audio = _has_audio(client)
    text = sdp.describe(
        client.camera.title, feed.codec, await feed.parameter_sets(), feed.fps, client.stream.bitrate_kbps, has_audio
    )
    for fault in client.spoiler.faults():
        text = fault.on_description(text)
    base = request.uri if request.uri.endswith("/") else request.uri + "/"
    return Reply(200, [("Content-Base", base), ("Content-Type", "application/sdp")], text.encode())


async def _setup(client: Client, request: Request) -> Reply:
    track = request.track or 0
    if track > (_AUDIO if _has_audio(client) else _VIDEO):
        return Reply(404)
    wanted = request.headers.get("transport", "")
    session = client.session
    if session is None:
        timeouts = [fault.session_timeout_s for fault in client.spoiler.faults() if fault.session_timeout_s]
        timeout_s = min([client.camera.session_timeout_s, *timeouts])
        session = Session(await client.feed(), timeout_s, client.now_s())
    elif session.is_playing or track in session.transports:
        return Reply(455)
    chosen = _transport(client, wanted, track)
    if chosen is None:
        return Reply(461)
    transport, description = chosen
    client.session = session
    session.transports[track] = transport
    if track == _VIDEO:
        session.player = client.new_player(transport)
        description += f";ssrc={session.player.ssrc:08X}"
    name = f"{session.id};timeout={session.timeout_s}"
    return Reply(200, [("Transport", description), ("Session", name)])


def _transport(client: Client, wanted: str, track: int) -> tuple[Transport, str] | None:
    for choice in wanted.split(","):
        channels = re.search(r"interleaved=(\d{1,3})", choice)
        ports = re.search(r"client_port=(\d{1,5})(?:-(\d{1,5}))?", choice)
        if "multicast" in choice:
            continue
        if "/TCP" in choice.upper() or channels:
            first = min(int(channels.group(1)), 254) if channels else 2 * track
            return client.interleaved(first), f"RTP/AVP/TCP;unicast;interleaved={first}-{first + 1}"
        if ports:
            rtp = min(int(ports.group(1)), 65_534)
            rtcp = min(int(ports.group(2) or rtp + 1), 65_535)
            transport = client.datagrams(rtp, rtcp)
            own = f"{transport.ports[0]}-{transport.ports[1]}"
            return transport, f"RTP/AVP;unicast;client_port={rtp}-{rtcp};server_port={own}"
    return None


async def _play(client: Client, request: Request) -> Reply:
    session = client.session
    assert session is not None
    player = session.player
    if player is None:
        return Reply(455)
    base = request.uri.rstrip("/")
    info = f"url={base}/trackID=0;seq={player.sequence};rtptime={player.first_timestamp}"
    return Reply(200, [("Range", "npt=now-"), ("RTP-Info", info), *_session_header(client, request)])


async def _pause(client: Client, request: Request) -> Reply:
    assert client.session is not None
    client.session.pause()
    return Reply(200, _session_header(client, request))


async def _parameter(client: Client, request: Request) -> Reply:
    return Reply(200, _session_header(client, request))


def _session_header(client: Client, request: Request) -> list[tuple[str, str]]:
    if client.session is None or "session" not in request.headers:
        return []
    return [("Session", client.session.id)]


def _has_audio(client: Client) -> bool:
    return client.camera.has_audio or any(fault.has_audio for fault in client.spoiler.faults())


def _is_named(session: Session, request: Request) -> bool:
    """Whether the request names a session; ids a fault made up are as good as ours."""
    given = request.headers.get("session", "").partition(";")[0].strip()
    return given == session.id or re.fullmatch(r"0000\d{4}", given) is not None


_METHODS: dict[str, Callable[[Client, Request], Awaitable[Reply]]] = {
    "OPTIONS": _options,
    "DESCRIBE": _describe,
    "SETUP": _setup,
    "PLAY": _play,
    "PAUSE": _pause,
    "GET_PARAMETER": _parameter,
    "SET_PARAMETER": _parameter,
    "TEARDOWN": _parameter,
}
_NEEDS_SESSION = ("PLAY", "PAUSE", "TEARDOWN")
