"""When segment files end."""

from uuid import UUID

from recorder.backoff import LONGEST_S, Backoff
from recorder.rotation import LONGEST_US, SEGMENT_US, Rotation

START_US = 1_763_700_000_000_000


def test_streams_rotate_at_different_seconds_of_the_minute():
    cuts = set()
    for number in range(100):
        rotation = Rotation(UUID(int=number))
        cut = next(s for s in range(61) if rotation.is_due(START_US, START_US + s * 1_000_000, is_sync=True))
        assert cut <= SEGMENT_US // 1_000_000
        cuts.add(cut)
    assert len(cuts) > 40


def test_without_a_key_frame_only_the_hard_limit_cuts():
    rotation = Rotation(UUID(int=1))
    assert not rotation.is_due(START_US, START_US + LONGEST_US - 1, is_sync=False)
    assert rotation.is_due(START_US, START_US + LONGEST_US, is_sync=False)


def test_pauses_stay_short_enough_to_be_back_within_five_seconds():
    backoff = Backoff()
    assert all(backoff.pause_s(0) <= LONGEST_S * 1.2 for _ in range(20))


def test_a_camera_that_asks_for_time_gets_it():
    backoff = Backoff()
    assert all(60 <= backoff.pause_s(0, 60) <= 72 for _ in range(20))


def test_a_minute_of_good_video_makes_pauses_short_again():
    backoff = Backoff()
    for _ in range(5):
        backoff.pause_s(0)
    assert backoff.pause_s(61) <= 1.2
