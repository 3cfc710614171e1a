"""Faults as they arrive at a client that looks at every byte."""

import asyncio
import itertools
import json

import pytest

from recorder.simcam.control import ControlDoor
from recorder.simcam.faults import FAULTS

CODINGS = sorted(name for name, fault in FAULTS.items() if fault.coding)


def pictures(serving, raw, fault, count, after=0, name="cam0"):
    """The first `count` pictures (lists of packets ending with a marker) and the client that got them."""

    async def run():
        async with serving() as server:
            client = await raw(server.url(name, fault=fault, after=after)).play()
            received = [await client.picture() for _ in range(count)]
            await client.close()
            return received, client

    return asyncio.run(run())


def steps(received):
    stamps = [packets[0].timestamp for packets in received]
    return [(b - a) % 2**32 for a, b in itertools.pairwise(stamps)]


def numbers(received):
    return [packet.sequence for packets in received for packet in packets]


def gaps(received):
    sequence = numbers(received)
    return [(b - a) % 2**16 for a, b in itertools.pairwise(sequence)]


@pytest.mark.sockets
class TestPackets:
    def test_a_healthy_camera_has_no_gap(self, serving, raw):
        received, client = pictures(serving, raw, (), 15)
        assert set(steps(received)) == {3600}
        assert set(gaps(received)) == {1}
        assert client.skipped == b""

    def test_times_wrap_after_two_seconds(self, serving, raw):
        received, _ = pictures(serving, raw, "wrap_time", 3)
        assert received[0][0].timestamp == 2**32 - 180_000
        assert set(steps(received)) == {3600}

    def test_times_jump_and_stay(self, serving, raw):
        received, _ = pictures(serving, raw, "jump_time:-3600", 8, after=4)
        assert steps(received) == [3600] * 3 + [(3600 - 3600 * 90_000) % 2**32] + [3600] * 3

    def test_times_restart(self, serving, raw):
        received, _ = pictures(serving, raw, "restart_time", 6, after=3)
        assert [packets[0].timestamp for packets in received[3:]] == [0, 3600, 7200]

    def test_stamps_come_in_pairs(self, serving, raw):
        received, _ = pictures(serving, raw, "doubled_time", 5)
        assert steps(received) == [0, 7200, 0, 7200]

    def test_one_packet_of_a_key_picture_is_lost(self, serving, raw):
        received, _ = pictures(serving, raw, "loss_idr", 12)
        assert gaps(received).count(2) == 2
        assert set(gaps(received)) == {1, 2}

    def test_one_packet_is_lost_between_key_pictures_even_when_the_period_is_the_gop(self, serving, raw):
        received, _ = pictures(serving, raw, ("loss_p:10", "filler"), 18)
        assert gaps(received).count(2) == 2

    def test_marker_packet_is_lost_with_its_marker(self, serving, raw):
        received, _ = pictures(serving, raw, "loss_marker:5", 6)
        assert gaps(received).count(2) >= 1

    def test_neighbours_are_swapped(self, serving, raw):
        received, _ = pictures(serving, raw, "reorder:1", 2)
        assert 2**16 - 1 in gaps(received)

    def test_packets_are_doubled(self, serving, raw):
        assert 0 in gaps(pictures(serving, raw, "duplicate:1", 3)[0])

    def test_another_ssrc_takes_over(self, serving, raw):
        received, _ = pictures(serving, raw, "new_ssrc", 6, after=3)
        assert len({p.ssrc for packets in received[:3] for p in packets}) == 1
        assert len({p.ssrc for packets in received for p in packets}) == 2

    def test_strangers_packets_stand_between(self, serving, raw):
        received, _ = pictures(serving, raw, "foreign_ssrc", 6)
        assert len({p.ssrc for packets in received for p in packets}) == 2

    def test_goodbye_is_said_but_not_meant(self, serving, raw):
        received, client = pictures(serving, raw, "bye", 5, after=1)
        assert any(data[1] == 203 for data in client.control)
        assert set(gaps(received)) == {1}

    def test_junk_stands_between_whole_packets(self, serving, raw):
        received, client = pictures(serving, raw, "garbage_crlf:1", 4)
        assert client.skipped == b"\r\n" * 4
        assert set(gaps(received)) == {1}

    def test_odd_packets_keep_the_numbers_of_the_good_ones(self, serving, raw):
        received, _ = pictures(serving, raw, ("payload_type_50:1", "unmapped_channel"), 12)
        packets = [packet for picture in received for packet in picture]
        assert {p.payload_type for p in packets} == {96, 97, 50}
        assert {p.channel for p in packets} == {0, 9}
        assert set(gaps([[p for p in packets if p.payload_type == 96]])) == {1}

    def test_every_packet_has_a_marker(self, serving, raw):
        assert {len(packets) for packets in pictures(serving, raw, "all_markers", 9)[0]} == {1}

    def test_big_packets_hold_whole_key_pictures(self, serving, raw):
        received, _ = pictures(serving, raw, "big_packets:20000", 1)
        assert max(len(p.payload) for p in received[0]) > 1400

    def test_sound_comes_unasked(self, serving, raw):
        received, _ = pictures(serving, raw, "audio_unasked", 15)
        assert {p.payload_type for packets in received for p in packets} == {0, 96}


