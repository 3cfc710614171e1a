"""Rows 13, 14, 16 and 17 of the table of nasty streams: rare coding, changing parameter sets, giants and dwarfs."""

from itertools import pairwise

import pytest
from nasty_checks import check_complete, check_own_times, check_show, check_sound, steps
from nasty_clips import changed, clip, encode, from_second_key, one_after_another, stretched, with_metadata
from nasty_evidence import decoded_pts
from nasty_stage import Scenario, play

from recorder.simcam.nal import SYNTAX
from vms.archive.model import Flag

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

VARIABLE = [3000, 3000, 3600, 18_000, 9000, 3000, 6000, 15_000]
H264_SETS, H265_SETS = SYNTAX["h264"].is_parameter_set, SYNTAX["h265"].is_parameter_set


def without_sets(units):
    return changed(units, lambda _, nals: [nal for nal in nals if not SYNTAX[units[0].codec].is_parameter_set(nal)])


def halves(change):
    """Four seconds as they are, four seconds changed."""
    return clip(one_after_another(encode(), change(encode(seed=8))))


def sets_of_turns():
    """The second half's parameter sets in every second group of pictures: bytes alternate, nothing visible does."""
    parts = [encode(frames=25, seed=seed) for seed in range(8)]
    return one_after_another(*(with_metadata(one, tick_rate="60") if n % 2 else one for n, one in enumerate(parts)))


def giants():
    return encode(width=3840, height=2160, fps=1, frames=2, gop=1, side=2100, parameters="qp=15", preset="ultrafast")


def one_too_large():
    oversized = b"\x06\x05" + b"\x55" * (9 << 20) + b"\x80"
    return clip(changed(encode(frames=200), lambda number, nals: [oversized, *nals] if number == 60 else nals))


async def until_it_came_twice(play):
    """A camera whose line is full leaves the giant out itself: then there is nothing that the recorder could tell."""
    await play.until(lambda: play.status.dropped_units >= 2)


WHOLE = {
    "b-frames": lambda: clip(encode(bframes=3)),
    "b-frames h265": lambda: clip(encode("h265", bframes=3)),
    "interlaced": lambda: clip(encode(height=128, parameters="crf=16:interlaced=1"), height=128),
    "intra refresh": lambda: clip(encode(frames=200, gop=200, parameters="crf=16:intra-refresh=1")),
    "variable rate": lambda: clip(stretched(encode(), VARIABLE)),
    "200 slices": lambda: clip(encode(width=320, height=160, parameters="crf=16:slice-max-mbs=1")),
    "120 a second": lambda: clip(encode(fps=120, frames=240, gop=120)),
    "sets in the description only": lambda: clip(without_sets(encode()), sets=SYNTAX["h264"].sets_in(encode()[0].nals)),
    "sets in the description only h265": lambda: clip(
        without_sets(encode("h265")), sets=SYNTAX["h265"].sets_in(encode("h265")[0].nals)
    ),
    "wrong sets in the description": lambda: clip(
        encode(), sets=SYNTAX["h264"].sets_in(encode(width=320, height=240)[0].nals)
    ),
    "other timing in the SPS": lambda: halves(lambda units: with_metadata(units, tick_rate="60")),
    "alternating SPS": lambda: clip(sets_of_turns()),
    "h265": lambda: clip(encode("h265")),
    "h265 layers": lambda: clip(encode("h265", bframes=3, parameters="crf=16:temporal-layers=2")),
}
CHANGES = {
    "size": lambda: clip(one_after_another(encode(), encode(width=320, height=240, seed=8))),
    "size h265": lambda: clip(one_after_another(encode("h265"), encode("h265", width=320, height=240, seed=8))),
    "profile": lambda: clip(
        one_after_another(encode(), encode(parameters="crf=16:cabac=0:8x8dct=0:weightp=0", seed=8))
    ),
    "crop only": lambda: halves(lambda units: with_metadata(units, crop_right="16")),
    "pps only": lambda: clip(one_after_another(encode(), encode(parameters="crf=16:chroma-qp-offset=6", seed=8))),
}


