"""What the printed papers say, read by programs that did not write them."""

import subprocess
from dataclasses import replace

import pytest
from filled_forms import AYSE, FORMS, SPOKEN
from paper import pages_of, picture_of, qr_of, words_of

from vms.documents.codes import codes_in
from vms.documents.forms.known import form_of
from vms.documents.press import Press
from vms.documents.rules import Kind
from vms.documents.templates import Templates
from vms.kernel.errors import VmsError

CODE = "7Q2M-K0XT-9VBD-4HZN"
NASTY = (
    '<b onclick="x()">Ş</b> #let x = 1; #panic("x") $ sum $ \\ \\u{41} `raw` *bold* _it_ @ref <label> '
    "[a](b) // comment /* c */ 'tek' \"çift\" = başlık - madde & % ~ ^ {} || \x00\x07\x1b[31m\u202e İıŞşĞğÇçÖöÜü"
)
# Words that stand for a choice; nobody types them.
CHOSEN = {
    "renew", "replace", "reduce", "prosecutor", "manager", "chief", "network", "retention_expired", "usb", "by_hand",
    "package", "working_copy", "delivered",
}  # fmt: skip
PRINTED_NASTY = " ".join(NASTY.replace("\x00\x07\x1b", "").replace("\u202e", "").split())

pytestmark = pytest.mark.system


def printed(press, kind, fields, **changes):
    form = form_of(Kind(kind), fields)
    given = {"number": f"{kind}/2026/0001", "version": 1, "code": CODE, "at_us": 1_795_259_130_000_000}
    return press.print(form, **given | changes)


@pytest.mark.proves("D-0.1", "C-10", "edge-116")
@pytest.mark.parametrize("kind", FORMS)
def test_every_form_says_what_it_must(press, kind):
    paper = printed(press, kind, FORMS[kind])
    words = words_of(paper.pdf)
    head = ("T.C.", "İZMİR BÜYÜKŞEHİR BELEDİYE BAŞKANLIĞI", "Ulaşım Dairesi Başkanlığı")
    foot = (CODE, "https://belge.example.bel.tr/d", "Dayanak:", f"Sayfa 1 / {paper.pages}", "Konak/İzmir")
    signed = ("Tarih:", "5070 sayılı Elektronik İmza Kanunu’na göre güvenli elektronik imza")
    for said in (*head, f"{kind}/2026/0001", "21.11.2026", *SPOKEN[kind], *foot, *signed):
        assert said in words, said


@pytest.mark.proves("D-0.1")
@pytest.mark.parametrize("dpi", [130, 200])
@pytest.mark.parametrize("kind", ["P-08", "P-10"])
def test_the_qr_code_leads_to_the_query_page(press, kind, dpi):
    paper = printed(press, kind, FORMS[kind])
    for page in range(1, paper.pages + 1):
        assert qr_of(picture_of(paper.pdf, page, dpi)) == f"https://belge.example.bel.tr/d/{CODE}"


@pytest.mark.proves("edge-116")
def test_a_table_of_two_hundred_rows_repeats_its_head_on_every_page(press):
    attendees = [AYSE | {"name": f"Işıl Ünlü {row:03d}"} for row in range(1, 201)]
    paper = printed(press, "P-16", FORMS["P-16"] | {"attendees": attendees})
    pages = pages_of(paper.pdf)
    assert len(pages) == paper.pages > 4
    for number, page in enumerate(pages, 1):
        assert f"Sayfa {number} / {paper.pages}" in page
        assert CODE in page
        has_rows = "Işıl Ünlü" in page
        assert ("Adı soyadı" in page) == has_rows
    text = " ".join(" ".join(pages).split())
    assert [f"Işıl Ünlü {row:03d}" in text for row in (1, 100, 200)] == [True] * 3
    assert "P-16/2026/0001" in pages[-1]


@pytest.mark.proves("edge-116")
def test_very_long_names_stay_inside_the_paper(press):
    long_word, long_name = "Ğ" * 200, ("Muvaffakiyetsizleştiricileştiriveremeyebileceklerimizden " * 4)[:200].strip()
    rows = [AYSE | {"name": name, "unit": long_name, "registry_no": long_word} for name in (long_word, long_name)]
    paper = printed(press, "P-16", FORMS["P-16"] | {"attendees": rows, "place": long_word, "video": long_name})
    page = picture_of(paper.pdf, 1, 100)
    edge = page[:, : round(1.8 / 2.54 * 100)], page[:, -round(1.6 / 2.54 * 100) :]
    assert [strip.min() for strip in edge] == [255, 255]
    assert words_of(paper.pdf).replace(" ", "").replace("\u200b", "").count(long_word) >= 1


