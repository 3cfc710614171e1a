from zoneinfo import ZoneInfo

import pytest
from still_node import NOW_US

from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from web.status.figures import Figures
from web.status.words import (
    ADVICE,
    ALARMS,
    CAUSES,
    DETAILS,
    OFFLINE_ADVICE,
    PAGE,
    PARTS,
    STATES,
    SWEEPS,
    VOLUMES,
    Words,
)

TR = Figures(Words("tr"), ZoneInfo("Europe/Istanbul"))
EN = Figures(Words("en"), ZoneInfo("Europe/Istanbul"))


def test_numbers():
    assert (TR.number(1_250_000), EN.number(1_250_000)) == ("1.250.000", "1,250,000")
    assert (TR.number(12.5, 1), EN.number(12.5, 1)) == ("12,5", "12.5")
    assert (TR.percent(0.25), EN.percent(0.25)) == ("%25", "25%")
    assert (TR.percent(0.0234, 1), EN.percent(0.0234, 1)) == ("%2,3", "2.3%")


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1,0 kB"),
        (1_400_000_000, "1,4 GB"),
        (999_949_999_999, "1,0 TB"),
        (8e18, "8.000 PB"),
    ],
)
def test_sizes(size_bytes, text):
    assert TR.size(size_bytes) == text


@pytest.mark.parametrize(
    ("seconds", "tr", "en"),
    [
        (-5, "0 sn", "0 s"),
        (59.4, "59 sn", "59 s"),
        (60, "1 dk 00 sn", "1 min 00 s"),
        (7500, "2 sa 05 dk", "2 h 05 min"),
        (86_400 * 21 + 3600 * 4, "21 gün 4 sa", "21 d 4 h"),
    ],
)
def test_durations(seconds, tr, en):
    assert (TR.duration(seconds * US_PER_SECOND), EN.duration(seconds * US_PER_SECOND)) == (tr, en)


def test_moments():
    assert TR.moment(NOW_US) == "21.11.2026 14:05:30"
    assert EN.moment(NOW_US) == "21 Nov 2026 14:05:30"
    assert TR.moment_near(NOW_US - 3600 * US_PER_SECOND, NOW_US) == "13:05:30"
    assert TR.moment_near(NOW_US - US_PER_DAY, NOW_US) == "20.11.2026 14:05:30"


def test_offsets():
    assert TR.offset(420_000) == "+0,42 sn"
    assert EN.offset(-3_700_000) == "−3.70 s"
    assert EN.offset(0) == EN.offset(-859) == "±0.00 s"
    assert TR.offset(3_600_000_000) == "+3.600 sn"


@pytest.mark.parametrize(
    "table", [PAGE, STATES, DETAILS, CAUSES, VOLUMES, ALARMS, ADVICE, OFFLINE_ADVICE, SWEEPS, PARTS]
)
def test_every_word_has_both_languages_with_the_same_places(table):
    for key, (turkish, english) in table.items():
        assert turkish, key
        assert english, key
        places = [sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in (turkish, english)]
        assert places[0] == places[1], key


def test_an_unknown_code_is_shown_as_it_is():
    assert Words("tr").of(CAUSES, "meteor") == "meteor"
