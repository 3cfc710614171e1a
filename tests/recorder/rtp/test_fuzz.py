"""Whatever bytes come: nothing raises, nothing grows."""

import os
import random
import struct
from itertools import pairwise

import pytest

STEP = 3600


# fuzz


@pytest.mark.parametrize("codec", ["h264", "h265"])
def test_random_packets_never_raise_and_hold_no_memory(kit, codec):
    random.seed(11)
    receiver = kit.Receiver(codec)
    track = receiver.track
    heads = [0x1C, 0x7C, 0x18, 0x67, 0x65, 0x41, 0x62, 0x60, 0x02, 0x26, 0x42, 0x00]
    for number in range(100_000):
        sequence = number if random.random() < 0.95 else random.getrandbits(16)
        stamp = number // 10 * STEP if random.random() < 0.95 else random.getrandbits(32)
        payload = bytes([random.choice(heads)]) + random.randbytes(random.randrange(40))
        head = struct.pack(
            ">BBHII", random.choice((0x80, 0x80, 0x80, 0xB5, 0x40)), 96 | random.choice((0, 0, 0x80)),
            sequence & 0xFFFF, stamp & 0xFFFFFFFF, 1 if random.random() < 0.99 else random.getrandbits(2),
        )  # fmt: skip
        track.at(number * 100)
        track.on_packet(head + payload)
    held = sum(len(nal) for nal in track.units._unit.nals)
    assert held <= 8 << 20
    assert receiver.stats.packets == 100_000


@pytest.mark.parametrize("codec", ["h264", "h265"])
def test_mutated_streams_never_raise(kit, codec, h264_clip, h265_clip):
    random.seed(3)
    pictures = h264_clip if codec == "h264" else h265_clip
    clean = b"".join(packet.frame() for packet in kit.packetise(pictures, codec))
    for _ in range(12):
        data = bytearray(clean)
        for _ in range(60):
            at = random.randrange(len(data))
            data[at] ^= 1 << random.randrange(8)
        receiver = kit.Receiver(codec).feed(bytes(data), 4096).close()
        assert receiver.stats.access_units > 10
        times = [unit.pts_90k for unit in receiver.sink.units]
        assert all(later > earlier for earlier, later in pairwise(times))


def test_random_bytes_as_a_stream_end_in_one_word(kit):
    from recorder.source import SourceError

    receiver = kit.Receiver()
    with pytest.raises(SourceError) as caught:
        receiver.feed(os.urandom(1_000_000), 4096)
    assert caught.value.detail == "framing"
    assert len(receiver.rest) < 100_000


@pytest.mark.parametrize(("codec", "start"), [("h264", b"\x7c\x85\x88"), ("h265", b"\x62\x01\x93\x88")])
def test_fragments_too_short_for_their_header_break_the_picture_only(kit, codec, start):
    head = struct.pack(">BBHII", 0x80, 96, 1, 5, 7)
    receiver = kit.Receiver(codec)
    for number, payload in enumerate([start + bytes(100), start[:2], start[:1], b"", start + bytes(100)] * 5):
        packet = head[:2] + struct.pack(">H", number) + head[4:] + payload
        receiver.feed(struct.pack(">cBH", b"$", 0, len(packet)) + packet)
    receiver.close()
    assert receiver.stats.packets >= 24
    assert receiver.sink.units == []
