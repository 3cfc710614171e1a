"""What the console keeps of the settings: the order of the places, the file itself, the lines of the one by hand."""

import os
import stat
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from vms.cli.checks.data import check_keys
from vms.cli.checks.finding import Level
from vms.cli.node.begin_anew import Renewal
from vms.cli.settings.catalogue import EDITABLE, FILE_ONLY, places, value_at
from vms.cli.settings.console import ConsoleSettings, toml_of
from vms.cli.settings.lines import lines_of
from vms.cli.settings.node import DataPaths, Settings, load_settings
from vms.cli.settings.sources import Sources
from vms.cli.timed.settings import settings_job
from vms.kernel.errors import VmsError
from web.settings_desk import SettingKind, Source


@pytest.fixture
def paths(tmp_path):
    return DataPaths(tmp_path)


@pytest.fixture
def keep(paths):
    """What the console keeps from now on."""
    return lambda values: ConsoleSettings(paths.console_settings).replace(toml_of(values))


def test_a_variable_counts_before_the_file_by_hand_which_counts_before_the_console(paths, keep):
    keep({"footage": {"return_days": 20, "viewing_days": 20, "signature_days": 5}})
    paths.settings.write_text("[footage]\nreturn_days = 21\nviewing_days = 21\n")
    variables = {"NAZAR_FOOTAGE__RETURN_DAYS": "22"}
    found = load_settings(paths, variables).footage
    assert (found.return_days, found.viewing_days, found.signature_days, found.target_hours) == (22, 21, 5, 4)
    sources = Sources.read(paths, variables)
    keys = ("return_days", "viewing_days", "signature_days", "target_hours")
    assert [sources.source_of(f"footage.{key}") for key in keys] == [
        Source.VARIABLE, Source.FILE, Source.CONSOLE, Source.DEFAULT,
    ]  # fmt: skip
    assert sources.settings() == load_settings(paths, variables)


@pytest.mark.proves("D-9.1b", "edge-21", "C-9")
def test_the_file_of_the_console_cannot_set_less_than_twenty_days(paths, keep):
    keep({"retention": {"days": 19}})
    with pytest.raises(VmsError) as refusal:
        load_settings(paths, {})
    assert refusal.value.code == "retention_below_minimum"


def test_what_the_console_keeps_is_for_this_user_alone_and_the_doctor_looks(paths, keep):
    keep({"mail": {"host": "mail.example.org", "from": "a@example.org"}})
    assert stat.S_IMODE(paths.console_settings.stat().st_mode) == 0o600
    assert [one for one in check_keys(paths) if one.level is not Level.OK] == []
    paths.console_settings.chmod(0o640)
    (found,) = [one for one in check_keys(paths) if one.level is not Level.OK]
    assert found.remedy == f"chmod 600 {paths.console_settings}"


