"""What people of the offices do in the console with letters that ask for footage, by keys alone."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
from keyboard import Keys
from node_processes import Person, Place
from playwright.sync_api import Locator, Page, expect

CLERK = Person("yazi", "Mavi-defter-1946", "registry_clerk", "Nuran Öztürk")
REVIEWER = Person("hukuk", "Kalin-kitap-1947", "legal_reviewer", "Tarık Işık", "en")
OFFICER = Person("goruntu", "Sessiz-oda-1948", "footage_officer", "Şule Ateş")
AUTHORITY = "İzmir Cumhuriyet Başsavcılığı"
LETTER_NO, SUBJECT = "2026/12345", "Yaralama olayı"


def scan(path: Path) -> Path:
    """A page as a scanner makes it."""
    picture = np.full((400, 280), 255, np.uint8)
    cv2.putText(picture, LETTER_NO, (30, 80), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    assert cv2.imwrite(str(path), picture)
    return path


def typed(moment: datetime) -> str:
    """As a clerk types it."""
    return f"{moment:%d.%m.%Y %H:%M:%S}"


def field(place: Page | Locator, name: str) -> Locator:
    """A field that is typed into, by its label; a list that opens below it has the same one."""
    return place.locator("input, textarea").and_(place.get_by_label(re.compile(rf"^{re.escape(name)}( \*)?$")))


class ClerkKeys(Keys):
    """On `/requests/new`."""

    def field(self, name: str) -> Locator:
        """A field of the page that is open."""
        return field(self.page, name)

    def on_page(self, title: str) -> None:
        """The name of the page has the focus."""
        expect(self.page.get_by_role("heading", name=title, level=2)).to_be_focused()

    def from_whom(self) -> None:
        """Page 1: an authority, its kind, its name."""
        self.reach(self.page.get_by_role("radio", name="Savcılık"))
        self.press("Space")
        self.fill(self.field("Makamın adı"), AUTHORITY)
        self.strike("Enter")
        self.on_page("Yazı")

    def letter(self, on: datetime, served: datetime, file: Path | None = None) -> None:
        """Page 2: the letter with its scan, which may come later."""
        self.fill(self.field("Yazı sayısı"), LETTER_NO)
        self.fill(self.field("Yazı tarihi"), f"{on:%d.%m.%Y}")
        self.fill(self.field("Tebliğ tarihi ve saati"), typed(served))
        if file is not None:
            with self.page.expect_file_chooser() as chooser:
                self.take(self.page.get_by_role("button", name="Dosya seç"))
            chooser.value.set_files(file)
        self.on("Ne isteniyor")

    def asked(self, place: Place, begin: datetime, end: datetime) -> None:
        """Page 3: one camera in one interval."""
        self.reach(self.page.get_by_role("checkbox", name=f"{place.number} · {place.name}"))
        self.press("Space")
        self.fill(self.field("Başlangıç"), typed(begin))
        self.fill(self.field("Bitiş"), typed(end))
        self.fill(self.field("Konu"), SUBJECT)
        self.strike("Enter")
        self.on_page("Var mı")

    def keeps(
        self, place: Place, on: datetime, served: datetime, interval: tuple[datetime, datetime], officer: Person
    ) -> None:
        """Back from the check by "Değiştir", then by "Geri", and forth again: every field says what was typed."""
        begin, end = interval
        self.take(self.page.get_by_role("button", name="Değiştir: Yazı"))
        self.on_page("Yazı")
        self.take(self.page.get_by_role("button", name="Geri"))
        self.on_page("Kimden")
        expect(self.page.get_by_role("radio", name="Savcılık")).to_be_checked()
        expect(self.field("Makamın adı")).to_have_value(AUTHORITY)
        self.on("Yazı")
        expect(self.field("Yazı sayısı")).to_have_value(LETTER_NO)
        expect(self.field("Yazı tarihi")).to_have_value(f"{on:%d.%m.%Y}")
        expect(self.field("Tebliğ tarihi ve saati")).to_have_value(typed(served))
        self.on("Ne isteniyor")
        expect(self.page.get_by_role("checkbox", name=f"{place.number} · {place.name}")).to_be_checked()
        expect(self.field("Başlangıç")).to_have_value(typed(begin))
        expect(self.field("Bitiş")).to_have_value(typed(end))
        expect(self.field("Konu")).to_have_value(SUBJECT)
        self.on("Var mı")
        self.on("Kim, ne zaman")
        expect(self.field("Görüntü sorumlusu")).to_have_value(officer.display_name)
        self.on("Kaydetmeden önce denetleyin")

    def on(self, title: str) -> None:
        """To the next page, which is this one."""
        self.take(self.page.get_by_role("button", name="İleri"))
        self.on_page(title)

    def who(self, officer: Person) -> None:
        """Page 5: the officer, chosen by the first letters of their name."""
        self.fill(self.field("Görüntü sorumlusu"), officer.display_name[:4])
        expect(self.page.get_by_role("option", name=officer.display_name)).to_be_visible()
        self.strike("ArrowDown")
        self.strike("Enter")
        self.on("Kaydetmeden önce denetleyin")


def register_late(page: Page, place: Place, officer: Person, now: datetime) -> None:
    """On `/requests/new`, by keys alone: a letter served two days ago; the guaranteed window counts from then."""
    served = now.replace(microsecond=0) - timedelta(days=2)
    on, begin, end = served - timedelta(days=1), served - timedelta(hours=2), served - timedelta(hours=1)
    keys = ClerkKeys(page)
    expect(page.get_by_role("heading", name="Kimden")).to_be_visible()
    keys.from_whom()
    keys.letter(on, served)
    keys.asked(place, begin, end)
    window = page.get_by_text("Güvence penceresi (20 gün)").locator("..")
    expect(window).to_contain_text(f"{served - timedelta(days=20):%d.%m.%Y} 00:00:00 – {typed(served)}")
    keys.on("Kim, ne zaman")
    keys.who(officer)
    keys.keeps(place, on, served, (begin, end), officer)
    keys.take(page.get_by_role("button", name="Talebi kaydet ve kayıtları kilitle"))
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}\?new=true"))
    told = page.get_by_role("status").filter(has_text="Talep kilidi kondu")
    expect(told).to_contain_text("1 kilit. İstenen aralıkta kilidin tutacağı kayıt yok.")  # this node began today
    expect(page.locator("main header")).to_contain_text(typed(served))


def strip(page: Page, duty: str) -> Locator:
    """A place of the separation strip."""
    return page.locator(f"[data-duty='{duty}']")


def task(page: Page, name: str) -> Locator:
    """A line of the task list."""
    return page.locator(f"[data-task='{name}']")
