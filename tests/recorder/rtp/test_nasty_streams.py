"""Real pictures, cut into packets as cameras really do it, must come out bit-equal or honestly flagged."""

import os
import random
import struct
from itertools import pairwise

import pytest

STEP = 3600


def starts(units):
    return [index for index, unit in enumerate(units) if unit.is_sync]


# 1: markers


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("chunk", [7, 1000, 100_000])
def test_a_clean_stream_comes_out_bit_equal(kit, h264_clip, chunk, fast):
    receiver = kit.Receiver(fast=fast)
    data = b"".join(packet.frame() for packet in kit.packetise(h264_clip))
    receiver.feed(data, chunk).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert [unit.pts_90k for unit in receiver.sink.units] == [i * STEP for i in range(100)]
    assert starts(receiver.sink.units) == [0, 25, 50, 75]
    assert len({id(unit.format) for unit in receiver.sink.units}) == 1
    assert (receiver.sink.units[0].format.width, receiver.sink.units[0].format.height) == (320, 240)
    stats = receiver.stats
    assert stats.packets == len(kit.packetise(h264_clip))
    assert (stats.lost_packets, stats.dropped_units, stats.resyncs, stats.unexpected_packets) == (0, 0, 0, 0)


def test_h265_comes_out_bit_equal(kit, h265_clip):
    receiver = kit.Receiver("h265").send(kit.packetise(h265_clip, "h265")).close()
    assert receiver.sink.data == kit.reference(h265_clip, "h265")
    assert starts(receiver.sink.units) == [0, 20, 40]
    assert receiver.sink.units[0].format.codec == "h265"


@pytest.mark.parametrize("marks", ["none", "every", "first"])
@pytest.mark.parametrize("clip", ["h264_clip", "sliced_clip"])
def test_markers_missing_everywhere_or_wrong(kit, request, clip, marks):
    pictures = request.getfixturevalue(clip)
    packets = kit.packetise(pictures, limit=200)
    seen = set()
    for packet in packets:
        packet.marked = marks == "every" or (marks == "first" and packet.unit not in seen)
        seen.add(packet.unit)
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(pictures)
    assert not any(unit.is_damaged for unit in receiver.sink.units)


def test_markers_on_parameter_sets_and_sei_do_not_end_a_picture(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        packet.marked = packet.marked or packet.payload[0] & 31 in (6, 7, 8)
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)


