"""Files without rows in whatever day a clock put them: real files of a real writer."""

import pytest

from vms.archive import unindexed
from vms.archive.check import Level, check_volume
from vms.archive.rebuild import restart_index
from vms.archive.recovery import recover_volume
from vms.archive.unindexed import unindexed_files
from vms.archive.verify import verify_volume
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND

SEGMENT_US = 3 * US_PER_SECOND


@pytest.fixture
def write(volume, make_writer, footage, key, record):
    """Segments that begin so many days after the first, in this order, each behind the last one of its day."""

    def put(days, start_us: int) -> None:
        writer = make_writer(volume)
        stream = writer.stream(key)
        for number, day in enumerate(days):
            record(stream, footage, start_us + round(day * US_PER_DAY) + number * SEGMENT_US)
        writer.stop()

    return put


@pytest.mark.proves("edge-28", "C-5")
@pytest.mark.parametrize(
    ("days", "lost", "now_day"),
    [
        pytest.param([0, 0, 0, 0], 2, 0, id="the same day"),
        pytest.param([0, 0, 1, 2], 2, 2, id="the days after"),
        pytest.param([0, 30, 0, 0], 2, 0, id="a month ahead, then right"),
        pytest.param([0, 30, 30, 1, 2], 2, 2, id="a month ahead for a day, then right for a day"),
        pytest.param([0, 30, 30, 3, 4], 2, 8, id="the same, and down for some days"),
        pytest.param([0, 0, 30, 0], 2, 0, id="ahead only while the index took nothing"),
        pytest.param([0, 0, -9000, 0], 2, 0, id="years behind while the index took nothing"),
        pytest.param([0, -9000, -9000, 0], 2, 0, id="years behind, then right"),
        pytest.param([0, 0, -9000], 1, -9000, id="still years behind"),
        pytest.param([30, 30, 0, 0], 2, 0, id="ahead from the beginning"),
    ],
)
def test_recovery_finds_them(volume, write, rows, key, start_us, forget_newest, days, lost, now_day):
    write(days, start_us)
    before = rows(volume, "SELECT * FROM segment")
    forget_newest(volume, lost)
    report = recover_volume(volume, start_us + now_day * US_PER_DAY + 3600 * US_PER_SECOND)
    assert [segment.head.sequence for segment in report.adopted] == list(range(len(days)))[-lost:]
    assert rows(volume, "SELECT * FROM segment") == before
    assert list(verify_volume(volume)) == []
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([*range(21)], ["2025-12-10", "2025-12-11"]),
        ([*range(20), -9000, 20], ["2025-12-10", "2025-12-11"]),
        ([*range(21), -9000], ["2001-04-01", "2025-12-10", "2025-12-11"]),
    ],
    ids=["always right", "years behind once", "years behind at last"],
)
def test_what_is_kept_is_not_listed(volume, write, key, start_us, monkeypatch, days, expected):
    """Of three weeks those days are looked at that can hold such a file."""
    write(days, start_us)
    looked_at = []

    def day_files(_volume, _stream, day):
        looked_at.append(day)
        return []

    monkeypatch.setattr(unindexed, "day_files", day_files)
    unindexed_files(volume, key, start_us + 20 * US_PER_DAY + 3600 * US_PER_SECOND)
    assert looked_at == expected


def test_an_index_begun_anew_knows_few_days_and_is_not_asked_about_the_others(
    volume, write, key, start_us, monkeypatch, clock
):
    write(range(12), start_us)
    restart_index(volume, clock)
    looked_at = []
    monkeypatch.setattr(unindexed, "day_files", lambda _volume, _stream, day: looked_at.append(day) or [])
    unindexed_files(volume, key, start_us + 11 * US_PER_DAY)
    assert looked_at == ["2025-12-01", "2025-12-02"]


def test_a_stream_without_rows_is_listed_whole(volume, write, key, start_us, forget_newest):
    write([0, 5], start_us)
    forget_newest(volume, 2)
    assert [file.sequence for file in unindexed_files(volume, key, start_us)] == [0, 1]
