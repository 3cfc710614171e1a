"""Counts of requests, times to delivery; hashes found again years later."""

from datetime import date

import pytest

from vms.footage.delivery.purging import run_once
from vms.footage.exports.hash_register import find_hash
from vms.footage.exports.model import Export, PurgeWhy
from vms.footage.requests.review import refuse
from vms.footage.rules import AuthorityKind, Origin
from vms.footage.statistics import OUTCOMES, csv_of, statistics
from vms.kernel.errors import VmsError

HOUR_S = 3600
HOUR_US = HOUR_S * 1_000_000


def counted(counter, first=date(2025, 1, 1), last=date(2026, 12, 31)):
    with counter.database.reading() as session:
        return statistics(session, first, last, counter.clock.now_us())


def given_after(counter, hours):
    """A request that is delivered so many hours after it was registered."""
    request = counter.office.approved()
    counter.office.searched(request)
    counter.clock.advance(hours * HOUR_S)
    counter.packed(request)
    counter.delivered(request)
    return request


@pytest.mark.proves("R-2", "D-5.20")
def test_requests_are_counted_by_authority_outcome_and_month(counter, at):
    office = counter.office
    at(date(2025, 7, 31), 22)
    office.film(days=1)
    for hours in (1, 3, 8):
        given_after(counter, hours)
    court = office.register(claim=office.claim(authority_kind=AuthorityKind.COURT))
    office.act(refuse, court, "yetkisiz", by="lawyer")
    unit = office.register(claim=office.claim(Origin.INTERNAL))
    office.take_back(unit)
    late = office.register()
    found = counted(counter)
    assert found.all.by_outcome == dict.fromkeys(OUTCOMES, 0) | {"delivered": 3, "withdrawn": 1, "open": 2}
    assert (found.all.median_us, found.all.worst_us) == (3 * HOUR_US, 8 * HOUR_US)
    kinds = {one.key: (one.total, one.median_us) for one in found.by_kind}
    assert kinds["prosecutor"] == (4, 3 * HOUR_US)
    assert (kinds["court"], kinds["internal"], kinds["civil_administrator"]) == ((1, None), (1, None), (0, None))
    assert [(one.key, one.total) for one in found.by_month] == [("2025-07", 2), ("2025-08", 4)]
    assert list(found.overdue) == []
    counter.clock.advance(25 * HOUR_S)
    assert [one.number for one in counted(counter).overdue] == [court.number, late.number]
    assert counted(counter, last=date(2025, 7, 31)).all.total == 2
    assert counted(counter, first=date(2025, 8, 2)).all.total == 0
    lines = csv_of(found).lstrip("\ufeff").splitlines()
    assert len(lines) == 1 + len(found.by_kind) + 2 + 1
    assert lines[-1] == f"2025-01-01,2026-12-31,all,all,3,0,0,1,2,6,{3 * HOUR_S},{8 * HOUR_S}"


@pytest.mark.proves("edge-57", "A-08")
def test_the_hash_of_what_was_given_is_known_years_after_it_is_gone(counter):
    office = counter.office
    office.film(days=1)
    request = given_after(counter, 1)
    run_once(counter.database, counter.clock, counter.exports, counter.desk, by=office.by("clerk"))
    counter.clock.advance(3 * 365 * 86_400)
    (export,) = counter.exports_of(request)
    film = export.summary["films"][0]["sha256"]
    with counter.database.reading() as session:
        for digest, what in ((export.sha256, "package"), (export.manifest_sha256, "manifest"), (film, "film")):
            grouped = " ".join(digest[at : at + 8] for at in range(0, 64, 8)).upper()
            (known,) = find_hash(session, grouped)
            assert (known.what, known.request.id, known.export.state) == (what, request.id, "purged")
            assert known.record.startswith("P-04/2025/")
            assert known.delivered_us is not None
        for wrong, code in (("ab", "hash_invalid"), ("g" * 64, "hash_invalid"), ("%" * 64, "hash_invalid"),
                            ("0" * 64, "hash_unknown")):  # fmt: skip
            with pytest.raises(VmsError, match=code):
                find_hash(session, wrong)


@pytest.mark.proves("edge-57")
def test_a_package_that_was_replaced_stands_in_no_minutes(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    former, given = counter.packed(request, 2)
    with counter.database.writing() as session:
        row = session.get_one(Export, former.id)
        row.purge_why, row.purge_due_us = PurgeWhy.REPLACED.value, office.clock.now_us()
    counter.delivered(request)
    with counter.database.reading() as session:
        (known,), (delivered,) = find_hash(session, former.sha256), find_hash(session, given.sha256)
    assert (known.record, known.delivered_us) == ("", None)
    assert delivered.delivered_us is not None
