"""What the minutes of a delivery (P-04) say of the packages: clocks, damage, what keeps the source."""

import pytest
from read_paper import words_of

from vms.documents.queries import need_document
from vms.footage.exports.model import Export

MINUTE_US = 60_000_000


@pytest.fixture
def packed(counter):
    counter.office.film(days=1)
    request = counter.office.searched(counter.office.approved())
    (export,) = counter.packed(request)
    return request, export


def told(counter, export, **summary):
    """The package's manifest said this."""
    with counter.database.writing() as session:
        row = session.get_one(Export, export.id)
        row.summary = {**row.summary, **summary}


def minutes(counter, request):
    delivery = counter.prepare(request)
    with counter.database.reading() as session:
        document = need_document(session, delivery.record_id)
    return document.fields, words_of(counter.desk.store.read(document.pdf_sha256))


@pytest.mark.proves("edge-27")
@pytest.mark.parametrize("clocks", [[], [{"camera_number": 1, "least_us": None, "most_us": None, "is_whole": False}]])
def test_a_camera_that_never_told_its_clock_is_named(counter, packed, clocks):
    """Without a row it was packed by an older version, which named only what was measured."""
    request, export = packed
    told(counter, export, clocks=clocks)
    fields, words = minutes(counter, request)
    assert fields["clocks"] == [{"camera": "1", "least_s": None, "most_s": None, "is_whole": False}]
    assert "kamera saati bilinmiyor" in words
    assert "fark saptanmamıştır" not in words


@pytest.mark.proves("edge-27")
def test_a_clock_is_told_from_its_least_to_its_most_in_all_packages(counter):
    counter.office.film(days=1)
    request = counter.office.searched(counter.office.approved())
    one, other = counter.packed(request, 2)
    told(counter, one, clocks=[{"camera_number": 1, "least_us": -1_500_000, "most_us": 0}])
    told(counter, other, clocks=[{"camera_number": 1, "least_us": -20_000, "most_us": 20_000, "is_whole": False}])
    fields, words = minutes(counter, request)
    assert fields["clocks"] == [{"camera": "1", "least_s": -1.5, "most_s": 0.02, "is_whole": False}]
    assert "kayıtların bir bölümünde kamera saati bilinmiyor" in words


@pytest.mark.proves("edge-54")
def test_what_the_disk_had_damaged_is_named_with_the_file_that_shows_it(counter, packed):
    request, export = packed
    span = counter.office.shown(request)
    (film,) = export.summary["films"]
    parts = [
        {"camera_number": 1, "name": name, "from_us": span.start_us + at, "until_us": span.start_us + at + MINUTE_US}
        for at, name in ((0, film["name"]), (MINUTE_US, ""))
    ]
    told(counter, export, films=[{**film, "is_intact": False}], damaged=parts, damaged_in_all=7)
    fields, words = minutes(counter, request)
    assert [one["is_intact"] for one in fields["files"]] == [False]
    assert [(one["camera"], one["file"]) for one in fields["damaged"]] == [("1", film["name"]), ("1", "")]
    for sentence in (
        "Bir bölümü diskte bozulmuştur", "Diskte bozulmuş bulunan bölümler", "verilememiştir", "Ayrıca 5 bölüm vardır",
    ):  # fmt: skip
        assert sentence in words, sentence


@pytest.mark.proves("A-14", "edge-64")
def test_a_hold_that_came_later_is_named(counter, packed):
    request, _ = packed
    hold = counter.office.hold()
    fields, words = minutes(counter, request)
    assert fields["holds"] == [f"Muhafaza {hold.number}"]
    assert f"Muhafaza {hold.number} gereğince süresinin sonuna kadar korunur" in words


@pytest.mark.proves("D-10.2c")
def test_no_code_of_the_recorder_stands_beside_a_cause(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    span = office.shown(request)
    spans = [(span.start_us, span.start_us + MINUTE_US), (span.start_us + MINUTE_US, span.start_us + 2 * MINUTE_US)]
    holes = [
        {"camera_number": 1, "from_us": from_us, "until_us": until_us, "cause": "network", "detail": code}
        for (from_us, until_us), code in zip(spans, ("no_route", "code_of_tomorrow"), strict=True)
    ]
    counter.packed(request, missing=holes)
    fields, words = minutes(counter, request)
    assert [one["detail"] for one in fields["items"][0]["missing"]] == ["kameraya ağdan ulaşılamamış", ""]
    assert "kameraya ağdan ulaşılamamış" in words
    assert not {"no_route", "code_of_tomorrow"} & set(words.split())
