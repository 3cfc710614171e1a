from zoneinfo import ZoneInfo

import pytest
from still_node import NOW_US

from vms.operations.alarms import HEALTH_CODES, AlarmCode
from web.facts import AlarmFacts, Severity
from web.status.alarms import SHOWN_MEMBERS, SHOWN_SITES, AlarmRows
from web.status.figures import Figures
from web.status.words import ADVICE, ALARMS, DETAILS, OFFLINE_ADVICE, Words

MINUTE_US = 60_000_000


def rows(*alarms, language="tr"):
    words = Words(language)
    return AlarmRows(words, Figures(words, ZoneInfo("Europe/Istanbul")), NOW_US).of(alarms)


def alarm(code, message="", number=1, site="", severity=Severity.CRITICAL, minutes=5):
    return AlarmFacts(code, severity, NOW_US - minutes * MINUTE_US, f"{number} · Kamera {number}", message, site)


def down(count, *, sites=1, reason="timeout"):
    return [
        alarm("camera_offline", reason, number, f"Alan {number % sites}", minutes=number) for number in range(count)
    ]


@pytest.mark.proves("D-6.1")
@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("code", list(AlarmCode))
def test_every_alarm_says_what_to_do_next(code, language):
    (row,) = rows(alarm(code), language=language)
    column = 0 if language == "tr" else 1
    assert row.text == ALARMS[code][column]
    assert row.advice == ADVICE[code][column]
    assert row.advice_language == language


@pytest.mark.proves("D-6.1")
def test_every_reason_of_a_silent_camera_has_words_and_advice():
    usual = {"timeout", "no_storage"}  # the alarm's own advice; told by another alarm
    assert set(OFFLINE_ADVICE) == set(DETAILS) - usual
    (row,) = rows(alarm("camera_offline", "wrong_password"))
    assert (row.reason, row.subject) == ("parola yanlış", "1 · Kamera 1")
    assert "vms camera set" in row.advice
    (row,) = rows(alarm("camera_offline", "timeout"), language="en")
    assert (row.reason, row.advice) == ("no answer", "Check the camera's power and its network cable.")


@pytest.mark.parametrize(
    ("code", "message", "tr", "en"),
    [
        ("packet_loss", "2.3", "paketlerin yaklaşık %2,3 kadarı", "about 2.3% of its packets"),
        ("packet_loss", "41.0", "paketlerin yaklaşık %41 kadarı", "about 41% of its packets"),
        ("clock_offset", "-3725", "1 sa 02 dk geri", "1 h 02 min slow"),
        ("clock_offset", "75", "1 dk 15 sn ileri", "1 min 15 s fast"),
        ("no_storage", "volume_full", "Dolu", "Full"),
        ("recorder_away", "timeout", "yanıt yok", "no answer"),
        ("clock_offset", "soon", "soon", "soon"),
        ("camera_offline", "", "", ""),
    ],
)
def test_reasons_in_words(code, message, tr, en):
    assert rows(alarm(code, message))[0].reason == tr
    assert rows(alarm(code, message), language="en")[0].reason == en


def test_an_alarm_with_its_own_sentence_says_it_in_english():
    told = AlarmFacts("disk_pressure", Severity.WARNING, NOW_US, "v", "12 segments went. Add storage.")
    assert [rows(told, language=language)[0].advice for language in ("en", "tr")] == [
        "12 segments went. Add storage.",
        "Disk ekleyin veya saklama sürelerini kısaltın.",
    ]
    new = AlarmFacts("meteor", Severity.WARNING, NOW_US, "", "Take cover.")
    (row,) = rows(new)
    assert (row.text, row.advice, row.advice_language) == ("meteor", "Take cover.", "en")


@pytest.mark.proves("D-6.1")
def test_three_hundred_cameras_down_at_one_site_are_one_line():
    found = down(300)
    found[7] = alarm("camera_offline", "wrong_password", 7, "Alan 0", minutes=7)
    (row,) = rows(*found)
    assert row.subject == "Alan 0: 300 kamera"
    assert row.reason == "yanıt yok 299, parola yanlış 1"
    assert row.since == "Başlangıç: 09:06:30"  # the oldest of them
    assert row.advice == ADVICE["camera_offline"][0]
    assert len(row.members) == SHOWN_MEMBERS + 1
    assert row.members[7] == "7 · Kamera 7 (parola yanlış)"
    assert row.members[-1] == "ve 270 tane daha"


def test_a_few_sites_have_a_line_each_and_many_sites_one_together():
    assert [row.subject for row in rows(*down(8, sites=4))] == [f"Alan {site}: 2 kamera" for site in range(4)]
    assert [row.subject for row in rows(*down(300, sites=SHOWN_SITES + 1), language="en")] == ["300 cameras"]
    single = [*down(9), alarm("camera_offline", "busy", 99, "Liman")]
    assert [row.subject for row in rows(*single)] == ["Alan 0: 9 kamera", "99 · Kamera 99"]


def test_three_are_told_one_by_one():
    found = rows(*down(3))
    assert [row.subject for row in found] == [f"{number} · Kamera {number}" for number in range(3)]
    assert all(not row.members for row in found)
    assert len({row.id for row in found}) == 3


def test_everything_at_once_fits_on_a_screen():
    everything = [alarm(code, "2", number, f"Alan {number % 3}") for code in HEALTH_CODES for number in range(300)]
    found = rows(*everything)
    assert len(found) <= SHOWN_SITES * len(HEALTH_CODES)
    assert len({row.id for row in found}) == len(found)


def test_figures_of_many_are_told_by_the_largest():
    found = [alarm("packet_loss", f"{number}.5", number) for number in range(1, 9)]
    (row,) = rows(*found)
    assert row.reason == "en çok paketlerin yaklaşık %8,5 kadarı"


def test_the_worst_severity_counts():
    mixed = [*down(3), alarm("camera_offline", "busy", 9, "Alan 0", Severity.WARNING)]
    assert [row.shape for row in rows(*reversed(mixed))] == ["critical"]


def test_volumes_are_no_cameras():
    lost = [AlarmFacts("volume_unavailable", Severity.CRITICAL, NOW_US, f"disk-{n}", "Mount it.") for n in range(5)]
    (row,) = rows(*lost)
    assert row.subject == "5 adet"
    assert row.members[0] == "disk-0"
