"""A date is typed day first and read back in the console's language, whatever the browser speaks."""

import pytest
from node_processes import Person
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

CLERKS = {
    "tr": Person("takvim", "Duvar-takvimi-1969", "registry_clerk", "Nazan Tok"),
    "en": Person("calendar", "Duvar-takvimi-1970", "registry_clerk", "Nazan Kor", "en"),
}
VIEWER = Person("tarihci", "Duvar-takvimi-1971", "authorised_viewer", "Bora Çam")
# The browser speaks the other language on purpose.
LOCALES = {"tr": "en-US", "en": "tr-TR"}
WORDS = {
    "tr": {
        "duty": "Görev değişikliği", "no": "Yazı sayısı", "on": "Yazı tarihi", "last": "Eski görevin son günü",
        "said": "3 Şubat 2026 Salı", "unreadable": "Bu bir tarih değil.", "record": "Kaydet",
        "calendar": "Takvimi aç", "form": "gg.aa.yyyy",
    },
    "en": {
        "duty": "Change of duty", "no": "Letter number", "on": "Letter date", "last": "Last day of the old duty",
        "said": "Tuesday, 3 February 2026", "unreadable": "This is no date.", "record": "Save",
        "calendar": "Open the calendar", "form": "dd.mm.yyyy",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def people(node):
    for person in (*CLERKS.values(), VIEWER):
        node.admit(person)
    node.allow(VIEWER, [127], playback=True)


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_date_is_typed_day_first_and_half_of_one_is_not_sent(open_page, api, people, language):
    words = WORDS[language]
    page = open_page(CLERKS[language], "/grants", locale=LOCALES[language])
    page.get_by_role("link", name=VIEWER.display_name).click()
    page.get_by_role("button", name=words["duty"]).click()
    form = page.get_by_role("group", name=words["duty"])
    on, last = form.get_by_label(words["on"]), form.get_by_label(words["last"])
    expect(on).to_have_attribute("placeholder", words["form"])
    form.get_by_label(words["no"]).fill("IK-9")
    on.fill("3.2.2026")
    expect(form).to_contain_text(words["said"])
    last.fill("31.02.2099")
    expect(on).to_have_value("03.02.2026")
    form.get_by_role("button", name=words["record"]).click()
    expect(form).to_be_visible()
    expect(last).to_be_focused()  # what stands there is no day: the letter was not sent without it
    last.press("Tab")
    expect(last).to_have_attribute("aria-invalid", "true")
    expect(form).to_contain_text(words["unreadable"])
    expect(form.get_by_role("button", name=words["calendar"])).to_have_count(2)
    (grant,) = [one for one in api(page).get("/grants")["grants"] if one["account_name"] == VIEWER.name]
    assert grant["state"] == "active"


def test_the_browsers_calendar_fills_the_field_in_our_form(open_page, people):
    page = open_page(CLERKS["tr"], "/grants", locale="en-US")
    page.get_by_role("link", name=VIEWER.display_name).click()
    page.get_by_role("button", name="Görev değişikliği").click()
    form = page.get_by_role("group", name="Görev değişikliği")
    shown = page.evaluate_handle(
        """() => {
          const seen = [];
          HTMLInputElement.prototype.showPicker = function () { seen.push(this.type); this.dataset.asked = 'true'; };
          return seen;
        }"""
    )
    on = form.get_by_label("Yazı tarihi")
    on.press("Alt+ArrowDown")
    assert shown.json_value() == ["date"]
    form.locator("[data-asked]").fill("2026-02-04")
    expect(on).to_have_value("04.02.2026")
    expect(on).to_be_focused()
    expect(form).to_contain_text("4 Şubat 2026 Çarşamba")
