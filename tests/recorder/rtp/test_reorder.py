"""UDP packets in any order."""

import random

from recorder.rtp.reorder import ReorderBuffer


def push_all(buffer, numbers):
    return [int(packet) for n in numbers for packet in buffer.push(n & 0xFFFF, str(n).encode())]


def test_neighbours_are_put_right():
    assert push_all(ReorderBuffer(), [1, 3, 2, 5, 4, 6]) == [1, 2, 3, 4, 5, 6]


def test_shuffled_within_the_depth_over_the_wrap():
    random.seed(1)
    numbers = list(range(65_400, 65_400 + 600))
    shuffled = numbers[:1] + sorted(numbers[1:], key=lambda n: n + random.random() * 50)
    assert push_all(ReorderBuffer(), shuffled) == numbers


def test_repeated_packets_are_dropped():
    buffer = ReorderBuffer()
    assert push_all(buffer, [1, 1, 2, 4, 4, 3, 2]) == [1, 2, 3, 4]
    assert buffer.repeated == 3


def test_a_gap_is_given_up_when_the_buffer_is_full():
    buffer = ReorderBuffer(depth=8)
    out = push_all(buffer, [1, *range(3, 40)])
    assert out == [1, *range(3, 40)]
    assert len(buffer._held) == 0


def test_flush_gives_what_is_held_in_order():
    buffer = ReorderBuffer()
    push_all(buffer, [1, 5, 3])
    assert buffer.flush() == [b"3", b"5"]
    assert push_all(buffer, [6]) == [6]


def test_many_old_packets_in_a_row_are_a_new_count():
    buffer = ReorderBuffer()
    push_all(buffer, [50_000])
    out = push_all(buffer, range(30_000, 30_100))
    assert out == list(range(30_063, 30_100))


def test_memory_is_bounded_whatever_comes():
    random.seed(2)
    buffer = ReorderBuffer()
    for _ in range(20_000):
        buffer.push(random.getrandbits(16), b"x")
        assert len(buffer._held) <= 64
