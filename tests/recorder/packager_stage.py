"""A packager with a disk, viewers, a camera of real pictures around it."""

from itertools import pairwise
from uuid import UUID

from recorder.packager import Packager
from recorder.rotation import Rotation
from recorder.run import StreamFacts
from recorder.tap_channel import TapChannel
from vms.archive.model import Place
from vms.kernel.clock import US_PER_SECOND, ManualClock
from vms.media import annexb, h264
from vms.media.access_unit import AccessUnit

CAMERA = UUID(int=7)
SETS = (7, 8)


class Shelf:
    """A `FootageWriter` that keeps everything where a test can look."""

    def __init__(self):
        self.segments = []  # [head, fragments, tail]
        self.gaps = []
        self.last_end_us = None
        self.fault = None
        self.accepts = True
        self.ahead = []

    def place(self, start_us):
        ahead = [at for at in self.ahead if at > start_us]
        return Place(max(start_us, self.last_end_us or 0), min(ahead, default=None))

    def begin_segment(self, head):
        self.segments.append([head, [], None])

    def append(self, fragment):
        if self.accepts:
            self.segments[-1][1].append(fragment)
        return self.accepts

    def end_segment(self, tail):
        self.segments[-1][2] = tail
        self.last_end_us = tail.end_us

    def open_gap(self, start_us, cause, detail):
        self.gaps.append([start_us, None, cause, detail])

    def close_gap(self, end_us):
        for gap in self.gaps:
            gap[1] = gap[1] or end_us

    def file(self, tmp_path, number=-1):
        head, fragments, _ = self.segments[number]
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(head.init.data + b"".join(buffer for part in fragments for buffer in part.buffers))
        return path


def units_of(pictures, *, shift_90k=0):
    """Access units of an encoded H.264 clip."""
    units, video = [], None
    for picture in pictures:
        nals = list(annexb.split(picture.annexb))
        sets = {kind: tuple(nal for nal in nals if nal[0] & 31 == kind) for kind in SETS}
        if sets[7]:
            found = h264.parse(sets[7], sets[8])
            video = video if found == video else found
        data = b"".join(len(nal).to_bytes(4) + nal for nal in nals if nal[0] & 31 not in (*SETS, 9))
        units.append(AccessUnit(data, picture.pts_90k + shift_90k, 0, picture.is_key, video))
    return units


class Viewer:
    """A reader of the tap that counts pictures."""

    want = "access_units"

    def __init__(self):
        self.got = 0

    def send(self, message, *, is_sync):
        self.got += 1

    def notify(self, message):
        pass

    def end(self):
        pass


class Camera:
    """Feeds a packager in real time of a manual clock."""

    def __init__(self, *, writer=None, length_us=60 * US_PER_SECOND):
        self.clock = ManualClock()
        self.shelf = writer or Shelf()
        self.facts = StreamFacts()
        self.channel = TapChannel()
        self.packager = Packager(self.shelf, self.channel, self.clock, Rotation(CAMERA, length_us), self.facts)

    def play(self, units, frame_us=40_000):
        for unit in units:
            unit.arrival_us = self.clock.boottime_us()
            self.packager.on_access_unit(unit)
            self.clock.advance(frame_us / US_PER_SECOND)


def assert_contiguous(segments):
    for (_, _, tail), (head, _, _) in pairwise(segments):
        assert tail.end_us <= head.start_us
