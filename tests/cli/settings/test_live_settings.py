"""How viewers reach this machine: settings, what is made of them, what `vms doctor` says of them."""

import logging
import socket
from ipaddress import ip_network

import pytest

from streams import relay_check
from vms.cli.checks import live as live_checks
from vms.cli.checks.finding import Level
from vms.cli.checks.live import check_live
from vms.cli.parts.live_options import ice_options
from vms.cli.settings.node import DataPaths, load_settings
from vms.cli.web import parts_of
from vms.kernel.clock import SystemClock
from vms.kernel.errors import VmsError
from vms.kernel.logging import redactor

TURN = "[live.turn]\nurl = 'turn:relay.example.org:3478?transport=tcp'\nusername = 'nazar'\n"
SECRET = "relay-secret-1905"
BY_VARIABLE = {"NAZAR_LIVE__TURN__PASSWORD": SECRET}


@pytest.fixture
def paths(tmp_path):
    return DataPaths(tmp_path)


@pytest.fixture
def live(paths):
    """What the file says, overridden by variables."""

    def read(text, environment=None):
        paths.settings.write_text(text)
        return load_settings(paths, environment or {}).live

    return read


def test_without_settings_all_addresses_are_told_and_nobody_is_asked(live, paths):
    found = live("")
    assert (found.max_viewers, found.max_webrtc_viewers) == (300, 60)
    options = ice_options(found, paths)
    assert (options.networks, options.servers()) == ((), [])


def test_networks_are_read_from_file_or_variable(live):
    wanted = (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
    assert live("[live]\nnetworks = ['10.1.0.0/16', 'fd00::/8']\n").networks == wanted
    assert live("", {"NAZAR_LIVE__NETWORKS": "10.1.0.0/16, fd00::/8"}).networks == wanted


@pytest.mark.parametrize("place", ["variable", "file"])
def test_the_relays_password_comes_from_a_variable_or_a_file(live, paths, place):
    if place == "file":
        (paths.root / "relay").write_text(f"{SECRET}\n")
        found = live(TURN + "password_file = 'relay'\n")
    else:
        found = live(TURN, BY_VARIABLE)
    (server,) = ice_options(found, paths).servers()
    assert (server.urls, server.username, server.credential) == (
        "turn:relay.example.org:3478?transport=tcp", "nazar", SECRET,
    )  # fmt: skip


def test_the_relays_password_is_told_to_nobody(live, paths, caplog):
    found = live(TURN, BY_VARIABLE)
    assert SECRET not in repr(found)
    options = ice_options(found, paths)
    record = logging.makeLogRecord({"msg": f"asking {options}"})
    redactor.filter(record)
    assert SECRET not in record.msg


@pytest.mark.parametrize(
    "text",
    [
        "[live]\nnetworks = ['10.1.0.5/16']\n",
        "[live]\nnetworks = ['lan']\n",
        "[live]\nnetworks = 7\n",
        "[live]\nmax_webrtc_viewers = 0\n",
        "[live]\nmax_viewers = 5000\n",
        "[live]\nstun = 'stun:x'\n",
        TURN,
        TURN + "password = 'a'\npassword_file = 'b'\n",
        "[live.turn]\nusername = 'nazar'\npassword = 'x'\n",
        "[live.turn]\nurl = 'turn:relay'\nusername = ''\npassword = 'x'\n",
        *(
            f"[live.turn]\nurl = '{url}'\nusername = 'nazar'\npassword = 'x'\n"
            for url in (
                "relay.example.org", "stun:relay.example.org", "turn://relay.example.org", "turns:relay?transport=udp",
                f"turn:nazar:{SECRET}@relay.example.org", "turn:relay:port", "turn:relay?transport=sctp", "turn:",
            )
        ),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_without_repeating_a_password(live, text):
    with pytest.raises(VmsError) as refusal:
        live(text)
    assert refusal.value.code == "settings_invalid"
    assert "live" in str(refusal.value)
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe"])
def test_a_file_without_a_password_stops_the_web_process_and_is_named_by_the_doctor(live, paths, content):
    if content is not None:
        (paths.root / "relay").write_bytes(content)
    live(TURN + "password_file = 'relay'\n")
    settings = load_settings(paths, {})
    with pytest.raises(VmsError) as refusal:
        parts_of(settings, paths, SystemClock())
    assert refusal.value.code == "relay_password_unreadable"
    (finding,) = check_live(settings.live, paths)
    assert finding.level is Level.PROBLEM
    assert "relay_password_unreadable" in finding.remedy


def test_the_limits_reach_those_who_keep_them(live, paths):
    live("[live]\nmax_viewers = 7\nmax_webrtc_viewers = 3\nnetworks = ['10.0.0.0/8']\n")
    parts = parts_of(load_settings(paths, {}), paths, SystemClock())
    assert parts.hub._max_viewers == 7
    assert parts.max_webrtc_viewers == 3
    assert parts.ice.networks == (ip_network("10.0.0.0/8"),)


def test_a_network_that_this_machine_is_not_in(live, paths, monkeypatch):
    monkeypatch.setattr(live_checks, "own_addresses", lambda: ["10.2.0.7", "fd00::7"])
    (finding,) = check_live(live("[live]\nnetworks = ['203.0.113.0/24']\n"), paths)
    assert finding.level is Level.WARNING
    (finding,) = check_live(live("[live]\nnetworks = ['10.2.0.0/16']\n"), paths)
    assert (finding.level, "told 1 of" in finding.message) == (Level.OK, True)


@pytest.mark.sockets
@pytest.mark.parametrize(("environment", "levels"), [(BY_VARIABLE, []), ({}, [Level.PROBLEM])])
def test_a_password_in_the_settings_themselves(paths, live, monkeypatch, environment, levels):
    monkeypatch.setattr(relay_check, "ANSWER_S", 0.1)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = live("[live.turn]\nurl = 'turn:127.0.0.1:9'\nusername = 'nazar'\npassword = 'x'\n", environment)
    paths.settings.chmod(0o644)
    rights = [one for one in check_live(found, paths) if "read by others" in one.message]
    assert [one.level for one in rights] == levels
    assert all(one.remedy == f"chmod 600 {paths.settings}" for one in rights)


@pytest.mark.sockets
def test_a_relay_that_does_not_answer_and_a_password_others_may_read(live, paths, monkeypatch):
    monkeypatch.setattr(relay_check, "ANSWER_S", 0.3)
    file = paths.root / "relay"
    file.write_text(SECRET)
    file.chmod(0o644)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        url = f"turn:127.0.0.1:{silent.getsockname()[1]}"
        found = live(f"[live.turn]\nurl = '{url}'\nusername = 'nazar'\npassword_file = 'relay'\n")
        _, rights, answer = check_live(found, paths)
    assert (rights.level, rights.remedy) == (Level.PROBLEM, f"chmod 600 {file}")
    assert (answer.level, answer.message) == (Level.PROBLEM, "The relay does not answer.")
    assert SECRET not in f"{rights}{answer}"
