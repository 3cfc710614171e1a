"""Where the recorder's last step meets the archive: real pictures, real volumes, disks and clocks that fail."""

from itertools import pairwise

import pytest

from recorder.packager import Packager
from recorder.rotation import Rotation
from recorder.run import StreamFacts
from recorder.tap_channel import TapChannel
from vms.archive import volume_thread
from vms.archive.archive import Archive
from vms.archive.check import Level, check_volume
from vms.archive.model import Cause, Flag
from vms.archive.rebuild import rebuild_index
from vms.archive.volume import Volume
from vms.archive.writer import ArchiveWriter
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, ManualClock
from vms.kernel.span import Span
from vms.media import annexb, h264
from vms.media.access_unit import AccessUnit

FRAME_90K = 3600
SEGMENT_US = 10 * US_PER_SECOND
MISDATED_US = 30 * US_PER_DAY
# All of a row but the numbers an index gives by itself.
ROWS = (
    "SELECT start_us, end_us, sequence, run, size_bytes, duration_90k, samples, flags, lost_packets, mask_version,"
    " clock_offset_us, clock_error_us, sha256, link FROM segment"
)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(volume_thread, "TICK_S", 0.0001)


@pytest.fixture(scope="session")
def pictures(encode_clip):
    return encode_clip(frames=25, gop=25)


class Site:
    """A camera of one picture every 40 ms, a recorder, volumes; time passes only while somebody plays or waits."""

    def __init__(self, key, clock: ManualClock, volumes: list[Volume], pictures) -> None:
        self.key, self.clock, self.volumes, self._pictures = key, clock, volumes, pictures
        self.begin_us = clock.now_us()
        self._at_90k = 0
        self._format = None
        self.start()

    def start(self) -> None:
        """The recorder starts; first it says since when it was away."""
        self.writer = ArchiveWriter(self.volumes, self.clock, sync_interval_us=US_PER_SECOND)
        self.writer.recover()
        self.stream = self.writer.stream(self.key)
        rotation = Rotation(self.key.camera_id, SEGMENT_US)
        self.packager = Packager(self.stream, TapChannel(), self.clock, rotation, StreamFacts())
        if self.stream.last_end_us is not None:
            self.stream.open_gap(self.stream.last_end_us, Cause.RECORDER_DOWN, "not_running")

    def stop(self) -> None:
        """The recorder ends in good order."""
        self.packager.end(Cause.RECORDER_DOWN, "stopped")
        self.work()
        for thread in self.writer._threads.values():
            thread._close()

    def work(self) -> None:
        """Let the volumes' threads do on this thread what waits, then what is due."""
        for thread in self.writer._threads.values():
            thread.run_once()

    def play(self, seconds: int) -> None:
        for _ in range(seconds):
            for unit in self._units():
                unit.arrival_us = self.clock.boottime_us()
                self.packager.on_access_unit(unit)
                self.clock.advance(0.04)
            self.work()

    def lose_camera(self, seconds: int, detail: str = "refused") -> None:
        self.packager.end(Cause.CAMERA_OFFLINE, detail)
        self.wait(seconds)

    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.work()

    def timeline(self, end_us: int | None = None):
        now_us = self.clock.now_us() if end_us is None else end_us
        return Archive(self.volumes).timeline(self.key, Span(self.begin_us, now_us), now_us, self.begin_us)

    def holes(self) -> list[tuple[Cause, str, int]]:
        """Cause, detail, length in seconds of every hole that is no rounding."""
        gaps = self.timeline().gaps
        long = [(gap.cause, gap.detail, (gap.end_us or 0) - gap.start_us) for gap in gaps]
        return [(cause, detail, round(us / US_PER_SECOND)) for cause, detail, us in long if us > 100_000]

    def rows(self, sql: str) -> list[tuple]:
        found = []
        for volume in self.volumes:
            with volume.index.read() as connection:
                found += connection.execute(sql).fetchall()
        return sorted(found)

    def spans(self) -> list[tuple[int, int]]:
        return self.rows("SELECT start_us, end_us FROM segment")

    def assert_sound(self) -> None:
        spans = self.spans()
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        for volume in self.volumes:
            if not volume.still_there():
                volume.attach()
            assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []

    def _units(self) -> list[AccessUnit]:
        units = []
        for picture in self._pictures:
            nals = list(annexb.split(picture.annexb))
            if self._format is None:
                self._format = h264.parse([nal for nal in nals if nal[0] & 31 == 7],
                                          [nal for nal in nals if nal[0] & 31 == 8])  # fmt: skip
            data = b"".join(len(nal).to_bytes(4) + nal for nal in nals if nal[0] & 31 not in (7, 8, 9))
            units.append(AccessUnit(data, self._at_90k, 0, picture.is_key, self._format))
            self._at_90k += FRAME_90K
        return units


