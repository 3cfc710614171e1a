import asyncio
import json
import socket
import struct
import threading
from contextlib import contextmanager

import pytest
from still_node import recorder, status

from recorder.tap_server import TapServer
from vms.kernel.clock import SystemClock
from vms.media.tap import pack_json
from web.recorder_client import MAX_ANSWER_BYTES, ask_status

pytestmark = pytest.mark.sockets
CLOCK = SystemClock()


class _NoChannels:
    def open_channel(self, key):
        return None

    def reader_left(self, key):
        return None


def test_a_real_tap_answers(tmp_path):
    told = recorder(*(status(number) for number in range(1, 301)), volumes={"v1": "ok"}).status

    async def main():
        server = TapServer(tmp_path / "recorder-0.sock", _NoChannels(), told.to_json)
        await server.start()
        try:
            return await asyncio.to_thread(ask_status, tmp_path / "recorder-0.sock", CLOCK, 30.0)
        finally:
            await server.stop()

    report = asyncio.run(main())
    assert report.name == "recorder-0"
    assert report.status == told


@contextmanager
def answering(path, *pieces, then_hangs=False):
    """A listener that sends `pieces` to whoever asks."""
    over = threading.Event()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()

        def serve():
            connection, _ = listener.accept()
            with connection:
                assert json.loads(connection.recv(4096)) == {"op": "status"}
                for piece in pieces:
                    try:
                        connection.sendall(piece)
                    except OSError:
                        return
                if then_hangs:
                    over.wait(10)

        thread = threading.Thread(target=serve)
        thread.start()
        yield path
        over.set()
        thread.join()


def test_no_socket(tmp_path):
    assert ask_status(tmp_path / "recorder-0.sock", CLOCK).reason == "no_socket"


def test_a_socket_left_by_a_dead_recorder(tmp_path):
    path = tmp_path / "recorder-0.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    assert ask_status(path, CLOCK).reason == "refused"


def test_a_recorder_that_hangs_costs_its_time_out_only(tmp_path):
    with answering(tmp_path / "r.sock", b"\0\0", then_hangs=True) as path:
        assert ask_status(path, CLOCK, timeout_s=0.1).reason == "timeout"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\0\0\1",
        struct.pack(">IB", 0, 1),
        struct.pack(">IB", 1 << 31, 1),
        struct.pack(">IB", 5, 99) + b"abcd",
        pack_json({"shard": 0}),
        pack_json({"cameras": "none"}),
        pack_json({"cameras": [{"state": "flying"}]}),
        struct.pack(">IB", 3, 1) + b"\xff\xfe",
        struct.pack(">IB", 3, 1) + b"[]",
    ],
)
def test_garbage_is_no_status(tmp_path, answer):
    with answering(tmp_path / "r.sock", answer) as path:
        assert ask_status(path, CLOCK).reason == "garbled"


def test_an_endless_answer_is_cut(tmp_path):
    message = struct.pack(">IB", 5, 2) + b"abcd"
    with answering(tmp_path / "r.sock", message * (MAX_ANSWER_BYTES // len(message) + 100_000)) as path:
        assert ask_status(path, CLOCK, timeout_s=20).reason == "garbled"
