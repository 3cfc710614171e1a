"""What a footage officer does in the console from packages to the receiver's hands."""

import hashlib
import io
import re
import subprocess
from pathlib import Path

import cv2
import pypdfium2 as pdfium
from footage_offices import field, task
from keyboard import Keys
from node_processes import wait_until
from playwright.sync_api import Locator, Page, expect
from wall_page import PICTURE_MS

READY_MS = 60_000
ORDER_S = 120  # a segment is a minute long; nothing of it is given before it is closed
RECEIVER, IDENTITY_NO = "Gülşen Öğütçü", "TC-4471"
_A4_POINTS = (595, 842)
_SCAN_DPI = 150


def package(page: Page, number: int = 1) -> Locator:
    """The card of a package."""
    return page.locator(f"[data-package='{number}']")


def draw_masks(page: Page, form: Locator) -> None:
    """Ask for a derived copy: one mask drawn on the upper right quarter of a real picture, one typed by its corners."""
    form.get_by_role("checkbox", name="Türetilmiş kopya da hazırla").press("Space")
    picture = form.locator("svg[data-masks]")
    expect(form.locator("canvas[data-shown]")).to_be_visible(timeout=PICTURE_MS)
    expect(form).to_contain_text("TÜRETİLMİŞ KOPYA, KANIT DEĞİLDİR")  # what is burnt in
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    right, middle = box["width"] - 2, box["height"] / 2
    for x, y in ((box["width"] / 2, 2), (right, 2), (right, middle), (box["width"] / 2, middle), (box["width"] / 2, 2)):
        picture.click(position={"x": x, "y": y})
    expect(form.get_by_role("status").filter(has_text="1 maske")).to_be_visible()
    keys = Keys(page)
    keys.take(form.get_by_role("button", name="Maske ekle"))
    expect(form.get_by_role("status").filter(has_text="2 maske")).to_be_visible()
    keys.take(form.get_by_text("Maske 2 · 4 köşe"))
    corner = form.get_by_label("Maske 2, köşe 1: soldan yüzde")
    corner.fill("5")
    corner.press("Tab")
    expect(picture.locator("polygon").nth(1)).to_have_attribute("points", re.compile(r"^0\.05,0\.4 "))


def order_packages(page: Page, *, derived: bool = False) -> None:
    """Order them; again while the end of the interval is still being recorded, which the form says."""
    page.trap.allow(r"status of 503 .*/exports$")
    task(page, "packages").get_by_role("button", name="Paket hazırla").press("Enter")
    form = page.get_by_role("group", name="Paket hazırla")
    expect(form).to_contain_text("1 paket")
    if derived:
        draw_masks(page, form)

    def is_accepted() -> bool:
        with page.expect_response(lambda one: one.request.method == "POST" and one.url.endswith("/exports")) as told:
            form.get_by_role("button", name="Hazırlamaya başla").press("Enter")
        if told.value.status == 201:
            return True
        expect(form.get_by_role("alert").filter(has_text="hâlâ kaydediliyor")).to_be_visible()
        page.wait_for_timeout(2_000)
        return False

    wait_until(is_accepted, ORDER_S, "the end of the interval is recorded")
    expect(form).to_have_count(0, timeout=PICTURE_MS)


def take_package(page: Page) -> Path:
    """Download it; what came has the hash that the page says."""
    card = package(page)
    expect(card).to_have_attribute("data-stage", "ready", timeout=READY_MS)
    with page.expect_download() as download:
        card.get_by_role("link", name="Paket 1: Paketi al").press("Enter")
    path = download.value.path()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == card.locator("code").first.inner_text()
    expect(card.get_by_text(re.compile("^. Alındı: "))).to_be_visible(timeout=PICTURE_MS)
    return path


def read_passphrase(page: Page) -> str:
    """Have it shown, hide it again: by keys alone, each finds the focus where the next one is meant to go."""
    keys = Keys(page)
    button = package(page).get_by_role("button", name="Paket 1: Parolayı göster")
    keys.take(button)
    box = page.get_by_role("group", name="Paket 1: parola")
    expect(box.get_by_role("button", name="Göster")).to_be_focused()
    expect(box.locator("code")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(box.get_by_role("button", name="Gizle")).to_be_focused()
    text = box.locator("code").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_text(text)).to_have_count(0)
    expect(button).to_be_focused()
    return text


def prepare_minutes(page: Page, button: str, serial: str) -> None:
    """Say how the package is given: P-04 is printed."""
    task(page, "minutes").get_by_role("button", name=button).press("Enter")
    form = page.get_by_role("group", name=re.compile("Teslim tutanağını hazırla"))
    field(form, "Ortamın seri no").fill(serial)
    route = field(form, "Parola hangi yolla gidecek")
    route.fill("Telefonla, makamın bilinen numarasından")
    route.press("Tab")  # the list of usual ways closes
    form.get_by_role("button", name=re.compile("^Tutanağı (yeniden )?bas")).press("Enter")
    expect(form).to_have_count(0, timeout=PICTURE_MS)


def minutes_pdf(page: Page) -> bytes:
    """The minutes as they were printed last."""
    with page.expect_download() as download:
        task(page, "minutes").get_by_role("link", name=re.compile("Belgeyi indir")).click()
    return download.value.path().read_bytes()


def words_of(pdf: bytes) -> str:
    """What pdftotext finds."""
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


def scanned(pdf: bytes) -> bytes:
    """All pages as an office scanner gives them back: a PDF of grey pictures, without text."""
    scan = pdfium.PdfDocument.new()
    for page in pdfium.PdfDocument(pdf):
        grey = page.render(scale=_SCAN_DPI / 72, grayscale=True).to_numpy()
        image = pdfium.PdfImage.new(scan)
        image.load_jpeg(io.BytesIO(cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 70])[1].tobytes()))
        image.set_matrix(pdfium.PdfMatrix().scale(*_A4_POINTS))
        sheet = scan.new_page(*_A4_POINTS)
        sheet.insert_obj(image)
        sheet.gen_content()
    out = io.BytesIO()
    scan.save(out)
    return out.getvalue()


def hand_in(page: Page, name: str, path: Path) -> None:
    """Bring the signed paper of a task."""
    with page.expect_file_chooser() as chooser:
        task(page, name).get_by_role("button", name=re.compile("İmzalı belgeyi yükle")).click()
    chooser.value.set_files(path)


def hand_over(page: Page) -> None:
    """Give it to somebody whose identity was seen, in the form that is open; the button is pressed twice."""
    form = page.get_by_role("group", name="Teslim et")
    field(form, "Teslim alan").fill(RECEIVER)
    expect(form.get_by_role("button", name="Teslim edildi")).to_be_disabled()
    field(form, "Kimlik ya da sicil no").fill(IDENTITY_NO)
    form.get_by_role("button", name="Teslim edildi").dblclick()
    expect(form).to_have_count(0, timeout=PICTURE_MS)
