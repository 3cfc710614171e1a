"""What waits for the unit's head is signed and given by keys alone, on a desk and on a phone, its letters right."""

import re
import subprocess

import pytest
from delivery_desk import IDENTITY_NO, RECEIVER, package, read_passphrase, scanned
from footage_offices import CLERK, OFFICER, REVIEWER, field, scan, strip, task
from keyboard import Keys
from node_processes import Person
from playwright.sync_api import expect
from town_hall import Case, Offices, filmed, town_hall
from wall_page import PICTURE_MS

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
HEAD = Person("imza-muduru", "Gumus-kalem-1981", "vms_unit_head", "İsmail Şığırtmaç")
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
AUTHORITY = "Iğdır Cumhuriyet Başsavcılığı Çocuk Büroları"
SERIAL = "DVD-İŞ-0413"
ROUTE = "Öğütçü’nün bilinen numarasından, ünlü ve sessiz harflerle: ığüşöç İĞÜŞÖÇ"
DESTROYED_MS = 40_000


@pytest.fixture(scope="module")
def town(node, tmp_path_factory):
    with town_hall(node, tmp_path_factory.mktemp("town"), (CLERK, REVIEWER, OFFICER, HEAD)) as town:
        yield town


@pytest.fixture(scope="module")
def offices(driver, town):
    offices = Offices(driver, town)
    yield offices
    offices.close()


@pytest.fixture(scope="module")
def interval(offices):
    return filmed(offices)


@pytest.fixture
def cases(offices, interval, tmp_path, request):
    """One whose package is ready, one that waits for its signature already."""
    file = scan(tmp_path / "yazi.png")
    letters = [f"2026/{request.node.callspec.id}-{number}" for number in (1, 2)]
    made = [
        Case(offices, CLERK, REVIEWER, OFFICER)
        .registered(*interval, file, authority=AUTHORITY, letter_no=no, subject="Işıklı çeşmede gasp")
        .approved()
        .packed()
        for no in letters
    ]
    made[1].with_minutes()
    return made


@pytest.mark.timeout(400)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.proves("D-10.1a", "D-12.2", "E-20")
def test_what_waits_for_a_signature_is_signed_and_given_by_keys_alone(come, cases, size, tmp_path):
    """UX §9, scenario 23; beside it 20 and 21 without a mouse."""
    mine, other = cases
    officer = come(OFFICER, mine.path, viewport=size)
    keys = Keys(officer)
    _print_minutes(keys)
    pdf = _taken(keys, task(officer, "minutes").get_by_role("link", name=re.compile("Belgeyi indir")))
    _letters_are_right(pdf)
    (tmp_path / "imzali.pdf").write_bytes(scanned(pdf))
    with officer.expect_file_chooser() as chooser:
        keys.take(task(officer, "minutes").get_by_role("button", name=re.compile("İmzalı belgeyi yükle")))
    chooser.value.set_files(tmp_path / "imzali.pdf")
    expect(task(officer, "minutes")).to_contain_text("Islak imzalı", timeout=PICTURE_MS)

    _sign_all(come(HEAD, "/requests", viewport=size), (mine, other))

    expect(strip(officer, "sign")).to_contain_text(HEAD.display_name, timeout=DESTROYED_MS)
    _taken(keys, package(officer).get_by_role("link", name="Paket 1: Paketi al"))
    read_passphrase(officer)
    _hand_over(keys)
    number = re.search(r"P-04/[\d/-]*\d", task(officer, "minutes").inner_text())[0]
    _is_not_cancelled(come(CLERK, "/documents", viewport=size), number)