@pytest.fixture
def site(key, clock, make_volume, pictures) -> Site:
    return Site(key, clock, [make_volume("one"), make_volume("two")], pictures)


def take_out(volume: Volume):
    return volume.path.rename(volume.path.with_name("taken out"))


def put_in(volume: Volume, moved) -> None:
    moved.rename(volume.path)


def forget_index(volume: Volume) -> None:
    volume.index.forget()
    for path in volume.path.glob("index.sqlite*"):
        path.unlink()


@pytest.mark.proves("D-10.2c", "D-9.1c")
def test_every_hole_has_its_own_cause(site):
    site.play(13)
    home = site.stream.home.volume
    moved = take_out(home)
    site.play(12)
    assert site.stream.home.volume is not home
    put_in(home, moved)
    site.play(8)
    assert set(site.writer.volume_states().values()) == {"ok"}
    site.lose_camera(20)
    site.play(5)
    site.stop()
    site.wait(30)
    site.start()
    site.play(5)
    site.lose_camera(7, "timeout")
    site.play(3)
    site.stop()
    holes = site.holes()
    assert [hole[:2] for hole in holes] == [
        (Cause.DISK_FAILURE, "volume_missing"),
        (Cause.CAMERA_OFFLINE, "refused"),
        (Cause.RECORDER_DOWN, "stopped"),
        (Cause.CAMERA_OFFLINE, "timeout"),
    ]
    assert holes[0][2] <= 4
    assert [hole[2] for hole in holes[1:]] == [20, 30, 7]
    site.assert_sound()


@pytest.mark.proves("D-10.2c")
def test_an_outage_is_one_gap_however_often_the_disks_are_tried(site):
    site.play(5)
    moved = [take_out(site.volumes[0]), site.volumes[1].path.rename(site.volumes[1].path.with_name("also out"))]
    site.play(60)
    for volume, path in zip(site.volumes, moved, strict=True):
        put_in(volume, path)
    site.play(12)
    site.stop()
    rows = site.rows("SELECT start_us, end_us, cause FROM gap WHERE end_us IS NOT NULL")
    assert len(set(rows)) == 1
    ((cause, detail, _),) = site.holes()
    assert (cause, detail) == (Cause.DISK_FAILURE, "volume_missing")
    site.assert_sound()


@pytest.mark.proves("D-10.2c")
def test_a_disk_that_slept_through_the_end_of_a_gap_does_not_rewrite_it(site):
    site.play(5)
    home = site.stream.home.volume
    site.lose_camera(10)
    moved = take_out(home)
    site.wait(5)
    site.play(10)
    site.lose_camera(6, "timeout")
    site.play(4)
    site.stop()
    put_in(home, moved)
    site.wait(40)
    site.start()
    assert site.rows("SELECT start_us FROM gap WHERE end_us IS NULL AND detail = 'refused'") == []
    site.play(5)
    site.stop()
    assert [hole[:2] for hole in site.holes() if hole[0] is not Cause.DISK_FAILURE] == [
        (Cause.CAMERA_OFFLINE, "refused"),
        (Cause.CAMERA_OFFLINE, "timeout"),
        (Cause.RECORDER_DOWN, "stopped"),
    ]
    site.assert_sound()


def misdate(site: Site, seconds: int = 15) -> Span:
    """The clock is a month ahead for some footage; returns where that lies."""
    site.clock.step_wall(MISDATED_US / US_PER_SECOND)
    at_us = site.clock.now_us()
    site.play(seconds)
    site.clock.step_wall(-MISDATED_US / US_PER_SECOND)
    return Span(at_us, at_us + seconds * US_PER_SECOND)


