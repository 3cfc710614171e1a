"""What somebody with the database's file in his hands can do, and where it shows."""

import json
import shutil
import sqlite3

import pytest

from vms.archive.checkpoints import Checkpoint, node_key
from vms.audit.chain import FIELDS, entry_hash
from vms.audit.rules import CHECKPOINT_AFTER_ENTRIES

pytestmark = pytest.mark.proves("edge-60", "C-1", "D-1.3f")
TEXT = "SELECT group_concat(name) FROM pragma_table_info('audit_entry')"


@pytest.fixture
def signed(log):
    """Six entries, signed; six more."""
    log.fill(6)
    log.sign()
    log.fill(6)
    assert log.findings() == []
    return log


def other(value):
    if value is None:
        return 1
    if isinstance(value, int):
        return value + 1
    return bytes(32) if isinstance(value, bytes) else value[:-1] + ("0" if value[-1:] != "0" else "1")


def forge(raw, sequence, *, relink=False, **changes):
    """Change an entry, and give it the hash that fits."""
    raw.row_factory = sqlite3.Row
    row = dict(raw.execute("SELECT * FROM audit_entry WHERE sequence = ?", (sequence,)).fetchone()) | changes
    if relink:
        before = raw.execute("SELECT hash FROM audit_entry WHERE sequence = ?", (sequence - 1,)).fetchone()
        row["previous_hash"] = before["hash"]
    row["hash"] = entry_hash(row["previous_hash"], row)
    given = ", ".join(f"{name} = :{name}" for name in row if name != "sequence")
    raw.execute(f"UPDATE audit_entry SET {given} WHERE sequence = :sequence", row)


@pytest.mark.parametrize("field", [field for field in FIELDS if field != "sequence"])
def test_every_changed_field_is_found_at_its_entry(signed, field):
    with signed.unguarded() as raw:
        (value,) = raw.execute(f"SELECT {field} FROM audit_entry WHERE sequence = 3").fetchone()
        raw.execute(f"UPDATE audit_entry SET {field} = ? WHERE sequence = 3", (other(value),))
    (finding,) = signed.findings()
    assert (finding.code, finding.sequence) == ("entry_changed", 3)
    assert str(finding).startswith("entry 3 (2025-06-15T")


@pytest.mark.parametrize("value", [b"\xff", "x", 3.5, b"x" * 100_000])
@pytest.mark.parametrize("field", ["at_us", "id", "actor_name", "camera_id", "detail"])
def test_values_of_any_type_stop_nobody_from_verifying(signed, field, value):
    with signed.unguarded() as raw:
        raw.execute(f"UPDATE audit_entry SET {field} = ? WHERE sequence = 3", (value,))
    assert [(finding.code, finding.sequence) for finding in signed.findings()] == [("entry_changed", 3)]


def test_a_changed_hash_breaks_the_link_to_the_next(signed):
    with signed.unguarded() as raw:
        raw.execute("UPDATE audit_entry SET hash = zeroblob(32) WHERE sequence = 3")
    found = [(finding.code, finding.sequence) for finding in signed.findings()]
    assert found == [("entry_changed", 3), ("link_broken", 4)]


def test_a_changed_entry_with_a_fitting_hash_is_found_at_the_next(signed):
    with signed.unguarded() as raw:
        forge(raw, 3, act="view_refused")
    assert [(finding.code, finding.sequence) for finding in signed.findings()] == [("link_broken", 4)]


def test_a_chain_that_is_forged_to_its_end_differs_from_what_was_signed(signed):
    with signed.unguarded() as raw:
        forge(raw, 3, act="view_refused")
        for sequence in range(4, 13):
            forge(raw, sequence, relink=True)
    (finding,) = signed.findings()
    assert (finding.code, finding.sequence, finding.act) == ("checkpoint_differs", 6, "view_opened")


@pytest.mark.parametrize(("first", "last"), [(1, 1), (3, 3), (4, 6)])
def test_a_removed_entry_is_missed(signed, first, last):
    with signed.unguarded() as raw:
        raw.execute("DELETE FROM audit_entry WHERE sequence BETWEEN ? AND ?", (first, last))
    (finding,) = signed.findings()
    assert (finding.code, finding.sequence) == ("entry_missing", last + 1)
    assert str(first) in finding.message