@pytest.mark.sockets
class TestLines:
    @pytest.mark.parametrize(
        ("fault", "error"), [("drop", asyncio.IncompleteReadError), ("reset", ConnectionResetError)]
    )
    def test_lines_end_politely_or_rudely(self, serving, raw, fault, error):
        async def run():
            async with serving() as server:
                client = await raw(server.url("cam0", fault=fault, after=3)).play()
                with pytest.raises(error):
                    await client.watch()
                await client.close()

        asyncio.run(run())

    def test_a_dead_camera_answers_nothing_on_an_open_line(self, serving, raw):
        async def run():
            async with serving() as server:
                client = await raw(server.url("cam0", fault="half_open", after=2)).play()
                received = [await client.picture() for _ in range(2)]
                client.send("OPTIONS")
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(client.packet(), 0.5)
                await client.close()
                return received

        assert len(asyncio.run(run())) == 2

    def test_a_restarted_camera_is_gone_then_knows_nothing_then_is_new(self, serving, raw):
        async def run():
            async with serving() as server:
                client = await raw(server.url("cam0")).play()
                before = (await client.picture())[0]
                camera = server.cameras["cam0"]
                changed = asyncio.Event()
                camera.on_state(lambda _camera: changed.set())
                camera.reboot(0.1, 0.1)
                with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
                    await client.watch()
                await client.close()
                answers = []
                while camera.state != "up":
                    changed.clear()
                    knock = await raw(server.url("cam0")).connect()
                    try:
                        answers.append((camera.state, (await knock.ask("DESCRIBE"))[0]))
                    except (asyncio.IncompleteReadError, ConnectionResetError):
                        answers.append((camera.state, None))
                    await knock.close()
                    await changed.wait()
                again = await raw(server.url("cam0")).play()
                after = (await again.picture())[0]
                await again.close()
                return answers, before.ssrc != after.ssrc

        assert asyncio.run(run()) == ([("gone", None), ("starting", 404)], True)

    def test_silence_ends_after_its_time(self, serving, raw):
        received, _ = pictures(serving, raw, "pause:0.4", 6, after=3)
        assert steps(received) == [3600, 3600, 3600 * 11, 3600, 3600]


