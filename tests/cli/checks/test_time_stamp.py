"""`[footage.time_stamp]`, the doctor's look, packages built by `vms jobs`: against a real authority on a socket."""

import importlib.util
import logging
import sys
import threading
from pathlib import Path

import pytest
from pydantic import ValidationError

from vms.cli.checks.finding import Level
from vms.cli.checks.time_stamp import check_time_stamp
from vms.cli.doctor import examine
from vms.cli.parts.time_stamp import stamp_authority
from vms.cli.settings.catalogue import places, processes_of
from vms.cli.settings.node import DataPaths, Settings, load_settings
from vms.cli.timed.export import export_jobs
from vms.documents.forms.delivery import Medium
from vms.footage.bundle.time_stamp import stamp
from vms.footage.bundle.verdict import StampState
from vms.footage.bundle.verify import verify
from vms.footage.delivery.handing import Handing
from vms.footage.exports.model import ExportState
from vms.footage.exports.summary import ExportSummary
from vms.footage.papers.delivery import delivery_form
from vms.kernel.errors import VmsError
from web.settings_desk import Process

_FOOTAGE = Path(__file__).parents[2] / "footage"


def _load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_real = _load("stamps_of_jobs", _FOOTAGE / "real_stamps.py")
_office = _load("office_of_stamps", _FOOTAGE / "conftest.py")
for _name in (
    "migrated", "clock", "town", "shelf", "disk", "office", "make_writer", "clip", "when_closed", "wait_until_fixture",
    "export_press", "works",
):  # fmt: skip
    globals()[_name] = getattr(_office, _name)

URL = "https://zd.example.com.tr/tsa"


def settings_of(**more):
    return Settings.model_validate({"footage": {"time_stamp": {"url": URL} | more}}).footage.time_stamp


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://zd.example"}, {"url": "https://a:secret@zd.example/"}, {"url": "https://zd.example/#x"},
        {"url": "https://zd.example/ü"}, {"url": "https:///tsa"}, {"url": "https://a..b/"}, {"url": "https://a:x/"},
        {"url": "https://zd.example/a b"}, {"url": "https://zd.example/\nX: y"}, {"timeout_s": 0}, {"timeout_s": 60},
        {"name": "a\nb"}, {"user": "n"}, {"password": "x"}, {"user": "n", "password": "x", "password_file": "y"},
        {"url": "http://zd.example/", "user": "n", "password": "x"}, {"user": "a:b", "password": "x"}, {"to": "x"},
    ],
)  # fmt: skip
def test_settings_that_would_tell_a_password_or_reach_nobody_are_refused(wrong):
    with pytest.raises(ValidationError):
        settings_of(**wrong)


def test_a_refusal_does_not_repeat_the_address(tmp_path):
    (tmp_path / "nazar.toml").write_text('[footage.time_stamp]\nurl = "https://nazar:a-secret@zd.example/"\n')
    with pytest.raises(VmsError) as refused:
        load_settings(DataPaths(tmp_path), {})
    assert (refused.value.code, "a-secret" in str(refused.value)) == ("settings_invalid", False)


def test_what_counts_and_where_it_is_changed(tmp_path):
    assert Settings().footage.time_stamp is None
    assert stamp_authority(None, DataPaths(tmp_path)) is None
    assert check_time_stamp(None, DataPaths(tmp_path)) == []
    assert (settings_of().used_name, settings_of(name=" Kamu SM ").used_name) == ("zd.example.com.tr", "Kamu SM")
    environment = {
        "NAZAR_FOOTAGE__TIME_STAMP__URL": URL, "NAZAR_FOOTAGE__TIME_STAMP__USER": "n",
        "NAZAR_FOOTAGE__TIME_STAMP__PASSWORD": "a-stamp-password",
    }  # fmt: skip
    chosen = load_settings(DataPaths(tmp_path), environment).footage.time_stamp
    assert (chosen.url, "a-stamp-password" in repr(chosen)) == (URL, False)
    ours = [one for one in places() if one.section == "footage.time_stamp"]
    assert len(ours) == 8
    assert not any(one.is_editable for one in ours)
    assert {one.article for one in ours} == {"12(2)"}
    assert processes_of("footage.time_stamp") == (Process.JOBS,)


@pytest.fixture
def authority(tmp_path):
    with _real.served(tmp_path, is_tls=True, wants_sign_in=True) as served:
        (tmp_path / "stamp.password").write_text(_real.PASSWORD)
        (tmp_path / "stamp.password").chmod(0o600)
        yield served


@pytest.fixture
def chosen(authority):
    """Its settings."""

    def chosen(**more):
        return settings_of(**{
            "url": authority.url, "name": "Deneme ZDS", "user": _real.USER, "password_file": "stamp.password",
            "ca_file": authority.ca_file.name, "roots_file": "authority/tsa.pem", "timeout_s": 4,
        } | more)  # fmt: skip

    return chosen


