import subprocess
import sys

import pytest
from sqlalchemy import select

from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.model import AuditEntry
from vms.audit.rules import MAX_DETAIL_CHARACTERS, MAX_TEXT_CHARACTERS, Act
from vms.audit.service import append
from vms.kernel.errors import VmsError

PROCESSES, ENTRIES, MOST = 2, 100, 5_000
# Each goes on until every one has found another's entry between two of its own: who ended before would leave it alone.
APPENDING = f"""
import sys
from pathlib import Path
from vms.audit.entry import Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
database = Database.at(Path(sys.argv[1]), 60)
found = [Path(sys.argv[1]).with_name(f"process {{number}}.found") for number in range({PROCESSES})]
last = None
for number in range({MOST}):
    if number >= {ENTRIES} and all(path.exists() for path in found):
        break
    with database.writing() as session:
        new = NewEntry(act=Act.SETTING_CHANGED, actor=Actor(None, sys.argv[2]), detail={{"number": number}})
        entry = append(session, SystemClock(), new)
    if last is not None and entry.sequence != last + 1:
        Path(sys.argv[1]).with_name(f"{{sys.argv[2]}}.found").touch()
    last = entry.sequence
"""


def stored(log):
    with log.database.reading() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)))


def test_entries_are_numbered_without_a_gap_each_tied_to_the_one_before(log):
    log.fill(5)
    found = stored(log)
    assert [entry.sequence for entry in found] == [1, 2, 3, 4, 5]
    assert [entry.previous_hash for entry in found] == [bytes(32), *(entry.hash for entry in found[:-1])]
    assert len({entry.id for entry in found}) == 5
    assert {entry.id.version for entry in found} == {7}


def test_an_entry_falls_with_its_transaction(log):
    log.fill(2)

    def change_and_fail():
        with log.database.writing() as session:
            append(session, log.clock, NewEntry(act=Act.ACCOUNT_CREATED, actor=Actor(None, "root")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    log.fill(1)
    assert [(entry.sequence, entry.act) for entry in stored(log)] == [(number, "view_opened") for number in (1, 2, 3)]
    assert log.findings() == []


def test_several_entries_of_one_transaction_follow_each_other(log):
    with log.database.writing() as session:
        for act in (Act.ACCOUNT_DISABLED, Act.SESSION_ENDED):
            append(session, log.clock, NewEntry(act=act, actor=Actor(None, "root")))
    assert [entry.sequence for entry in stored(log)] == [1, 2]
    assert log.findings() == []


def test_a_transaction_that_only_reads_takes_no_entry(log):
    with log.database.reading() as session, pytest.raises(RuntimeError):
        append(session, log.clock, NewEntry(act=Act.VIEW_OPENED, actor=Actor(None, "root")))


@pytest.mark.sockets
def test_processes_that_write_at_once_lose_nothing_and_share_no_number(log):
    command = [sys.executable, "-c", APPENDING, str(log.path)]
    running = [subprocess.Popen([*command, f"process {number}"]) for number in range(PROCESSES)]
    assert [process.wait(120) for process in running] == [0] * PROCESSES
    found = stored(log)
    assert [entry.sequence for entry in found] == list(range(1, len(found) + 1))
    for number in range(PROCESSES):
        own = [entry.detail for entry in found if entry.actor_name == f"process {number}"]
        assert ENTRIES <= len(own) < MOST, "the processes did not write at the same time"
        assert own == [f'{{"number":{count}}}' for count in range(len(own))]
    assert log.findings() == []


def test_a_clock_that_goes_back_changes_times_and_no_order(log):
    log.fill(2)
    log.clock.step_wall(-86_400)
    log.fill(2)
    found = stored(log)
    assert [entry.sequence for entry in found] == [1, 2, 3, 4]
    assert found[2].at_us < found[1].at_us
    assert log.findings() == []


def test_an_act_may_be_older_than_its_entry(log):
    entry = log.write(at_us=5)
    assert (entry.at_us, entry.sequence) == (5, 1)


def test_what_people_typed_is_kept_without_drawing_on_a_terminal(log):
    nasty = "<script>alert(1)</script>\n\x1b[31m\x00\u202egnp.exe\ud800 ş"
    log.write(subject=Subject("camera", nasty, nasty), actor=Actor(None, nasty, None, nasty), detail={nasty: [nasty]})
    (entry,) = stored(log)
    shown = "<script>alert(1)</script>\\n\\x1b[31m\\x00\\u202egnp.exe\\ud800 ş"
    assert entry.actor_name == entry.address == entry.subject_id == entry.subject_words == shown
    assert entry.detail.isprintable()
    assert "<script>" in entry.detail
    assert log.findings() == []


def test_half_a_megabyte_takes_no_more_room_than_a_sentence(log):
    huge = "İ" * 500_000
    log.write(subject=Subject("x", huge, huge), basis=huge, outcome=huge, detail={"a": huge, "b": [huge] * 9_000})
    log.write(detail={str(number): huge for number in range(9_000)})
    log.write(detail={"n": 10**5_000, "deep": {"a": {"b": {"c": {"d": huge}}}}})
    for entry in stored(log):
        assert len(entry.detail) <= MAX_DETAIL_CHARACTERS
        assert max(map(len, (entry.subject_id, entry.subject_words, entry.basis, entry.outcome))) <= MAX_TEXT_CHARACTERS
    assert stored(log)[0].basis.endswith("…")
    assert '"cut":true' in stored(log)[1].detail
    assert log.findings() == []


def test_one_id_is_given_once(log):
    entry = log.write()
    with pytest.raises(VmsError):
        log.write(id=entry.id)
    assert [one.sequence for one in stored(log)] == [1]
