"""Hands that have no mouse."""

from itertools import groupby

import pytest
from node_processes import Person
from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 90
# What a key takes whoever types without training, a decision what to do next (Card, Moran, Newell 1980: K, M).
KEY_S, DECISION_S = 0.28, 1.35
# What has the focus, and why it cannot be seen: empty when it can.
UNSEEN = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return '';
  const name = `<${node.tagName} ${node.getAttribute('aria-label') ?? node.textContent?.slice(0, 40)}>`;
  // A switch is seen by the track that is drawn in its place, a choice that has no size of its own by its label.
  const isHidden = node.matches('input[type=radio]') && node.getBoundingClientRect().width === 0;
  const chosen = isHidden ? node.labels[0] : null;
  const seen = node.matches('[role=switch]') ? node.nextElementSibling : chosen ?? node;
  const style = getComputedStyle(seen);
  const box = seen.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return `${name} has no size`;
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 40)];
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `${name} is out of sight`;
  const top = document.elementFromPoint(x, y);
  const label = node.closest('label, .mantine-Checkbox-root');
  const isOwn = top && (seen.contains(top) || node.contains(top) || top.contains(node) || label?.contains(top));
  if (!isOwn) return `${name} is behind ${top?.className}`;
  const isRing = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none';
  const frame = getComputedStyle(node, '::after'); // a tile's ring lies within it, over the picture
  const isFramed = frame.borderTopStyle === 'solid' && parseFloat(frame.borderTopWidth) >= 3;
  // The calendar's button within a date is the browser's own, as is its ring: the field itself is not marked then.
  const isWithin = node.matches('input[type=date], input[type=datetime-local]') && !node.matches(':focus-visible');
  return isRing || isFramed || isWithin ? '' : `${name} has no ring`;
}"""


class Keys:
    """A page worked by keys alone; after each key the focus must be seen. Keys and decisions are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = self.decisions = 0

    @property
    def seconds(self) -> float:
        """How long a person takes for what was done so far, the waiting for the server apart."""
        return self.keys * KEY_S + self.decisions * DECISION_S

    def strike(self, key: str) -> None:
        """One key, after which the page may become another."""
        self.keys += 1
        self.page.keyboard.press(key)

    def press(self, key: str) -> None:
        """One key."""
        self.strike(key)
        unseen = self.page.evaluate(UNSEEN)
        assert unseen == "", f"after {key}: {unseen}"

    def reach(self, target: Locator, key: str = "Tab") -> None:
        """Tab until `target` has the focus."""
        self.decisions += 1
        expect(target).to_have_count(1)
        for _ in range(MOST_STOPS):
            if target.evaluate("(node) => node === document.activeElement"):
                return
            self.press(key)
        pytest.fail(f"{target} cannot be reached by {key}")

    def fill(self, target: Locator, text: str) -> None:
        """Go to a field, type into it."""
        self.reach(target)
        self.write(text)

    def write(self, text: str) -> None:
        """Type where the focus is. Firefox loses what Playwright has no key for (ğ, ş): it is put in as text."""
        self.keys += len(text)
        browser = self.page.context.browser
        is_firefox = browser is not None and browser.browser_type.name == "firefox"
        for has_keys, letters in groupby(text, lambda letter: letter.isascii() or not is_firefox):
            run = "".join(letters)
            if has_keys:
                self.page.keyboard.type(run)
            else:
                self.page.evaluate("(run) => document.execCommand('insertText', false, run)", run)

    def take(self, target: Locator) -> None:
        """Go to a button, press it."""
        self.reach(target)
        self.strike("Enter")

    def sign_in(self, person: Person) -> None:
        """Name, password, Enter: the name's field has the focus from the beginning."""
        expect(self.page.locator("input[name=username]")).to_be_focused()
        self.page.keyboard.type(person.name)
        self.press("Tab")
        self.page.keyboard.type(person.password)
        self.page.keyboard.press("Enter")
