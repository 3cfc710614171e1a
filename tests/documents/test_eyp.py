"""e-Yazışma packages: what they say, what their signatures prove, what hostile ones come to."""

import importlib.util
import io
import sys
import warnings
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pyhanko.keys import load_certs_from_pemder_data

from vms.cli.parts.paper_examiner import ChildExaminer
from vms.documents import eyp
from vms.documents.eyp import Eyp, EypFacts, is_eyp
from vms.documents.eyp_signature import signatures_of
from vms.documents.upload import MediaType, media_type_of
from vms.kernel.errors import Kind, VmsError

_SPEC = importlib.util.spec_from_file_location("eyp_packages", Path(__file__).with_name("eyp_packages.py"))
made = importlib.util.module_from_spec(_SPEC)
sys.modules["eyp_packages"] = made
_SPEC.loader.exec_module(made)

FACTS = EypFacts(no=made.NO, on=date.fromisoformat(made.ON), subject=made.SUBJECT, sender=made.SENDER)


def refusal(act, *given):
    with pytest.raises(VmsError) as refused:
        act(*given)
    assert refused.value.kind is Kind.INVALID
    return refused.value.code


def judged(parts, *roots):
    found = signatures_of(Eyp(made.zipped(parts)), [one for root in roots for one in load_certs_from_pemder_data(root)])
    return [(one.name, one.is_intact, one.is_trusted) for one in found]


@pytest.mark.parametrize("generation", [1, 2])
def test_a_package_of_either_generation_says_what_its_letter_is(generation):
    package = Eyp(made.zipped(made.parts_of(generation)))
    assert (package.facts(), package.letter()) == (FACTS, made.LETTER)
    assert EypFacts.from_json(FACTS.to_json()) == FACTS


def test_what_is_not_told_is_empty_and_what_is_told_is_one_line():
    parts = made.parts_of(1, subject="  a\u202e\n\tb ")
    told = parts["Ustveri/Ustveri.xml"].decode()
    for gone in (
        f"<t:BelgeNo>{made.NO}</t:BelgeNo>",
        f"{made.ON}T00:00:00.0000000+03:00",
        f"<t:Adi>{made.SENDER}</t:Adi>",
    ):
        told = told.replace(gone, "")
    parts["Ustveri/Ustveri.xml"] = told.encode()
    assert Eyp(made.zipped(parts)).facts() == EypFacts(no="", on=None, subject="a b", sender="")


def test_a_person_may_have_made_it():
    parts = made.parts_of(1)
    person = "<t:GercekSahis><t:Kisi><t:IlkAdi>Işıl</t:IlkAdi><t:Soyadi>Öz</t:Soyadi></t:Kisi></t:GercekSahis>"
    told = parts["Ustveri/Ustveri.xml"].decode()
    begin, end = told.index("<t:KurumKurulus>"), told.index("</t:Olusturan>")
    parts["Ustveri/Ustveri.xml"] = (told[:begin] + person + told[end:]).encode()
    assert Eyp(made.zipped(parts)).facts().sender == "Işıl Öz"


def test_signature_and_seal_are_judged_by_their_keys_and_by_roots():
    parts = made.parts_of()
    assert judged(parts) == [("Ayşe Yılmaz", True, False), (made.SENDER, True, False)]
    assert judged(parts, made.root_of("Ayşe Yılmaz")) == [("Ayşe Yılmaz", True, True), (made.SENDER, True, False)]
    assert judged(made.parts_of(1), made.root_of("another")) == [("Ayşe Yılmaz", True, False)]


@pytest.mark.parametrize("name", ["Ustveri/Ustveri.xml", "UstYazi/yazi.pdf", "Ekler/harita.pdf"])
@pytest.mark.parametrize("generation", [1, 2])
def test_a_part_that_was_changed_breaks_every_signature_over_it(name, generation):
    parts = made.parts_of(generation)
    parts[name] += b" "
    assert [is_intact for _, is_intact, _ in judged(parts)] == [False] * generation


