"""`[service]`: the entry of the service catalogue, its laws line by line."""

import pytest

from vms.cli.settings.node import DataPaths, load_settings
from vms.footage.service_entry import SERVICE, Law
from vms.kernel.errors import VmsError


@pytest.fixture
def said(tmp_path):
    """Settings of a file with this under `[service]`."""

    def said(text):
        paths = DataPaths(tmp_path)
        paths.settings.write_text(f"[service]\n{text}\n", encoding="utf-8")
        return load_settings(paths, {}).service

    return said


@pytest.mark.proves("S-1a", "S-1h")
def test_without_a_word_it_is_the_service_of_the_inventory_with_the_law_that_it_leaves_out(said):
    entry = said("").entry()
    assert entry == SERVICE
    assert [law.no for law in entry.laws] == ["5393", "4982", "657", "5018", "6698"]
    assert entry.laws[-1].words == "6698 sayılı Kişisel Verilerin Korunması Kanunu"


@pytest.mark.proves("S-1h")
def test_a_municipality_lists_its_own_laws_and_documents(said):
    entry = said(
        'laws = [" 2559 |Polis Vazife ve Salâhiyet Kanunu| Law on the Duties of the Police ", ""]\n'
        'documents_tr = ["Yazı", " ", " Olur "]\nname_en = "Footage"'
    ).entry()
    assert list(entry.laws) == [Law("2559", "Polis Vazife ve Salâhiyet Kanunu", "Law on the Duties of the Police")]
    assert (list(entry.documents_tr), entry.name_en, entry.name_tr) == (["Yazı", "Olur"], "Footage", SERVICE.name_tr)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('laws = ["5393 Belediye Kanunu"]', "number | Turkish name | English name"),
        ('laws = ["5393 | Belediye Kanunu"]', "number | Turkish name | English name"),
        ('laws = ["5393 | | Municipality Law"]', "number | Turkish name | English name"),
        ('laws = ["0 | a | b"]', "number | Turkish name | English name"),
        ('laws = ["5393 | a | b | c"]', "number | Turkish name | English name"),
        ('laws = ["5393 | a\\u0007 | b"]', "number | Turkish name | English name"),
        ('laws = ["5393 | a | b", "5393 | c | d"]', "5393 stands there twice"),
        (f"laws = {[f'{no} | a | b' for no in range(1, 22)]}", "At most 20 laws"),
        (f"documents_en = {['x' * 201]}", "200 printable characters"),
        (f"documents_en = {['x'] * 21}", "At most 20 documents"),
        ('name_tr = ""', "name_tr"),
        ('nane_tr = "x"', "nane_tr"),
    ],
)
def test_what_breaks_a_rule_is_refused_before_anything_starts(said, line, why):
    with pytest.raises(VmsError) as refusal:
        said(line)
    assert refusal.value.code == "settings_invalid"
    assert why in refusal.value.message + str(refusal.value.detail)


def test_a_law_that_is_not_of_the_service_is_quoted_by_nobody():
    assert [law.no for law in SERVICE.laws_named(["6698", "5393", "5393"])] == ["5393", "6698"]
    assert SERVICE.laws_named([]) == []
    with pytest.raises(VmsError, match="law_unknown"):
        SERVICE.laws_named(["5393", "1"])
