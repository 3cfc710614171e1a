"""Rows 1 and 8 of the table of nasty streams: markers, junk between packets, odd packets."""

import pytest
from nasty_checks import check_complete, check_loss_is_told, check_show, check_sound
from nasty_clips import clip, encode
from nasty_stage import Scenario, play

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

HARMLESS = [
    "no_marker", "all_markers", "marked_sets", "garbage_crlf:1", "garbage_text:25", "unmapped_channel",
    "payload_type_50:10", "empty_payload:10", "padding:12", "extension", "stap", "filler", "duplicate:10",
]  # fmt: skip
JUNK = ["garbage:25", "garbage_random:25", "garbage_dollars:25"]


@pytest.fixture(scope="module")
def show(tmp_path_factory):
    scenarios = [Scenario(name, name) for name in HARMLESS + JUNK]
    large = clip(encode(side=96, parameters="qp=8"))
    scenarios.append(Scenario("big_packets", "big_packets:10000", clip=large))
    scenarios += [Scenario(f"{name} h265", name, clip=clip(encode("h265"))) for name in ("no_marker", "all_markers")]
    return play(scenarios, tmp_path_factory.mktemp("framing"), speed=3)


def test_the_recorder_is_well_afterwards(show):
    check_show(show)


@pytest.mark.proves("D-1.3b", "D-6.12a")
@pytest.mark.parametrize("name", [*HARMLESS, "big_packets", "no_marker h265", "all_markers h265"])
def test_what_is_odd_but_whole_costs_no_picture(show, name):
    check_sound(show[name])
    check_complete(show[name])


@pytest.mark.parametrize("name", ["unmapped_channel", "payload_type_50:10", "duplicate:10"])
def test_foreign_packets_are_counted(show, name):
    assert show[name].total("unexpected_packets") > 10


@pytest.mark.proves("D-1.3b")
@pytest.mark.parametrize("name", JUNK)
def test_junk_costs_at_most_one_picture_each(show, name):
    outcome = show[name]
    check_sound(outcome)
    missing = check_loss_is_told(outcome)
    assert outcome.status.reconnects == 0
    assert outcome.total("resyncs") >= 5
    assert missing <= outcome.total("resyncs")
    assert len(outcome.runs) == 1
