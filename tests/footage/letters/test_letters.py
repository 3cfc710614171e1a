"""The register of letters, with real files."""

from hashlib import sha256

import pypdfium2
import pytest

from vms.cli.parts.paper_examiner import ChildExaminer
from vms.documents.signature import Signature
from vms.footage.letters.correcting import LetterCorrection, correct_letter
from vms.footage.letters.files import FootageDesk, file_letter, read_file
from vms.footage.letters.model import Sender
from vms.footage.letters.register import Lack, LetterFilter, count_letters, letters_page
from vms.footage.letters.service import assign_letter, duplicates_of, finish_letter
from vms.footage.queries import assignees, letters_to_act_on
from vms.kernel.errors import Kind, VmsError

PDF = b"%PDF-1.7 anything"


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "letter.pdf"
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(2):
            document.new_page(200, 20)  # a strip: a page without text is searched for codes for a second
        document.save(path)
    return path


@pytest.mark.proves("S-1d", "D-0.2")
def test_a_scan_is_examined_kept_and_read_back(office, paper):
    letter = office.letter(filed=False)
    desk = FootageDesk(office.desk.store, ChildExaminer())
    filed = file_letter(office.database, office.clock, desk, letter.id, paper, by=office.by("clerk"))
    assert (filed.file_type, filed.file_pages, filed.signature_kind) == ("application/pdf", 2, "wet")
    with office.database.writing() as session:
        content = read_file(session, office.clock, desk, session.merge(filed), by=office.by("lawyer"))
    assert content == paper.read_bytes()


@pytest.mark.proves("S-1d")
def test_a_signed_pdf_is_e_signed_and_a_broken_signature_is_refused(office):
    letter = office.letter(filed=False)
    signature = Signature("Signature1", "Ayşe Yılmaz", "2025-07-01T09:00:00Z", True, False)
    office.examiner.signatures = (signature,)
    filed = office.file(letter, PDF)
    assert (filed.signature_kind, filed.signatures[0]["name"]) == ("e_signature", "Ayşe Yılmaz")
    office.examiner.signatures = (Signature("Signature1", "Ayşe", "", False, False),)
    with pytest.raises(VmsError, match="signature_broken"):
        office.file(letter, PDF)
    assert office.fresh(letter).signature_kind == "e_signature"


def test_what_is_no_paper_is_refused(office):
    letter = office.letter(filed=False)
    with pytest.raises(VmsError, match="file_type_wrong"):
        office.file(letter, b"<html>")
    with pytest.raises(VmsError, match="letter_file_missing"), office.database.writing() as session:
        read_file(session, office.clock, office.desk, session.merge(letter), by=office.by("clerk"))


@pytest.mark.proves("R-10", "S-11")
def test_the_number_of_ebys_may_come_later(office):
    letter = office.letter()
    assert letter.ebys_no == ""
    noted = office.act(correct_letter, letter, LetterCorrection(ebys_no="E-12345", ebys_on=office.town.today))
    assert (noted.ebys_no, noted.ebys_on) == ("E-12345", office.town.today)


def test_a_letter_that_came_twice_is_told(office):
    letter = office.letter()
    with office.database.reading() as session:
        assert [one.id for one in duplicates_of(session, letter.no, letter.on, letter.sender_name)] == [letter.id]
        assert len(duplicates_of(session, letter.no, letter.on, "CUMHURİYET BAŞSAVCILIĞI ")) == 1
        assert duplicates_of(session, "other", letter.on, letter.sender_name) == []


@pytest.mark.proves("D-6.13")
def test_a_letter_is_given_to_somebody_until_it_is_dealt_with(office):
    letter = office.letter()
    assert office.refusal(finish_letter, letter, "yapıldı") == "letter_not_assigned"
    officer = office.town.accounts["officer"]
    office.act(assign_letter, letter, officer, office.ago(days=-1), by="sef")
    with office.database.reading() as session:
        assert [one.id for one in letters_to_act_on(session, officer.id)] == [letter.id]
    assert office.refusal(finish_letter, letter, " ", by="officer") == "result_required"
    done = office.act(finish_letter, letter, "Kayıtlar hazırlandı", by="officer")
    assert done.done_us == office.clock.now_us()
    assert office.refusal(assign_letter, letter, officer) == "letter_done"
    with office.database.reading() as session:
        assert letters_to_act_on(session, officer.id) == []


@pytest.mark.proves("D-6.13")
def test_a_letter_is_given_until_a_time_that_is_still_to_come(office):
    letter, officer = office.letter(), office.town.accounts["officer"]
    for past_us in (office.clock.now_us(), office.ago(hours=1)):
        assert office.refusal(assign_letter, letter, officer, past_us, by="sef") == "letter_due_past"
    assert office.fresh(letter).assignee_id is None
    office.act(assign_letter, letter, officer, office.clock.now_us() + 1, by="sef")
    given = office.fresh(letter)
    assert (given.assignee_id, given.assigned_us) == (officer.id, office.clock.now_us())


