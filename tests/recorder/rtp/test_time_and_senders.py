"""Time stamps that jump, senders that change, junk between packets."""

import random
import struct

import pytest

STEP = 3600


# 4, 5, 6: time


def test_wraps_of_stamp_and_sequence_are_invisible(kit, h264_clip):
    packets = kit.packetise(h264_clip, stamp=2**32 - 180_000, sequence=65_500)
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert [unit.pts_90k for unit in receiver.sink.units] == [i * STEP for i in range(100)]
    assert receiver.stats.lost_packets == 0
    assert receiver.track.sequence.cycles == 1


@pytest.mark.parametrize("jump", [3600 * 90_000, -3600 * 90_000])
def test_a_time_jump_starts_a_new_run_at_the_next_key_frame(kit, h264_clip, jump):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        packet.stamp += jump if packet.unit >= 60 else 0
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert receiver.sink.events == [(75, "time_jump")]
    assert [unit.pts_90k for unit in receiver.sink.units] == [i * STEP for i in range(100)]
    assert receiver.stats.retimed_units == 3


def test_single_outliers_are_retimed_without_a_new_run(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        packet.stamp -= 9_800 * 90_000 if packet.unit % 50 == 49 else 0
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.events == []
    assert [unit.pts_90k for unit in receiver.sink.units] == [i * STEP for i in range(100)]
    assert receiver.stats.retimed_units == 2


def test_pictures_in_pairs_with_equal_stamps_stay_pictures_of_their_own(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        packet.stamp = 1000 + packet.unit // 2 * 2 * STEP
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert [unit.pts_90k for unit in receiver.sink.units] == [i * STEP for i in range(100)]


# 7: senders


def test_another_ssrc_begins_a_new_run_without_losing_its_key_frame(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        if packet.unit >= 50:
            packet.ssrc, packet.sequence, packet.stamp = 7, packet.sequence + 20_000, packet.stamp + 123_456_789
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert receiver.sink.events == [(50, "sender_changed")]


def test_a_new_sender_in_the_middle_of_a_gop_waits_for_its_key_frame(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        if packet.unit >= 60:
            packet.ssrc, packet.sequence = 7, packet.sequence + 20_000
    receiver = kit.Receiver().send(packets).close()
    whole = kit.reference(h264_clip)
    assert receiver.sink.data == whole[:60] + whole[75:]
    assert receiver.sink.events == [(60, "sender_changed")]


def test_a_stale_session_that_sends_in_turn_never_gets_in(kit, h264_clip, encode_clip):
    foreign = kit.packetise(encode_clip(frames=100), sequence=9_000, stamp=5)
    mixed = []
    ours = kit.packetise(h264_clip)
    for unit in range(100):
        mixed += [packet for packet in ours if packet.unit == unit]
        mixed += [packet.with_(ssrc=99) for packet in foreign if packet.unit == unit]
    receiver = kit.Receiver().send(mixed).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert receiver.sink.events == []
    assert receiver.stats.unexpected_packets >= len(foreign) - 40


def test_goodbye_is_ignored_while_packets_come(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    bye = struct.pack(">BBHI", 0x81, 203, 1, packets[0].ssrc)
    frame = struct.pack(">cBH", b"$", 1, len(bye)) + bye
    next(packet for packet in packets if packet.unit == 40).before = frame
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert receiver.track.goodbye_us is not None
    assert receiver.track.last_packet_us > receiver.track.goodbye_us


def test_a_sequence_that_starts_anew_costs_its_picture_only(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        packet.sequence += 30_000 if packet.unit >= 60 else 0
    receiver = kit.Receiver().send(packets).close()
    whole = kit.reference(h264_clip)
    assert receiver.sink.data == whole[:60] + whole[61:]
    assert receiver.sink.events == [(74, "sequence_restart")]


# 8: junk


def junk_zoo():
    random.seed(5)
    yield "crlf", b"\r\n"
    yield "text", b"HTTP/1.1 200 whatever\r\nno header at all\r\n"
    yield "dollars", b"$" * 50
    yield "short claim", b"$\x00\x00"
    for size in (10, 100, 1000, 5000):
        yield f"random {size}", random.randbytes(size)
    yield "unmapped channel", b"$\x09\x00\x20" + bytes(32)
    yield "empty frame", b"$\x00\x00\x00"


@pytest.mark.parametrize(("name", "junk"), list(junk_zoo()), ids=lambda value: value if isinstance(value, str) else "")
def test_junk_between_packets_costs_at_most_one_picture_each(kit, h264_clip, name, junk):
    packets = kit.packetise(h264_clip)
    for unit in (25, 50, 75):
        next(packet for packet in packets if packet.unit == unit).before = junk
    receiver = kit.Receiver().send(packets).close()
    whole = kit.reference(h264_clip)
    assert set(receiver.sink.data) <= set(whole)
    assert len(receiver.sink.data) >= 97
    counted = receiver.stats.resyncs + receiver.stats.unexpected_packets
    assert counted >= 3 or name == "crlf"


def test_foreign_payload_types_with_repeated_numbers_are_dropped_before_counting(kit, h264_clip):
    packets = []
    for packet in kit.packetise(h264_clip):
        packets += [packet, packet.with_(payload_type=50, payload=b"geovision")]
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert receiver.stats.lost_packets == 0
    assert receiver.stats.unexpected_packets == len(packets) // 2 - 1  # the last is judged by what follows


def test_large_packets_empty_payloads_padding_extensions_and_sources(kit, h264_clip):
    packets = kit.packetise(h264_clip, limit=10_000)
    nasty = []
    for index, plain in enumerate(packets):
        packet = plain
        if index % 4 == 0:
            packet = plain.with_(flags=0xA0, tail=b"\0\0\0\4")
        elif index % 4 == 1:
            packet = plain.with_(flags=0x90, payload=struct.pack(">HHI", 0xBEDE, 1, 5) + plain.payload)
        elif index % 4 == 2:
            packet = plain.with_(flags=0x82, payload=bytes(8) + plain.payload)
        nasty += [packet, packet.with_(flags=0x80, payload=b"", tail=b"", marked=False)]
    receiver = kit.Receiver().send(kit.renumber(nasty)).close()
    assert receiver.sink.data == kit.reference(h264_clip)