@pytest.mark.sockets
@pytest.mark.system
def test_the_doctor_asks_for_a_stamp_and_says_what_is_wrong(authority, chosen, tmp_path):
    paths = DataPaths(tmp_path)

    def looked(**more):
        return [(one.level, one.message, one.remedy) for one in check_time_stamp(chosen(**more), paths)]

    ((level, said, _),) = looked()
    assert (level, "Deneme ZDS" in said, _real.NAME in said, authority.asked) == (Level.OK, True, True, 1)
    ((level, said, remedy),) = looked(password_file="other.password")
    assert (level, "other.password cannot be read" in said, "time_stamp_password_unreadable" in remedy) == (
        Level.PROBLEM, True, True,
    )  # fmt: skip
    for wrong, code in (
        ({"roots_file": "none.pem"}, "time_stamp_file_unreadable"),
        ({"roots_file": "stamp.password"}, "time_stamp_file_unreadable"),
        ({"roots_file": authority.ca_file.name}, "time_stamp_refused"),
        ({"ca_file": "none.pem"}, "time_stamp_file_unreadable"),
        ({"ca_file": None}, "time_stamp_unreachable"),
        ({"user": "another"}, "time_stamp_refused"),
    ):
        ((level, _, remedy),) = looked(**wrong)
        assert (level, f"Code: {code}." in remedy) == (Level.PROBLEM, True), wrong
    (tmp_path / "stamp.password").chmod(0o644)
    assert [level for level, _, _ in looked()] == [Level.PROBLEM, Level.OK]
    authority.go_away()
    assert "closed without a time stamp" in looked()[1][2]
    (tmp_path / "nazar.toml").write_text(f'[footage.time_stamp]\nurl = "http://127.0.0.1:{authority.port}/"\n')
    found = [one.level for one in examine(paths) if one.check == "time stamp"]
    assert found == [Level.WARNING, Level.PROBLEM]  # whoever answers would be believed; nobody does


def run(job):
    thread = threading.Thread(target=job.run)
    thread.start()
    thread.join()


@pytest.mark.sockets
@pytest.mark.system
@pytest.mark.proves("D-12.2")
def test_the_job_has_packages_stamped_and_closes_them_without_when_it_cannot(
    authority, chosen, works, office, tmp_path, caplog
):
    recorded = works.record()
    requests = [works.ordered(recorded) for _ in range(3)]
    stamps = stamp_authority(chosen(), DataPaths(tmp_path))
    assert works.build(stamps=stamps) == 3
    assert authority.asked == 3
    authority.go_away()
    requests.append(works.ordered(recorded))
    works.build(stamps=stamps)
    (tmp_path / "stamp.password").unlink()
    authority.come_back()
    requests.append(works.ordered(recorded))
    works.build(stamps=stamps)
    requests.append(works.ordered(recorded))
    works.build()
    states = []
    for request in requests[2:]:
        export = works.export(request)
        assert (export.state, export.failure) == (ExportState.READY, "")
        opened = works.opened(export)
        states.append(verify(opened).stamp)
        opened.close()
    assert states == [StampState.PROVEN, StampState.MISSING, StampState.MISSING, StampState.NOT_ASKED]
    assert "time_stamp_unreachable" in caplog.text
    assert "time_stamp_password_unreadable" in caplog.text
    assert _real.PASSWORD not in caplog.text
    told = [ExportSummary.from_json(works.export(one).summary).time_stamp for one in requests[2:]]
    assert [None if one is None else (one.authority, one.at_us is not None) for one in told] == [
        ("Deneme ZDS", True), ("Deneme ZDS", False), ("Deneme ZDS", False), None,
    ]  # fmt: skip
    with office.database.reading() as session:
        for request, asked, is_stamped in zip(requests[2:4], ("Deneme ZDS",) * 2, (True, False), strict=True):
            handing = Handing(medium=Medium.USB, channel="by_hand")
            form = delivery_form(session, office.fresh(request), works.exports(request), handing, office.by("officer"))
            assert (form.package.stamp_authority, form.package.stamped_at is not None) == (asked, is_stamped)


def test_a_node_with_a_wrong_password_file_has_its_jobs_all_the_same(works, tmp_path):
    settings = Settings.model_validate(
        {"footage": {"time_stamp": {"url": URL, "user": "n", "password_file": "none", "roots_file": "none"}}}
    )
    (job,) = export_jobs(settings, DataPaths(tmp_path), works.clock, works.database, lambda: False)
    run(job)


@pytest.mark.sockets
@pytest.mark.system
def test_the_password_is_hidden_from_logs(authority, chosen, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    assert stamp(stamp_authority(chosen(), DataPaths(tmp_path)), b"text").answer
    assert authority.signed_in().split()[1] not in caplog.text
