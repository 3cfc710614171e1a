"""Rows 9, 10 and 11 of the table of nasty streams: requests, keep-alives, passwords, addresses."""

import pytest
from nasty_checks import check_complete, check_never_recorded, check_show, check_sound
from nasty_stage import PASSWORD, USER, Scenario, play

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

LOCKED = {"user": USER, "password": PASSWORD}
SHORT = "short_session"
TALK = {
    "server asks": ["server_requests:25"],
    "session of 5 s": [SHORT],
    "keep-alive answered 400": ["keepalive_status:400", SHORT],
    "keep-alive never answered": ["keepalive_silent", SHORT],
    "no GET_PARAMETER": ["no_get_parameter", SHORT],
    "no OPTIONS": ["options_404"],
    "pictures before the answer to PLAY": ["early_rtp"],
}
ADDRESSES = {
    name: [name]
    for name in (
        "redirect:2", "other_channels", "session_change", "no_rtp_info", "wrong_rtp_info", "wrong_base", "no_base",
        "absolute_control", "no_sprop", "bare_sdp", "audio", "audio_unasked",
    )
}  # fmt: skip
DOORS = {
    "nonce rotates": {"fault": "nonce_rotation:1", "camera": LOCKED},
    "keep-alive finds the nonce stale": {"fault": ["keepalive_401", SHORT], "camera": LOCKED},
    "password for PLAY only": {"fault": "auth_on_play", "camera": LOCKED},
    "basic": {"camera": LOCKED | {"schemes": ("basic",)}},
    "md5": {"camera": LOCKED | {"schemes": ("digest-md5",)}},
    "sha-256": {"camera": LOCKED | {"schemes": ("digest-sha256",)}},
    "all schemes": {"camera": LOCKED | {"schemes": ("basic", "digest-md5", "digest-sha256")}},
}
REFUSALS = {"status:404": "not_found", "status:453": "busy", "status:503": "busy", "redirect:0": "protocol"}
WRONG = ["same nonce for ever", "other password"]


async def refused(play):
    await play.until(lambda: play.status.detail)


async def refused_for_twenty_seconds(play):
    await refused(play)
    end_us = play.clock.boottime_us() + 20_000_000
    await play.until(lambda: play.clock.boottime_us() >= end_us)


@pytest.fixture(scope="module")
def show(tmp_path_factory):
    scenarios = [Scenario(name, faults) for name, faults in (TALK | ADDRESSES).items()]
    scenarios += [Scenario(name, **options) for name, options in DOORS.items()]
    scenarios += [Scenario(name, name, script=refused_for_twenty_seconds, enough_units=0) for name in REFUSALS]
    patient = {"script": refused_for_twenty_seconds, "enough_units": 0, "camera": LOCKED}
    scenarios += [
        Scenario("same nonce for ever", "wrong_password", **patient),
        Scenario(
            "other password", **(patient | {"camera": LOCKED | {"password": "another-one"}}), knows_password=False
        ),
    ]
    return play(scenarios, tmp_path_factory.mktemp("dialogue"), speed=4)


@pytest.mark.proves("D-1.3b", "D-6.12a")
def test_the_recorder_is_well_and_no_secret_was_logged(show):
    check_show(show)


@pytest.mark.proves("D-1.3b", "D-6.12a")
@pytest.mark.parametrize("name", [*TALK, *ADDRESSES, *DOORS])
def test_odd_manners_cost_no_picture(show, name):
    outcome = show[name]
    check_sound(outcome)
    check_complete(outcome)
    assert outcome.status.reconnects == 0
    assert outcome.kinds == {"rtsp"}


def test_a_keep_alive_that_is_not_understood_is_said_in_another_way_once(show):
    assert show.said.count("keep-alive by GET_PARAMETER with 400") == 1
    assert show.said.count("keep-alive by OPTIONS with 400") >= 1


@pytest.mark.proves("C-13")
def test_sound_is_never_set_up_nor_recorded(show):
    for name in ("audio", "audio_unasked"):
        assert all(file.codec == "h264" for file in show[name].files)
    assert show["audio_unasked"].total("unexpected_packets") > 10
    assert show["audio"].total("unexpected_packets") == 0


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_password_is_not_tried_again_at_once(show, name):
    check_never_recorded(show[name], "wrong_password")
    assert len(show[name].sources) == 1
    assert show[name].status.state == "waiting"


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_told_and_retried_at_a_fitting_pace(show, name):
    outcome = show[name]
    check_never_recorded(outcome, REFUSALS[name])
    assert (len(outcome.sources) > 2) == (name == "status:404")  # others ask for a long pause
