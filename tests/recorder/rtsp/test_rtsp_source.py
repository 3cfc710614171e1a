"""Dialogues with cameras as they are, over real sockets."""

import asyncio
import hashlib
import re
import socket
import struct
from itertools import pairwise

import pytest

from recorder.open_source import open_source
from recorder.rtsp.quirks import CameraQuirks
from recorder.rtsp_source import Timeouts
from vms.kernel.clock import SystemClock

pytestmark = pytest.mark.sockets
LOGIN = "operator:geheim99@"
NONCE = 'WWW-Authenticate: Digest realm="cam", nonce="{}"{}'


def run(scenario):
    async def bounded():
        async with asyncio.timeout(20):
            await scenario()

    asyncio.run(bounded())


def signed_right(method, url, headers, nonce, algorithm="md5"):
    def digest(text):
        return hashlib.new(algorithm, text.encode()).hexdigest()

    found = dict(re.findall(r'(\w+)="?([^",]+)"?', headers.get("authorization", "")))
    if found.get("uri") != url or found.get("nonce") != nonce:
        return False
    secret = digest("operator:cam:geheim99")
    middle = f"{nonce}:{found['nc']}:{found['cnonce']}:auth" if "qop" in found else nonce
    return found.get("response") == digest(f"{secret}:{middle}:{digest(f'{method}:{url}')}")


def test_the_usual_dialogue_ends_with_a_goodbye(play, viewer):
    async def scenario():
        async with play() as camera:
            async with viewer(camera) as mine:
                await mine.pictures(60)
            await camera.wait_for("TEARDOWN")
            assert camera.methods()[:4] == ["OPTIONS", "DESCRIBE", "SETUP", "PLAY"]
            assert camera.methods().count("SETUP") == 1  # audio is never asked for
            setup, play_request = camera.requests[2], camera.requests[3]
            assert setup[1] == camera.url() + "/track1"
            assert "mode" not in setup[2]["transport"]
            assert play_request[1] == camera.url() + "/"
            assert play_request[2]["session"] == "abc"
            assert play_request[2]["range"] == "npt=0-"
            assert camera.requests[0][2]["cseq"] == "1"
            assert camera.requests[0][2]["user-agent"]
            assert mine.sink.units[0].is_sync
            assert mine.source.stats.lost_packets == 0
            assert mine.source.loss_is_known

    run(scenario)


@pytest.mark.parametrize(
    ("options", "algorithm"),
    [
        ("", "md5"),
        (", algorithm=SHA-256", "sha256"),
        (', qop="auth"', "md5"),
        (', algorithm=SHA-256, qop="auth"', "sha256"),
    ],
)
def test_every_request_is_signed(play, viewer, options, algorithm):
    async def scenario():
        async with play() as camera:
            offers = [NONCE.format("n1", options), 'WWW-Authenticate: Basic realm="cam"']
            camera.check = lambda method, url, headers: (
                None if signed_right(method, url, headers, "n1", algorithm) else (401, offers)
            )
            async with viewer(camera, LOGIN) as mine:
                await mine.pictures(5)
            assert camera.methods().count("OPTIONS") == 2
            assert camera.methods().count("DESCRIBE") == 1
            await camera.wait_for("TEARDOWN")
            assert signed_right("TEARDOWN", *camera.requests[-1][1:], "n1", algorithm)

    run(scenario)


def test_401_on_play_only_with_a_new_nonce(play, viewer):
    async def scenario():
        async with play() as camera:
            nonces = {"PLAY": "n2"}
            camera.check = lambda method, url, headers: (
                None
                if signed_right(method, url, headers, nonces.get(method, "n1"))
                else (401, [NONCE.format(nonces.get(method, "n1"), ", stale=FALSE")])
            )
            async with viewer(camera, LOGIN) as mine:
                await mine.pictures(5)
            assert camera.methods().count("PLAY") == 2

    run(scenario)


def test_a_camera_that_checks_only_the_plain_form(play, viewer):
    async def scenario():
        quirks = CameraQuirks()
        async with play() as camera:
            offer = [NONCE.format("n1", ', qop="auth"')]

            def check(method, url, headers):
                is_right = signed_right(method, url, headers, "n1") and "qop=" not in headers["authorization"]
                return None if is_right else (401, offer)

            camera.check = check
            async with viewer(camera, LOGIN, quirks=quirks) as mine:
                await mine.pictures(5)
            assert quirks.refuses_qop
            tries = camera.methods().count("OPTIONS")
            async with viewer(camera, LOGIN, quirks=quirks) as mine:
                await mine.pictures(5)
            assert camera.methods().count("OPTIONS") - tries == 2  # the lesson was kept

    run(scenario)


@pytest.mark.parametrize("login", [LOGIN, ""])
def test_a_wrong_password_is_not_tried_again_and_again(play, viewer, login):
    async def scenario():
        async with play() as camera:
            camera.check = lambda *_: (401, [NONCE.format("n1", "")])
            async with viewer(camera, login) as mine:
                error = await mine.error()
            assert (error.detail, error.cause) == ("wrong_password", "camera_offline")
            assert error.retry_after_s >= 60
            assert len(camera.requests) <= 2
            assert "127.0.0.1" not in str(error)
            assert "geheim99" not in str(error)

    run(scenario)


