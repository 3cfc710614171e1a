"""Finding documents: by words, by a paper's code, only among what somebody may read."""

from uuid import UUID

import pytest
from filled_forms import FORMS

from vms.audit.entry import Subject
from vms.documents.queries import Reader, Wanted, documents, versions
from vms.documents.rules import Kind
from vms.documents.search_words import words_of
from vms.documents.service import NewDocument, draft, issue_new, revise

STRANGER = UUID(int=7)


@pytest.fixture
def register(database, clock, press, store):
    """Issues a filled form of a kind."""

    def issued(kind):
        new = NewDocument(kind=Kind(kind), fields=FORMS[kind], subject=Subject("account", "7"))
        with database.writing() as session:
            return issue_new(session, clock, press, store, new)

    return issued


@pytest.fixture
def found(database):
    """Numbers of the documents that a search finds."""

    def numbers(search, **more):
        with database.reading() as session:
            return [one.number for one in documents(session, Wanted(search=search, **more))]

    return numbers


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("", ["P-04", "P-09"]), ("p-09/2026/0001", ["P-09"]), ("2026/0001", ["P-04", "P-09"]), ("P-09 2026", ["P-09"]),
        ("AYŞEGÜL ışıldak", ["P-09"]), ("isildak aysegul", ["P-09"]), ("IZ-12345", ["P-09"]),
        ("T-2026/41", ["P-04"]), ("cumhuriyet başsavcılığı", ["P-04"]), ("2026/88214", ["P-04"]),
        ("VEZNE", ["P-04", "P-09"]), ("görüntü kaydı teslim", ["P-04"]), ("nobody", []), ("%", []), ("_", []),
    ],
)  # fmt: skip
def test_words_of_numbers_names_letters_cameras_find_a_document(register, clock, found, typed, kinds):
    for kind in ("P-09", "P-04"):
        register(kind)
        clock.advance(1)
    assert [number.partition("/")[0] for number in found(typed)] == kinds


def test_a_long_description_finds_nothing(register, found):
    """Its words would find what nobody asked for."""
    register("P-29")
    assert "cep telefonu" in FORMS["P-29"]["what"]
    assert found("cep telefonu") == []
    assert found(FORMS["P-29"]["person"]["name"]) == ["P-29/2026/0001"]


@pytest.mark.proves("D-0.1")
def test_who_holds_a_paper_finds_it_by_its_code(register, found):
    document = register("P-08")
    register("P-09")
    assert found(document.code) == [document.number]
    assert found(f" {document.code.lower().replace('-', ' ')} ") == [document.number]
    assert found("0000-0000-0000-0000") == []


@pytest.mark.proves("edge-118")
def test_every_version_is_found_by_what_it_says_itself(database, clock, press, store, register, found):
    before = register("P-09")
    clock.advance(1)
    fields = FORMS["P-09"] | {"person": FORMS["P-09"]["person"] | {"name": "Gökçe Yıldız"}}
    with database.writing() as session:
        after = revise(session, clock, press, store, before.id, fields)
    clock.advance(1)
    register("P-09")
    assert found("gokce") == [after.number]
    assert found(before.number) == [before.number, before.number]
    with database.reading() as session:
        assert [one.version for one in versions(session, before)] == [2, 1]
        assert [one.id for one in versions(session, after)] == [after.id, before.id]


def test_a_draft_is_found_without_a_number_and_is_its_only_version(database, clock, found):
    with database.writing() as session:
        one = draft(session, clock, NewDocument(kind=Kind.AGREEMENT, fields=FORMS["P-08"], subject=Subject("x")))
    assert found("gizlilik sozlesmesi") == [""]
    with database.reading() as session:
        assert [same.id for same in versions(session, one)] == [one.id]


def test_nobody_finds_what_they_may_not_read(register, clock, found):
    for kind in ("P-29", "P-08"):
        register(kind)
        clock.advance(1)
    assert found("", reader=Reader(frozenset(), STRANGER)) == []
    assert found("2026", reader=Reader(frozenset({"P-08"}), STRANGER)) == ["P-08/2026/0001"]
    assert found("P-29", reader=Reader(frozenset({"P-08"}), STRANGER)) == []


def test_files_and_hashes_are_no_words():
    words = words_of("P-04/2026/0001", "Tutanak", "Konu", FORMS["P-04"])
    assert FORMS["P-04"]["files"][0]["name"] not in words
    assert "başsavcılığı" not in words
    assert "bassavciligi" in words
