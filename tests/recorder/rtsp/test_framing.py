"""Packets and messages told apart in one stream of bytes."""

import pytest

from recorder.rtsp.framing import Splitter
from recorder.source import SourceError, SourceStats


def packet(number, size=20, payload_type=96):
    return bytes([0x80, payload_type, number >> 8, number & 255]) + bytes(size - 4)


def frame(data, channel=0):
    return b"$" + bytes([channel]) + len(data).to_bytes(2) + data


class Harness:
    def __init__(self):
        self.messages, self.packets, self.stats = [], [], SourceStats()
        self.splitter = Splitter(self.messages.append, self.stats)
        self.splitter.map_channel(0, self.packets.append, 96)
        self.rest = b""

    def feed(self, data, chunk):
        for at in range(0, len(data), chunk):
            held = self.rest + data[at : at + chunk]
            self.rest = held[self.splitter.feed(memoryview(held), len(held)) :]
        return self


REPLY = b"RTSP/1.0 200 OK\r\nCSeq: 4\r\nContent-Length: 5\r\n\r\n$\0\0\1x"
ASK = b"GET_PARAMETER rtsp://x RTSP/1.0\r\nCSeq: 5\r\n\r\n"


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 64, 10_000])
def test_frames_messages_and_empty_lines_in_any_pieces(chunk):
    data = frame(packet(1)) + REPLY + b"\r\n\r\n" + frame(packet(2)) + ASK + frame(packet(3)) + frame(packet(4))
    harness = Harness().feed(data, chunk)
    assert [p[3] for p in harness.packets] == [1, 2, 3, 4]
    assert [type(m).__name__ for m in harness.messages] == ["Response", "Request"]
    assert harness.messages[0].body == b"$\0\0\1x"
    assert harness.stats.resyncs == 0
    assert harness.rest == b""


@pytest.mark.parametrize("chunk", [1, 5, 10_000])
@pytest.mark.parametrize(
    "junk",
    [b"\0", b"$", b"$$$", b"RTSP/2.0 x", b"GET / HTTP/1.1\r\n\r\n", bytes(3000), b"\xff" * 100, b"$\0\xff\xff\0\0"],
)
def test_after_junk_the_next_frame_is_found(junk, chunk):
    data = frame(packet(1)) + junk + b"".join(frame(packet(n)) for n in range(2, 8))
    harness = Harness().feed(data, chunk)
    assert [p[3] for p in harness.packets[-4:]] == [4, 5, 6, 7]
    assert harness.packets[0] == packet(1)
    assert harness.stats.resyncs + harness.stats.unexpected_packets >= 1


def test_tracks_nobody_set_up_are_counted_and_dropped():
    harness = Harness().feed(frame(packet(9), channel=4) * 3 + frame(packet(1)), 50)
    assert harness.packets == [packet(1)]
    assert (harness.stats.unexpected_packets, harness.stats.resyncs) == (3, 0)


def test_patience_ends():
    harness = Harness()
    with pytest.raises(SourceError) as caught:
        harness.feed(bytes(70_000), 1000)
    assert caught.value.detail == "framing"


def test_a_message_that_never_ends_is_skipped():
    harness = Harness().feed(b"OPTIONS x RTSP/1.0\r\n" + b"a: b\r\n" * 4000 + frame(packet(1)) * 2, 1000)
    assert harness.packets
    assert harness.messages == []
