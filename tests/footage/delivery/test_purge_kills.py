"""kill -9 at twenty random moments of destructions: never a row that says "gone" of what is there."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vms.documents.model import Document
from vms.footage.exports.model import Export, ExportState
from vms.footage.model import FootageRequest
from vms.footage.rules import Outcome, State
from vms.kernel.errors import VmsError

pytestmark = [pytest.mark.long, pytest.mark.sockets, pytest.mark.timeout(900)]
KILLS, PACKAGES = 20, 12
LATEST_S = 0.6  # a destruction of so many packages with its record takes about half of that
PURGER = Path(__file__).with_name("purger.py")


def started(folder, now_us):
    """The process, loaded and at work."""
    process = subprocess.Popen(
        [sys.executable, str(PURGER), str(folder), str(now_us)], stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def look(counter, request):
    """What holds at any moment, however it was cut off."""
    lying = set(counter.lying())
    with counter.database.reading() as session:
        exports = session.query(Export).filter(Export.request_id == request.id).all()
        state = session.get(FootageRequest, request.id).state
        papers = session.query(Document).filter(Document.kind == "P-28").count()
    gone = [one for one in exports if one.state == ExportState.PURGED]
    assert [one.name for one in gone if f"{one.name}.zip" in lying] == []
    assert [one.name for one in gone if one.passphrase is not None] == []
    assert (state == State.CLOSED) == (len(gone) == len(exports))
    return len(gone), len(lying), papers


def settled(counter, request, numbers):
    """Everything is done: no file, one record for all of it, the request is over."""
    assert counter.lying() == []
    with counter.database.reading() as session:
        exports = session.query(Export).filter(Export.request_id == request.id).all()
        found = session.get(FootageRequest, request.id)
        assert {one.state for one in exports} == {ExportState.PURGED}
        (paper_id,) = {one.destruction_id for one in exports}
        paper = session.get(Document, paper_id)
        assert sorted(one["sha256"] for one in paper.fields["copies"]) == sorted(one.sha256 for one in exports)
        assert (found.state, found.outcome) == (State.CLOSED, Outcome.DELIVERED)
        papers = session.query(Document).filter(Document.kind == "P-28").all()
        assert sorted(one.sequence for one in papers) == list(range(1, numbers + 1))


@pytest.mark.proves("D-10.2a", "edge-50")
def test_twenty_kills_leave_nothing_behind_and_nothing_said_too_early(counter):
    office = counter.office
    office.film(days=1)
    chosen, cut_off = random.Random(20), 0
    for number in range(1, KILLS + 1):
        request = office.searched(office.approved())
        counter.packed(request, PACKAGES, size_bytes=200_000)
        counter.delivered(request)
        process = started(office.folder, office.clock.now_us())
        time.sleep(chosen.uniform(0, LATEST_S))  # the moment of the kill, not a wait for anything
        process.send_signal(signal.SIGKILL)
        process.wait()
        gone, lying, papers = look(counter, request)
        cut_off += 0 < gone < PACKAGES or (gone == PACKAGES and papers < number) or lying != PACKAGES - gone
        process = started(office.folder, office.clock.now_us())
        try:
            deadline_s = time.monotonic() + 60
            while time.monotonic() < deadline_s and not _is_done(counter, request):
                time.sleep(0.05)  # another process works; only its files tell how far it is
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        settled(counter, request, number)
    assert cut_off >= KILLS // 5, "the kills came before or after the work: choose other moments"


def _is_done(counter, request):
    try:
        with counter.database.reading() as session:
            exports = session.query(Export).filter(Export.request_id == request.id).all()
            return all(one.destruction_id is not None for one in exports)
    except VmsError:  # the other process writes
        return False
