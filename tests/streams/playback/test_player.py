"""libav's HLS player over a real HTTP server: a second reader of the playlists that knows nothing of us."""

import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

import av
import numpy as np
import pytest

from streams.playback.playlist import playlist
from streams.playback.segment_bytes import open_segment
from vms.kernel.span import Span

pytestmark = pytest.mark.sockets

SECOND_US = 1_000_000


@pytest.fixture
def serve(archive, key) -> Iterator:
    """Serve the footage of a span; the address of its playlist."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    asked = []

    def serve(span: Span) -> tuple[str, list]:
        text = playlist(archive, key, span, lambda volume, key, number: f"{volume}/{key.name}/{number}.mp4")
        server.RequestHandlerClass = handler_of(archive, key, text, asked)
        thread.start()
        return f"http://127.0.0.1:{server.server_port}/index.m3u8", asked

    yield serve
    if thread.is_alive():
        server.shutdown()
        thread.join()
    server.server_close()


def handler_of(archive, key, text: str, asked: list):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/index.m3u8":
                self.answer(200, "application/vnd.apple.mpegurl", text.encode())
                return
            volume, sequence = re.fullmatch(r"/(.+)/main/(\d+)\.mp4", self.path).groups()
            first, last = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers["Range"]).groups()
            with open_segment(archive, UUID(volume), key, int(sequence)) as segment:
                end = min(int(last or segment.size_bytes) + 1, segment.size_bytes)
                content = b"".join(segment.read(int(first), end - int(first)))
                asked.append((int(sequence), int(first), end))
                told = f"bytes {first}-{end - 1}/{segment.size_bytes}"
                self.answer(206, "video/mp4", content, {"Content-Range": told})

        def answer(self, status: int, kind: str, content: bytes, headers=()) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **dict(headers)}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments) -> None:
            """Tests print nothing."""

    return Handler


def test_a_player_shows_every_picture_over_a_gap_and_the_file_being_written(
    camera, archive, key, start_us, when_held, serve
):
    camera.record(2, is_new_run=True)
    camera.record(2)
    camera.pause(30)
    camera.record(3, is_new_run=True, is_left_open=True)
    when_held(archive, key, camera.at_us)
    address, asked = serve(Span(start_us + SECOND_US, camera.at_us))
    pictures = []
    with av.open(address, timeout=10) as container:
        decoder = container.streams.video[0].codec_context
        # libav sees time go back where a file begins, knows no DISCONTINUITY and marks what follows as to be dropped:
        # only a copy of the bytes is free of the mark.
        for packet in container.demux(video=0):
            coded = av.Packet(bytes(packet)) if packet.size else None
            pictures += [frame.to_ndarray(format="yuv420p") for frame in decoder.decode(coded)]
    expected = camera.shown[25:]
    assert len(pictures) == len(expected)
    assert all(np.array_equal(picture, one.picture) for picture, one in zip(pictures, expected, strict=True))
    assert {sequence for sequence, _, _ in asked} == {0, 1, 2}


@pytest.mark.system
def test_ffprobe_finds_the_whole_length(camera, archive, key, start_us, when_closed, serve):
    camera.record(3, is_new_run=True)
    camera.pause(100)
    when_closed(archive, key, camera.record(3, is_new_run=True))
    address, _ = serve(Span(start_us, camera.at_us))
    command = ["ffprobe", "-v", "error", "-count_packets", "-show_entries", "stream=nb_read_packets:format=duration",
               "-of", "csv=p=0", address]  # fmt: skip
    result = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert result.stderr == ""
    assert (set(result.stdout.split()[:-1]), result.stdout.split()[-1]) == ({"150"}, "6.000000")
