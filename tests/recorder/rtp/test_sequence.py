"""RTP sequence numbers: loss, repetition, wrap, restart."""

import pytest

from recorder.rtp.sequence import LATE, RESTARTED, STRANGE, SequenceTracker


@pytest.mark.parametrize(
    ("numbers", "verdicts", "lost"),
    [
        ([5, 6, 7], [0, 0, 0], 0),
        ([65534, 65535, 0, 1], [0, 0, 0, 0], 0),
        ([5, 8], [0, 2], 2),
        ([65535, 2], [0, 2], 2),
        ([5, 6, 6, 5, 7], [0, 0, LATE, LATE, 0], 0),
        ([0, 65535], [0, LATE], 0),
        ([10, 12, 11, 13], [0, 1, LATE, 0], 1),
        ([5, 3004], [0, 2998], 2998),
        ([5, 30000, 6], [0, STRANGE, 0], 0),
        ([5, 30000, 30001, 30002], [0, STRANGE, RESTARTED, 0], 0),
        ([5, 30000, 40000, 50000], [0, STRANGE, STRANGE, STRANGE], 0),
        ([40000, 10, 11], [0, STRANGE, RESTARTED], 0),
    ],
)
def test_verdicts(numbers, verdicts, lost):
    tracker = SequenceTracker()
    assert [tracker.take(number) for number in numbers] == verdicts
    assert tracker.lost == lost


def test_the_extended_number_counts_wraps_however_packets_are_taken():
    one_by_one, in_runs = SequenceTracker(), SequenceTracker()
    for number in range(65_530, 65_530 + 140_000):
        one_by_one.take(number & 0xFFFF)
    in_runs.take(65_530)
    left = 139_999
    while left:
        count = min(left, 0x10000 - in_runs.expected, 50)
        in_runs.take_run(count)
        left -= count
    assert one_by_one.highest_extended == in_runs.highest_extended == 65_530 + 139_999
    assert one_by_one.expected == in_runs.expected