@pytest.mark.sockets
class TestDialogues:
    def dialogue(self, serving, raw, fault, *requests, **options):
        async def run():
            async with serving(**options) as server:
                client = await raw(server.url("cam0", fault=fault)).connect()
                answers = [await client.ask(*request) for request in requests]
                await client.close()
                return answers

        return asyncio.run(run())

    def test_redirects_for_ever(self, serving, raw):
        (status, text), *_ = self.dialogue(serving, raw, "redirect", ("DESCRIBE",))
        assert status == 302
        assert "&hop=1" in text

    def test_no_password_is_right(self, serving, raw):
        answers = self.dialogue(serving, raw, "wrong_password", ("DESCRIBE",), ("DESCRIBE",))
        assert [status for status, _ in answers] == [401, 401]
        assert answers[0][1].split("nonce")[1][:20] == answers[1][1].split("nonce")[1][:20]

    def test_takes_other_channels_and_uses_them(self, serving, raw):
        received, _ = pictures(serving, raw, "other_channels", 2)
        assert {p.channel for packets in received for p in packets} == {10}

    def test_keep_alives_are_refused_or_ignored_while_pictures_go_on(self, serving, raw):
        async def run():
            async with serving() as server:
                refused = await raw(server.url("cam0", fault="keepalive_status:400")).play()
                status, _ = await refused.ask("GET_PARAMETER")
                ignored = await raw(server.url("cam0", fault="keepalive_silent")).play()
                ignored.send("GET_PARAMETER")
                received = [await ignored.picture() for _ in range(10)]
                await refused.close()
                await ignored.close()
                return status, received, ignored.skipped

        status, received, skipped = asyncio.run(run())
        assert status == 400
        assert set(gaps(received)) == {1}
        assert skipped == b""

    def test_the_server_asks_in_the_middle_of_pictures(self, serving, raw):
        _, client = pictures(serving, raw, "server_requests:2", 8)
        assert b"OPTIONS * RTSP/1.0" in client.skipped
        assert b"x-alarm: 1" in client.skipped

    def test_parameter_sets_are_missing_from_the_description(self, serving, raw):
        plain, bare = (self.dialogue(serving, raw, f, ("DESCRIBE",))[0][1] for f in ((), "no_sprop"))
        assert "sprop-parameter-sets" in plain
        assert "sprop-parameter-sets" not in bare

    def test_faults_can_be_switched_through_the_control_door(self, serving, raw):
        async def run():
            async with serving() as server:
                door = ControlDoor(server)
                await door.start()
                reader, writer = await asyncio.open_connection("127.0.0.1", door.port)

                async def order(**what):
                    writer.write(json.dumps(what).encode() + b"\n")
                    return json.loads(await reader.readline())

                client = await raw(server.url("cam0")).play()
                answers = [
                    await order(do="set", camera="cam0", fault="garbage_crlf", value=1),
                    await order(do="list"),
                    await order(do="set", camera="cam0", fault="no such"),
                    await order(do="reboot", camera="cam9"),
                    await order(nonsense=1),
                ]
                while not client.skipped:
                    await client.picture()
                answers.append(await order(do="clear", camera="cam0"))
                writer.close()
                await client.close()
                await door.stop()
                return answers

        answers = asyncio.run(run())
        assert [a["ok"] for a in answers] == [True, True, False, False, False, True]
        assert answers[1]["cameras"][0] == {"camera": "cam0", "state": "up", "faults": ["garbage_crlf"], "lines": 1}
        assert [a["code"] for a in answers[2:5]] == ["fault_unknown", "camera_unknown", "order_invalid"]


@pytest.mark.sockets
class TestAnswers:
    @pytest.mark.parametrize(("fault", "expected"), [("status", 503), ("status:404", 404), ("status:453", 453)])
    def test_the_description_is_refused_and_nothing_else(self, serving, raw, fault, expected):
        async def run():
            async with serving() as server:
                client = await raw(server.url("cam0", fault=fault)).connect()
                answers = [(await client.ask(method))[0] for method in ("OPTIONS", "DESCRIBE", "DESCRIBE")]
                await client.play()  # who knows the stream already gets it
                await client.picture()
                await client.close()
                return answers

        assert asyncio.run(run()) == [200, expected, expected]

    def test_answers_that_drip_hold_nobody_else_up(self, serving, raw):
        async def run():
            async with serving() as server:
                loop = asyncio.get_running_loop()
                slow = await raw(server.url("cam0", fault="slow_replies")).connect()
                slow.send("OPTIONS")
                first = await slow.reader.readexactly(1)
                start_s = loop.time()
                honest = await raw(server.url("cam0")).play()
                received = [await honest.picture() for _ in range(10)]
                honest_s = loop.time() - start_s
                rest = await slow.reader.readexactly(2)
                slow_s = loop.time() - start_s
                await slow.close()
                await honest.close()
                return first + rest, slow_s, honest_s, received

        begin, slow_s, honest_s, received = asyncio.run(run())
        assert begin == b"RTS"
        assert 1.8 < slow_s < 4
        assert honest_s < slow_s
        assert set(gaps(received)) == {1}


@pytest.mark.sockets
@pytest.mark.parametrize("name", ["cam0", "cam5"])
def test_no_fault_breaks_the_server_or_the_camera_beside(serving, raw, caplog, name):
    """Every fault at once, each on a line of its own, while an honest client watches."""
    own_ways = {"slow_replies", "wrong_password", "redirect", "status", "reboot", *CODINGS}

    async def suffer(server, fault):
        client = raw(server.url(name, fault=fault, after=2))
        try:
            async with asyncio.timeout(1.2):
                await client.play()
                await client.watch()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, AssertionError, ValueError):
            return
        finally:
            if hasattr(client, "writer"):
                await client.close()

    async def run():
        async with serving() as server:
            honest = await raw(server.url(name)).play()
            sufferers = asyncio.gather(*(suffer(server, fault) for fault in FAULTS if fault not in own_ways))
            received = [await honest.picture() for _ in range(30)]
            await sufferers
            await honest.close()
            return received

    received = asyncio.run(run())
    assert set(steps(received)) == {3600}
    assert set(gaps(received)) == {1}
    assert "failed" not in caplog.text
