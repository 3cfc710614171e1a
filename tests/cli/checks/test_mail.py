"""`[mail]`, `vms mail`, the doctor's look at the mail server, the jobs: against a real SMTP server."""

import importlib.util
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from vms.audit.entry import Actor
from vms.authority.grants.rules import Olur
from vms.authority.grants.service import NewGrant, Scope, enter
from vms.cameras.service import NewCamera, register
from vms.cli import mail
from vms.cli.checks.finding import Level
from vms.cli.checks.mail import check_mail
from vms.cli.paper_options import person_of
from vms.cli.parts.mail import mail_server
from vms.cli.settings.node import DataPaths, Settings, load_settings
from vms.cli.timed.reminder import reminder_jobs
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.days import day_of
from vms.kernel.errors import VmsError
from vms.kernel.logging import redactor
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox
from vms.people.passwords import Passwords
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account

_SPEC = importlib.util.spec_from_file_location(
    "real_mail_server", Path(__file__).parents[2] / "reminders" / "real_mail_server.py"
)
_real = importlib.util.module_from_spec(_SPEC)
sys.modules["real_mail_server"] = _real
_SPEC.loader.exec_module(_real)

FROM = "nazar@belediye.example"
CLERK = Actor(None, "clerk")


def settings_of(**more):
    return Settings.model_validate({"mail": {"host": "127.0.0.1", "from": FROM} | more})


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_way_has_its_port(tls, port):
    assert settings_of(tls=tls).mail.used_port == port
    assert settings_of(tls=tls, port=2525).mail.used_port == 2525


@pytest.mark.parametrize(
    "wrong",
    [
        {"from": "nazar"}, {"from": "a@b.c\nBcc: x@y.z"}, {"host": "mail.example:25/x"}, {"host": "a..b"},
        {"tls": "yes"}, {"timeout_s": 0}, {"address": "http://nazar.example"}, {"to": "x"},
        {"user": "nazar"}, {"password": "x"}, {"user": "n", "password": "x", "password_file": "y"},
        {"user": "n", "password": "x", "tls": "none"},
    ],
)  # fmt: skip
def test_settings_that_would_tell_a_password_or_reach_nobody_are_refused(wrong):
    with pytest.raises(ValidationError):
        settings_of(**wrong)


def test_the_environment_says_the_same(tmp_path):
    environment = {
        "NAZAR_MAIL__HOST": "mail.example", "NAZAR_MAIL__FROM": FROM, "NAZAR_MAIL__USER": "nazar",
        "NAZAR_MAIL__PASSWORD": "a-long-mail-password",
    }  # fmt: skip
    chosen = load_settings(DataPaths(tmp_path), environment).mail
    assert (chosen.sender, chosen.used_port, chosen.tls) == (FROM, 587, "starttls")
    assert "a-long-mail-password" not in repr(chosen)


def test_the_password_comes_from_a_file_and_leaves_every_log(tmp_path):
    chosen = settings_of(user="nazar", password_file="mail.password").mail
    for _ in range(2):
        with pytest.raises(VmsError) as refusal:
            mail_server(chosen, DataPaths(tmp_path))
        assert refusal.value.code == "mail_password_unreadable"
        (tmp_path / "mail.password").write_text("\n")
    (tmp_path / "mail.password").write_text("another-mail-password\n")
    mail_server(chosen, DataPaths(tmp_path))
    assert "another-mail-password" not in redactor.redact("AUTH another-mail-password")


@pytest.fixture
def node(tmp_path):
    """A node whose settings name a real mail server with StartTLS and a password."""
    with _real.served(tmp_path, tls="starttls", wants_sign_in=True) as server:
        (tmp_path / "mail.password").write_text(_real.PASSWORD)
        (tmp_path / "mail.password").chmod(0o600)
        (tmp_path / "nazar.toml").write_text(
            f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nfrom = "{FROM}"\nuser = "{_real.USER}"\n'
            f'password_file = "mail.password"\nca_file = "{server.ca_file.name}"\n'
        )
        yield server


@pytest.mark.sockets
@pytest.mark.proves("S-6")
def test_a_test_mail_and_the_doctor(node, tmp_path):
    paths = DataPaths(tmp_path)
    told = CliRunner().invoke(mail.app, ["test", "ayse@belediye.example", "--data", str(tmp_path)])
    assert (told.exit_code, node.recipients, node.was_encrypted) == (0, ["ayse@belediye.example"], [True])
    chosen = load_settings(paths).mail
    assert [one.level for one in check_mail(chosen, paths)] == [Level.OK]
    assert len(node.letters) == 1  # the doctor sends none
    (tmp_path / "mail.password").chmod(0o644)
    assert [one.level for one in check_mail(chosen, paths)] == [Level.PROBLEM, Level.OK]
    node.refusals["yok@belediye.example"] = "550 no such user"
    refused = CliRunner().invoke(mail.app, ["test", "yok@belediye.example", "--data", str(tmp_path)])
    assert (refused.exit_code, refused.exception.code) == (1, "mail_refused")
    node.go_away()
    (_, down) = check_mail(chosen, paths)
    assert (down.level, "mail_server_away" in down.remedy) == (Level.PROBLEM, True)
    assert check_mail(None, paths) == []


def test_a_node_without_a_mail_server_says_so(tmp_path):
    told = CliRunner().invoke(mail.app, ["test", "ayse@belediye.example", "--data", str(tmp_path)])
    assert told.exception.code == "mail_missing"
    assert CliRunner().invoke(mail.app, ["test", "ayse", "--data", str(tmp_path)]).exit_code == 2


@pytest.mark.sockets
@pytest.mark.proves("S-6", "D-11.2b")
def test_the_jobs_write_down_and_send(node, tmp_path):
    clock = ManualClock()
    paths = DataPaths(tmp_path)
    database = Database.at(paths.database)
    upgrade(database.engine)
    _enter_unsigned_grant(database, clock, SecretBox.at(paths.secret_key))
    write, send = reminder_jobs(load_settings(paths), paths, clock, database)
    write.run()
    send.run()
    assert node.recipients == ["zeynep@belediye.example"]
    clock.advance(timedelta(minutes=1).total_seconds())
    write.run()
    send.run()
    assert len(node.letters) == 1
    listed = CliRunner().invoke(mail.app, ["list", "--json", "--data", str(tmp_path)])
    assert listed.exception is None
    assert json.loads(listed.output) == []
    (alone,) = reminder_jobs(Settings(), paths, clock, database)
    alone.run()
    database.close()


def _enter_unsigned_grant(database, clock, box):
    with database.writing() as session:
        new = NewAccount(name="zeynep", display_name="Zeynep", roles=[Role.AUTHORISED_VIEWER], password="not for this")
        account = create_account(session, clock, new, passwords=Passwords(time_cost=1, memory_kib=8))
        person_of(session, clock, account).email = "zeynep@belediye.example"
        camera = register(session, NewCamera(name="gate", main_address="rtsp://cam.example/"), box, clock)
        scope = Scope(cameras=[camera.id], is_live=True, is_playback=False)
        olur = Olur("2026/1", day_of(clock.now_us()), "presidency")
        enter(session, clock, account, NewGrant(scope=scope, purpose="güvenlik", olur=olur), by=CLERK)
