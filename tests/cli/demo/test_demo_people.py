import json
import stat

import pytest

from vms.authority.authority import Authority
from vms.authority.grants.endings import withdraw
from vms.authority.grants.queries import grants
from vms.authority.rules import Mode
from vms.cameras.queries import cameras
from vms.cli.acting import program
from vms.cli.demo.command import SimulatedCameras, admit_demo_people, register_cameras
from vms.cli.demo.welcome import Welcome
from vms.cli.serve import prepare
from vms.cli.settings.node import DataPaths
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.secrets import SecretBox
from vms.people.entrance import Browser, Entrance
from vms.people.queries import need_account, roles_by_account
from vms.people.roles import Action, actions_of
from vms.people.service import set_password
from vms.people.sign_in_rules import SignInRules

CLOCK = SystemClock()
NAMES = ("yonetici", "bekci", "kayit", "hukuk", "memur", "sef", "denetci")
SEES_NOTHING = set(NAMES) - {"yonetici", "bekci"}


@pytest.fixture
def paths(tmp_path):
    paths = DataPaths(tmp_path)
    prepare(paths)
    register_cameras(paths, SimulatedCameras(5001, "camera-password"))
    return paths


@pytest.fixture
def database(paths):
    database = Database.at(paths.database)
    yield database
    database.close()


@pytest.fixture
def sign_in(paths, database):
    entrance = Entrance(database, CLOCK, SignInRules(), SecretBox.at(paths.secret_key))
    return lambda name, password: entrance.sign_in(name, password, Browser("127.0.0.1"))


def test_all_may_sign_in_and_see_what_their_role_shows(paths, database, sign_in):
    people = {person.name: person for person in admit_demo_people(paths)}
    assert tuple(people) == NAMES
    authority = Authority(database)
    with database.reading() as session:
        ids = {camera.id for camera in cameras(session)}
    assert len(ids) == 4
    for name, person in people.items():
        account = sign_in(name, person.password).account
        allowed = authority.allowed(account.id, CLOCK.now_us())
        assert allowed.keys() == (set() if name in SEES_NOTHING else ids)
        assert all("demonstration" in one.live.text for one in allowed.values())
        assert all((one.playback is not None) == (name == "yonetici") for one in allowed.values())


def test_a_second_start_prints_the_same(paths, database):
    first = admit_demo_people(paths)
    with database.reading() as session:
        hashes = {person.name: need_account(session, person.name).password_hash for person in first}
    assert admit_demo_people(paths) == first
    with database.reading() as session:
        assert {name: need_account(session, name).password_hash for name in hashes} == hashes
    mode = stat.S_IMODE(paths.demo_accounts.stat().st_mode)
    assert mode == 0o600
    assert json.loads(paths.demo_accounts.read_text()) == {person.name: person.password for person in first}
    assert first[0].password not in repr(first)


def test_every_account_has_words_in_the_welcome(paths, capsys):
    Welcome("http://127.0.0.1:1/", admit_demo_people(paths)).print("Nazar")
    printed = capsys.readouterr().out
    assert all(f"  {name}" in printed for name in NAMES)


def test_the_auditor_reads_the_log_and_nobody_else_does(paths, database):
    admit_demo_people(paths)
    with database.reading() as session:
        readers = {name for name in NAMES if Action.READ_AUDIT in actions_of(held_by(session, name))}
    assert readers == {"denetci"}


def held_by(session, name):
    account = need_account(session, name)
    return roles_by_account(session, [account.id], CLOCK.now_us())[account.id]


def test_the_cameras_are_told_to_be_tried_and_hidden_elsewhere(capsys):
    simulated = SimulatedCameras(5001, "camera-password")
    addresses = [simulated.address(index) for index in range(2)]
    welcome = Welcome("http://127.0.0.1:1/", [], addresses)
    welcome.print_cameras()
    printed = capsys.readouterr().out
    assert all(f"  {address}\n" in printed for address in addresses)
    assert f"vms record '{addresses[0]}' --for 20s" in printed
    assert "camera-password" not in repr(simulated) + repr(welcome)


def test_two_folders_have_nothing_in_common(paths, tmp_path_factory):
    other = DataPaths(tmp_path_factory.mktemp("other"))
    prepare(other)
    ours = {person.password for person in admit_demo_people(paths)}
    assert not ours & {person.password for person in admit_demo_people(other)}


def test_a_password_somebody_chose_stays(paths, database, sign_in):
    admit_demo_people(paths)
    with database.writing() as session:
        set_password(session, CLOCK, need_account(session, "bekci"), "a password of my own", must_change=False)
    printed = {person.name: person.password for person in admit_demo_people(paths)}
    assert printed["bekci"] == ""
    assert printed["yonetici"]
    assert sign_in("bekci", "a password of my own").account.name == "bekci"


def test_lost_passwords_are_made_anew(paths, sign_in):
    before = admit_demo_people(paths)
    paths.demo_accounts.write_text("garbage")
    after = admit_demo_people(paths)
    assert {person.password for person in before}.isdisjoint(person.password for person in after)
    for old, new in zip(before, after, strict=True):
        assert sign_in(new.name, new.password).account.name == old.name
        with pytest.raises(VmsError):
            sign_in(old.name, old.password)


def test_what_was_taken_stays_taken(paths, database):
    admit_demo_people(paths)
    with database.writing() as session:
        account, camera = need_account(session, "yonetici"), cameras(session)[0]
        (grant,) = grants(session, account.id)
        withdraw(session, CLOCK, grant, "karar", by=program("test"))
    admit_demo_people(paths)
    with pytest.raises(VmsError):
        Authority(database).may(account.id, camera.id, Mode.LIVE, None, CLOCK.now_us())
