"""Whether the doctor tells of a title in a chain of initials that nobody can initial for."""

import pytest

from vms.cli.checks.finding import Level
from vms.cli.checks.initials import check_initials
from vms.cli.checks.settings import check_parts
from vms.cli.doctor import examine
from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.people.organisation_rules import EmploymentKind, UnitKind
from vms.people.passwords import Passwords
from vms.people.person_service import PersonContent, leave, register_person
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account, disable
from vms.people.unit_service import UnitContent, register_unit

CLOCK = SystemClock()
CHAIN = '[initials]\nP-31 = ["Mühendis", "Müdür"]\nP-07 = ["Müdür"]\n'

pytestmark = pytest.mark.proves("S-1f")


@pytest.fixture
def paths(tmp_path):
    paths = DataPaths(tmp_path)
    paths.settings.write_text(CHAIN, encoding="utf-8")
    return paths


@pytest.fixture
def database(paths):
    database = Database.at(paths.database)
    upgrade(database.engine)
    yield database
    database.close()


@pytest.fixture
def hire(database):
    """Somebody with a title and, if wanted, an account."""
    with database.writing() as session:
        unit = register_unit(session, CLOCK, UnitContent(name="Belediye", kind=UnitKind.MUNICIPALITY))

    def hire(name, title, *, has_account=True):
        with database.writing() as session:
            told = PersonContent(
                full_name=name, unit_id=unit.id, employment_kind=EmploymentKind.CIVIL_SERVANT, title=title
            )
            person = register_person(session, CLOCK, told)
            if not has_account:
                return person, None
            new = NewAccount(
                name=name, display_name=name, roles=[Role.FOOTAGE_OFFICER], password="correct horse battery",
                person_id=person.id,
            )  # fmt: skip
            return person, create_account(session, CLOCK, new, passwords=Passwords(time_cost=1, memory_kib=8))

    return hire


def found(paths):
    return check_initials(load_settings(paths, {}).initials, paths, CLOCK)


def test_a_title_that_nobody_bears_is_told_with_the_forms_that_wait_for_it(paths, database, hire):
    hire("muge", "MÜHENDİS")
    hire("mudur", "Müdür", has_account=False)
    (finding,) = found(paths)
    assert (finding.check, finding.level) == ("initials", Level.WARNING)
    assert "Müdür: P-07, P-31 waits" in finding.message
    assert finding in examine(paths)
    assert [one.level.value for one in check_parts(paths, CLOCK) if one.part == "initials"] == ["warning"]


def test_who_left_or_whose_account_is_closed_initials_nothing(paths, database, hire):
    muge, mudur = hire("muge", "Mühendis"), hire("mudur", "müdür")
    assert [one.level for one in found(paths)] == [Level.OK]
    with database.writing() as session:
        leave(session, CLOCK, muge[0].id)
        disable(session, CLOCK, session.merge(mudur[1]))
    assert [(one.level, "Müdür" in one.message) for one in found(paths)] == [
        (Level.WARNING, True), (Level.WARNING, False),
    ]  # fmt: skip


def test_nothing_is_said_without_a_chain_or_a_database_that_can_be_asked(paths, database):
    assert len(found(paths)) == 2
    paths.settings.write_text("")
    assert found(paths) == []
    paths.settings.write_text(CHAIN, encoding="utf-8")
    database.close()
    paths.database.write_bytes(b"not a database" * 1000)
    assert found(paths) == []
    paths.database.unlink()
    assert found(paths) == []