def test_number_and_date_of_the_second_generation_are_the_seals():
    parts = made.parts_of()
    parts["NihaiUstveri/NihaiUstveri.xml"] = parts["NihaiUstveri/NihaiUstveri.xml"].replace(b"117", b"118")
    assert [is_intact for _, is_intact, _ in judged(parts)] == [True, False]


def test_a_list_of_digests_that_was_changed_is_not_what_was_signed():
    parts = made.parts_of(1)
    parts["UstYazi/yazi.pdf"] = made.LETTER + b" "
    names = ["Ustveri/Ustveri.xml", "UstYazi/yazi.pdf"]
    parts["PaketOzeti/PaketOzeti.xml"] = made.digests(parts, names, "PaketOzeti", "x", ("sha256",))
    assert [is_intact for _, is_intact, _ in judged(parts)] == [False]


@pytest.mark.parametrize("named", [["Ustveri/Ustveri.xml"], ["UstYazi/yazi.pdf"], []])
def test_a_signature_that_does_not_cover_the_letter_with_its_data_proves_nothing(named):
    parts = made.parts_of(1)
    parts["PaketOzeti/PaketOzeti.xml"] = made.digests(parts, named, "PaketOzeti", "x", ("sha256",))
    parts["Imzalar/ImzaCades.imz"] = made.signed(parts["PaketOzeti/PaketOzeti.xml"], "Ayşe Yılmaz")
    assert [is_intact for _, is_intact, _ in judged(parts)] == [False]


def test_a_digest_that_proves_too_little_proves_nothing():
    assert [is_intact for _, is_intact, _ in judged(made.parts_of(1, ("sha1",)))] == [False]


def test_what_may_be_withheld_from_an_addressee_may_be_missing_and_nothing_else():
    parts = made.parts_of(1)
    del parts["Ekler/harita.pdf"]
    assert [is_intact for _, is_intact, _ in judged(parts)] == [True]
    parts = made.parts_of()
    del parts["Imzalar/ImzaCades.imz"]
    assert refusal(judged, parts) == "eyp_unsigned"


def test_an_unfinished_package_and_a_strange_signature_are_refused():
    for generation, name in ((1, "Imzalar/ImzaCades.imz"), (2, "Muhur/MuhurCades.imz"), (2, "NihaiOzet/NihaiOzet.xml")):
        parts = made.parts_of(generation)
        del parts[name]
        assert refusal(judged, parts) == "eyp_unsigned"
    for strange in (b"", b"x" * 100, made.parts_of(1)["Imzalar/ImzaCades.imz"][:-40]):
        assert refusal(judged, made.parts_of(1) | {"Imzalar/ImzaCades.imz": strange}) == "eyp_signature_unknown"


def test_an_encrypted_package_says_so():
    assert refusal(Eyp, made.zipped({"SifreliIcerik/x.eyp": b"x"})) == "eyp_encrypted"


def test_a_package_without_one_letter_as_pdf_is_refused():
    for letters in ({}, {"UstYazi/a.pdf": made.LETTER, "UstYazi/b.pdf": made.LETTER}, {"UstYazi/a.doc": b"\xd0\xcf"}):
        parts = made.parts_of(1)
        del parts["UstYazi/yazi.pdf"]
        assert refusal(Eyp(made.zipped(parts | letters)).letter) == "eyp_letter_missing"