def _spoilt(value):
    """`value` with every text a person could type replaced by the nasty one."""
    if isinstance(value, dict):
        return {name: _spoilt(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_spoilt(one) for one in value]
    is_typed = isinstance(value, str) and not value[:4].isdigit() and value not in CHOSEN
    return NASTY if is_typed and ":" not in value else value


@pytest.mark.proves("edge-116")
@pytest.mark.parametrize("kind", FORMS)
def test_what_people_type_is_printed_and_never_run(press, kind):
    paper = printed(press, kind, _spoilt(FORMS[kind]))
    words = words_of(paper.pdf, "-raw").replace("\u200b", "").replace(" ", "")
    assert PRINTED_NASTY.replace(" ", "") in words.replace("\u00ad", "")


def test_the_same_record_gives_the_same_bytes(press):
    assert printed(press, "P-09", FORMS["P-09"]).pdf == printed(press, "P-09", FORMS["P-09"]).pdf


def test_a_specimen_has_no_number_and_says_so(press):
    pdf = press.specimen(form_of(Kind.AGREEMENT, FORMS["P-08"]), 1_795_259_130_000_000)
    words = words_of(pdf)
    assert words.count("P-08/ÖRNEK") == 2
    assert "0000-0000-0000-0000" in words
    assert "P-08/2026" not in words


@pytest.mark.proves("edge-118")
def test_a_later_version_says_so(press):
    assert "2. sürüm" in words_of(printed(press, "P-09", FORMS["P-09"], version=2).pdf)


def test_the_municipality_may_have_its_own_texts_titles_templates(press, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "P-08.2026-02.txt").write_text("# Söz\nBen {institution} adına susarım.\n\n# Son\nBitti.\n")
    (tmp_path / "titles.toml").write_text('P-08 = "Gizlilik Taahhütnamesi"\n')
    own = replace(press, templates=Templates(tmp_path))
    paper = printed(own, "P-08", FORMS["P-08"])
    words = words_of(paper.pdf)
    assert paper.text_version == "2026-02"
    assert "GİZLİLİK TAAHHÜTNAMESİ" in words
    assert "Ben İzmir Büyükşehir Belediye Başkanlığı adına susarım." in words
    (tmp_path / "P-09.typ").write_text('#import "common.typ": *\n#show: paper.with()\nBüsbütün başka\n')
    assert "Büsbütün başka" in words_of(printed(own, "P-09", FORMS["P-09"]).pdf)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("P-09.typ", "#nothing"),
        ("titles.toml", "P-09 = "),
        ("titles.toml", "P-09 = 7"),
        ("P-09.typ", '#read("/etc/passwd")'),
    ],
)
def test_a_broken_template_is_named(press, tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with pytest.raises(VmsError) as refusal:
        printed(replace(press, templates=Templates(tmp_path)), "P-09", FORMS["P-09"])
    assert (refusal.value.code, refusal.value.detail["file"]) == ("template_invalid", name)


def test_a_logo_that_is_none_is_named(press: Press, tmp_path):
    logo = tmp_path / "logo.gif"
    logo.write_bytes(b"GIF89a")
    with pytest.raises(VmsError) as refusal:
        printed(replace(press, letterhead=replace(press.letterhead, logo=logo)), "P-09", FORMS["P-09"])
    assert refusal.value.code == "logo_unreadable"


def test_fonts_are_in_the_file(press):
    told = subprocess.run(
        ["pdffonts", "-"], input=printed(press, "P-08", FORMS["P-08"]).pdf, capture_output=True, check=True
    ).stdout.decode()
    fonts = told.splitlines()[2:]
    assert fonts
    assert all(" yes yes yes " in font for font in fonts), told


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_refuses_what_it_does_not_know_and_repeats_nothing(kind):
    with pytest.raises(VmsError) as refusal:
        form_of(Kind(kind), FORMS[kind] | {"sır": "gizli"})
    assert refusal.value.code == "form_invalid"
    assert "gizli" not in str(refusal.value.detail)
    assert "gizli" not in str(refusal.value)


def test_a_draft_has_no_number_no_code_and_says_what_it_is(press, clock):
    pdf = press.draft(form_of(Kind("P-07"), FORMS["P-07"]), clock.now_us())
    words = words_of(pdf)
    assert "TASLAK" in words
    assert "Bu bir taslaktır" in words
    assert "doğrulama kodu:" not in words
    assert "P-07/" not in words
    assert not codes_in(words)
    assert qr_of(picture_of(pdf, 1, 200)) == ""
