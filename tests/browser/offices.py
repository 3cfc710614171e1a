"""What people of the offices do in the console for others: registering, posting, entering signatures, applying."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from node_processes import Person, Place
from playwright.sync_api import Locator, Page, expect
from wall_page import sign_in

FIRST_PASSWORD = "Ilk-parola-2026"  # as an administrator chooses it, for one use


def pick(place: Locator | Page, label: str, option: str) -> None:
    """Choose from a list by what it says."""
    page = place if isinstance(place, Page) else place.page
    field = place.get_by_label(re.compile(rf"^{label}( \*)?$"))  # a list that opens below it has the same label
    place.locator("input").and_(field).click()
    page.get_by_role("option", name=option).click()


def register(page: Page, address: str, person: Person, role: str) -> None:
    """The administrator enters a person, gives them an account: `/admin/people`."""
    page.goto(f"{address}/admin/people?open=new")
    panel = page.get_by_role("dialog", name="Yeni kişi")
    panel.get_by_label("Adı soyadı").fill(person.display_name)
    pick(panel, "Birimi", "Zabıta Dairesi")
    pick(panel, "Çalışma biçimi", "Memur")
    panel.get_by_role("button", name="Kişiyi kaydet").click()
    expect(panel).to_have_count(0)
    page.get_by_role("button", name=person.display_name).click()
    page.get_by_role("link", name="Bu kişiye hesap aç").click()
    panel = page.get_by_role("dialog", name="Yeni hesap")
    panel.get_by_label("Kullanıcı adı").fill(person.name)
    pick(panel, "Görevler", role)
    panel.get_by_label("İlk parola", exact=True).fill(FIRST_PASSWORD)
    panel.get_by_role("button", name="Hesabı aç").click()
    expect(page.get_by_role("dialog", name=person.display_name)).to_be_visible()


def come_first(page: Page, address: str, person: Person) -> None:
    """The person's first sign-in, at which another password is chosen."""
    sign_in(page, address, person, FIRST_PASSWORD)
    choose_password(page, FIRST_PASSWORD, person.password)


def choose_password(page: Page, old: str, new: str) -> None:
    """What the console asks before anything else."""
    dialog = page.get_by_role("dialog", name="Parolayı değiştir")
    for label, text in (("Şimdiki parola", old), ("Yeni parola", new), ("Yeni parola, yeniden", new)):
        dialog.get_by_label(label, exact=True).fill(text)
    dialog.get_by_role("button", name="Parolayı değiştir").click()
    expect(dialog).to_have_count(0)


def open_post(page: Page, name: str, places: Sequence[Place]) -> None:
    """The security chief opens a post with what it watches, on `/assignments`."""
    page.get_by_role("button", name="Yeni görev yeri").click()
    form = page.get_by_role("group", name="Yeni görev yeri")
    form.get_by_label("Görev yerinin adı").fill(name)
    for place in places:
        form.get_by_label(f"{place.number} · {place.name}").check()
    form.get_by_role("button", name="Kaydet").click()
    expect(form).to_have_count(0)


def post_guard(page: Page, person: Person, letter: str, begin: datetime, end: datetime) -> None:
    """The security chief posts a guard by letter to the only post there is."""
    page.get_by_role("button", name="Görevlendir", exact=True).click()
    form = page.get_by_role("group", name="Görevlendir", exact=True)
    pick(form, "Görevli", person.display_name)
    form.get_by_label("Yazı sayısı").fill(letter)
    form.get_by_label("Yazı tarihi").fill(f"{begin:%Y-%m-%d}")
    form.get_by_label("Başlangıç").fill(f"{begin:%Y-%m-%dT%H:%M}")
    form.get_by_label("Bitiş").fill(f"{end:%Y-%m-%dT%H:%M}")
    form.get_by_label("Eğitim").fill("Eğitim salonu")
    form.get_by_role("button", name="Görevlendir").click()
    expect(form).to_have_count(0)


def record_signature(page: Page, person: Person, on: date) -> None:
    """The clerk enters a guard's confidentiality agreement, on `/assignments`."""
    page.get_by_role("button", name=f"{person.display_name}: sözleşme imzasını kaydet").click()
    form = page.get_by_role("group", name="Sözleşme imzasını kaydet")
    form.get_by_label("Sözleşmenin imza günü").fill(str(on))
    form.get_by_role("button", name="Kaydet").click()
    expect(form).to_have_count(0)


def apply_for(page: Page, person: Person, olur: str, on: date, places: Sequence[Place]) -> None:
    """The clerk goes through `/grants/new` with everything that activation will ask for; ends on the grant's page."""

    def go_on() -> None:
        page.get_by_role("button", name="İleri", exact=True).click()

    pick(page, "Kişi", person.display_name)
    go_on()
    page.get_by_label("Olur sayısı").fill(olur)
    page.get_by_label("Olur tarihi").fill(str(on))
    go_on()
    for place in places:
        page.get_by_label(f"{place.number} · {place.name}").check()
    page.get_by_label("Amaç").fill("Sahil güvenliği")
    go_on()
    page.get_by_label("Sözleşmenin imza günü").fill(str(on))
    go_on()
    page.get_by_label("Eğitim", exact=True).fill("Eğitim salonu")
    go_on()
    page.get_by_role("button", name="Gönder", exact=True).click()
    page.wait_for_url(re.compile(r"/grants/[0-9a-f-]{36}$"))
