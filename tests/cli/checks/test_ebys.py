"""`[ebys]`, the doctor's look, the round within `vms jobs`: against a real bridge under TLS."""

import importlib.util
import logging
import sys
import threading
from pathlib import Path

import pytest
from pydantic import ValidationError

from vms.cli.checks.ebys import check_ebys
from vms.cli.checks.finding import Level
from vms.cli.doctor import examine
from vms.cli.settings.catalogue import places, processes_of
from vms.cli.settings.node import DataPaths, Settings, load_settings
from vms.cli.timed.ebys import ebys_jobs
from vms.documents.store import FileStore
from vms.footage.letters.files import FootageDesk
from vms.kernel.errors import VmsError
from web.settings_desk import Process

_FOOTAGE = Path(__file__).parents[2] / "footage"


def _load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_stamps = _load("stamps_of_ebys", _FOOTAGE / "real_stamps.py")
_real = _load("bridge_of_jobs", _FOOTAGE / "ebys" / "real_bridge.py")
_office = _load("office_of_ebys", _FOOTAGE / "conftest.py")
for _name in ("migrated", "clock", "town", "shelf", "disk", "office"):
    globals()[_name] = getattr(_office, _name)

URL = "https://kopru.example.bel.tr/nazar"


def settings_of(**more):
    return Settings.model_validate({"ebys": {"url": URL, "since": "2025-01-01"} | more}).ebys


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://kopru.example/"}, {"url": "ftp://kopru.example"}, {"url": "https://a:secret@kopru.example/"},
        {"url": "https://kopru.example/?key=x"}, {"url": "https://kopru.example/#x"}, {"url": "https://a..b/"},
        {"url": "https://kopru.example/a b"}, {"url": "https://kopru.example/\nX: y"}, {"timeout_s": 0},
        {"timeout_s": 61}, {"since": "yesterday"}, {"user": "n"}, {"password": "x"}, {"user": "a:b", "password": "x"},
        {"user": "n", "password": "x", "password_file": "y"}, {"verify": False},
    ],
)  # fmt: skip
def test_settings_that_would_tell_a_letter_or_reach_nobody_are_refused(wrong):
    with pytest.raises(ValidationError):
        settings_of(**wrong)


def test_what_counts_and_where_it_is_changed(tmp_path, clock, migrated):
    paths = DataPaths(tmp_path)
    assert Settings().ebys is None
    assert check_ebys(None, paths) == []
    assert ebys_jobs(Settings(), paths, clock, migrated, lambda: False) == []
    with pytest.raises(ValidationError):
        Settings.model_validate({"ebys": {"url": URL}})
    environment = {
        "NAZAR_EBYS__URL": URL, "NAZAR_EBYS__SINCE": "2025-01-01", "NAZAR_EBYS__USER": "n",
        "NAZAR_EBYS__PASSWORD": "a-bridge-password",
    }  # fmt: skip
    chosen = load_settings(paths, environment).ebys
    assert (chosen.url, "a-bridge-password" in repr(chosen)) == (URL, False)
    ours = [one for one in places() if one.section == "ebys"]
    assert (len(ours), any(one.is_editable for one in ours)) == (7, False)
    assert processes_of("ebys") == (Process.JOBS,)


def test_a_refusal_does_not_repeat_the_address(tmp_path):
    (tmp_path / "nazar.toml").write_text('[ebys]\nsince = 2025-01-01\nurl = "https://nazar:a-secret@kopru.example/"\n')
    with pytest.raises(VmsError) as refused:
        load_settings(DataPaths(tmp_path), {})
    assert (refused.value.code, "a-secret" in str(refused.value)) == ("settings_invalid", False)


@pytest.fixture
def bridge(tmp_path):
    context = _stamps._certified(tmp_path, tmp_path / "ca.pem")
    (tmp_path / "bridge.password").write_text(_real.PASSWORD)
    (tmp_path / "bridge.password").chmod(0o600)
    with _real.served(context, wants_sign_in=True) as served:
        yield served


@pytest.fixture
def chosen(bridge):
    """Its settings."""

    def chosen(**more):
        whole = {"url": bridge.url, "user": _real.USER, "password_file": "bridge.password", "ca_file": "ca.pem"}
        return settings_of(**{**whole, "timeout_s": 4, **more})

    return chosen


@pytest.mark.sockets
def test_the_doctor_asks_whether_it_is_there_and_says_what_is_wrong(bridge, chosen, tmp_path):
    paths = DataPaths(tmp_path)

    def looked(**more):
        return [(one.level, one.message, one.remedy) for one in check_ebys(chosen(**more), paths)]

    ((level, said, _),) = looked()
    assert (level, "Deneme EBYS" in said, bridge.papers) == (Level.OK, True, {})
    for wrong, code in (
        ({"password_file": "other.password"}, "ebys_password_unreadable"),
        ({"user": "another"}, "ebys_sign_in_refused"),
        ({"ca_file": "none.pem"}, "ebys_file_unreadable"),
        ({"ca_file": None}, "ebys_unreachable"),
        ({"url": bridge.url.replace("https", "http")}, "ebys_unreachable"),
        ({"url": bridge.url.replace("nazar", "elsewhere")}, "ebys_answer_wrong"),
    ):
        ((level, said, remedy),) = looked(**wrong)
        assert (level, f"Code: {code}." in remedy, _real.PASSWORD in said + remedy) == (Level.PROBLEM, True, False), (
            wrong
        )
    (tmp_path / "bridge.password").chmod(0o644)
    assert [level for level, _, _ in looked()] == [Level.PROBLEM, Level.OK]
    bridge.go_away()
    assert "noted by hand" in looked()[1][2]
    (tmp_path / "nazar.toml").write_text(f'[ebys]\nsince = 2025-01-01\nurl = "http://127.0.0.1:{bridge.port}/nazar"\n')
    assert [one.level for one in examine(paths) if one.check == "ebys"] == [Level.PROBLEM]


@pytest.mark.sockets
@pytest.mark.proves("R-10", "E-9")
def test_the_job_hands_papers_over_under_tls_and_tells_no_log_what_is_secret(bridge, chosen, office, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    paths = DataPaths(tmp_path)
    office.desk = FootageDesk(FileStore(paths.letters), office.examiner)
    letter = office.letter()  # it came through EBYS
    bridge.give(letter.id, "E-1")
    settings = Settings.model_validate({}).model_copy(update={"ebys": chosen()})
    (job,) = ebys_jobs(settings, paths, office.clock, office.database, lambda: False)
    (tmp_path / "bridge.password").rename(tmp_path / "away")
    run(job)
    assert office.fresh(letter).ebys_no == ""
    (tmp_path / "away").rename(tmp_path / "bridge.password")
    office.clock.advance(60)
    run(job)
    assert office.fresh(letter).ebys_no == "E-1"
    assert "ebys_password_unreadable" in caplog.text
    for secret in (_real.PASSWORD, bridge.signed_in().split()[1], str(bridge.port), "Görüntü talebi"):
        assert secret not in caplog.text


def run(job):
    thread = threading.Thread(target=job.run)
    thread.start()
    thread.join()