def test_rotating_nonces_do_not_hide_a_wrong_password(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.check = lambda *_: (401, [NONCE.format(f"n{len(camera.requests)}", "")])
            async with viewer(camera, LOGIN) as mine:
                assert (await mine.error()).detail == "wrong_password"
            assert len(camera.requests) == 3

    run(scenario)


@pytest.mark.parametrize(
    ("method", "status", "detail", "least_pause_s"),
    [
        ("DESCRIBE", 404, "not_found", 0),
        ("DESCRIBE", 403, "wrong_password", 60),
        ("SETUP", 453, "busy", 60),
        ("PLAY", 503, "busy", 60),
        ("DESCRIBE", 500, "protocol", 0),
    ],
)
def test_refusals(play, viewer, method, status, detail, least_pause_s):
    async def scenario():
        async with play() as camera:
            camera.replies[method] = [(status,)]
            async with viewer(camera) as mine:
                error = await mine.error()
            assert error.detail == detail
            assert error.retry_after_s >= least_pause_s

    run(scenario)


def test_options_may_fail(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.replies["OPTIONS"] = [(404,)]
            async with viewer(camera) as mine:
                await mine.pictures(5)

    run(scenario)


def test_a_redirection_loop_ends_after_three(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.check = lambda *_: (302, [f"Location: {camera.url('/again')}"])
            async with viewer(camera) as mine:
                assert (await mine.error()).detail == "protocol"
            assert camera.connections == 4

    run(scenario)


def test_a_redirection_is_followed_with_the_credentials(play, viewer):
    async def scenario():
        async with play() as first, play() as second:
            first.check = lambda *_: (301, [f"Location: {second.url('/moved')}"])
            second.check = lambda method, url, headers: (
                None if signed_right(method, url, headers, "n1") else (401, [NONCE.format("n1", "")])
            )
            async with viewer(first, LOGIN) as mine:
                await mine.pictures(5)
            assert second.requests[0][1] == second.url("/moved")

    run(scenario)


def test_a_redirection_out_of_the_camera_network_is_refused(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.check = lambda *_: (302, ["Location: rtsp://192.0.2.1/x"])
            async with viewer(camera, allow_host=lambda host: host == "127.0.0.1") as mine:
                assert (await mine.error()).detail == "protocol"

    run(scenario)


def test_other_channels_changing_sessions_early_packets_and_a_wrong_base(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.channels = (10, 11)
            camera.session_ids = ["first ; timeout = 120", "second"]
            camera.base = "rtsp://127.0.0.9/elsewhere/"
            camera.before_play_reply = b"\r\n$\x0a\x00\x0c" + struct.pack(">BBHII", 0x80, 96, 65535, 0, 5)
            camera.replies["SETUP"] = [(455,)]
            async with viewer(camera) as mine:
                await mine.pictures(20)
            setups = [url for method, url, _ in camera.requests if method == "SETUP"]
            assert setups[-1] == camera.url() + "/track1"
            assert mine.source.stats.lost_packets == 0

    run(scenario)


def test_requests_of_the_camera_are_answered(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.between[20] = b"OPTIONS rtsp://x RTSP/1.0\r\nCSeq: 77\r\n\r\n"
            camera.between[25] = b"SET_PARAMETER rtsp://x RTSP/1.0\r\nCSeq: 78\r\nContent-Length: 6\r\n\r\n$a: b\n"
            async with viewer(camera) as mine:
                await mine.pictures(60)
                await camera.wait_for("REPLY", 2)
            assert [status for method, status, _ in camera.requests if method == "REPLY"] == ["200", "501"]
            assert mine.source.stats.lost_packets == 0
            assert mine.source.stats.resyncs == 0

    run(scenario)


def test_a_keep_alive_that_is_not_understood_changes_once(play, viewer):
    async def scenario():
        quirks = CameraQuirks()
        async with play() as camera:
            camera.session_ids = ["abc;timeout=2"]
            camera.replies["GET_PARAMETER"] = [(400,)]
            async with viewer(camera, hurry=4, quirks=quirks) as mine:
                await mine.pictures(5)
                await camera.wait_for("GET_PARAMETER")
                await camera.wait_for("OPTIONS", 3)
                assert not mine.task.done()
            assert quirks.keep_alive_method == "OPTIONS"

    run(scenario)


def test_a_keep_alive_with_an_old_nonce_is_signed_again(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.session_ids = ["abc;timeout=2"]
            nonce = ["n1"]
            camera.check = lambda method, url, headers: (
                None if signed_right(method, url, headers, nonce[0]) else (401, [NONCE.format(nonce[0], "")])
            )
            async with viewer(camera, LOGIN, hurry=4) as mine:
                await mine.pictures(5)
                nonce[0] = "n2"
                _, url, headers = await camera.wait_for("GET_PARAMETER", 2)
                assert signed_right("GET_PARAMETER", url, headers, "n2")
                assert not mine.task.done()

    run(scenario)


def test_keep_alives_nobody_answers_do_not_end_the_stream(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.session_ids = ["abc;timeout=2"]
            camera.replies["GET_PARAMETER"] = [lambda headers: None] * 100
            async with viewer(camera, hurry=20) as mine:
                await mine.pictures(5)
                await camera.wait_for("GET_PARAMETER", 4)
                assert not mine.task.done()

    run(scenario)


def test_silence_ends_the_attempt(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.frames_to_send = 30
            async with viewer(camera, hurry=10) as mine:
                error = await mine.error()
            assert (error.detail, error.cause) == ("silent", "camera_offline")
            assert len(mine.sink.units) == 30
            await camera.wait_for("TEARDOWN")

    run(scenario)


@pytest.mark.parametrize("how", ["fin", "rst"])
def test_a_broken_line_is_noticed_at_once(play, viewer, how):
    async def scenario():
        async with play() as camera:
            async with viewer(camera) as mine:
                await mine.pictures(5)
                if how == "rst":
                    linger = struct.pack("ii", 1, 0)
                    camera.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                camera.writer.close()
                error = await mine.error()
            assert error.detail == "closed"

    run(scenario)


def test_a_camera_that_never_answers(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.replies["DESCRIBE"] = [lambda headers: b"RTSP/1.0 200"]
            async with viewer(camera, timeouts=Timeouts(reply_s=0.2)) as mine:
                error = await mine.error()
            assert (error.detail, error.cause) == ("timeout", "camera_offline")

    run(scenario)


def test_nobody_there(viewer):
    async def scenario():
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound, not listening: refused

            class Nobody:
                def url(self, path, login):
                    return f"rtsp://127.0.0.1:{taken.getsockname()[1]}/"

            async with viewer(Nobody()) as mine:
                assert (await mine.error()).detail == "refused"

    run(scenario)


def test_udp_when_tcp_is_refused(play, viewer):
    async def scenario():
        quirks = CameraQuirks()
        async with play() as camera:
            camera.replies["SETUP"] = [(461,)]
            async with viewer(camera, quirks=quirks) as mine:
                await mine.pictures(40)
            transports = [headers["transport"] for method, _, headers in camera.requests if method == "SETUP"]
            assert "interleaved" in transports[0]
            assert "client_port" in transports[1]
            assert quirks.refuses_tcp

    run(scenario)


def test_pictures_without_parameter_sets_are_said_to_be_so(play, viewer, encode_clip):
    async def scenario():
        async with play() as camera:
            camera.clip = [
                picture._replace(annexb=b"\0\0\1" + picture.annexb[picture.annexb.rindex(b"\0\0\1") + 3 :])
                for picture in camera.clip
            ]
            async with viewer(camera, hurry=30) as mine:
                assert (await mine.error()).detail == "no_parameter_sets"

    run(scenario)


def test_an_unknown_codec_is_left_to_the_library(play, viewer, monkeypatch):
    async def scenario():
        async with play() as camera:
            body = "v=0\r\nm=video 0 RTP/AVP 26\r\na=control:t\r\n"
            camera.replies["DESCRIBE"] = [lambda headers: camera.reply(headers, body=body), (404,)]
            from recorder.address import CameraAddress

            source = open_source(CameraAddress.parse(camera.url()), SystemClock())
            seen = []
            from recorder.libav_source import LibavSource

            original = LibavSource.run

            async def noted(self, sink):
                seen.append(source.kind)
                await original(self, sink)

            monkeypatch.setattr(LibavSource, "run", noted)
            from recorder.source import SourceError

            with pytest.raises(SourceError):
                await source.run(None)
            assert seen == ["libav"]

    run(scenario)


def test_libav_gives_the_same_pictures(play):
    from recorder.address import CameraAddress

    async def compare():
        async with play() as camera:
            source = open_source(CameraAddress.parse(camera.url()), SystemClock(), "libav")
            assert source.kind == "libav"
            assert not source.loss_is_known
            units = []

            class Keep:
                def on_access_unit(self, unit):
                    units.append(unit)
                    if len(units) == 40:
                        done.set()

                def on_discontinuity(self, reason):
                    raise AssertionError(reason)

                def on_camera_clock(self, offset_us):
                    pass

            done = asyncio.Event()
            task = asyncio.create_task(source.run(Keep()))
            await done.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert [unit.is_sync for unit in units[:30]] == [index % 10 == 0 for index in range(30)]
            steps = [b.pts_90k - a.pts_90k for a, b in pairwise(units[:40])]
            assert steps == [3600] * 39

    run(compare)


def test_low_latency_wakes_for_every_packet(play, viewer):
    async def scenario():
        async with play() as camera:
            async with viewer(camera) as mine:
                await mine.pictures(5)
                sock = mine.source._connection._sock
                assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT) >= 16_384
                mine.source.set_low_latency(True)
                assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT) == 1
                mine.source.set_low_latency(False)
                assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT) >= 16_384

    run(scenario)
