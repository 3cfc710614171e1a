"""Markers, loss, order: real pictures cut into packets must come out bit-equal or honestly flagged."""

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
