"""Row 12 of the table of nasty streams, with all time-outs as delivered: lines that fall silent or break."""

import socket

import pytest
from nasty_checks import check_complete, check_own_times, check_show, check_sound, last_told
from nasty_clips import changed, clip, encode, one_after_another, stretched
from nasty_stage import Scenario, base_clip, play

from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.nal import SYNTAX
from recorder.simcam.server import SimServer
from vms.archive.model import Cause, Flag

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

SECOND_US = 1_000_000
SPEED = 6
BROKEN = {"drop": "closed", "reset": "closed", "half_open": "silent", "silent": "silent"}
FILLER = b"\x0c" + b"\xff" * 300 + b"\x80"


def breaks(fault):
    """The camera fails while it records and is in order again when the recorder has noticed."""

    async def script(play):
        await play.units(50)
        play.note("gone")
        play.camera.faults.set(fault)
        await play.until(lambda: play.status.reconnects)
        play.camera.faults.clear()
        play.note("back")
        await play.units(100)

    return script


async def reboots(play):
    await play.units(50)
    play.note("gone")
    play.camera.reboot(gone_s=5, starting_s=30)
    await play.until(lambda: play.camera.state == "up")
    play.note("back")
    await play.units(100)


async def answers_in_time_later(play):
    await play.until(lambda: play.status.detail == "timeout")
    play.camera.faults.clear()
    play.note("back")
    await play.units(100)


def appears_at(port):
    """Nobody listens at its address until the recorder has said so."""

    async def script(play):
        await play.until(lambda: play.status.detail == "refused")
        server = SimServer(play.clock, port=port)
        server.add(SimCamera("late", streams=(SimStream("main", clip=base_clip()),)))
        await server.start()
        play.note("back")
        await play.units(200)
        await server.stop()
        await play.until(lambda: play.status.detail == "refused")

    return script


async def pauses(play):
    await play.units(50)
    play.camera.faults.set("pause", 9)
    await play.units(100)


def filler_for_twenty_seconds():
    pictures = encode(frames=100)
    rest = changed(encode(frames=100, gop=100), lambda _, nals: [FILLER])
    return clip(one_after_another(pictures, stretched(rest, [18_000])))


def without_sets():
    bare = changed(encode(), lambda _, nals: [nal for nal in nals if not SYNTAX["h264"].is_parameter_set(nal)])
    return clip(bare, sets=())


async def until_told(play):
    await play.until(lambda: play.status.detail == "no_parameter_sets")


@pytest.fixture(scope="module")
def show(tmp_path_factory):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    late = Scenario("late", url=f"rtsp://127.0.0.1:{port}/late", script=appears_at(port), enough_units=0)
    scenarios = [late, *[Scenario(name, script=breaks(name)) for name in BROKEN]]
    scenarios += [
        Scenario("silent udp", transport="udp", script=breaks("silent")),
        Scenario("reboot", script=reboots),
        Scenario("nine seconds of silence", script=pauses),
        Scenario("one byte a second", board=["slow_replies"], script=answers_in_time_later),
        Scenario("heads of pictures' groups", "gop_heads:3", enough_units=40),
        Scenario("no parameter sets", clip=without_sets(), enough_units=0, script=until_told),
        Scenario("filler for twenty seconds", clip=filler_for_twenty_seconds(), enough_units=180),
        Scenario("one a second", clip=clip(encode(fps=1, frames=40, gop=10)), enough_units=40),
        Scenario("a key picture a minute", clip=clip(encode(fps=5, frames=300, gop=300)), enough_units=330),
        Scenario("a key picture every ten seconds", clip=clip(encode(gop=250, frames=500)), enough_units=600),
        Scenario(
            "never a key picture",
            "loss_idr",
            clip=clip(encode(frames=1000, gop=1000, fps=15, parameters="crf=16:intra-refresh=1")),
            enough_units=250,
        ),
    ]
    return play(scenarios, tmp_path_factory.mktemp("line"), speed=SPEED)


def test_the_recorder_is_well_afterwards(show):
    check_show(show)


@pytest.mark.proves("D-6.12a", "D-10.2c")
@pytest.mark.parametrize("name", [*BROKEN, "silent udp"])
def test_recording_resumes_within_five_seconds_behind_a_gap_with_its_cause(show, name):
    outcome = show[name]
    check_sound(outcome)
    check_complete(outcome, runs=2)
    assert outcome.resumed_us("back") < 5 * SECOND_US
    assert {gap.cause for gap in outcome.gaps} == {Cause.CAMERA_OFFLINE}
    assert outcome.reasons == [BROKEN[name.split()[0]]]
    assert outcome.status.reconnects == 1


