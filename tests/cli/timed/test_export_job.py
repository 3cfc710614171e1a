"""Packages within `vms jobs`: one process builds, until nothing is left to build now."""

import importlib.util
import sys
import threading
from pathlib import Path

import pytest

from vms.cli.node.lock import only_one
from vms.cli.settings.node import DataPaths, Settings
from vms.cli.timed.export import ExportJob, export_desk, export_jobs
from vms.footage.exports.model import ExportState
from vms.kernel.errors import VmsError

_SPEC = importlib.util.spec_from_file_location(
    "office_of_exports", Path(__file__).parents[2] / "footage" / "conftest.py"
)
_office = importlib.util.module_from_spec(_SPEC)
sys.modules["office_of_exports"] = _office
_SPEC.loader.exec_module(_office)
for _name in (
    "migrated", "clock", "town", "shelf", "disk", "office", "make_writer", "clip", "when_closed", "wait_until_fixture",
    "export_press", "works",
):  # fmt: skip
    globals()[_name] = getattr(_office, _name)


def run(job):
    """On a thread of its own, as the schedule does: it yields to all others from then on."""
    thread = threading.Thread(target=job.run)
    thread.start()
    thread.join()


@pytest.mark.proves("edge-56")
def test_it_builds_all_that_was_ordered_unless_another_process_does(works, tmp_path):
    recorded = works.record()
    requests = [works.ordered(recorded) for _ in range(2)]
    job = ExportJob(works.workshop(), tmp_path / "exports.lock")
    with only_one(tmp_path / "exports.lock", "another"):
        run(job)
    assert [works.export(one).state for one in requests] == [ExportState.WAITING] * 2
    run(job)
    assert [works.export(one).state for one in requests] == [ExportState.READY] * 2


def test_a_process_that_ends_begins_nothing(works, tmp_path):
    request = works.ordered(works.record())
    run(ExportJob(works.workshop(is_stopping=lambda: True), tmp_path / "exports.lock"))
    assert (works.export(request).state, works.export(request).attempts) == (ExportState.WAITING, 0)


def test_the_lane_is_its_own_and_a_node_without_a_letterhead_has_it_too(works, tmp_path):
    paths = DataPaths(tmp_path)
    (job,) = export_jobs(Settings(), paths, works.clock, works.database, lambda: False)
    assert (job.lane, job.every_s) == ("exports", 5)
    request = works.ordered(works.record())
    run(job)
    assert (works.export(request).state, works.export(request).failure) == (ExportState.FAILED, "seal_missing")
    desk = export_desk(paths, None)
    assert desk.whole(works.export(request)) == tmp_path / "exports" / f"NAZAR-{request.number}-1.zip"
    with pytest.raises(VmsError, match="seal_missing"):
        desk.need_press()
