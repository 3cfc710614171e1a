"""`[initials]`: which chains a municipality may name, what is refused before anything starts."""

from zoneinfo import ZoneInfo

import pytest

from vms.cli.parts.document_desk import desk_of
from vms.cli.settings.catalogue import places
from vms.cli.settings.initials import InitialsSettings
from vms.cli.settings.node import DataPaths, load_settings
from vms.documents.rules import Kind
from vms.kernel.errors import VmsError
from web.settings_desk import Process, SettingKind

pytestmark = pytest.mark.proves("S-1f")

CHAIN = 'P-31 = ["Teknisyen", "Mühendis", " Memur ", "Müdür", "Başkan Yardımcısı"]'


@pytest.fixture
def paths(tmp_path):
    return DataPaths(tmp_path)


def test_the_chain_of_a_form_reaches_the_press_in_its_order(paths):
    paths.settings.write_text(
        f'[institution]\nname = "Konak"\nquery_url = "https://belge.example"\n[initials]\n{CHAIN}\n', encoding="utf-8"
    )
    press = desk_of(load_settings(paths, {}), paths, ZoneInfo("Europe/Istanbul")).need_press()
    assert press.chain_of(Kind.ANSWER) == ("Teknisyen", "Mühendis", "Memur", "Müdür", "Başkan Yardımcısı")
    assert press.chain_of(Kind.DELIVERY) == ()


def test_nobody_initials_where_nothing_is_said(paths):
    assert load_settings(paths, {}).initials.chains() == {}


@pytest.mark.parametrize(
    ("line", "setting", "said"),
    [
        ('P-99 = ["Müdür"]', "initials", "no form P-99. Correct it: P-04, P-05"),
        ('p-31 = ["Müdür"]', "initials", "no form p-31"),
        ('P-31 = ["Müdür", "Şef", "MÜDÜR"]', "initials.P-31", "The title MÜDÜR stands in it twice"),
        ('P-31 = ["Müdür", " "]', "initials.P-31", "Step 2 has no title"),
        ('P-31 = ["Müdür\\nŞef"]', "initials.P-31", "Step 1 has no title"),
        (f"P-31 = {[f'Unvan {at}' for at in range(9)]}", "initials.P-31", "At most 8 titles"),
        ('P-31 = "Müdür"', "initials.P-31", ""),
    ],
)
def test_what_makes_no_chain_is_refused_at_the_start(paths, line, setting, said):
    paths.settings.write_text(f"[initials]\n{line}\n", encoding="utf-8")
    with pytest.raises(VmsError) as refusal:
        load_settings(paths, {})
    assert (refusal.value.code, refusal.value.detail["setting"]) == ("settings_invalid", setting)
    assert said in refusal.value.message


def test_every_form_may_have_one_and_the_console_may_change_it_by_a_decision():
    found = [place for place in places() if place.section == "initials"]
    assert [place.name for place in found] == [kind.value for kind in Kind]
    assert all(one.kind is SettingKind.LIST and one.is_editable and one.is_decided for one in found)
    assert [field.alias for field in InitialsSettings.model_fields.values()] == [kind.value for kind in Kind]
    from vms.cli.settings.catalogue import processes_of

    assert processes_of("initials") == (Process.WEB, Process.JOBS)