@pytest.mark.parametrize("name", ["half_open", "silent", "silent udp"])
def test_a_line_without_pictures_is_dead_after_ten_seconds(show, name):
    outcome = show[name]
    noticed_us = outcome.moments["back"] - outcome.moments["gone"]
    assert 9 * SECOND_US < noticed_us < 13 * SECOND_US


@pytest.mark.proves("D-6.12a", "D-10.2c")
def test_a_camera_that_restarts_is_back_within_five_seconds(show):
    outcome = show["reboot"]
    check_sound(outcome)
    check_complete(outcome, runs=2)
    assert outcome.resumed_us("back") < 5 * SECOND_US
    assert outcome.reasons == ["closed", "not_found"]
    assert outcome.gaps[-1].end_us - outcome.gaps[-1].start_us > 25 * SECOND_US


@pytest.mark.proves("D-10.2c")
def test_a_camera_that_refuses_is_tried_until_it_is_there(show):
    outcome = show["late"]
    check_sound(outcome)
    check_complete(outcome)
    assert outcome.resumed_us("back") < 5 * SECOND_US
    assert "refused" in [gap.detail for gap in outcome.timeline.gaps if gap.start_us < outcome.moments["back"]]
    behind = [gap.detail for gap in outcome.timeline.gaps if gap.start_us >= outcome.segments[-1].span.end_us]
    assert behind[:2] == ["closed", "refused"]


def test_nine_seconds_of_silence_are_survived(show):
    outcome = show["nine seconds of silence"]
    check_sound(outcome)
    assert outcome.status.reconnects == 0
    assert len(outcome.runs) == 1
    check_own_times(outcome)
    longest_90k = max(sample.duration_90k for file in outcome.files for sample in file.samples)
    assert 9 * 90_000 <= longest_90k < 9.5 * 90_000


def test_answers_of_one_byte_a_second_are_given_up_until_the_camera_hurries(show):
    outcome = show["one byte a second"]
    check_sound(outcome)
    check_complete(outcome)
    assert outcome.resumed_us("back") < 5 * SECOND_US
    before = [gap.detail for gap in outcome.timeline.gaps if gap.start_us < outcome.segments[0].span.start_us]
    assert before[-1] == "timeout"


def test_a_camera_short_of_bandwidth_is_not_called_damaged(show):
    outcome = show["heads of pictures' groups"]
    check_sound(outcome)
    check_own_times(outcome)
    assert not any(segment.flags & Flag.DAMAGED for segment in outcome.segments)
    assert outcome.status.reconnects == 0


def test_no_parameter_sets_is_a_state_with_a_name(show):
    outcome = show["no parameter sets"]
    assert not outcome.segments
    assert not outcome.problems
    told = last_told(outcome)
    assert (told.cause, told.detail) == (Cause.CAMERA_OFFLINE, "no_parameter_sets")


@pytest.mark.proves("D-10.2c")
def test_filler_alone_is_neither_silence_nor_footage(show):
    outcome = show["filler for twenty seconds"]
    check_sound(outcome)
    assert outcome.status.reconnects == 0
    assert None not in outcome.units
    assert max(unit for unit in outcome.units) < 100
    assert max(sample.duration_90k for file in outcome.files for sample in file.samples) < 90_000
    assert {(gap.cause, gap.detail) for gap in outcome.gaps} == {(Cause.NETWORK, "no_whole_picture")}
    assert all(19 * SECOND_US < gap.end_us - gap.start_us < 22 * SECOND_US for gap in outcome.gaps)


@pytest.mark.parametrize("name", ["one a second", "a key picture a minute", "a key picture every ten seconds"])
def test_slow_cameras_and_long_groups_are_recorded_whole(show, name):
    outcome = show[name]
    check_sound(outcome)
    check_complete(outcome)
    check_own_times(outcome)
    assert outcome.status.reconnects == 0


def test_without_any_key_picture_footage_begins_after_ten_seconds_and_says_so(show):
    outcome = show["never a key picture"]
    check_sound(outcome, decodes=False)
    first = outcome.segments[0]
    assert first.flags & Flag.NO_SYNC
    assert not outcome.files[0].samples[0].is_sync
    assert outcome.status.reconnects == 0
    assert 140 <= outcome.files[0].samples[0].unit <= 180  # ten seconds at 15 a second
    assert len(outcome.runs) == 1