def test_parameter_sets_with_the_stamp_before_are_carried_over(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        if packet.payload[0] & 31 in (6, 7, 8) and packet.unit:
            packet.stamp -= STEP
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert [unit.pts_90k for unit in receiver.sink.units] == [i * STEP for i in range(100)]


def test_a_trusted_marker_ends_a_picture_at_once(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    receiver = kit.Receiver()
    arrived = []
    for packet in packets:
        receiver.send([packet])
        if packet.marked:
            arrived.append(len(receiver.sink.units))
    assert arrived[20:] == list(range(21, 101))  # no frame of delay after the first ten
    assert arrived[5] == 5  # one frame of delay while the marker is on trial


# 2: loss


def broken_units(kit, pictures, lose, codec="h264", **options):
    packets = kit.packetise(pictures, codec)
    missing = lose(packets)
    receiver = kit.Receiver(codec, **options).send([p for i, p in enumerate(packets) if i not in missing]).close()
    return receiver, {packets[i].unit for i in missing}, len(missing)


def of_unit(packets, unit):
    return [index for index, packet in enumerate(packets) if packet.unit == unit]


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("which", ["middle", "last", "first", "all"])
@pytest.mark.parametrize("unit", [30, 50])
def test_loss_drops_the_picture_and_flags_the_rest_of_its_gop(kit, h264_clip, which, unit, fast):
    def lose(packets):
        mine = [i for i in of_unit(packets, unit) if packets[i].payload[0] & 31 not in (6, 7, 8)]
        return {"middle": mine[1:2], "last": mine[-1:], "first": mine[:1], "all": mine}[which]

    receiver, _, lost = broken_units(kit, h264_clip, lose, fast=fast)
    good = kit.reference(h264_clip)
    del good[unit]
    assert receiver.sink.data == good
    assert receiver.stats.lost_packets == lost
    assert receiver.stats.dropped_units == (0 if which == "all" and unit == 30 else receiver.stats.dropped_units)
    next_sync = 25 * (unit // 25 + 1)
    damaged = [i for i, sent in enumerate(receiver.sink.units) if sent.is_damaged]
    assert damaged == list(range(unit, next_sync - 1))
    times = [sent.pts_90k for sent in receiver.sink.units]
    assert times == [i * STEP for i in range(100) if i != unit]


def test_loss_of_one_slice_of_many_drops_the_picture(kit, sliced_clip):
    packets = kit.packetise(sliced_clip, limit=5000)
    victim = of_unit(packets, 33)[2]
    receiver = kit.Receiver().send([p for i, p in enumerate(packets) if i != victim]).close()
    good = kit.reference(sliced_clip)
    del good[33]
    assert receiver.sink.data == good
    assert receiver.stats.dropped_units == 1


def test_loss_every_fifty_packets_never_stores_a_torn_picture_as_good(kit, h265_clip):
    receiver, units, lost = broken_units(
        kit, h265_clip, lambda packets: list(range(49, len(packets) - 1, 50)), codec="h265"
    )
    assert lost == receiver.stats.lost_packets > 0
    whole = kit.reference(h265_clip, "h265")
    assert set(receiver.sink.data) <= set(whole)
    assert set(whole) - set(receiver.sink.data) <= {whole[unit] for unit in units}
    after_loss = 0
    for unit in receiver.sink.units:
        after_loss += unit.is_damaged
    assert after_loss


# 3: order


def test_neighbours_swapped_over_tcp_cost_at_most_their_pictures(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    swapped = range(300, len(packets) - 1, 200)
    for index in swapped:
        packets[index], packets[index + 1] = packets[index + 1], packets[index]
    touched = {packets[i + step].unit for i in swapped for step in (0, 1)}
    receiver = kit.Receiver().send(packets).close()
    whole = kit.reference(h264_clip)
    assert set(receiver.sink.data) <= set(whole)
    assert set(whole) - set(receiver.sink.data) <= {whole[unit] for unit in touched}
    assert receiver.sink.events == []


def test_packets_that_come_twice_change_nothing(kit, h264_clip):
    packets = [twin for packet in kit.packetise(h264_clip) for twin in (packet, packet)]
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert receiver.stats.unexpected_packets == len(packets) // 2
    assert receiver.stats.lost_packets == 0


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


# 13: order of display, fields


def test_b_frames_keep_their_times(kit, encode_clip):
    pictures = encode_clip(frames=50, gop=25, bframes=3)
    receiver = kit.Receiver().send(kit.packetise(pictures)).close()
    assert receiver.sink.data == kit.reference(pictures)
    first = pictures[0].pts_90k
    assert [unit.pts_90k for unit in receiver.sink.units] == [picture.pts_90k - first for picture in pictures]
    assert receiver.stats.retimed_units == 0


def test_b_frames_of_h265_keep_their_times(kit, encode_clip):
    pictures = encode_clip(codec="libx265", frames=50, gop=25, bframes=3)
    receiver = kit.Receiver("h265").send(kit.packetise(pictures, "h265")).close()
    first = pictures[0].pts_90k
    assert [unit.pts_90k for unit in receiver.sink.units] == [picture.pts_90k - first for picture in pictures]


def test_two_fields_of_one_stamp_become_one_unit(kit, encode_clip):
    """Field pictures cannot be encoded here: slices of interlaced frames are sent as a camera sends fields."""
    pictures = encode_clip(frames=40, gop=20, options={"x264-params": "interlaced=1"})
    packets = kit.packetise(pictures)
    fields = []
    for unit in range(0, 40, 2):
        pair = (packet for packet in packets if packet.unit in (unit, unit + 1))
        fields += [packet.with_(stamp=1000 + unit * STEP) for packet in pair]
    receiver = kit.Receiver().send(kit.renumber(fields)).close()
    whole = kit.reference(pictures)
    assert receiver.sink.data == [whole[i] + whole[i + 1] for i in range(0, 40, 2)]


# 14: parameter sets


def test_parameter_sets_only_in_the_sdp(kit, h264_clip):
    sets = [nal for nal in kit.nals_of(h264_clip[0].annexb) if nal[0] & 31 in (7, 8)]
    receiver = kit.Receiver()
    receiver.track.offer_sdp(sets)
    receiver.send(kit.packetise(h264_clip, drop=(7, 8))).close()
    assert receiver.sink.data == kit.reference(h264_clip)


def test_without_any_parameter_sets_nothing_is_invented(kit, h264_clip):
    receiver = kit.Receiver().send(kit.packetise(h264_clip, drop=(7, 8))).close()
    assert receiver.sink.units == []
    assert receiver.track.delivery.pictures_without_format == 100


def test_wrong_sets_in_the_sdp_give_way_to_those_in_band(kit, h264_clip, encode_clip):
    other = [nal for nal in kit.nals_of(encode_clip(frames=5)[0].annexb) if nal[0] & 31 in (7, 8)]
    receiver = kit.Receiver()
    receiver.track.offer_sdp(other)
    receiver.send(kit.packetise(h264_clip)).close()
    assert {unit.format.width for unit in receiver.sink.units} == {320}


def test_a_new_size_is_a_new_format_from_its_key_frame_on(kit, h264_clip, encode_clip):
    small = encode_clip(frames=50)
    packets = kit.packetise(h264_clip)
    more = kit.packetise(small, stamp=1000 + 100 * STEP, sequence=100 + len(packets))
    receiver = kit.Receiver().send(packets + [p.with_(unit=p.unit + 100) for p in more]).close()
    widths = [unit.format.width for unit in receiver.sink.units]
    assert widths == [320] * 100 + [160] * 50
    assert len({id(unit.format) for unit in receiver.sink.units}) == 2


def test_sets_that_alternate_give_the_same_two_objects(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        if packet.payload[0] & 31 == 7 and packet.unit % 50 == 25:
            packet.payload += b"\x80"  # trailing byte, as some cameras send
    receiver = kit.Receiver().send(packets).close()
    formats = [id(unit.format) for unit in receiver.sink.units]
    assert len(set(formats)) == 2
    assert formats[0] == formats[50]
    assert formats[25] == formats[75]
    assert len({unit.format.visible for unit in receiver.sink.units}) == 1


def test_a_damaged_sps_does_not_end_a_good_format(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        if packet.payload[0] & 31 == 7 and packet.unit == 50:
            packet.payload = packet.payload[:3]
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)
    assert {unit.format.width for unit in receiver.sink.units} == {320}


# 15: bit rot


def test_a_stap_a_whose_length_lies_drops_its_picture(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    index = next(i for i, p in enumerate(packets) if p.unit == 40)
    packets.insert(index, packets[index].with_(payload=b"\x18\x00\x03\x06\x05\x80\xff\xffxx", marked=False))
    receiver = kit.Receiver().send(kit.renumber(packets)).close()
    good = kit.reference(h264_clip)
    del good[40]
    assert receiver.sink.data == good


@pytest.mark.parametrize("padding", [b"", b"\0\0\0\0"])
def test_aggregated_parameter_sets(kit, h264_clip, padding):
    packets = []
    for packet in kit.packetise(h264_clip):
        if packet.payload[0] & 31 == 7:
            held = packet.payload
        elif packet.payload[0] & 31 == 8:
            both = b"".join(len(nal).to_bytes(2) + nal for nal in (held, packet.payload))
            packets.append(packet.with_(payload=b"\x78" + both + padding))
        else:
            packets.append(packet)
    receiver = kit.Receiver().send(kit.renumber(packets)).close()
    assert receiver.sink.data == kit.reference(h264_clip)


def test_fragments_without_a_start_are_dropped_with_their_picture(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    victim = next(i for i, p in enumerate(packets) if p.unit == 40 and p.payload[0] & 31 == 28)
    del packets[victim]
    receiver = kit.Receiver().send(kit.renumber(packets)).close()  # nobody tells that something is missing
    good = kit.reference(h264_clip)
    del good[40]
    assert receiver.sink.data == good
    assert receiver.sink.units[40].is_damaged


def test_start_and_end_in_one_fragment_is_a_whole_nal_unit(kit, h264_clip):
    packets = kit.packetise(h264_clip, limit=60_000)
    for packet in packets:
        header = packet.payload[0]
        if header & 31 in (1, 5):
            packet.payload = bytes([header & 0xE0 | 28, 0xC0 | header & 31]) + packet.payload[1:]
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)


def test_the_first_fragment_says_the_type(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    for packet in packets:
        if packet.payload[0] & 31 == 28 and not packet.payload[1] & 0x80:
            packet.payload = packet.payload[:1] + bytes([packet.payload[1] & 0xE0 | 9]) + packet.payload[2:]
    receiver = kit.Receiver().send(packets).close()
    assert receiver.sink.data == kit.reference(h264_clip)


@pytest.mark.parametrize("start_code", [b"\0\0\1", b"\0\0\0\1"])
@pytest.mark.parametrize("limit", [300, 100_000])
def test_annex_b_inside_a_payload_is_split(kit, sliced_clip, start_code, limit):
    packets = []
    for number, picture in enumerate(sliced_clip):
        whole = start_code.join(kit.nals_of(picture.annexb))
        payloads = [start_code + whole] if len(whole) <= limit else list(kit.fragments_h264(whole, limit))
        for index, payload in enumerate(payloads):
            packets.append(kit.Rtp(payload, picture.pts_90k, marked=index == len(payloads) - 1, unit=number))
    receiver = kit.Receiver().send(kit.renumber(packets)).close()
    assert receiver.sink.data == kit.reference(sliced_clip)


def test_the_forbidden_bit_drops_the_picture(kit, h264_clip):
    packets = kit.packetise(h264_clip, limit=60_000)
    victim = next(p for p in packets if p.unit == 40)
    victim.payload = bytes([victim.payload[0] | 0x80]) + victim.payload[1:]
    receiver = kit.Receiver().send(packets).close()
    good = kit.reference(h264_clip)
    del good[40]
    assert receiver.sink.data == good


# 16: huge and tiny


def test_two_hundred_slices_in_fragments_of_any_size(kit, sliced_clip):
    for limit in (50, 333, 1400):
        receiver = kit.Receiver().send(kit.packetise(sliced_clip[:20], limit=limit)).close()
        assert receiver.sink.data == kit.reference(sliced_clip[:20])


def test_a_picture_beyond_the_cap_is_dropped_without_growing(kit, h264_clip):
    packets = kit.packetise(h264_clip[:30])
    monster = b"\x41\x88" + b"\x55" * (9 << 20)
    flood = [kit.Rtp(payload, 1000 + 30 * STEP, unit=30) for payload in kit.fragments_h264(monster, 60_000)]
    more = kit.packetise(h264_clip[:30], stamp=1000 + 31 * STEP)
    receiver = kit.Receiver()
    receiver.send(kit.renumber(packets + flood + [p.with_(unit=p.unit + 31) for p in more]), chunk=70_000).close()
    assert receiver.sink.data == kit.reference(h264_clip[:30]) * 2
    assert receiver.stats.dropped_units == 1


def test_pure_filler_and_tiny_units_pass_by(kit, h264_clip):
    packets = kit.packetise(h264_clip)
    filler = [packets[0].with_(payload=b"\x0c" + b"\xff" * 900, stamp=5, marked=True) for _ in range(500)]
    tiny = [packets[0].with_(payload=payload, stamp=6) for payload in (b"\x00", b"\x09", b"\x1c", b"\x18", b"\x18\0")]
    receiver = kit.Receiver().send(kit.renumber(filler + tiny + packets)).close()
    assert receiver.sink.data[1:] == kit.reference(h264_clip)[1:]


def test_the_last_picture_of_a_slow_camera_is_not_held_for_ever(kit, h264_clip):
    packets = [packet.with_(marked=False) for packet in kit.packetise(h264_clip[:3])]
    receiver = kit.Receiver().send(packets)
    assert len(receiver.sink.units) == 2
    receiver.track.flush_old(receiver.now_us + 1_900_000)
    assert len(receiver.sink.units) == 2
    receiver.track.flush_old(receiver.now_us + 2_100_000)
    assert len(receiver.sink.units) == 3


# 17: H.265


def test_h265_aggregates_and_decoding_order_numbers(kit, h265_clip):
    packets = []
    for number, picture in enumerate(h265_clip):
        nals = kit.nals_of(picture.annexb)
        small, large = [n for n in nals if len(n) <= 400], [n for n in nals if len(n) > 400]
        payloads = []
        if len(small) > 1:
            body = b"".join((b"\0\7" if i == 0 else b"\0") + len(n).to_bytes(2) + n for i, n in enumerate(small))
            payloads.append(bytes([48 << 1, 1]) + body)
        else:
            payloads += [n[:2] + b"\0\7" + n[2:] for n in small]
        for nal in large:
            payloads += kit.fragments_h265(nal, 400, donl=b"\0\7")
        for index, payload in enumerate(payloads):
            packets.append(kit.Rtp(payload, picture.pts_90k, marked=index == len(payloads) - 1, unit=number))
    receiver = kit.Receiver("h265", has_donl=True).send(kit.renumber(packets)).close()
    assert receiver.sink.data == kit.reference(h265_clip, "h265")


def test_h265_leading_pictures_are_named(kit, encode_clip):
    pictures = encode_clip(codec="libx265", frames=60, gop=20, bframes=3, options={"x265-params": "open-gop=1"})
    receiver = kit.Receiver("h265").send(kit.packetise(pictures, "h265")).close()
    kinds = [
        next(nal[0] >> 1 & 63 for nal in kit.nals_of(picture.annexb) if nal[0] >> 1 & 63 < 32) for picture in pictures
    ]
    assert 21 in kinds  # the encoder did open its GOPs
    assert [unit.is_leading for unit in receiver.sink.units] == [kind in (6, 7, 8, 9) for kind in kinds]
    assert [unit.is_sync for unit in receiver.sink.units] == [16 <= kind <= 23 for kind in kinds]


def test_upper_layers_and_paci_are_left_out(kit, h265_clip):
    packets = []
    for packet in kit.packetise(h265_clip, "h265"):
        packets.append(packet)
        packets.append(packet.with_(payload=b"\x02\x09layer one", marked=False))
        packets.append(packet.with_(payload=bytes([50 << 1, 1]) + b"paci", marked=False))
    # Between fragments anything else ends the fragment: send them only after whole units.
    kept, is_open = [], False
    for packet in packets:
        kind = packet.payload[0] >> 1 & 63
        if kind == 49:
            is_open = not packet.payload[2] & 0x40
        if kind == 49 or not is_open:
            kept.append(packet)
    receiver = kit.Receiver("h265").send(kit.renumber(kept)).close()
    assert receiver.sink.data == kit.reference(h265_clip, "h265")


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