def test_what_is_no_package_is_refused():
    whole = made.zipped(made.parts_of())
    for content in (
        b"",
        b"PK\x03\x04",
        whole[:-30],
        whole[: len(whole) // 2],
        made.zipped({"word/document.xml": b"x"}),
    ):
        assert refusal(Eyp, content) == "eyp_unreadable"
    assert (is_eyp(whole), is_eyp(made.LETTER)) == (True, False)
    assert refusal(media_type_of, whole) == "file_type_wrong", "no document is handed back as one"


@pytest.mark.parametrize(
    "xml", [made.ENTITIES, b"", b"<a>", b"\x00", b"<a/>" * 2, b'<!DOCTYPE a SYSTEM "http://x/"><a/>']
)
def test_xml_with_entities_or_none_is_refused(xml):
    assert refusal(Eyp(made.zipped(made.parts_of(1) | {"Ustveri/Ustveri.xml": xml})).facts) == "eyp_unreadable"


def test_bombs_are_not_unpacked(monkeypatch):
    bomb = made.zipped(made.parts_of(1) | {"Ustveri/Ustveri.xml": b"<a>" + b" " * eyp.MAX_XML_BYTES + b"</a>"})
    assert len(bomb) < 20_000
    assert refusal(Eyp(bomb).facts) == "eyp_unreadable"
    monkeypatch.setattr(eyp, "MAX_ALL_BYTES", 100_000)
    assert refusal(Eyp, made.zipped({"Ustveri/Ustveri.xml": b" " * 100_001})) == "eyp_unreadable"
    many = {f"Ekler/{number}": b"" for number in range(eyp.MAX_PARTS)}
    assert refusal(Eyp, made.zipped(made.parts_of(1) | many)) == "eyp_unreadable"


def test_a_size_that_is_a_lie_and_bytes_that_were_changed_are_refused():
    content = bytearray(made.zipped({"Ustveri/Ustveri.xml": b"<a/>" + b" " * 5000}, zipfile.ZIP_STORED))
    at = content.index(b"<a/>")
    content[at + 100] ^= 1
    assert refusal(Eyp(bytes(content)).facts) == "eyp_unreadable"
    content = bytearray(made.zipped({"Ustveri/Ustveri.xml": b"<a/>" + b" " * 5000}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    assert refusal(Eyp(bytes(content)).facts) == "eyp_unreadable"


def test_names_that_mean_two_parts_other_methods_and_passwords_are_refused():
    parts = made.parts_of(1)
    assert refusal(Eyp, made.zipped(parts | {"USTVERI/ustveri.xml": b"<a/>"})) == "eyp_unreadable"
    twice = io.BytesIO(made.zipped(parts))
    with warnings.catch_warnings(), zipfile.ZipFile(twice, "a") as package:
        warnings.simplefilter("ignore")
        package.writestr("UstYazi/yazi.pdf", b"%PDF-other")
    assert refusal(Eyp, twice.getvalue()) == "eyp_unreadable"
    assert refusal(Eyp, made.zipped(parts, zipfile.ZIP_LZMA)) == "eyp_unreadable"
    locked = bytearray(made.zipped(parts))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(Eyp, bytes(locked)) == "eyp_unreadable"


def test_a_name_is_no_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    strange = {"../../etc/passwd": b"x", "/etc/passwd": b"x", "UstYazi/../../x": b"%PDF-x"}
    package = Eyp(made.zipped(made.parts_of(1) | strange))
    assert refusal(package.letter) == "eyp_letter_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.sockets
def test_it_is_looked_into_in_a_process_of_its_own(tmp_path):
    (tmp_path / "roots").mkdir()
    (tmp_path / "roots" / "root.pem").write_bytes(made.root_of(made.SENDER))
    path = tmp_path / "yazi.eyp"
    path.write_bytes(made.zipped(made.parts_of()))
    found = ChildExaminer(tmp_path / "roots").examine(path, MediaType.EYP)
    assert (found.pages, found.letter) == (1, FACTS)
    assert [(one.name, one.is_intact, one.is_trusted) for one in found.signatures] == [
        ("Ayşe Yılmaz", True, False), (made.SENDER, True, True),
    ]  # fmt: skip
    path.write_bytes(made.zipped({"SifreliIcerik/x.eyp": b"x"}))
    assert refusal(ChildExaminer().examine, path, MediaType.EYP) == "eyp_encrypted"
    path.write_bytes(made.zipped(made.parts_of(1, letter=b"%PDF-1.4 nothing")))
    assert refusal(ChildExaminer().examine, path, MediaType.EYP) == "file_unreadable"
