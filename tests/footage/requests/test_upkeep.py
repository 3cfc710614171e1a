"""What the job's round does about requests that are over."""

import pytest

from vms.footage.delivery.purging import run_once as purge
from vms.footage.exports.model import Export, PurgeWhy
from vms.footage.rules import Outcome, State
from vms.footage.upkeep import run_once


@pytest.mark.proves("D-10.2a", "A-13")
@pytest.mark.parametrize(
    ("outcome", "why"),
    [(Outcome.UNAVAILABLE, PurgeWhy.REPLACED), (Outcome.WITHDRAWN, PurgeWhy.WITHDRAWN)],
)
def test_of_what_was_closed_by_a_rule_of_before_no_package_stands(counter, outcome, why):
    office = counter.office
    office.film(days=1)
    over, going_on = (office.searched(office.approved()) for _ in range(2))
    for one in (over, going_on):
        counter.packed(one, 2)
    with counter.database.writing() as session:
        closed = session.merge(office.fresh(over))
        closed.state, closed.outcome, closed.closed_us = State.CLOSED.value, outcome.value, office.clock.now_us()
        failed = session.get_one(Export, counter.exports_of(over)[1].id)
        failed.state, failed.failure, failed.sha256 = "failed", "export_disk_full", None
    for _ in range(2):
        run_once(counter.database, office.archive, office.clock, by=office.by("clerk"), is_clock_believed=True)
        assert {(one.purge_why, one.purge_due_us) for one in counter.exports_of(over)} == {(why, office.clock.now_us())}
    assert {one.purge_why for one in counter.exports_of(going_on)} == {None}
    purge(counter.database, counter.clock, counter.exports, counter.desk, by=office.by("clerk"))
    assert [one.state for one in counter.exports_of(over)] == ["purged", "purged"]
    assert [one.state for one in counter.exports_of(going_on)] == ["ready", "ready"]
    assert not counter.exports.whole(counter.exports_of(over)[0]).exists()
