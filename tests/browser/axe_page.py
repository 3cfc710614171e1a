"""A page that is asked about with axe, in both themes, in either language."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "console" / "node_modules" / "axe-core" / "axe.min.js"
WORDS = ROOT / "web" / "console" / "src" / "i18n"
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},  # axe leaves it out unless told
    "resultTypes": ["violations"],
    "preload": False,
}
RUN = """([place, options]) => axe.run(place ?? document, options).then(({ violations }) => violations.flatMap((rule) =>
  rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.html.slice(0, 160)} | ${node.failureSummary}`)))"""
# All that the page's own switch does to its styles; what would glide to another colour is there at once.
DRESS = """(theme) => {
  document.documentElement.dataset.mantineColorScheme = theme;
  document.getAnimations().forEach((one) => one.finish());
}"""
THEMES = ("dark", "light")
LOADING = ".mantine-Loader-root, .mantine-Skeleton-root"


def dressed(language: str) -> str:
    """A script that lets a page begin in the first theme, in `language`."""
    kept = json.dumps({"nazar.theme": THEMES[0], "nazar.language": language})
    return f"if (location.protocol === 'http:') Object.assign(localStorage, {kept})"


class Inspector:
    """One page that walks through the console and asks axe about all it meets."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.found: list[str] = []
        self._words = {
            file.stem: json.loads(file.read_text(encoding="utf-8")) for file in (WORDS / language).glob("*.json")
        }
        self._source = AXE.read_text(encoding="utf-8")

    def word(self, key: str, **values: object) -> str:
        """A text of the console, as `live:save.title`."""
        namespace, path = key.split(":")
        words = self._words[namespace]
        for part in path.split("."):
            words = words[part]
        for name, value in values.items():
            words = words.replace(f"{{{{{name}}}}}", str(value))
        return words

    def look(self, what: str, place: str | None = None) -> None:
        """Ask axe about the whole document, or about what `place` selects, in both themes."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(self._source)
        for theme in THEMES:
            self.page.evaluate(DRESS, theme)
            self.found += [f"{what}, {theme}: {text}" for text in self.page.evaluate(RUN, [place, OPTIONS])]

    def go(self, section: str) -> None:
        """To a page by its link: axe stays loaded."""
        self.page.get_by_role("link", name=self.word(f"common:rail.{section}"), exact=True).click()

    def press(self, name: str, **options: bool) -> None:
        """A button by its text."""
        self.page.get_by_role("button", name=name, **options).first.click()

    def look_at_dialog(self, what: str) -> None:
        """The dialog that has just been opened; closed afterwards."""
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        expect(dialog).to_have_css("opacity", "1")
        self.look(what, "[role=dialog]")
        self.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)

    def look_at_menu(self, what: str) -> None:
        """The menu that has just been opened; closed afterwards."""
        menu = self.page.get_by_role("menu")
        expect(menu).to_have_css("opacity", "1")
        self.look(what, "[role=menu]")
        self.page.keyboard.press("Escape")
        expect(menu).to_have_count(0)
