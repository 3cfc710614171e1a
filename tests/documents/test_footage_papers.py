"""The papers by which footage is given, kept, not found, destroyed, answered about."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from filled_forms import FILM, FORMS, ITEMS, REQUEST, SHA256, between
from paper import pages_of, picture_of, words_of

from vms.archive.model import Cause as ArchiveCause
from vms.documents.forms.footage import Cause
from vms.documents.forms.form import MAX_LAWS, MAX_ROWS
from vms.documents.forms.known import FORMS as KINDS
from vms.documents.forms.known import form_of
from vms.documents.rules import MAX_FIELDS_CHARACTERS, Kind
from vms.kernel.errors import VmsError

CODE = "7Q2M-K0XT-9VBD-4HZN"
AT_US = 1_795_259_130_000_000
FOOTAGE = ("P-04", "P-05", "P-06", "P-07", "P-28", "P-31")
LONG = "Ğ" * 200
GROUPED = " ".join(SHA256[at : at + 8] for at in range(0, 64, 8))

pytestmark = pytest.mark.system


def printed(press, kind, **changes):
    form = form_of(Kind(kind), FORMS[kind] | changes)
    return press.print(form, number=f"{kind}/2026/0001", version=1, code=CODE, at_us=AT_US)


def said(press, kind, **changes):
    return words_of(printed(press, kind, **changes).pdf, "-raw").replace("\u200b", "")  # cell after cell


def refused_fields(kind, **changes):
    with pytest.raises(VmsError) as refusal:
        form_of(Kind(kind), FORMS[kind] | changes)
    assert refusal.value.code == "form_invalid"
    return refusal.value.detail["fields"]


def item(row, **changes):
    camera = {"number": str(row), "name": f"Işık kavşağı {row:03d}", "place": "Çiğli, İstasyon altı"}
    return ITEMS[0] | {"camera": camera} | changes


@pytest.mark.proves("D-10.1d", "D-12.2", "edge-54")
def test_minutes_of_a_delivery_name_what_was_asked_given_and_missing(press):
    words = said(press, "P-04")
    for one in (
        "17.11.2026 08.00.00 – 09.00.00", "48 dk", "12 dk", "Ağ bağlantısı kesilmiştir AR-2026-118",
        "01.11.2026 23.30.00 – 02.11.2026 00.30.00", "Yok", "Saklama süresi dolduğundan silinmiştir",
        "Toplam: istenen 2 sa; verilen 48 dk; verilemeyen 1 sa 12 dk.", "P-07/2026/0002 sayılı tutanak",
        "Cumhuriyet savcılığı", "19.11.2026, saat 14.20", "video/12-20261117T080000-1.mp4", "30 dk 2 sn", "901.312.455",
        "902,0 MB", "AES-256 ile şifrelidir", "Parola ayrıca bildirilmiştir: telefonla", "USB bellek", "SN-0042-İĞ",
        "Elden", "Polis Memuru", "345 118 (görülen belge: kurum kimlik kartı)", "21.11.2026, saat 14.05",
    ):  # fmt: skip
        assert one in words, one


@pytest.mark.proves("D-10.2a", "edge-57")
def test_minutes_of_a_delivery_carry_hashes_and_say_that_nothing_is_archived(press):
    words = said(press, "P-04")
    assert words.count(GROUPED) == 3  # of the package, its manifest, its file
    assert "herhangi bir arşivleme yapılmamıştır" in words
    assert "P-06/2026/0004 sayılı saklama tutanağı" in words
    assert "saklama tutanağı" not in said(press, "P-04", holds=[])


def test_minutes_of_a_delivery_say_whether_a_time_stamp_that_was_asked_for_was_obtained(press):
    assert "Zaman damgası" not in said(press, "P-04")
    asked = FORMS["P-04"]["package"] | {"stamp_authority": "Deneme ZDS"}
    assert "Zaman damgası İstenmiş, alınamamıştır (Deneme ZDS)." in said(press, "P-04", package=asked)
    got = asked | {"stamped_at": "2026-11-21T14:05:01+03:00"}
    assert "Zaman damgası Deneme ZDS, 21.11.2026 14.05.01" in said(press, "P-04", package=got)


@pytest.mark.proves("edge-38")
def test_what_lies_before_the_guaranteed_days_is_marked(press):
    assert said(press, "P-04").count("20 günlük süre dışında") == 2  # at its row, and what that means
    assert "20 günlük süre dışında" not in said(press, "P-04", items=ITEMS[:1])


@pytest.mark.proves("edge-39")
def test_each_camera_has_its_own_result(press):
    whole = item(7, covered=3_600, missing=[])
    words = said(press, "P-04", items=[whole, *ITEMS])
    assert "1 sa tamamı" in words
    assert "Işık kavşağı 007" in words
    assert "Verilemeyen kayıtlar ve nedenleri" in words
    assert "Verilemeyen kayıtlar" not in said(press, "P-04", items=[whole])


@pytest.mark.proves("edge-27")
def test_clocks_that_are_wrong_are_told(press):
    words = said(press, "P-04")
    assert "3.600,0 sn geri" in words
    assert "1,5 sn ileri" in words
    assert "bilinmiyor" not in words


NO_DIFFERENCE = "karşılaştırılmış, aralarında fark saptanmamıştır"


@pytest.mark.proves("edge-27")
def test_a_clock_nobody_measured_is_called_unknown_never_right(press):
    right = {"camera": "12", "least_s": -0.03, "most_s": 0.04}
    assert NO_DIFFERENCE in said(press, "P-04", clocks=[right])
    words = said(press, "P-04", clocks=[right, {"camera": "31", "is_whole": False}])
    assert NO_DIFFERENCE not in words
    assert "31 kamera saati bilinmiyor" in words
    assert "0,0 sn ileri" in words  # what was measured is told beside it
    in_part = said(press, "P-04", clocks=[right | {"is_whole": False}])
    assert NO_DIFFERENCE not in in_part
    assert "kayıtların bir bölümünde kamera saati bilinmiyor" in in_part
    assert NO_DIFFERENCE not in said(press, "P-04", clocks=[right | {"most_s": 0.06}])
    nobody = said(press, "P-04", clocks=[])
    assert NO_DIFFERENCE not in nobody
    assert "saati bilinmemektedir" in nobody


@pytest.mark.proves("edge-54")
def test_footage_the_disk_had_damaged_is_marked_and_told(press):
    whole = said(press, "P-04")
    assert "bozulmuş" not in whole
    part = {"camera": "12", "interval": between("17T08:05:00", "17T08:06:00"), "file": FILM["name"]}
    lost = {"camera": "31", "interval": between("17T08:07:00", "17T08:08:00")}
    words = said(press, "P-04", files=[FILM, FILM | {"is_intact": False}], damaged=[part, lost], damaged_in_all=5)
    assert words.count("Bir bölümü diskte bozulmuştur; bulunduğu gibi verilmiştir.") == 1
    for one in (
        "Diskte bozulmuş bulunan bölümler", f"12 17.11.2026 08.05.00 – 08.06.00 {FILM['name']}",
        "31 17.11.2026 08.07.00 – 08.08.00 verilememiştir", "Ayrıca 3 bölüm vardır",
    ):  # fmt: skip
        assert one in words, one


@pytest.mark.proves("D-4.5c")
def test_a_delivery_inside_the_institution_stands_on_an_olur(press):
    internal = REQUEST | {"authority": "Zabıta Dairesi Başkanlığı", "authority_kind": None}
    assert refused_fields("P-04", request=internal) == ["request"]
    olur = {"number": "E-11/7", "day": "2026-11-12"}
    words = said(press, "P-04", request=internal | {"olur": olur})
    assert "Başkanlık Oluru 12.11.2026 tarihli ve E-11/7 sayılı" in words
    assert "4 üncü maddesinin beşinci fıkrası" in words
    assert "Kurum içi birim" in words


@pytest.mark.proves("edge-49")
def test_a_receiver_is_known_by_a_number_or_filled_in_with_a_pen(press):
    receiver = FORMS["P-04"]["receiver"] | {"identity_no": " "}
    assert refused_fields("P-04", receiver=receiver) == ["receiver.identity_no"]
    words = said(press, "P-04", receiver=None, delivered_at=None, head=None)
    assert words.count(". . . . . . . . . . . . . . . . . . . . . . . . . . . . .") == 4
    assert "Çağlar" not in words


@pytest.mark.proves("D-10.1e")
@pytest.mark.parametrize("kind", ["P-04", "P-05", "P-06", "P-07"])
def test_the_chief_or_the_manager_signs(press, kind):
    head = {"name": "Gülşen Irmak Öç"}
    assert "Birim amiri (Müdür) Gülşen Irmak Öç Müdür" in said(press, kind, head={"person": head, "post": "manager"})
    assert "Birim amiri (Şef) Gülşen Irmak Öç Şef" in said(press, kind, head={"person": head, "post": "chief"})
    assert "Birim amiri (şef / müdür) . . ." in said(press, kind, head=None)
    assert refused_fields(kind, head={"person": head, "post": "unit_supervisor"}) == ["head.post"]


@pytest.mark.proves("D-10.1f")
def test_footage_is_kept_without_a_letter_only_for_somebody_with_a_reason(press):
    words = said(press, "P-05")
    for one in (
        "Talep eden kurum Konak İlçe Emniyet Müdürlüğü", "Telefonla", "21.11.2026, saat 13.40", "Ağır yaralanmalı",
        "Saklanan", "Bulunmayan", "21.11.2026, saat 14.05", "19.02.2027 gününün sonuna (saat 24.00) kadar",
        "izletilmez ve verilmez",
    ):  # fmt: skip
        assert one in words, one
    assert "Tutanakla başvurdu" in said(press, "P-05", asked_how="Tutanakla başvurdu")
    assert refused_fields("P-05", institution="\u200b", reason="") == ["institution", "reason"]


@pytest.mark.proves("D-10.2b")
def test_footage_is_kept_ninety_days_before_an_investigation(press):
    words = said(press, "P-06")
    for one in (
        "90 gün süreyle", "19.02.2027 gününün sonuna (saat 24.00) kadar (90 gün)", "P-06/2026/0001",
        "17.11.2026, saat 08.36", GROUPED,
        "Kilitlenen 48 kayıt parçasından 47 parça", "Ayşegül Işıldak Çığırtkan, IZ-12345, Güvenlik Görevlisi",
    ):  # fmt: skip
        assert one in words, one
    by_day = FORMS["P-06"]["kept"] | {"end": "2027-02-19T12:00:00+03:00"}
    assert "19.02.2027, saat 12.00 (90 gün)" in said(press, "P-06", kept=by_day)
    assert "Kilitlenen" not in said(press, "P-06", segments=[], segments_in_all=0, segments_sha256=None)


@pytest.mark.proves("D-10.2c", "edge-36")
def test_minutes_of_missing_footage_say_why(press):
    words = said(press, "P-07")
    for one in (
        "bir bölümüne", "geç kayıt", "21 gün", "Silme günlüğü", "48.301", "20.11.2026, saat 09.00",
        "hukuki ve cezai sorumluluğu bulunmamaktadır", "20 günden az olmamak kaydı ile",
    ):  # fmt: skip
        assert one in words, one
    ran_out = said(press, "P-07", items=ITEMS[1:], is_late=False, evidence=[])
    assert "bulunamamış" in ran_out
    assert "hukuki ve cezai" not in ran_out  # that its days were over is nothing the system did
    assert "geç kayıt" not in ran_out
    assert "silme ve kesinti günlüklerine" in ran_out


@pytest.mark.proves("D-10.2c", "edge-55")
def test_every_cause_has_its_words(press):
    assert set(Cause) == {*ArchiveCause, "live_only", "not_packed"}
    hole = {"interval": between("17T08:00:00", "17T09:00:00")}
    items = [item(7, covered=0, missing=[hole | {"cause": cause}]) for cause in Cause]
    words = said(press, "P-07", items=items)
    for one in (
        "Saklama süresi dolduğundan silinmiştir", "Kameradan görüntü alınamamıştır", "Kayıt sunucusu çalışmamıştır",
        "Kayıt diski arızalanmıştır", "Ağ bağlantısı kesilmiştir", "Bakım çalışması yapılmıştır",
        "Gizlilik maskesi uygulanamadığından kayıt yapılmamıştır", "Kamera henüz devreye alınmamıştır",
        "Nedeni belirlenememiştir", "Kent izleme kamerasıdır; görüntüsü kaydedilmez",
        "yalnızca anlık görüntü verir; görüntüleri kaydedilmez", "Bu bölümün paketi hazırlanamamış",
    ):  # fmt: skip
        assert one in words, one


@pytest.mark.proves("edge-51", "edge-61")
def test_missing_footage_belongs_to_a_request_or_to_a_hold(press):
    assert "P-04/2026/0003 sayılı tutanak ile teslim" in said(press, "P-07", earlier="P-04/2026/0003")
    assert "Muhafaza no S-2026/9" in said(press, "P-07", request=None, hold="S-2026/9")
    assert refused_fields("P-07", request=None) == ["hold"]


ANSWERS = {
    "delivered": ({}, ("ekte yer alan tutanak ile birlikte gönderilmiştir", "Bilgilerinize arz ederim.")),
    "unavailable": ({}, ("ulaşılamamıştır", "20 günden az olmamak kaydı ile")),
    "incomplete": (
        {"missing_papers": ["Islak imzalı talep yazısı", "Soruşturma no"], "until": "2026-12-06", "closing": "rica"},
        ("1) Islak imzalı talep yazısı 2) Soruşturma no", "06.12.2026 tarihine kadar", "Gereğini rica ederim."),
    ),
    "refused": ({"reason": "Talep eden makam yetkili değildir.", "is_released": True}, ("yetkili değildir", "kilit")),
    "referred": ({"closing": "rica"}, ("İlgi başvurunuz", "kolluk birimine", "Bilgilerinizi rica ederim.")),
}


@pytest.mark.proves("D-6.14", "S-1g")
@pytest.mark.parametrize("result", ANSWERS)
def test_an_answer_says_what_its_result_is(press, result):
    changes, sentences = ANSWERS[result]
    words = said(press, "P-31", result=result, **changes)
    for one in (*sentences, "İZMİR CUMHURİYET BAŞSAVCILIĞINA", "2026/88214 Soruşturma sayılı", "Ek : 1- P-04"):
        assert one in words, one
    own = {one for one, (_, said_) in ANSWERS.items() if said_[0] in words}
    assert own == {result}


def test_an_answer_needs_what_its_result_tells_of():
    nothing = {"attachments": [], "reason": "", "missing_papers": []}
    needed = {result: refused_fields("P-31", result=result, **nothing) for result in ANSWERS if result != "referred"}
    assert needed == {
        "delivered": ["attachments"], "unavailable": ["attachments"], "incomplete": ["missing_papers"],
        "refused": ["reason"],
    }  # fmt: skip
    form_of(Kind.ANSWER, FORMS["P-31"] | nothing | {"result": "referred"})


def test_an_answer_to_several_letters_counts_them(press):
    letters = [{"number": "2026/1", "day": "2026-11-01"}, {"number": "2026/2", "day": "2026-11-09"}]
    words = said(press, "P-31", letters=letters)
    assert "a) 01.11.2026 tarihli ve 2026/1 sayılı yazınız. b) 09.11.2026 tarihli ve 2026/2 sayılı yazınız." in words
    assert "bir bölümüne ulaşılamamış" in words
    assert "bir bölümüne" not in said(press, "P-31", attachments=FORMS["P-31"]["attachments"][:1])


@pytest.mark.proves("C-3")
def test_moments_are_told_by_the_clocks_of_the_municipality(press):
    assert "19.11.2026, saat 14.20" in said(press, "P-04")
    assert "19.11.2026, saat 11.20" in said(replace(press, zone=ZoneInfo("UTC")), "P-04")
    assert refused_fields("P-04", delivered_at="2026-11-21T14:05:00") == ["delivered_at"]  # by nobody's clock


@pytest.mark.parametrize("kind", FOOTAGE)
def test_a_form_reads_back_what_it_wrote(kind):
    form = form_of(Kind(kind), FORMS[kind])
    assert form_of(Kind(kind), form.model_dump(mode="json")) == form
    assert type(form) is KINDS[Kind(kind)]


def test_what_cannot_be_is_refused():
    backwards = {"start": "2026-11-17T09:00:00+03:00", "end": "2026-11-17T09:00:00+03:00"}
    assert refused_fields("P-05", kept=backwards) == ["kept"]
    assert "items.0" in refused_fields("P-05", items=[item(1, covered=3_601)])
    assert "files.0.sha256" in refused_fields("P-04", files=[FILM | {"sha256": SHA256.upper()}])
    early = "0001-01-01T00:00:00+03:00"
    assert refused_fields("P-05", asked_at=early) == ["asked_at"]


@pytest.mark.proves("edge-116")
def test_two_hundred_cameras_stand_on_pages_with_heads(press):
    rows = [item(row) for row in range(1, 201)]
    paper = printed(press, "P-04", items=rows, files=[FILM | {"camera": f"Işık {row:03d}"} for row in range(1, 201)])
    pages = pages_of(paper.pdf)
    assert len(pages) == paper.pages > 10
    for number, page in enumerate(pages, 1):
        assert f"Sayfa {number} / {paper.pages}" in page
        assert CODE in page
        if "Işık kavşağı" in page:
            assert "Aralık" in page or "İstenen aralık" in page
    text = " ".join(" ".join(pages).split())
    assert all(f"Işık kavşağı {row:03d}" in text for row in range(1, 201))
    assert "Toplam: istenen 8 gün 8 sa; verilen 6 gün 16 sa; verilemeyen 1 gün 16 sa." in text
    assert words_of(paper.pdf).count(GROUPED) == 202


@pytest.mark.proves("edge-116")
def test_a_paper_has_five_hundred_rows_and_counts_the_rest(press):
    rows = [item(row) for row in range(1, MAX_ROWS + 1)]
    assert refused_fields("P-04", items=[*rows, item(501)]) == ["items"]
    assert refused_fields("P-04", files=[FILM] * (MAX_ROWS + 1)) == ["files"]
    hole = ITEMS[0]["missing"][0]
    assert refused_fields("P-07", items=[*rows[1:], item(1, missing=[hole] * 2)]) == ["items"]
    fields = {
        "items": [*rows[:-1], item(500, missing_in_all=1_734)], "files": [FILM] * MAX_ROWS, "files_in_all": 1_204,
        "laws": ["W" * 200] * MAX_LAWS,
    }  # fmt: skip
    assert refused_fields("P-04", laws=["5393 sayılı Belediye Kanunu"] * (MAX_LAWS + 1)) == ["laws"]
    assert len(form_of(Kind.DELIVERY, FORMS["P-04"] | fields).model_dump_json()) < MAX_FIELDS_CHARACTERS
    words = said(press, "P-04", **fields)
    assert "ve 1.733 aralık daha" in words
    assert "Ayrıca 704 dosya vardır" in words


@pytest.mark.proves("S-1h")
def test_the_laws_that_a_decision_quotes_stand_in_its_papers(press):
    laws = [
        "5393 sayılı Belediye Kanunu",
        "4982 sayılı Bilgi Edinme Hakkı Kanunu",
        "657 sayılı Devlet Memurları Kanunu",
    ]
    assert "Dayanılan kanunlar " + ", ".join(laws) in said(press, "P-04", laws=laws)
    sentence = f"Talep, {laws[0]}, {laws[1]} ve {laws[2]} hükümleri çerçevesinde değerlendirilmiştir."
    assert sentence in said(press, "P-31", laws=laws)
    assert f"Talep, {laws[0]} hükümleri çerçevesinde" in said(press, "P-31", laws=laws[:1])
    assert "Dayanılan kanunlar" not in said(press, "P-04")
    assert "çerçevesinde değerlendirilmiştir" not in said(press, "P-31")


OVERLONG = {
    "P-04": {
        "items": [
            item(1, camera={"number": LONG, "name": LONG, "place": LONG}),
            item(2, missing=[ITEMS[0]["missing"][0] | {"detail": LONG}]),
        ],
        "files": [FILM | {"name": LONG, "camera": LONG, "size_bytes": 999_999_999}],
        "clocks": [{"camera": LONG, "least_s": -86_400.0 * 9_999, "most_s": 0.0}],
        "medium_serial": LONG,
        "laws": [LONG] * 20,
    },
    "P-06": {"segments": [FORMS["P-06"]["segments"][0] | {"camera": LONG}], "incident": LONG * 3},
    "P-07": {"evidence": [{"what": LONG, "reference": LONG}], "note": LONG * 9},
    "P-28": {"copies": [FORMS["P-28"]["copies"][0] | {"name": LONG}], "holds": [LONG] * 3},
    "P-31": {
        "attachments": [{"number": LONG, "title": LONG}],
        "reason": LONG * 2,
        "addressee": LONG,
        "laws": [LONG] * 20,
    },
}


@pytest.mark.proves("edge-116")
@pytest.mark.parametrize("kind", OVERLONG)
def test_words_without_an_end_stay_inside_the_paper(press, kind):
    paper = printed(press, kind, **OVERLONG[kind])
    for page in range(1, paper.pages + 1):
        picture = picture_of(paper.pdf, page, 100)
        edges = picture[:, : round(1.8 / 2.54 * 100)], picture[:, -round(1.6 / 2.54 * 100) :]
        assert [strip.min() for strip in edges] == [255, 255], page


@pytest.mark.proves("edge-116")
def test_capitals_in_a_narrow_cell_do_not_run_into_the_next(press):
    """A word of 25 capitals is no long word to the page, yet longer than a cell that names a camera."""
    hole = ITEMS[0]["missing"][0] | {"detail": "W" * 25}
    paper = printed(press, "P-07", items=[item(1, camera={"name": "W" * 25}, missing=[hole])])
    text = "".join(pages_of(paper.pdf)).replace("\u200b", "")
    assert "W" * 25 not in text.replace(" ", "")  # broken over lines, so the layout tears it apart
    assert text.count("W") == 3 * 25  # in both lists and with its cause


def test_the_parts_of_a_sum_are_the_sum():
    form = form_of(Kind.DELIVERY, FORMS["P-04"])
    sums = form.sums()
    assert sums["asked"] == sums["covered"] + sums["lack"] == timedelta(hours=2)
    assert [row["verdict"] for row in sums["rows"]] == ["some", "none"]
