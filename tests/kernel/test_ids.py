from vms.kernel.clock import ManualClock
from vms.kernel.ids import new_id


def test_an_id_is_a_uuid_version_seven_ordered_by_time():
    clock = ManualClock()
    ids = []
    for _ in range(50):
        ids.append(new_id(clock))
        clock.advance(0.001)
    assert ids == sorted(ids)
    assert {(made.version, made.variant) for made in ids} == {(7, "specified in RFC 4122")}
    assert ids[0].int >> 80 == ManualClock().now_us() // 1000


def test_ids_of_one_moment_differ():
    clock = ManualClock()
    assert len({new_id(clock) for _ in range(1000)}) == 1000
