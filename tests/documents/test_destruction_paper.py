"""The paper that says which copies were destroyed, what is left, what keeps the source (P-28)."""

import pytest
from filled_forms import AYSE, FORMS, IBRAHIM, SHA256
from paper import words_of

from vms.documents.forms.known import form_of
from vms.documents.rules import Kind

GROUPED = " ".join(SHA256[at : at + 8] for at in range(0, 64, 8))

pytestmark = pytest.mark.system


def said(press, **changes):
    form = form_of(Kind.DESTRUCTION, FORMS["P-28"] | changes)
    paper = press.print(
        form, number="P-28/2026/0001", version=1, code="7Q2M-K0XT-9VBD-4HZN", at_us=1_795_259_130_000_000
    )
    return words_of(paper.pdf, "-raw").replace("\u200b", "")  # cell after cell


@pytest.mark.proves("D-10.2a")
def test_the_record_of_a_destroyed_copy_says_when_what_and_by_whom(press):
    words = said(press)
    for one in (
        "21.11.2026, saat 14.06.11", "Sistem tarafından kendiliğinden", "2 dosya, 902,0 MB", GROUPED, "Teslim paketi",
        "Çalışma kopyası", "özeti alınmamıştır", "21.11.2026, saat 14.06 itibarıyla kaldırılmıştır", "P-04/2026/0003",
    ):  # fmt: skip
        assert one in words, one
    by_hand = said(press, purged_by={"name": "İlker Çığ"}, holds=["P-06/2026/0004"], is_late=True)
    assert "Elle yapılmıştır: İlker Çığ" in by_hand
    assert "P-06/2026/0004 sayılı saklama tutanağı gereğince" in by_hand
    assert "öngörülen süreden sonra" in by_hand


@pytest.mark.proves("A-14")
def test_the_record_of_a_destroyed_copy_says_what_keeps_the_source(press):
    own, other, usual = "bu talebin kilidi altında", "başka bir talebin kapsamındaki", "olağan saklama süresine tabidir"
    released = "itibarıyla kaldırılmıştır"

    def sentences(**changes):
        words = said(press, **changes)
        return [one for one in (own, other, "P-06/2026/0004 sayılı saklama", released, usual) if one in words]

    assert sentences() == [released, usual]
    assert sentences(is_kept_by_request=True, lock_released_at=None) == [own]
    assert sentences(is_kept_by_others=True) == [other, released, usual]
    both = {"is_kept_by_others": True, "holds": ["P-06/2026/0004", "Muhafaza 7"]}
    assert sentences(**both) == [other, "P-06/2026/0004 sayılı saklama", released, usual]
    words = said(press, **both)
    assert "P-06/2026/0004 sayılı saklama tutanağı ve tutanağı henüz düzenlenmemiş Muhafaza 7 gereğince" in words
    assert "Bunların dışındaki kaynak kayıtlar" in words


@pytest.mark.proves("D-10.2a", "edge-58")
def test_copies_that_left_before_are_told_with_room_for_the_statement_of_who_took_them(press):
    plain = said(press, why="withdrawn", record="", delivered_at=None)
    assert "önce alınan" not in plain
    assert "Bildirim bilgileri ve dosya özetleri saklanır" in plain  # of minutes that never were nothing is said
    assert "saklanır; görüntü kaydının" in plain
    took = {"package": "NAZAR-41-1", "what": "whole", "by": IBRAHIM, "at": "2026-11-20T06:00:00Z"}
    saw = took | {"what": "passphrase", "by": AYSE}
    words = said(press, why="withdrawn", record="", delivered_at=None, taken=[took, took, saw], taken_in_all=4)
    for one in (
        "NAZAR-41-1 Paketin tamamı İbrahim Öztürk, 44118, Şef", "20.11.2026, saat 09.00", "NAZAR-41-1 Paketin parolası",
        "Ayrıca 1 satır vardır", "Kopyayı alanın beyanı", "İbrahim Öztürk: imha tarihi ve şekli",
        "sistemde görüntü kaydının",
    ):  # fmt: skip
        assert one in words, one
    assert words.count("Kopyayı alan İbrahim Öztürk Şef") == 1
    assert "Kopyayı alan Ayşegül" not in words  # whoever saw the passphrase alone has no copy
