"""Destroying packages: every byte first, then the row's secret, the record, the end of the request."""

import json
import os

import pytest
from read_paper import words_of
from sqlalchemy import select
from typer.testing import CliRunner

from vms.audit.model import AuditEntry
from vms.cli.export import app
from vms.documents.desk import Desk
from vms.documents.forms.footage import MAX_HOLDS
from vms.documents.queries import need_document
from vms.footage.case_events import events_of
from vms.footage.delivery import purging
from vms.footage.delivery.purging import run_once
from vms.footage.exports.folder import MARK, ExportFolder
from vms.footage.exports.model import Export, ExportState, PurgeWhy
from vms.footage.holds.model import Hold
from vms.footage.locks.model import Owner
from vms.footage.locks.orders import Reason, order_locks
from vms.footage.rules import Outcome, State
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id

MINUTE_S = 60


@pytest.fixture
def given(counter):
    """A request that was delivered in two packages."""
    counter.office.film(days=1)
    request = counter.office.searched(counter.office.approved())
    counter.packed(request, 2)
    counter.delivered(request)
    return request


def purge(counter, desk=None):
    done = run_once(
        counter.database, counter.clock, counter.exports, desk or counter.desk, by=counter.office.by("clerk")
    )
    counter.office.tell()
    return done


def names(counter):
    return counter.lying()


def record(counter, export):
    with counter.database.reading() as session:
        document = need_document(session, export.destruction_id)
    return document, words_of(counter.desk.store.read(document.pdf_sha256))


@pytest.mark.proves("D-10.2a", "edge-50", "D-6.14a")
def test_after_delivery_every_copy_goes_then_the_request_is_over(counter, given):
    office, folder = counter.office, counter.exports.folder
    for left in ("NAZAR-1-1.zip.part", "NAZAR-1-1.preview.jpg", "stray.mp4"):
        (folder / left).write_bytes(os.urandom(99))
    (folder / "NAZAR-1-2.frames").mkdir()
    (folder / "NAZAR-1-2.frames" / "1.jpg").write_bytes(b"x")
    assert len(office.locked()) == 1
    done = purge(counter)
    assert (done.purged, list(done.closed), list(done.overdue), done.unrecorded) == (2, [given.id], [], 0)
    assert names(counter) == []
    closed = office.fresh(given)
    assert (closed.state, closed.outcome, closed.closed_us) == (State.CLOSED, Outcome.DELIVERED, office.clock.now_us())
    assert office.locked() == []
    first, second = counter.exports_of(given)
    for one in (first, second):
        assert (one.state, one.passphrase, one.purged_us) == (ExportState.PURGED, None, office.clock.now_us())
        assert one.sha256
        assert one.summary["films"]
    assert first.destruction_id == second.destruction_id
    document, words = record(counter, first)
    assert document.kind == "P-28"
    assert [(one["name"], one["sha256"]) for one in document.fields["copies"]] == [
        ("NAZAR-1-1.zip", first.sha256), ("NAZAR-1-2.zip", second.sha256),
    ]  # fmt: skip
    for told in ("P-04/2025/0001", "Kayıtlar teslim edilmiştir.", "Sistem tarafından kendiliğinden"):
        assert told in words, told
    assert (document.fields["lock_released_at"] is None, document.fields["is_late"]) == (False, False)
    with office.database.reading() as session:
        acts = [one.act for one in events_of(session, given.id)]
    assert acts[-4:] == ["delivered", "export_purged", "export_purged", "request_closed"]
    assert purge(counter) == purging.Round()