def test_a_replacement_that_fails_leaves_the_file_as_it_was(paths, keep, monkeypatch):
    keep({"retention": {"days": 30}})
    before = paths.console_settings.read_bytes()

    def refuse(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", refuse)
        with pytest.raises(OSError, match="No space"):
            keep({"retention": {"days": 40}})
    assert paths.console_settings.read_bytes() == before
    assert sorted(one.name for one in paths.root.iterdir()) == [paths.console_settings.name]


@pytest.mark.parametrize("before", [{"retention": {"days": 30}}, None], ids=["a file", "none"])
@pytest.mark.parametrize("after", [toml_of({"retention": {"days": 40}}), None], ids=["another", "removed"])
def test_what_was_before_is_put_back_on_a_full_disk(paths, keep, monkeypatch, before, after):
    file = ConsoleSettings(paths.console_settings)
    if before:
        keep(before)
    version = file.version()
    file.keep_former()
    file.replace(after)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("tempfile.mkstemp", full)
        file.put_back()
    assert file.version() == version
    assert sorted(one.name for one in paths.root.iterdir()) == ([paths.console_settings.name] if before else [])


def test_a_replacement_that_never_happened_leaves_one_file(paths, keep):
    keep({"retention": {"days": 30}})
    file = ConsoleSettings(paths.console_settings)
    file.keep_former()
    file.put_back()
    assert [one.name for one in paths.root.iterdir()] == [paths.console_settings.name]


def test_what_a_process_that_ended_left_is_not_put_back(paths, keep):
    file = ConsoleSettings(paths.console_settings)
    keep({"retention": {"days": 30}})
    file.keep_former()
    file.replace(None)  # the machine ends here
    file.keep_former()
    keep({"retention": {"days": 40}})
    file.put_back()
    assert list(paths.root.iterdir()) == []


def test_a_removal_is_on_the_disk(paths, keep, monkeypatch):
    keep({"retention": {"days": 30}})
    synced = []
    monkeypatch.setattr("os.fsync", lambda fd: synced.append((os.fstat(fd).st_ino, paths.console_settings.exists())))
    ConsoleSettings(paths.console_settings).replace(None)
    assert synced == [(paths.root.stat().st_ino, False)]


_TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
_VALUES = _TEXTS | st.booleans() | st.integers(-(2**60), 2**60) | st.lists(_TEXTS, max_size=3)
_NAMES = st.text("abcdefgh_", min_size=1, max_size=8)
_TABLES = st.dictionaries(_NAMES, st.dictionaries(_NAMES, _VALUES, min_size=1, max_size=4), max_size=4)


@given(_TABLES)
def test_whatever_is_written_reads_back_as_the_same(tables):
    assert tomllib.loads(toml_of(tables)) == tables


def test_what_no_file_can_hold_is_refused():
    with pytest.raises(VmsError) as refusal:
        toml_of({"institution": {"name": "\ud800"}})
    assert refusal.value.code == "settings_invalid"


HAND = '''# by hand
title = 1

[institution]   # whose papers
name = "Örnek [Belediye] # değil"
query_url="https://belge.example"
[ sign_in . policy ]
tr = """
[footage]
limit_hours = 3
"""
version = "2"

[live]
networks = [
  "10.1.0.0/16",  # ]
  "10.2.0.0/16",
]
max_viewers = 30
turn.url = "turn:x"
[[volumes]]
path = "a"
[[volumes]]
path = "b"
'''


def test_each_setting_of_the_file_is_found_on_its_line():
    tomllib.loads(HAND)
    found = lines_of(HAND)
    assert found == {
        "title": 2, "institution": 4, "institution.name": 5, "institution.query_url": 6, "sign_in.policy": 7,
        "sign_in.policy.tr": 8, "sign_in.policy.version": 12, "live": 14, "live.networks": 15, "live.max_viewers": 19,
        "live.turn.url": 20, "volumes": 21, "volumes.path": 22,
    }  # fmt: skip


def leaves(model, before=""):
    """Every setting of the models, counted another way than the catalogue does."""
    for name, field in model.model_fields.items():
        key = f"{before}{field.alias or name}"
        inner = [one for one in _parts(field.annotation) if isinstance(one, type) and issubclass(one, BaseModel)]
        if inner and key != "volumes":
            yield from leaves(inner[0], f"{key}.")
        else:
            yield key


def _parts(annotation):
    return getattr(annotation, "__args__", (annotation,))


def test_the_catalogue_knows_every_setting_and_every_secret():
    found = {place.key: place for place in places()}
    assert list(found) == list(leaves(Settings))
    secrets = {key for key, place in found.items() if place.kind is SettingKind.SECRET}
    assert secrets == {key for key in found if key.rpartition(".")[2] == "password"}
    assert {place.section for place in found.values()} >= EDITABLE
    assert set(found) >= FILE_ONLY


def test_the_catalogue_tells_the_bounds_of_the_models():
    found = {place.key: place for place in places()}
    days, url, policy = found["retention.days"], found["institution.query_url"], found["sign_in.policy.tr"]
    assert (days.minimum, days.kind, days.article) == (20, SettingKind.NUMBER, "9(1)")
    assert (url.is_required, url.is_editable) == (True, True)
    assert (policy.kind, policy.max_length, policy.article) == (SettingKind.PROSE, 4000, "11(4)")
    assert found["mail.tls"].options == ("none", "starttls", "tls")
    assert not any(found[key].is_editable for key in ("web.port", "sign_in.ldap.password", "volumes", "mail.ca_file"))
    assert value_at(Settings(), "mail.from") is None
    assert value_at(Settings(), "sign_in.policy.version") == "1"


def test_jobs_begin_anew_when_the_console_changed_something_and_only_then(paths, keep, monkeypatch):
    monkeypatch.setattr("vms.cli.timed.settings.begin_anew_at_last", lambda: None)
    asked = []
    renewal = Renewal()
    renewal.when_asked(lambda: asked.append(1))
    job = settings_job(paths, renewal)
    job.run()
    paths.settings.write_text("[web]\nport = 9000\n")  # by hand: whoever edits it says when it is done
    job.run()
    keep({"retention": {"days": 19}})  # nothing would start with it
    job.run()
    assert asked == []
    keep({"footage": {"return_days": 20}})
    job.run()
    job.run()
    assert asked == [1]


def test_nobody_begins_anew_who_was_not_told_how():
    with pytest.raises(VmsError) as refusal:
        Renewal().ask()
    assert refusal.value.code == "restart_unavailable"
