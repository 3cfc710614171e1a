"""When pictures come and when none does: what is footage, and what is a hole."""

import pytest

STEP_90K = 3600
ROUND = 100  # pictures of the clip
SECOND_US = 1_000_000
HOLE = "no_whole_picture"


class Line:
    """A camera that sends a clip again and again, whole or with the end of every picture missing."""

    def __init__(self, kit, clip):
        self.receiver = kit.Receiver()
        self._kit, self._clip = kit, clip
        self._stamp, self._sequence = 1000, 100

    def sends(self, *, broken=False, interval_90k=STEP_90K):
        pictures = [picture._replace(pts_90k=at * interval_90k) for at, picture in enumerate(self._clip)]
        packets = self._kit.packetise(pictures, stamp=self._stamp, sequence=self._sequence)
        self._stamp += len(pictures) * interval_90k
        self._sequence += len(packets)
        self.receiver.step_us = interval_90k * 100 // 9
        self.receiver.send([packet for packet in packets if not (broken and packet.marked)])
        self.receiver.now_us += self.receiver.step_us

    def pauses(self, seconds):
        self.receiver.now_us += round(seconds * SECOND_US)
        self._stamp += round(seconds * 90_000)

    @property
    def holes(self):
        """Before which picture the sink was told of a hole."""
        return [at for at, reason in self.receiver.sink.events if reason == HOLE]


@pytest.mark.proves("D-10.2c")
def test_time_in_which_every_picture_is_broken_ends_the_run(kit, h264_clip):
    line = Line(kit, h264_clip)
    line.sends()
    for _ in range(5):
        line.sends(broken=True)
    line.sends()
    line.receiver.close()
    units = line.receiver.sink.units
    assert line.receiver.sink.events == [(ROUND, HOLE)]
    assert len(units) == 2 * ROUND
    assert units[ROUND].is_sync
    assert units[ROUND].arrival_us - units[ROUND - 1].arrival_us > 15 * SECOND_US
    assert not any(unit.is_damaged for unit in units)
    assert line.receiver.stats.lost_packets == 5 * ROUND


def test_a_few_broken_seconds_cost_those_pictures_only(kit, h264_clip):
    line = Line(kit, h264_clip)
    line.sends()
    line.sends(broken=True)
    line.sends()
    assert line.receiver.sink.events == []


@pytest.mark.parametrize(("pause_s", "holes"), [(9, []), (12, [ROUND])])
def test_a_pause_is_footage_up_to_ten_seconds(kit, h264_clip, pause_s, holes):
    line = Line(kit, h264_clip)
    line.sends()
    line.pauses(pause_s)
    line.sends()
    assert line.holes == holes


@pytest.mark.parametrize(("pause_s", "has_hole"), [(0, False), (30, False), (45, True)])
def test_a_camera_that_sends_few_pictures_is_given_more_time(kit, h264_clip, pause_s, has_hole):
    """One picture in eight seconds: five of them may be missing."""
    line = Line(kit, h264_clip)
    line.sends(interval_90k=8 * 90_000)
    line.pauses(pause_s)
    line.sends(interval_90k=8 * 90_000)
    assert line.holes == ([ROUND] if has_hole else [])


def test_after_a_hole_a_stream_without_key_frames_goes_on_after_ten_seconds(kit, h264_clip):
    line = Line(kit, h264_clip[:1] + [h264_clip[1]] * 99)
    line.sends()
    line._clip = h264_clip[1:2] * 99
    line.pauses(15)
    for _ in range(3):
        line.sends()
    line.receiver.close()
    units = line.receiver.sink.units
    assert line.holes == [ROUND]
    assert units[ROUND].arrival_us - units[ROUND - 1].arrival_us == pytest.approx(25 * SECOND_US, abs=SECOND_US)
