"""Every setting has a name and a meaning on the console's page, in both languages."""

import json
from pathlib import Path

import pytest

import web
from vms.cli.settings.catalogue import places

WORDS = Path(web.__file__).parent / "console" / "src" / "i18n"


@pytest.mark.parametrize("language", ["tr", "en"])
def test_nothing_on_the_page_is_called_by_its_key(language):
    words = json.loads((WORDS / language / "settings.json").read_text(encoding="utf-8"))
    named = {key: one["name"] and one["means"] for key, one in words["setting"].items()}
    assert set(named) == {place.key.replace(".", "-") for place in places()}
    assert all(named.values())
    assert set(words["section"]) == {place.section.replace(".", "-") for place in places()}
    offered = {word for place in places() if place.is_editable for word in place.options}
    assert offered <= set(words["option"])
