"""Fan-out of live pictures."""

import json
import struct

import pytest

from recorder.tap_channel import GOP_BYTES, TapChannel
from vms.media import tap
from vms.media.access_unit import AccessUnit
from vms.media.fragment import Fragment, InitSegment
from vms.media.video_format import VideoFormat

FORMAT = VideoFormat("h264", (), (b"\x67sps",), (b"\x68pps",), 640, 360, "avc1.42001E", 0, ("one",))
INIT = InitSegment(b"init", "avc1.42001E", 640, 360)


class Collector:
    def __init__(self, want):
        self.want = want
        self.messages = []

    def send(self, message, *, is_sync):
        self.messages += tap.MessageReader().feed(message)

    def notify(self, message):
        self.send(message, is_sync=False)

    def kinds(self):
        return [kind for kind, _ in self.messages]


def unit(pts, *, is_sync=False, size=100):
    return AccessUnit(bytes([pts % 256]) * size, pts, 0, is_sync, FORMAT)


def fragment(start, *, is_sync):
    return Fragment([b"moof", b"mdat"], 8, start, 45_000, 12, is_sync)


def test_a_new_reader_gets_the_last_group_of_pictures_first():
    channel = TapChannel()
    for at in range(10):
        channel.publish_unit(unit(at, is_sync=at in (0, 6)), at * 1000)
    reader = Collector("access_units")
    channel.join(reader)
    channel.publish_unit(unit(10), 10_000)
    units = [tap.read_unit(body) for kind, body in reader.messages if kind is tap.Kind.UNIT]
    assert [got.pts_90k for got in units] == [6, 7, 8, 9, 10]
    assert units[0].is_sync
    assert units[0].wall_us == 6000
    assert reader.kinds()[0] is tap.Kind.FORMAT


def test_every_key_frame_carries_its_parameter_sets():
    channel = TapChannel()
    reader = Collector("access_units")
    channel.join(reader)
    channel.publish_unit(unit(0, is_sync=True), 0)
    channel.publish_unit(unit(1), 0)
    channel.publish_unit(unit(2, is_sync=True), 0)
    assert reader.kinds() == [tap.Kind.FORMAT, tap.Kind.UNIT, tap.Kind.UNIT, tap.Kind.FORMAT, tap.Kind.UNIT]
    values = json.loads(reader.messages[0][1])
    assert bytes.fromhex(values["sps"][0]) == FORMAT.sps[0]


def test_fragments_come_with_their_init_segment():
    channel = TapChannel()
    channel.publish_init(INIT)
    for at, is_sync in ((0, True), (1, False), (2, True), (3, False)):
        channel.publish_fragment(fragment(at, is_sync=is_sync), at)
    reader = Collector("fragments")
    channel.join(reader)
    assert reader.kinds() == [tap.Kind.INIT, tap.Kind.FRAGMENT, tap.Kind.FRAGMENT]
    init, first = (body for _, body in reader.messages[:2])
    assert init.endswith(INIT.data)
    assert json.loads(init[2 : -len(INIT.data)]) == {"codec_string": INIT.codec, "width": 640, "height": 360}
    assert first == struct.pack(">qqIB", 2, 2, 45_000, tap.UnitFlag.SYNC) + b"moofmdat"


def test_a_group_of_pictures_without_end_is_not_kept():
    channel = TapChannel()
    channel.publish_unit(unit(0, is_sync=True), 0)
    for at in range(1, 20):
        channel.publish_unit(unit(at, size=GOP_BYTES // 10), 0)
    reader = Collector("access_units")
    channel.join(reader)
    assert reader.messages == []
    channel.publish_unit(unit(20, is_sync=True), 0)
    assert tap.Kind.UNIT in reader.kinds()


def test_after_a_discontinuity_nothing_old_is_handed_out():
    channel = TapChannel()
    early = Collector("fragments")
    channel.join(early)
    channel.publish_init(INIT)
    channel.publish_fragment(fragment(0, is_sync=True), 0)
    channel.publish_discontinuity("silent")
    assert json.loads(early.messages[-1][1]) == {"event": "discontinuity", "reason": "silent"}
    late = Collector("fragments")
    channel.join(late)
    assert late.messages == []


def test_a_reader_that_left_gets_nothing():
    channel = TapChannel()
    reader = Collector("access_units")
    channel.join(reader)
    assert channel.readers == 1
    channel.leave(reader)
    channel.publish_unit(unit(0, is_sync=True), 0)
    assert (channel.readers, reader.messages) == (0, [])


def test_a_message_of_impossible_length_is_refused():
    with pytest.raises(ValueError, match="bytes"):
        list(tap.MessageReader().feed(b"\xff\xff\xff\xff\x01"))


def test_messages_survive_any_cut():
    packed = tap.pack_json({"a": 1}) + tap.pack_unit(unit(5, is_sync=True), 7)
    reader = tap.MessageReader()
    got = [message for at in range(len(packed)) for message in reader.feed(packed[at : at + 1])]
    assert [kind for kind, _ in got] == [tap.Kind.JSON, tap.Kind.UNIT]
