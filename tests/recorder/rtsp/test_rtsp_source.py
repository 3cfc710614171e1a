"""Dialogues with cameras as they are, over real sockets."""

import asyncio
import hashlib
import re
import struct

import pytest

from recorder.rtsp.quirks import CameraQuirks

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


@pytest.mark.parametrize("lines", [[], ["Retry-After: 999999"]])
@pytest.mark.parametrize("status", [453, 503])
def test_a_camera_cannot_send_the_recorder_away_for_a_day(play, viewer, status, lines):
    async def scenario():
        async with play() as camera:
            camera.session_ids = ["abc;timeout=86400"]
            camera.replies["PLAY"] = [(status, lines)]
            async with viewer(camera) as mine:
                error = await mine.error()
            assert error.detail == "busy"
            assert error.retry_after_s == 600

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
            camera.check = lambda *_: (302, ["Location: rtsp://8.8.8.8/x"])
            async with viewer(camera) as mine:
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