@pytest.mark.proves("edge-58")
def test_of_what_its_authority_takes_back_nothing_is_left_whole_or_not(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    whole, half = counter.packed(request, 2)
    half_path = counter.exports.half_built(half)
    counter.exports.whole(half).rename(half_path)
    with counter.database.writing() as session:
        row = session.get_one(Export, half.id)
        row.state, row.sha256, row.size_bytes, row.done_bytes = "failed", None, None, 4096
    office.take_back(request)
    assert office.fresh(request).outcome == Outcome.WITHDRAWN
    assert {one.purge_why for one in counter.exports_of(request)} == {PurgeWhy.WITHDRAWN}
    done = purge(counter)
    assert (done.purged, list(done.closed)) == (2, [request.id])
    assert names(counter) == []
    assert office.locked() == []
    document, words = record(counter, counter.exports_of(request)[0])
    assert [(one["what"], one["sha256"]) for one in document.fields["copies"]] == [
        ("package", whole.sha256), ("working_copy", None),
    ]  # fmt: skip
    assert "makamı tarafından geri alınmıştır" in words


def test_what_was_never_begun_leaves_no_record(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    (export,) = counter.packed(request)
    counter.exports.whole(export).unlink()
    with counter.database.writing() as session:
        row = session.get_one(Export, export.id)
        row.state, row.sha256, row.size_bytes, row.attempts = "waiting", None, None, 0
    office.take_back(request)
    assert (purge(counter).purged, purge(counter).unrecorded) == (1, 0)
    (export,) = counter.exports_of(request)
    assert (export.state, export.destruction_id, export.passphrase) == (ExportState.PURGED, None, None)


def test_the_record_names_a_package_of_many_gigabytes(counter, given):
    counter.enlarge(counter.exports_of(given)[0], 100_000_000_000)
    assert purge(counter).unrecorded == 0
    document, _ = record(counter, counter.exports_of(given)[0])
    assert document.fields["copies"][0]["size_bytes"] == 100_000_000_000


def test_a_record_that_cannot_be_printed_keeps_nothing_from_being_destroyed_or_recorded(counter, given):
    office = counter.office
    broken, sound = counter.exports_of(given)
    other = office.searched(office.approved())
    counter.packed(other)
    counter.delivered(other)
    counter.enlarge(broken, -1)
    counter.enlarge(sound, -1)
    (counter.exports.folder / "stray.mp4").write_bytes(b"x")
    done = purge(counter)
    assert (done.purged, done.unrecorded, names(counter)) == (3, 1, [])
    assert record(counter, counter.exports_of(other)[0])[0].kind == "P-28"


def test_a_replaced_package_goes_alone(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    former, _ = counter.packed(request, 2)
    with counter.database.writing() as session:
        row = session.get_one(Export, former.id)
        row.purge_why, row.purge_due_us = PurgeWhy.REPLACED.value, office.clock.now_us()
    assert (purge(counter).purged, names(counter)) == (1, ["NAZAR-1-2.zip"])
    assert office.state(request) == State.PREPARED
    assert len(office.locked()) == 1
    document, words = record(counter, counter.exports_of(request)[0])
    assert (document.fields["lock_released_at"], document.fields["record"]) == (None, "")
    assert "yerine yenisi hazırlanmıştır" in words


def test_a_package_whose_number_begins_like_anothers_is_left_alone(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    exports = counter.packed(request, 11)
    with counter.database.writing() as session:
        row = session.get_one(Export, exports[0].id)
        row.purge_why, row.purge_due_us = PurgeWhy.REPLACED.value, office.clock.now_us()
    purge(counter)
    assert names(counter) == sorted(f"NAZAR-1-{number}.zip" for number in range(2, 12))


@pytest.mark.proves("A-14", "edge-41")
def test_under_a_hold_the_source_stays_and_both_records_say_so(counter):
    office = counter.office
    office.film(days=1)
    hold = office.hold()
    request = office.searched(office.approved())
    counter.packed(request)
    counter.delivered(request)
    purge(counter)
    assert len(office.locked()) == 1
    (export,) = counter.exports_of(request)
    document, words = record(counter, export)
    assert document.fields["holds"] == [f"Muhafaza {hold.number}"]
    assert "süresinin sonuna kadar korunmaya devam" in words


@pytest.mark.proves("D-10.2a")
def test_a_copy_that_cannot_be_destroyed_is_told_and_goes_late(counter, given, monkeypatch):
    def refuse(_name, _folder):
        raise OSError(30, "Read-only file system")

    office = counter.office
    with monkeypatch.context() as broken:
        broken.setattr(purging, "_destroy", refuse)
        done = purge(counter)
        assert (done.purged, list(done.overdue)) == (0, [])
        assert office.state(given) == State.DELIVERED
        office.clock.advance(11 * MINUTE_S)
        assert purge(counter).overdue == ("NAZAR-1-1", "NAZAR-1-2")
    assert len(names(counter)) == 2
    assert len(office.locked()) == 1
    done = purge(counter)
    assert (done.purged, list(done.overdue), names(counter)) == (2, [], [])
    document, words = record(counter, counter.exports_of(given)[0])
    assert document.fields["is_late"]
    assert "öngörülen süreden sonra" in words


def test_what_has_time_left_stays_and_what_is_being_built_is_left_to_its_builder(counter, given):
    one, other = counter.exports_of(given)
    with counter.database.writing() as session:
        session.get_one(Export, one.id).purge_due_us += 3600 * 1_000_000
        session.get_one(Export, other.id).state = "building"
    assert (purge(counter).purged, len(names(counter))) == (0, 2)
    counter.clock.advance(3600)
    assert (purge(counter).purged, names(counter)) == (1, ["NAZAR-1-2.zip"])
    assert purge(counter).overdue == ("NAZAR-1-2",)
    assert counter.office.state(given) == State.DELIVERED


def test_without_a_letterhead_it_goes_all_the_same_and_its_record_follows(counter, given):
    nobody = Desk(counter.desk.store, counter.desk.examiner)
    done = purge(counter, nobody)
    assert (done.purged, done.unrecorded, names(counter)) == (2, 1, [])
    assert counter.office.state(given) == State.CLOSED
    assert purge(counter).unrecorded == 0
    assert record(counter, counter.exports_of(given)[0])[0].kind == "P-28"


def test_a_file_that_comes_back_between_is_gone_before_the_row_says_so(counter, given, monkeypatch):
    remove = purging._remove

    def undone(exports, one):
        done = remove(exports, one)
        exports.half_built(one).write_bytes(b"again")
        return done

    with monkeypatch.context() as racing:
        racing.setattr(purging, "_remove", undone)
        assert purge(counter).purged == 0
    assert {one.state for one in counter.exports_of(given)} == {ExportState.READY}
    assert (purge(counter).purged, names(counter)) == (2, [])


@pytest.fixture
def away(counter):
    """Take the disk of the packages away, bring it back: the folder at its place is then an empty one."""
    folder = counter.exports.folder
    aside = folder.with_name("aside")

    def move(*, back=False):
        if back:
            folder.rmdir()
            aside.rename(folder)
        else:
            folder.rename(aside)
            folder.mkdir()
        return aside

    return move


@pytest.mark.proves("D-10.2a")
def test_a_copy_on_a_disk_that_is_away_is_not_called_destroyed(counter, given, away):
    aside = away()
    done = purge(counter)
    assert (done.purged, done.closed, done.away) == (0, (), str(counter.exports.folder))
    assert {(one.state, one.passphrase is None) for one in counter.exports_of(given)} == {(ExportState.READY, False)}
    assert (counter.office.state(given), len(counter.office.locked())) == (State.DELIVERED, 1)
    assert len(list(aside.glob("*.zip"))) == 2
    counter.clock.advance(11 * MINUTE_S)
    assert purge(counter).overdue == ("NAZAR-1-1", "NAZAR-1-2")
    assert list(counter.exports.folder.iterdir()) == []  # nothing is made of what is no folder of packages
    away(back=True)
    done = purge(counter)
    assert (done.purged, done.away, names(counter)) == (2, "", [])


@pytest.mark.proves("D-10.2a")
def test_a_disk_that_goes_away_in_the_midst_of_it_leaves_the_row(counter, given, away, monkeypatch):
    remove = purging._remove

    def cut_off(exports, one):
        with monkeypatch.context() as broken:
            broken.setattr(purging, "_destroy", lambda _name, _folder: None)
            done = remove(exports, one)
        away()
        return done

    with monkeypatch.context() as racing:
        racing.setattr(purging, "_remove", cut_off)
        assert (purge(counter).purged, counter.office.state(given)) == (0, State.DELIVERED)
    away(back=True)
    assert (purge(counter).purged, names(counter)) == (2, [])


def test_another_disk_in_its_place_is_not_swept(counter, given, away, tmp_path):
    other = ExportFolder(tmp_path / "another" / "exports")
    other.take_anew()
    away()
    (counter.exports.folder / MARK).write_bytes((other.path / MARK).read_bytes())
    (counter.exports.folder / "letters.zip").write_bytes(b"of somebody else")
    assert purge(counter).away
    assert (counter.exports.folder / "letters.zip").exists()


def test_a_folder_of_before_marks_is_known_by_its_packages(counter, given, away):
    folder = counter.exports.folder
    (folder / MARK).unlink()
    folder.with_name("exports.json").unlink()
    away()
    assert purge(counter).away  # packages should lie there and none does: nobody marks an empty place
    away(back=True)
    assert (purge(counter).purged, names(counter)) == (2, [])
    assert (folder / MARK).exists()


def test_what_was_begun_to_be_taken_into_use_is_gone_on_with(counter, given):
    counter.exports.folder.with_name("exports.json").unlink()  # killed between the mark and the memory of it
    assert (purge(counter).purged, purge(counter).away) == (2, "")


def test_a_disk_that_is_lost_is_let_go_of_by_a_person(counter, given, away):
    away()
    assert purge(counter).away
    run = CliRunner().invoke(app, ["new-folder", "--data", str(counter.office.folder)], input="n\n")
    assert (run.exit_code, purge(counter).purged) == (1, 0)
    run = CliRunner().invoke(app, ["new-folder", "--yes", "--data", str(counter.office.folder)])
    assert (run.exit_code, "NAZAR-1-2.zip does not lie there" in run.output) == (0, True), run.output
    assert (purge(counter).purged, counter.office.state(given)) == (2, State.CLOSED)
    with counter.database.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.act == "setting_changed"))
    assert json.loads(entry.detail)["packages"] == ["NAZAR-1-1.zip", "NAZAR-1-2.zip"]


@pytest.mark.proves("A-14")
def test_more_holds_than_a_paper_has_room_for_are_counted(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    with counter.database.writing() as session:
        for number in range(1, MAX_HOLDS + 4):
            hold = Hold(
                id=new_id(office.clock), number=number, basis="unwritten_request", reason="Telefon", state="open",
                institution="Emniyet", starts_us=office.clock.now_us(), ends_us=office.clock.now_us() + 1,
                placed_by=None, placed_by_name="Clerk",
            )  # fmt: skip
            session.add(hold)
            session.flush()
            reason = Reason(Owner.HOLD, hold.id, f"Muhafaza {number}")
            order_locks(session, office.clock, reason, [(office.camera(), office.shown(request))])
    counter.packed(request)
    delivery = counter.delivered(request)
    with counter.database.reading() as session:
        minutes = need_document(session, delivery.record_id)
    assert (len(minutes.fields["holds"]), minutes.fields["holds_in_all"]) == (MAX_HOLDS, MAX_HOLDS + 3)
    assert f"Muhafaza {MAX_HOLDS} ve 3 muhafaza daha gereğince" in words_of(counter.desk.store.read(minutes.pdf_sha256))
    purge(counter)
    destruction, words = record(counter, counter.exports_of(request)[0])
    assert destruction.fields["holds_in_all"] == MAX_HOLDS + 3
    assert f"Muhafaza {MAX_HOLDS} ve 3 muhafaza daha gereğince" in words


def test_a_disk_with_other_things_on_it_is_not_taken_for_the_packages(tmp_path):
    """What belongs to no package is removed from their folder: an archive that was mounted there would be."""
    folder = ExportFolder(tmp_path / "exports")
    (folder.path / "segments").mkdir(parents=True)
    for take in (folder.take_anew, lambda: folder.settle(())):
        with pytest.raises(VmsError, match="export_folder_away"):
            take()
    assert (folder.path / "segments").is_dir()
    assert not (folder.path / MARK).exists()
