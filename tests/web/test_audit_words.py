"""The console calls every act of the audit log by a name, in both languages, and finds it by its group."""

import json
from pathlib import Path

import pytest

import web
from vms.audit.rules import Act

SOURCE = Path(web.__file__).parent / "console" / "src"


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_act_has_a_name(language):
    words = json.loads((SOURCE / "i18n" / language / "audit.json").read_text(encoding="utf-8"))
    assert {act.value for act in Act} == set(words["act"]), f"name it in i18n/{language}/audit.json"


def test_every_act_is_in_a_group():
    groups = (SOURCE / "features" / "audit" / "acts.ts").read_text(encoding="utf-8")
    assert [act.value for act in Act if f"'{act}'" not in groups] == [], "put it into a group of acts.ts"