@pytest.mark.proves("edge-27")
@pytest.mark.parametrize("restart", ["never", "while_wrong", "when_right"])
def test_after_a_clock_that_was_a_month_ahead_footage_is_at_its_true_time(site, clock, restart):
    site.play(12)
    site.clock.step_wall(MISDATED_US / US_PER_SECOND)
    wrong_us = site.clock.now_us()
    site.play(7)
    if restart == "while_wrong":
        site.stop()
        site.start()
    site.play(8)
    site.clock.step_wall(-MISDATED_US / US_PER_SECOND)
    if restart == "when_right":
        site.stop()
        site.start()
    right_us = site.clock.now_us()
    site.play(30)
    site.lose_camera(9)
    site.play(5)
    site.stop()

    recordings = site.timeline(wrong_us + US_PER_DAY).recordings
    misdated = [span for span in recordings if span.start_us >= wrong_us - 2 * US_PER_SECOND]
    later = [span for span in recordings if right_us - 2 * US_PER_SECOND < span.start_us < wrong_us - US_PER_DAY]
    assert sum(span.duration_us for span in misdated) >= 12 * US_PER_SECOND
    assert sum(span.duration_us for span in later) >= 32 * US_PER_SECOND
    assert later[-1].end_us == pytest.approx(clock.now_us(), abs=100_000)
    flags = site.rows(f"SELECT flags FROM segment WHERE start_us > {right_us} AND start_us < {wrong_us - US_PER_DAY}")
    assert not any(Flag(row[0]) & Flag.CLOCK_HELD for row in flags)
    assert site.holes()[-1] == (Cause.CAMERA_OFFLINE, "refused", 9)
    assert site.rows("SELECT 1 FROM gap WHERE end_us <= start_us") == []
    site.assert_sound()

    before = site.rows(ROWS)
    for volume in site.volumes:
        forget_index(volume)
        assert rebuild_index(volume, clock).problems == []
    assert site.rows(ROWS) == before
    site.assert_sound()


@pytest.mark.proves("edge-27")
def test_when_true_time_reaches_the_misdated_footage_recording_goes_on_behind_it(site):
    site.play(5)
    wrong = misdate(site)
    site.play(5)
    site.packager.end(Cause.CAMERA_OFFLINE, "refused")
    site.clock.advance((wrong.start_us - site.clock.now_us()) / US_PER_SECOND - 10)
    site.play(20)
    site.stop()
    spans = [span for span in site.spans() if span[0] > wrong.start_us - 11 * US_PER_SECOND]
    before = [span for span in spans if span[1] <= wrong.start_us]
    behind = [span for span in spans if span[0] >= wrong.end_us - US_PER_SECOND]
    assert before[0][0] == pytest.approx(wrong.start_us - 10 * US_PER_SECOND, abs=100_000)
    assert before[-1][1] >= wrong.start_us - 2 * US_PER_SECOND
    assert sum(end - start for start, end in behind) >= 8 * US_PER_SECOND
    site.assert_sound()


def test_a_new_index_goes_on_with_the_highest_number_not_the_latest_time(site, clock):
    site.play(12)
    misdate(site)
    site.play(12)
    site.stop()
    volume = site.stream.home.volume
    newest = site.rows("SELECT sequence FROM segment")[-1]
    forget_index(volume)
    site.start()
    site.play(5)
    site.stop()
    assert site.rows("SELECT sequence FROM segment")[0] == newest  # the one file a new index reads
    assert len(site.rows("SELECT sequence FROM segment")) > 1
    for volume in site.volumes:
        assert rebuild_index(volume, clock).problems == []
    sequences = site.rows("SELECT sequence FROM segment")
    assert sequences == [(number,) for number in range(len(sequences))]
    site.assert_sound()


def test_an_index_lost_while_recording_frees_no_time(site):
    site.play(12)
    wrong = misdate(site)
    site.play(5)
    site.stop()
    site.start()
    place = site.stream.place(wrong.start_us + US_PER_SECOND)
    assert place.start_us > wrong.start_us + 10 * US_PER_SECOND
    site.play(3)
    forget_index(site.stream.home.volume)
    site.play(8)
    assert set(site.writer.volume_states().values()) == {"ok"}
    assert len(site.rows("SELECT 1 FROM segment")) <= 3  # the index was begun anew
    assert site.stream.place(wrong.start_us + US_PER_SECOND) == place
    site.stop()