def test_a_removed_entry_whose_number_was_given_to_the_next_is_found(signed):
    with signed.unguarded() as raw:
        raw.execute("DELETE FROM audit_entry WHERE sequence = 3")
        for sequence in range(4, 13):
            raw.execute("UPDATE audit_entry SET sequence = ? WHERE sequence = ?", (sequence - 1, sequence))
    codes = signed.codes()
    assert {"entry_changed", "link_broken", "checkpoint_differs"} <= set(codes)


def test_entries_that_changed_places_are_found(signed):
    with signed.unguarded() as raw:
        for old, new in ((3, 99), (4, 3), (99, 4)):
            raw.execute("UPDATE audit_entry SET sequence = ? WHERE sequence = ?", (new, old))
    found = {(finding.code, finding.sequence) for finding in signed.findings()}
    assert {("entry_changed", 3), ("entry_changed", 4), ("link_broken", 3)} <= found


def test_an_entry_that_was_put_in_between_is_found(signed):
    with signed.unguarded() as raw:
        for sequence in range(12, 3, -1):
            raw.execute("UPDATE audit_entry SET sequence = ? WHERE sequence = ?", (sequence + 1, sequence))
        columns = raw.execute(TEXT).fetchone()[0].split(",", 2)[2]
        raw.execute(
            f"INSERT INTO audit_entry SELECT 4, 'f' || substr(id, 2), {columns} FROM audit_entry WHERE sequence = 3"
        )
        forge(raw, 4, relink=True)
    assert "entry_changed" in signed.codes()


@pytest.mark.parametrize("left", [0, 1, 5])
def test_a_tail_that_was_signed_and_is_gone_is_missed(signed, left):
    with signed.unguarded() as raw:
        raw.execute("DELETE FROM audit_entry WHERE sequence > ?", (left,))
    (finding,) = signed.findings()
    assert (finding.code, finding.sequence) == ("tail_missing", left + 1)


def test_a_tail_that_is_gone_with_its_checkpoint_is_missed_by_the_file(signed):
    with signed.unguarded() as raw:
        raw.execute("DELETE FROM audit_entry WHERE sequence > 4")
        raw.execute("DELETE FROM audit_checkpoint")
    assert signed.codes() == ["checkpoint_missing", "tail_missing"]
    signed.fill(8)  # and goes on being missed when as many entries have come after it
    assert signed.codes() == ["checkpoint_missing", "checkpoint_differs"]


