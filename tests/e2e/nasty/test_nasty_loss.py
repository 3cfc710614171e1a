"""Rows 2, 3, 7 and 15 of the table of nasty streams: lost, swapped, doubled, foreign, rotten packets."""

from itertools import pairwise

import pytest
from nasty_checks import check_complete, check_loss_is_told, check_show, check_sound, steps
from nasty_clips import clip, encode
from nasty_stage import Scenario, play

from vms.archive.model import Flag

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

LOSSES = {"loss_p:20": "tcp", "loss_marker:20": "tcp", "loss_p:20 udp": "udp", "reorder:10": "tcp"}
UDP_REPAIRED = ["reorder:10 udp", "duplicate:10 udp", "clean udp"]
DROPPED = ["forbidden_bit:50", "fu_no_start:50"]
REPAIRED = ["fu_type_change", "annex_b_inside"]
SURVIVED = ["bit_rot:10", "fu_start_and_end:10", "stap_lie"]
SENDERS = ["new_ssrc", "bye", "foreign_ssrc"]


@pytest.fixture(scope="module")
def show(tmp_path_factory):
    def scenario(name, **options):
        fault, _, transport = name.partition(" ")
        return Scenario(name, [] if fault == "clean" else fault, transport=transport or "tcp", **options)

    names = [*LOSSES, *UDP_REPAIRED, *DROPPED, *REPAIRED, *SURVIVED]
    scenarios = [scenario(name, after=10, is_decodable=name not in SURVIVED) for name in names]
    scenarios += [scenario(name, after=60) for name in SENDERS]
    scenarios += [
        Scenario("key pictures lost", "loss_idr", after=30, enough_units=300),
        Scenario("last of gop forbidden", "forbidden_bit:25", after=24),
        Scenario("h265 loss", "loss_p:20", after=10, clip=clip(encode("h265"))),
        Scenario("h265 rot", "bit_rot:10", clip=clip(encode("h265")), is_decodable=False),
        Scenario("h265 fragments", "fu_no_start:50", clip=clip(encode("h265"))),
    ]
    return play(scenarios, tmp_path_factory.mktemp("loss"), speed=3)


def test_the_recorder_is_well_afterwards(show):
    check_show(show)


@pytest.mark.proves("D-1.3b", "D-6.12a")
@pytest.mark.parametrize("name", [*LOSSES, "h265 loss"])
def test_lost_packets_cost_their_pictures_and_are_told(show, name):
    outcome = show[name]
    check_sound(outcome)
    missing = check_loss_is_told(outcome)
    lost = sum(segment.lost_packets for segment in outcome.segments)
    assert lost == outcome.total("lost_packets")
    assert 5 <= missing <= 2 * lost
    assert outcome.status.reconnects == 0
    assert len(outcome.runs) == 1


@pytest.mark.parametrize("name", [*LOSSES, "h265 loss"])
def test_the_picture_before_a_lost_one_lasts_longer(show, name):
    """No hole is left in the media time: the next whole picture keeps its own time."""
    outcome = show[name]
    interval_90k = outcome.clip.units[1].dts_90k
    for file in outcome.files:
        for sample, following in pairwise(file.samples):
            on = (following.unit - sample.unit) % len(outcome.clip.units)
            assert sample.duration_90k == on * interval_90k


@pytest.mark.parametrize("name", UDP_REPAIRED)
def test_what_udp_swaps_or_doubles_is_put_right(show, name):
    check_sound(show[name])
    check_complete(show[name])


def test_key_pictures_that_never_arrive_whole_do_not_end_the_recording(show):
    outcome = show["key pictures lost"]
    check_sound(outcome)
    check_loss_is_told(outcome)
    assert len(outcome.units) >= 250
    syncs = [sample.unit for file in outcome.files for sample in file.samples if sample.is_sync]
    assert syncs == [0, 25]  # the two that came before the fault set in


@pytest.mark.proves("D-1.3b")
@pytest.mark.parametrize("name", [*DROPPED, "last of gop forbidden", "h265 fragments"])
def test_units_that_make_no_sense_are_dropped_and_told(show, name):
    outcome = show[name]
    check_sound(outcome)
    assert check_loss_is_told(outcome) >= 3
    assert outcome.status.dropped_units >= 3
    assert outcome.status.reconnects == 0


@pytest.mark.parametrize("name", REPAIRED)
def test_odd_packing_costs_nothing(show, name):
    check_sound(show[name])
    check_complete(show[name])


@pytest.mark.parametrize("name", [*SURVIVED, "h265 rot"])
def test_rot_inside_pictures_never_ends_the_recording(show, name):
    """No receiver without a decoder can see a wrong bit: the files stay whole, pictures around it are as sent."""
    outcome = show[name]
    check_sound(outcome, decodes=False)
    assert outcome.status.reconnects == 0
    assert len(outcome.runs) == 1
    known = [unit for unit in outcome.units if unit is not None]
    assert len(known) >= 0.7 * len(outcome.units)


def test_another_sender_begins_a_new_run_at_a_key_picture(show):
    outcome = show["new_ssrc"]
    check_sound(outcome)
    check_complete(outcome, runs=2)
    second = outcome.files[outcome.runs[1][0]].samples[0]
    assert second.is_sync
    assert outcome.status.reconnects == 0


def test_pictures_after_a_goodbye_are_recorded(show):
    check_sound(show["bye"])
    check_complete(show["bye"])


@pytest.mark.proves("D-1.3b")
def test_a_strangers_packets_never_enter_a_file(show):
    outcome = show["foreign_ssrc"]
    check_sound(outcome)
    check_complete(outcome)
    assert outcome.total("unexpected_packets") > 100


def test_flags_are_for_segments_with_loss_only(show):
    assert not show["clean udp"].segments[0].flags & Flag.DAMAGED
    assert {step for _, step in steps(show["clean udp"], show["clean udp"].runs[0])} == {1}
