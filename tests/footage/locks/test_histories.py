"""Random histories of requests, holds, sweeps and disks that come and go: what somebody decided to keep is there."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from conftest_of_footage import Office, shelves, town_module
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vms.archive.archive import Archive
from vms.archive.deletion import delete_expired
from vms.archive.locks import list_locks
from vms.archive.volume import Volume
from vms.footage.holds.model import IN_FORCE, Hold
from vms.footage.model import FootageRequest
from vms.footage.queries import hold_items_of, items_of
from vms.footage.requests.review import approve, refuse
from vms.footage.rules import OPEN, State
from vms.footage.upkeep import run_once
from vms.kernel.clock import ManualClock
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

HOUR_US = 3600 * 1_000_000
STEPS = [
    "register",
    "hold",
    "approve",
    "refuse",
    "withdraw",
    "release",
    "sweep",
    "tell",
    "away",
    "back",
    "days",
    "months",
]
REFUSALS = {"request_state", "hold_state", "nothing_to_hold"}
DECIDED_ON = date(2025, 7, 1)


class History:
    """One node with two volumes, every step as its people and its jobs would do it."""

    def __init__(self, folder, template):
        self.clock = ManualClock(1_751_349_600_000_000)
        self.town = town_module.Town(folder, template, self.clock)
        self.volumes = [Volume.create(folder / name, self.clock, 0) for name in ("first", "second")]
        self.office = Office(self.town, folder, shelves.Shelf(self.volumes[0], self.clock))
        self.office.archive = Archive(self.volumes)
        self.is_away = False
        for back in range(48):
            end_us = self.clock.now_us() - back * HOUR_US
            self.office.shelf.write(Span(end_us - HOUR_US, end_us), self.office.camera())

    def do(self, step, at):
        getattr(self, f"_{step}")(at)

    def _span(self, at):
        from_us = 1_751_349_600_000_000 - (at % 47 + 1) * HOUR_US
        return from_us, from_us + HOUR_US

    def _register(self, at):
        self.office.register(intervals=[self._span(at)])

    def _hold(self, at):
        self.office.hold(intervals=[self._span(at)])

    def _all(self, table):
        with self.town.database.reading() as session:
            return session.query(table).order_by(table.number).all()

    def _one(self, table, at):
        rows = self._all(table)
        return rows[at % len(rows)] if rows else None

    def _approve(self, at):
        self._decide(approve, at)

    def _refuse(self, at):
        self._decide(refuse, at, "neden")

    def _decide(self, decide, at, *words):
        request = self._one(FootageRequest, at)
        if request is not None:
            self.office.act(decide, request, *words, by="lawyer")

    def _withdraw(self, at):
        request = self._one(FootageRequest, at)
        if request is not None:
            self.office.take_back(request)

    def _release(self, at):
        hold = self._one(Hold, at)
        if hold is not None:
            self.office.let_go(hold)

    def _sweep(self, _at):
        for volume in self.volumes[: 1 if self.is_away else 2]:
            delete_expired(volume, {self.office.camera(): 20}, self.clock.now_us())

    def _tell(self, _at):
        run_once(
            self.town.database, self.office.archive, self.clock, is_clock_believed=True, by=self.office.by("clerk")
        )

    def _away(self, _at):
        if not self.is_away:
            self.volumes[1].detach()
            shutil.move(self.volumes[1].path, self.volumes[1].path.with_name("gone"))
            self.is_away = True

    def _back(self, _at):
        if self.is_away:
            shutil.move(self.volumes[1].path.with_name("gone"), self.volumes[1].path)
            self.is_away = False

    def _days(self, at):
        self.clock.advance((at % 30) * 86_400)

    def _months(self, _at):
        self.clock.advance(91 * 86_400)

    def kept(self):
        """Locks as cases that are open want them, read the slow way; spans with what existed when they were kept."""
        with self.town.database.reading() as session:
            requests = [one for one in session.query(FootageRequest) if State(one.state) in OPEN]
            holds = [one for one in session.query(Hold) if one.state in IN_FORCE]
            items = [item for one in requests for item in items_of(session, one.id)]
            items += [item for one in holds for item in hold_items_of(session, one.id)]
            return {item.lock_id: item.span for item in items if item.lock_id is not None}

    def close(self):
        for volume in self.volumes:
            volume.close()
        self.town.database.close()


@pytest.mark.proves("C-2", "D-10.1c", "edge-40", "edge-63", "edge-66")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 200)), max_size=14))
def test_what_is_kept_is_there_and_what_is_over_goes(migrated, steps):
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        history = History(Path(folder), migrated)
        try:
            existing = {}
            for step, at in steps:
                try:
                    history.do(step, at)
                except VmsError as err:
                    if err.code not in REFUSALS:
                        raise
                ends = set(history.office.shelf.ends(history.office.camera()))
                wanted = history.kept()
                for lock_id, span in wanted.items():
                    existing.setdefault(lock_id, span.end_us in ends)
                    assert not existing[lock_id] or span.end_us in ends, "footage went under a lock"
            history.do("back", 0)
            history.do("tell", 0)
            history.do("tell", 0)
            wanted = history.kept()
            for volume in history.volumes:
                assert {lock.id: lock.span for lock in list_locks(volume)} == wanted
        finally:
            history.close()