def test_another_whole_database_in_its_place_is_noticed(signed, make_log):
    strange = make_log("strange")
    strange.fill(20)
    strange.clock.advance(3600)
    signed.database.close()
    with sqlite3.connect(strange.path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    strange.database.close()
    for end in ("", "-wal", "-shm"):
        signed.path.with_name(signed.path.name + end).unlink(missing_ok=True)
    shutil.copy(strange.path, signed.path)
    assert signed.codes() == ["checkpoint_missing", "checkpoint_differs"]
    signed.sign()  # a new checkpoint does not make it right
    assert signed.codes() == ["checkpoint_missing", "checkpoint_differs"]


def test_a_file_that_is_gone_is_written_anew_from_the_database(signed):
    signed.clock.advance(3600)
    signed.sign()
    signed.file.path.unlink()
    assert signed.codes() == ["checkpoint_file_short"]
    signed.clock.advance(3600)
    signed.fill(1)
    signed.sign()
    assert signed.findings() == []
    assert len(list(signed.file.read())) == 3


def test_a_statement_that_another_key_signed_is_none(signed, tmp_path):
    signed.key = node_key(tmp_path / "another.key")
    found = signed.findings()
    assert [finding.code for finding in found] == ["checkpoint_invalid", "checkpoint_file_damaged"]
    assert "unknown key" in found[0].message


@pytest.mark.parametrize(("old", "new"), [("at_us", "at_uz"), ('"sequence":6', '"sequence":5')])
def test_a_changed_statement_is_found(signed, old, new):
    with signed.unguarded() as raw:
        raw.execute("UPDATE audit_checkpoint SET body = replace(body, ?, ?)", (old, new))
    assert signed.codes()[0] == "checkpoint_invalid"
    lines = signed.file.path.read_text().replace(json.dumps(old)[1:-1], json.dumps(new)[1:-1])
    signed.file.path.write_text(lines)
    assert "checkpoint_file_damaged" in signed.codes()


def test_a_removed_statement_is_found(signed):
    for _ in range(2):
        signed.fill(1)
        signed.clock.advance(3600)
        signed.sign()
    with signed.unguarded() as raw:
        raw.execute("DELETE FROM audit_checkpoint WHERE sequence = 13")
    assert signed.codes() == ["checkpoint_invalid", "checkpoint_missing"]


def test_a_volumes_statement_speaks_of_no_log(signed):
    from vms.archive.checkpoints import signed as sign

    signed.file.add_missing([sign(5, {"public_key": signed.key.public_key().public_bytes_raw().hex()}, signed.key)])
    assert "checkpoint_file_damaged" in signed.codes()


def test_a_line_that_a_power_cut_tore_is_no_line(signed):
    whole = signed.file.path.read_bytes()
    signed.file.path.write_bytes(whole + whole[:40])
    assert signed.findings() == []
    signed.clock.advance(3600)
    signed.sign()
    assert signed.findings() == []
    assert len(list(signed.file.read())) == 2


def test_a_line_of_nothing_is_named(signed):
    with signed.file.path.open("ab") as file:
        file.write(b"rubbish\n[]\n{}\n\xff\n")
    found = [finding for finding in signed.findings() if finding.code == "checkpoint_file_damaged"]
    assert [f"line {number}" in finding.message for number, finding in enumerate(found, 2)] == [True] * 4


def test_signing_waits_for_an_hour_or_enough_entries(log):
    assert log.sign() is None, "there is nothing to sign"
    log.fill(1)
    first = log.sign()
    assert (first.values()["sequence"], first.values()["previous"]) == (1, "")
    log.fill(1)
    assert log.sign() is None
    log.clock.advance(3600)
    assert log.sign().values()["sequence"] == 2
    log.clock.advance(3600)
    assert log.sign() is None, "nothing new"
    log.fill(CHECKPOINT_AFTER_ENTRIES - 1)
    log.clock.step_wall(-2 * 86_400)
    assert log.sign() is not None, "a clock that went back keeps nobody from signing"
    log.fill(CHECKPOINT_AFTER_ENTRIES)
    assert log.sign() is not None
    assert log.findings() == []


def test_two_who_sign_at_once_write_each_statement_once(log):
    log.fill(1)
    log.sign()
    with log.database.reading() as session:
        from vms.audit.checkpoints import read_checkpoints

        kept = read_checkpoints(session)
    assert log.file.add_missing(kept) == 0
    assert [one.body for one in log.file.read()] == [one.body for one in kept]
    assert log.file.path.stat().st_mode & 0o777 == 0o600


def test_a_checkpoint_that_a_crash_kept_from_the_file_comes_with_the_next(log, monkeypatch):
    log.fill(1)
    with monkeypatch.context() as patched:
        patched.setattr(type(log.file), "add_missing", lambda *_: (_ for _ in ()).throw(OSError("no space")))
        with pytest.raises(OSError, match="no space"):
            log.sign()
    assert log.findings() == [], "the newest may be missing in the file"
    log.fill(1)
    log.clock.advance(3600)
    log.sign()
    assert len(list(log.file.read())) == 2


def test_progress_counts_entries(signed):
    seen = []
    assert signed.findings(progress=seen.append) == []
    assert sum(seen) == 12


def test_an_empty_log_is_whole(log):
    assert log.findings() == []


def test_a_checkpoint_reads_as_it_was_written(log):
    log.fill(1)
    written = log.sign()
    assert isinstance(written, Checkpoint)
    assert list(log.file.read()) == [written]
