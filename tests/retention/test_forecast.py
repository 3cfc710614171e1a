import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.forecast import MARGIN_DAYS, MEASURED_AFTER_US, VolumeUse, forecast
from vms.archive.rules import MIN_RETENTION_DAYS

GB = 1_000_000_000


def use(**changes) -> VolumeUse:
    """A volume of 1000 GB that takes in 10 GB a day and keeps 30 days: full after 100 days, were nothing deleted."""
    values = {
        "total_bytes": 1000 * GB, "free_bytes": 1000 * GB, "reserve_bytes": 0, "footage_bytes": 0, "held_bytes": 0,
        "kept_days": 0.0, "policy_days": 30, "ingest_bytes_per_day": 10 * GB,
        "measured_us": MEASURED_AFTER_US,
    }  # fmt: skip
    return VolumeUse(**(values | changes))


@pytest.mark.proves("D-5.18")
def test_a_volume_that_is_large_enough_never_fills():
    found = forecast(use())
    assert (found.days_that_fit, found.days_until_full, found.is_retention_at_risk) == (100, None, False)


@pytest.mark.proves("D-5.18")
def test_a_volume_that_fills_before_anything_expires():
    found = forecast(use(free_bytes=50 * GB, policy_days=300, footage_bytes=900 * GB, kept_days=90.0))
    assert found.days_until_full == 5
    assert not found.is_retention_at_risk


def test_the_reserve_is_not_room():
    assert forecast(use(free_bytes=60 * GB, reserve_bytes=10 * GB, policy_days=300)).days_until_full == 5


def test_ingest_that_grew_fills_a_volume_slowly():
    """400 GB came in 40 days at 10 GB a day; now 20 GB come and 10 expire: 100 GB last ten days."""
    found = forecast(
        use(free_bytes=100 * GB, footage_bytes=400 * GB, kept_days=40.0, policy_days=40, ingest_bytes_per_day=20 * GB)
    )
    assert found.days_until_full == pytest.approx(10)


@pytest.mark.proves("D-5.18", "D-9.1c")
@pytest.mark.parametrize(
    ("fitting_days", "is_at_risk"), [(19, True), (20, True), (21.9, True), (22, False), (30, False)]
)
def test_the_alarm_comes_before_the_floor_is_reached(fitting_days, is_at_risk):
    assert MIN_RETENTION_DAYS + MARGIN_DAYS == 22
    found = forecast(use(free_bytes=int(fitting_days * 10 * GB)))
    assert found.is_retention_at_risk is is_at_risk


@pytest.mark.proves("D-9.1c")
def test_held_footage_takes_room_away():
    full = {"free_bytes": 10 * GB, "footage_bytes": 300 * GB, "kept_days": 30.0}
    assert not forecast(use(**full)).is_retention_at_risk
    assert forecast(use(**full, held_bytes=150 * GB)).is_retention_at_risk


@pytest.mark.proves("D-9.1c", "edge-25")
def test_a_full_volume_is_at_risk_even_when_nothing_comes_in_any_more():
    found = forecast(use(free_bytes=5 * GB, reserve_bytes=10 * GB, footage_bytes=900 * GB, ingest_bytes_per_day=0))
    assert found.is_retention_at_risk
    assert found.days_that_fit is None


def test_an_idle_volume_says_nothing():
    found = forecast(use(ingest_bytes_per_day=0, measured_us=0, footage_bytes=GB))
    assert (found.days_that_fit, found.days_until_full, found.is_retention_at_risk) == (None, None, False)
    assert not found.is_measuring
    assert forecast(use(ingest_bytes_per_day=0, measured_us=0)).is_measuring  # no file is closed in the first minute


@pytest.mark.proves("D-5.18")
@pytest.mark.parametrize(
    ("measured_us", "is_measuring"), [(1, True), (MEASURED_AFTER_US - 1, True), (MEASURED_AFTER_US, False)]
)
def test_ten_minutes_of_footage_come_before_any_forecast(measured_us, is_measuring):
    found = forecast(use(free_bytes=10 * GB, measured_us=measured_us))
    assert found.is_measuring is is_measuring
    assert found.is_retention_at_risk is not is_measuring
    assert (found.days_that_fit is None) is is_measuring


def test_a_full_volume_is_at_risk_however_little_was_measured():
    found = forecast(use(free_bytes=0, measured_us=1))
    assert (found.is_retention_at_risk, found.is_measuring) == (True, True)


volumes = st.builds(
    VolumeUse,
    total_bytes=st.just(1000 * GB),
    free_bytes=st.integers(0, 1000 * GB),
    reserve_bytes=st.integers(0, 50 * GB),
    footage_bytes=st.integers(0, 1000 * GB),
    held_bytes=st.integers(0, 1000 * GB),
    kept_days=st.floats(0, 400),
    policy_days=st.integers(20, 400),
    ingest_bytes_per_day=st.integers(0, 200 * GB),
    measured_us=st.just(MEASURED_AFTER_US),
)


@given(volumes, st.integers(1, 100 * GB))
def test_more_held_footage_never_looks_better(found, more):
    from dataclasses import replace

    worse = forecast(replace(found, held_bytes=found.held_bytes + more))
    assert worse.is_retention_at_risk or not forecast(found).is_retention_at_risk
    if worse.days_that_fit is not None:
        assert worse.days_that_fit <= forecast(found).days_that_fit


@given(volumes)
def test_a_forecast_is_never_negative_and_never_later_than_the_policy_allows(found):
    expected = forecast(found)
    if expected.days_until_full is not None:
        assert 0 <= expected.days_until_full <= found.policy_days + found.kept_days
    if expected.days_that_fit is not None and expected.days_that_fit < MIN_RETENTION_DAYS:
        assert expected.is_retention_at_risk