def _print_minutes(keys):
    """P-04: its form opens where the focus is, and leaves it there."""
    page = keys.page
    keys.take(task(page, "minutes").get_by_role("button", name="Tutanağı hazırla"))
    form = page.get_by_role("group", name=re.compile("Teslim tutanağını hazırla"))
    expect(form.get_by_role("combobox", name="Ortam").or_(form.get_by_label("Ortam", exact=True)).first).to_be_focused()
    keys.fill(field(form, "Ortamın seri no"), SERIAL)
    keys.fill(field(form, "Parola hangi yolla gidecek"), ROUTE)
    keys.take(form.get_by_role("button", name=re.compile("^Tutanağı bas")))
    expect(form).to_have_count(0, timeout=PICTURE_MS)
    expect(task(page, "minutes").get_by_role("button", name="Tutanağı düzelt")).to_be_focused()


def _taken(keys, link):
    """What a link downloads."""
    with keys.page.expect_download() as download:
        keys.take(link)
    return download.value.path().read_bytes()


def _letters_are_right(pdf):
    """Every name as it was typed, on pages that say which of how many they are."""
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    pages = told.stdout.decode().removesuffix("\f").split("\f")
    said = " ".join(told.stdout.decode().split())
    for words in (AUTHORITY, SERIAL, ROUTE, OFFICER.display_name, "GÖRÜNTÜ KAYDI TESLİM TUTANAĞI", "Işık Sokak"):
        assert words in said, words
    for number, page in enumerate(pages, start=1):
        assert f"Sayfa {number} / {len(pages)}" in " ".join(page.split())


def _sign_all(page, cases):
    """The head goes to what waits for a signature, reads each, signs it, comes back: at the end nothing waits."""
    keys = Keys(page)
    for left, case in zip((2, 1), cases, strict=True):
        waiting = page.get_by_role("radio", name=f"İmza bekliyor ({left})")
        keys.reach(page.get_by_role("radio", checked=True))
        for _ in range(3):  # behind what is open, overdue, due today
            keys.press("ArrowRight")
        expect(waiting).to_be_checked()
        keys.take(page.get_by_role("link", name=f"Talep {case.number}", exact=True))
        keys.take(task(page, "signature").get_by_role("button", name="Tutanağı imzala"))
        form = page.get_by_role("group", name=re.compile("^İmza: P-04"))
        expect(form).to_contain_text("SHA-256")
        keys.take(form.get_by_role("button", name="Bu tutanağı imzaladım"))
        expect(strip(page, "sign")).to_contain_text(HEAD.display_name, timeout=PICTURE_MS)
        expect(form).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        keys.take(page.get_by_role("main").get_by_role("link", name="Görüntü talepleri"))
    expect(page.get_by_role("radio", name="İmza bekliyor (0)")).to_have_count(1)


def _hand_over(keys):
    """To somebody whose identity was seen; a second Enter gives nothing twice; the copy is destroyed."""
    page = keys.page
    keys.take(task(page, "hand_over").get_by_role("button", name="Teslim et"))
    form = page.get_by_role("group", name="Teslim et")
    expect(field(form, "Teslim alan")).to_be_focused()
    page.keyboard.type(RECEIVER)
    keys.fill(field(form, "Kimlik ya da sicil no"), IDENTITY_NO)
    send = form.get_by_role("button", name="Teslim edildi")
    keys.reach(send)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(form).to_have_count(0, timeout=PICTURE_MS)
    expect(package(page)).to_contain_text(re.compile(r"İmha kaydı P-28/\d+"), timeout=DESTROYED_MS)
    custody = page.get_by_role("region", name="Teslim zinciri")
    expect(custody.get_by_role("listitem").filter(has_text=re.compile(r"\d teslim edildi ·"))).to_have_count(1)
    expect(task(page, "hand_over")).to_contain_text(RECEIVER)


def _is_not_cancelled(page, number):
    """Something was done by it: the register says so where the button would be."""
    keys = Keys(page)
    keys.take(page.get_by_role("row").filter(has_text=number).get_by_role("button"))
    panel = page.get_by_role("dialog", name=number)
    expect(panel).to_contain_text("Bu belgeye dayanılarak işlem yapıldı: iptal edilemez.")
    expect(panel.get_by_role("button", name="Belgeyi iptal et")).to_have_count(0)