@pytest.mark.proves("D-6.13")
def test_what_is_due_first_lies_at_the_top_of_who_it_was_given_to(office):
    officer = office.town.accounts["officer"]
    letters = {name: office.letter() for name in ("tomorrow", "overdue", "some day", "somebody else's")}
    for name, days in (("some day", None), ("tomorrow", -3), ("overdue", -1)):
        due_us = None if days is None else office.ago(days=days)
        office.act(assign_letter, letters[name], officer, due_us, by="sef")
    lawyer = office.town.accounts["lawyer"]
    office.act(assign_letter, letters["somebody else's"], lawyer, office.ago(hours=-1), by="sef")
    office.clock.advance(2 * 86_400)
    with office.database.reading() as session:
        tasks = letters_to_act_on(session, officer.id)
    assert [one.id for one in tasks] == [letters[name].id for name in ("overdue", "tomorrow", "some day")]
    assert [one.due_us is not None and one.due_us < office.clock.now_us() for one in tasks] == [True, False, False]


@pytest.mark.proves("D-6.13")
def test_a_letter_is_late_from_the_moment_it_was_due_until_it_is_done(office):
    officer = office.town.accounts["officer"]
    office.letter(filed=False)
    letters = {name: office.letter(filed=False) for name in ("late", "some day", "done")}
    for name in ("late", "done"):
        office.act(assign_letter, letters[name], officer, office.ago(hours=-1), by="sef")
    office.act(assign_letter, letters["some day"], officer, by="sef")
    office.act(finish_letter, letters["done"], "Yapıldı", by="officer")

    def late():
        now_us = office.clock.now_us()
        with office.database.reading() as session:
            counted = count_letters(session, now_us)[1][Lack.RESULT]
        rows = numbers(office, lacks=Lack.RESULT)
        assert counted == len(rows)
        assert rows == [one.number for one in letters.values() if office.fresh(one).is_overdue(now_us)]
        return rows

    office.clock.advance(3600 - 1e-6)
    assert late() == []
    office.clock.advance(1e-6)
    assert late() == [letters["late"].number]
    office.act(finish_letter, letters["late"], "Geç yapıldı", by="officer")
    assert late() == []


@pytest.mark.proves("D-6.13")
def test_a_letter_is_given_to_a_person_who_is_there(office):
    letter = office.letter(filed=False)
    with office.database.reading() as session:
        offered = [one.name for one in assignees(session)]
    assert "wall" not in offered
    assert office.refusal(assign_letter, letter, office.town.accounts["wall"]) == "letter_to_nobody"
    assert {"officer", "sef", "ayse"} <= set(offered)


@pytest.mark.proves("E-10", "S-1d")
def test_an_e_signed_letter_is_given_back_byte_by_byte_under_its_hash(office):
    letter = office.letter(filed=False)
    office.examiner.signatures = (Signature("Signature1", "Ayşe Yılmaz", "2025-07-01T09:00:00Z", True, False),)
    filed = office.file(letter, PDF)
    assert filed.file_sha256 == sha256(PDF).digest()
    with office.database.writing() as session:
        assert read_file(session, office.clock, office.desk, session.merge(filed), by=office.by("lawyer")) == PDF
    (kept,) = [path for path in (office.folder / "letters").rglob("*") if path.is_file()]
    kept.chmod(0o600)
    kept.write_bytes(PDF + b" ")
    with pytest.raises(VmsError) as changed, office.database.writing() as session:
        read_file(session, office.clock, office.desk, session.merge(filed), by=office.by("lawyer"))
    assert changed.value.kind is Kind.CORRUPT


def numbers(office, search="", **more):
    with office.database.reading() as session:
        return [one.number for one in letters_page(session, LetterFilter(search=search, **more), office.clock.now_us())]


def test_letters_are_found_by_what_is_written_on_them_however_it_is_typed(office):
    first = office.letter(filed=False)
    office.letter(ebys_no="E-12345", sender=Sender.OTHER)
    assert numbers(office) == [2, 1]
    assert numbers(office, "SAVCILIGI cumhuriyet") == [2, 1]
    assert numbers(office, "e-123") == [2]
    assert numbers(office, first.no) == [1]
    assert numbers(office, "100%") == numbers(office, "görüntü yok") == []
    corrected = LetterCorrection(sender_name="Işıklar Jandarma Karakolu")
    office.act(correct_letter, first, corrected)
    assert numbers(office, "isiklar") == numbers(office, "IŞIKLAR") == [1]
    assert numbers(office, "bassavciligi") == [2]


def test_what_a_letter_lacks_is_one_filter_each_and_is_counted(office):
    office.letter(filed=False)
    office.letter(ebys_no="E-1")
    office.letter(sender=Sender.OTHER)
    asked = office.approved()  # its letter is the fourth
    assert [numbers(office, lacks=lack) for lack in Lack] == [[1], [4, 3, 1], [2, 1], []]
    now_us = office.clock.now_us()
    with office.database.reading() as session:
        assert count_letters(session, now_us) == (4, {Lack.FILE: 1, Lack.EBYS_NO: 3, Lack.REQUEST: 2, Lack.RESULT: 0})
        assert count_letters(session, now_us, "e-1")[1] == {
            Lack.FILE: 0, Lack.EBYS_NO: 0, Lack.REQUEST: 1, Lack.RESULT: 0,
        }  # fmt: skip
        assert count_letters(session, now_us, "nobody")[0] == 0
    assert numbers(office, "777") == []
    with office.database.writing() as session:
        session.merge(asked).number = 777
    assert numbers(office, "777") == numbers(office, "savcılığı 777") == [4]


def test_pages_of_the_register_follow_each_other(office):
    for _ in range(5):
        office.letter(filed=False)
    pages = [numbers(office, limit=2), numbers(office, limit=2, before=4), numbers(office, limit=2, before=2)]
    assert pages == [[5, 4], [3, 2], [1]]
