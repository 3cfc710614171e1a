"""What must hold for every scenario, whatever was wrong with the camera."""

from itertools import pairwise

from nasty_outcome import Outcome, Show
from nasty_stage import PASSWORD, USER

from vms.archive.model import Cause, Flag, Gap

JOIN_US = 100_000
GROWTH_BYTES = 48 << 20


def check_show(show: Show) -> None:
    """No exception in the log, no secret in it, no memory that grows, no file left open."""
    assert not show.errors
    for secret in (PASSWORD, USER, "rtsp://", "127.0.0.1", "Authorization", "Digest "):
        assert secret not in show.said, secret
    assert show.growth_bytes < GROWTH_BYTES
    assert not show.still_open


def check_sound(outcome: Outcome, *, decodes: bool = True) -> None:
    """Files are whole and equal their rows, times only grow, nothing overlaps, holes have causes, loss is flagged."""
    assert not outcome.problems
    assert outcome.segments, f"nothing was recorded: {[record.getMessage() for record in outcome.log]}"
    for segment, file in zip(outcome.segments, outcome.files, strict=True):
        assert not file.box_faults
        is_damaged = bool(segment.flags & (Flag.DAMAGED | Flag.NO_SYNC))
        if decodes and not is_damaged:
            assert not file.ffmpeg_says
            assert file.decoded_frames == len(file.samples)
        assert file.codec, file.ffmpeg_says
        assert file.codec_tag == {"h264": "avc1", "h265": "hvc1"}[outcome.clip.codec]
        assert (segment.samples, segment.width, segment.height) == (len(file.samples), file.width, file.height)
        check_times(file)
        assert file.samples[0].is_sync or segment.flags & Flag.NO_SYNC
    check_wall_time(outcome)
    check_holes(outcome)


def check_times(file) -> None:
    """Decoding times begin at 0 and grow; no picture is shown twice at one time."""
    dts = [sample.dts_90k for sample in file.samples]
    assert dts[0] == 0
    assert all(later > earlier for earlier, later in pairwise(dts))
    pts = [sample.pts_90k for sample in file.samples]
    assert len(set(pts)) == len(pts)
    assert all(sample.duration_90k > 0 for sample in file.samples)


def check_wall_time(outcome: Outcome) -> None:
    """No two segments claim one moment; segments of one run touch; a run's pace is within 500 ppm of its media."""
    for earlier, later in pairwise(sorted(outcome.segments, key=lambda segment: segment.span)):
        assert earlier.span.end_us <= later.span.start_us
    for earlier, later in pairwise(outcome.segments):
        if earlier.run == later.run:
            assert earlier.span.end_us == later.span.start_us
    for segment in outcome.segments:
        wall_us, media_us = segment.span.end_us - segment.span.start_us, segment.duration_90k * 100 / 9
        if not segment.flags & Flag.CLOCK_HELD:
            assert abs(wall_us - media_us) <= media_us * 500e-6 + 2


def check_holes(outcome: Outcome) -> None:
    """Every moment from the first footage to the last is footage or has a known cause."""
    segments, gaps = outcome.segments, outcome.gaps
    for earlier, later in pairwise(segments):
        if later.span.start_us - earlier.span.end_us <= JOIN_US:
            continue
        if later.span.start_us < earlier.span.start_us:
            continue  # the clock was set back: footage of the wrong clock lies ahead
        inside = [g for g in gaps if g.start_us >= earlier.span.end_us and g.end_us <= later.span.start_us]
        assert inside, "a hole without a gap"
        assert inside[0].start_us == earlier.span.end_us
        assert inside[-1].end_us == later.span.start_us
        assert all(gap.detail and (gap.cause != Cause.UNKNOWN or gap.detail == "clock_step") for gap in inside)


def steps(outcome: Outcome, run: list[int]) -> list[tuple[int, int | None]]:
    """Inside one run: number of the segment with how many of the clip's pictures on each sample is (1: the next)."""
    size = len(outcome.clip.units)
    pairs, before = [], None
    for number in run:
        for sample in outcome.files[number].samples:
            if before is not None:
                known = sample.unit is not None and before.unit is not None
                pairs.append((number, (sample.unit - before.unit) % size if known else None))
            before = sample
    return pairs


def check_complete(outcome: Outcome, *, runs: int = 1) -> None:
    """Every picture that was sent is there, bit by bit, and nothing is called damaged."""
    assert len(outcome.runs) == runs
    for run in outcome.runs:
        assert {step for _, step in steps(outcome, run)} == {1}
    assert not any(segment.flags & Flag.DAMAGED for segment in outcome.segments)
    assert sum(segment.lost_packets for segment in outcome.segments) == 0


def check_loss_is_told(outcome: Outcome, *, knows_every_picture: bool = True) -> int:
    """Wherever a picture is missing or not as it was sent, the row says so. Returns how many are missing."""
    missing = 0
    for run in outcome.runs:
        before = run[0]
        for number, step in steps(outcome, run):
            if step != 1:
                missing += (step or 1) - 1
                flags = outcome.segments[number].flags | outcome.segments[before].flags
                assert flags & Flag.DAMAGED, f"{step} pictures on, and no flag"
            before = number
    if knows_every_picture:
        assert None not in outcome.units
    return missing


def check_own_times(outcome: Outcome) -> None:
    """Presentation times inside a file are those the camera gave."""
    units, size_90k = outcome.clip.units, outcome.clip.duration_90k
    for file in outcome.files:
        first = file.samples[0]
        for sample in file.samples:
            sent_90k = units[sample.unit].pts_90k - units[first.unit].pts_90k
            assert (sample.pts_90k - first.pts_90k - sent_90k) % size_90k == 0


def check_never_recorded(outcome: Outcome, detail: str) -> None:
    """Nothing on disk, and the reason is told to the operator and in the time line."""
    assert not outcome.problems
    assert not outcome.segments
    assert outcome.status.detail == detail
    assert last_told(outcome).detail == detail


def last_told(outcome: Outcome) -> Gap:
    """The newest reason for having no footage, before the recorder itself was stopped."""
    return [gap for gap in outcome.timeline.gaps if gap.detail != "stopped"][-1]
