"""Payloads that lie about themselves, huge or tiny ones, and what H.265 adds."""

import pytest

STEP = 3600


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
