"""Writing from the event loop: together, again when it failed, never twice."""

import asyncio
import shutil
import sqlite3

import pytest
import sqlalchemy as sa

from vms.audit.entry import Actor, NewEntry
from vms.audit.model import AuditEntry
from vms.audit.rules import Act
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id
from web.watching.audit_trail import MAX_LATE, AuditTrail

AYSE = Actor(None, "Ayşe · ayse")


def entry(**more):
    return NewEntry(act=Act.VIEW_OPENED, actor=AYSE, **more)


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def database(tmp_path, migrated):
    shutil.copy(migrated, tmp_path / "nazar.db")
    database = Database.at(tmp_path / "nazar.db", busy_timeout_s=0.05)
    yield database
    database.close()


@pytest.fixture
def transactions(database):
    """How often the writer's lock was taken."""
    begun = []
    sa.event.listen(
        database.engine, "begin", lambda connection: begun.append(connection.get_execution_options().get("is_write"))
    )
    return lambda: sum(one is True for one in begun)


@pytest.fixture
def trail(database, clock):
    return AuditTrail(database, clock)


@pytest.fixture
def lock(database):
    """Somebody else holds the writer's lock until `release`."""
    other = sqlite3.connect(database.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def stored(database):
    with database.reading() as session:
        return list(session.scalars(sa.select(AuditEntry).order_by(AuditEntry.sequence)))


def test_a_wall_that_opens_waits_for_the_disk_twice_not_sixteen_times(trail, database, transactions):
    async def wall():
        await asyncio.gather(*(trail.write(entry(detail={"tile": number})) for number in range(16)))

    asyncio.run(wall())
    assert [one.detail for one in stored(database)] == [f'{{"tile":{number}}}' for number in range(16)]
    assert transactions() <= 2


def test_one_that_is_refused_takes_no_other_with_it(trail, database, clock):
    taken = new_id(clock)

    async def scenario():
        await trail.write(entry(id=taken))
        return await asyncio.gather(
            trail.write(entry()), trail.write(entry(id=taken)), trail.write(entry()), return_exceptions=True
        )

    outcomes = asyncio.run(scenario())
    assert [isinstance(one, VmsError) for one in outcomes] == [False, True, False]
    assert [one.sequence for one in stored(database)] == [1, 2, 3]


def test_who_must_know_is_told_that_it_is_not_written(trail, database, lock):
    with pytest.raises(VmsError) as refusal:
        asyncio.run(trail.write(entry()))
    assert refusal.value.code == "database_unavailable"
    lock.execute("ROLLBACK")
    assert stored(database) == []


def test_what_has_happened_is_written_when_it_can_be_once_at_its_own_time(trail, database, clock, lock):
    async def scenario():
        trail.later(entry())
        happened_us = clock.now_us()
        for _ in range(3):
            with pytest.raises(VmsError):
                await trail.run_once()
            clock.advance(1)
        lock.execute("ROLLBACK")
        await trail.run_once()
        await trail.run_once()
        return happened_us

    happened_us = asyncio.run(scenario())
    assert [one.at_us for one in stored(database)] == [happened_us]


def test_a_refusal_never_fails_for_want_of_its_entry(trail, database, lock):
    async def scenario():
        await trail.note(entry())
        lock.execute("ROLLBACK")
        await trail.run_once()

    asyncio.run(scenario())
    assert len(stored(database)) == 1


def test_the_end_writes_counts_too(trail, database):
    async def scenario():
        for _ in range(3):
            await trail.note(entry())
        await trail.close()

    asyncio.run(scenario())
    assert [one.detail[:12] for one in stored(database)] == ["{}", '{"last_us":1']


def test_what_a_lost_database_costs_is_bounded_and_said(trail, caplog):
    trail.later(*(entry() for _ in range(MAX_LATE + 2)))
    assert "2 audit entries are lost" in caplog.text


def test_more_than_one_batch_is_written_whole(trail, database):
    async def scenario():
        trail.later(*(entry(detail={"number": number}) for number in range(1_201)))
        await trail.run_once()

    asyncio.run(scenario())
    assert [one.detail for one in stored(database)] == [f'{{"number":{number}}}' for number in range(1_201)]


def test_who_leaves_meanwhile_keeps_nobody_from_being_written(trail, database):
    async def scenario():
        leaving = asyncio.create_task(trail.write(entry(detail={"who": "leaves"})))
        staying = asyncio.create_task(trail.write(entry(detail={"who": "stays"})))
        await asyncio.sleep(0)
        leaving.cancel()
        await staying

    asyncio.run(scenario())
    assert '{"who":"stays"}' in [one.detail for one in stored(database)]
