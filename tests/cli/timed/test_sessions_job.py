"""The alarm for an account that is used at several places."""

import pytest

from vms.cli.settings.node import DataPaths
from vms.cli.timed.sessions import SessionsJob
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.operations.alarms import open_alarms
from vms.people.passwords import Passwords
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account
from vms.people.sessions import begin_session, sign_out
from vms.people.sign_in_rules import Terms


class House:
    """One account, signed in wherever a test says."""

    def __init__(self, folder):
        self.clock, self.database = ManualClock(), Database.at(DataPaths(folder).database)
        self.job = SessionsJob(self.clock, self.database)
        new = NewAccount(name="ayse", display_name="Ayşe Işık", roles=[Role.GUARD], password="correct horse battery")
        with self.database.writing() as session:
            passwords = Passwords(time_cost=1, memory_kib=8)
            self.account = create_account(session, self.clock, new, passwords=passwords)

    def sign_in(self, address):
        with self.database.writing() as session:
            return begin_session(session, self.clock, self.account.id, address, Terms())

    def sign_out(self, token):
        with self.database.writing() as session:
            sign_out(session, self.clock, token)

    def told(self):
        self.job.run()
        with self.database.reading() as session:
            return [(alarm.code, alarm.subject, alarm.detail) for alarm in open_alarms(session)]


@pytest.fixture
def house(tmp_path, set_up):
    house = House(tmp_path)
    yield house
    house.database.close()


@pytest.mark.proves("edge-79", "D-11.4a")
def test_one_person_at_two_places_is_an_alarm_while_it_lasts(house):
    first = house.sign_in("10.0.0.1")
    house.sign_in("10.0.0.1")
    assert house.told() == []
    house.sign_in("10.9.9.9")
    assert house.told() == [("parallel_use", "ayse", "10.0.0.1, 10.9.9.9")]
    house.sign_in("10.7.7.7")
    assert house.told() == [("parallel_use", "ayse", "10.0.0.1, 10.7.7.7, 10.9.9.9")]
    house.sign_out(first)
    house.clock.advance(13 * 3600)
    assert house.told() == []