@pytest.fixture(scope="module")
def show(tmp_path_factory):
    scenarios = [Scenario(name, clip=build()) for name, build in WHOLE.items()]
    scenarios += [Scenario(name, clip=build(), enough_units=350) for name, build in CHANGES.items()]
    scenarios += [
        Scenario("h265 aggregated", "stap", clip=clip(encode("h265"))),
        Scenario("4k", clip=clip(giants(), width=3840, height=2160), enough_units=5),
        Scenario("one picture too large", clip=one_too_large(), script=until_it_came_twice),
        Scenario(
            "open groups", enough_units=200, is_decodable=False,
            clip=clip(from_second_key(encode("h265", bframes=3, frames=448, gop=28, parameters="crf=16:open-gop=1"))),
        ),
    ]  # fmt: skip
    return play(scenarios, tmp_path_factory.mktemp("formats"), speed=3)


def test_the_recorder_is_well_afterwards(show):
    check_show(show)


@pytest.mark.proves("D-1.3b", "D-6.12a")
@pytest.mark.parametrize("name", [*WHOLE, "h265 aggregated", "4k"])
def test_rare_coding_is_stored_whole_with_its_own_times(show, name):
    outcome = show[name]
    check_sound(outcome)
    check_complete(outcome)
    check_own_times(outcome)
    assert outcome.status.reconnects == 0


@pytest.mark.proves("D-1.3b", "D-6.12a")
@pytest.mark.parametrize("name", CHANGES)
def test_a_visible_change_begins_a_file_of_its_own_and_loses_no_picture(show, name):
    outcome = show[name]
    check_sound(outcome)
    assert len(outcome.runs) >= 3
    check_complete(outcome, runs=len(outcome.runs))
    assert {outcome.files[run[0]].samples[0].unit for run in outcome.runs} == {0, 100}
    assert {(later - earlier) % 200 for earlier, later in pairwise(outcome.units)} == {1}
    assert outcome.status.reconnects == 0


@pytest.mark.parametrize(
    ("name", "sizes"), [("size", (160, 320)), ("size h265", (160, 320)), ("crop only", (160, 144))]
)
def test_each_file_knows_its_size(show, name, sizes):
    for file in show[name].files:
        assert file.width == sizes[file.samples[0].unit // 100]


def test_pictures_of_megabytes_become_fragments_of_one_sample(show):
    sizes = [sample.size_bytes for sample in show["4k"].files[0].samples]
    assert 5 << 20 < max(sizes) < 8 << 20


def test_a_picture_beyond_the_limit_is_dropped_and_told(show):
    outcome = show["one picture too large"]
    check_sound(outcome)
    assert outcome.status.reconnects == 0
    gone = [step for _, step in steps(outcome, outcome.runs[0]) if step != 1]
    assert gone
    assert all(2 <= step <= 16 for step in gone)  # the camera itself may leave out the rest of the group
    assert any(segment.flags & Flag.DAMAGED for segment in outcome.segments)


def test_leading_pictures_at_the_start_of_a_run_are_left_out(show):
    outcome = show["open groups"]
    check_sound(outcome, decodes=False)  # at the end of the clip leading pictures follow others than they were made for
    assert decoded_pts(outcome.files[0].path, 200) == sorted(s.pts_90k for s in outcome.files[0].samples)[:200]
    kinds = [unit.nals[-1][0] >> 1 & 63 for unit in outcome.clip.units[:20]]
    decodable = [number for number, kind in enumerate(kinds) if kind not in (8, 9)]
    assert len(decodable) < len(kinds)  # the encoder did open its groups
    assert outcome.files[0].units[: len(decodable)] == decodable
    assert {step for _, step in steps(outcome, outcome.runs[0])[len(decodable) :]} == {1}
    assert not outcome.segments[0].flags & Flag.DAMAGED


def test_the_encoder_did_make_layers(show):
    assert {nal[1] & 7 for unit in show["h265 layers"].clip.units for nal in unit.nals} == {1, 2}
