"""Order of display, fields, parameter sets that change or are missing."""

from types import SimpleNamespace

import pytest

STEP = 3600


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


@pytest.mark.parametrize("from_sdp", [False, True])
def test_parameter_sets_of_any_size_take_no_memory(kit, h264_clip, from_sdp):
    """Real ones have some hundred bytes; a camera may send megabytes of them, and never a picture between."""
    junk = [b"\x68" + bytes([0x80 | number]) + b"\x55" * 100_000 for number in range(64)]
    receiver = kit.Receiver()
    if from_sdp:
        receiver.track.offer_sdp(junk)
    else:
        for number, nal in enumerate(junk):
            picture = SimpleNamespace(annexb=b"\0\0\0\1" + nal, pts_90k=0)
            receiver.send(kit.packetise([picture], limit=60_000, sequence=number * 2))
    formats = receiver.track.delivery.formats
    assert receiver.track.units._unit.sets == []
    assert {**formats._in_band["pps"], **formats._from_sdp["pps"]} == {}
