import still_node
from caller import Caller
from prometheus_client.parser import text_string_to_metric_families
from still_node import NOW_US, camera_id

from vms.kernel.clock import ManualClock
from web.app import ZoneInfo, create_app


def scrape(node) -> dict[tuple[str, tuple], float]:
    app = create_app(node, ManualClock(NOW_US), ZoneInfo("UTC"), still_node.no_parts())
    answer = Caller(app).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            samples[sample.name, tuple(sorted(sample.labels.items()))] = sample.value
    return samples


def of_camera(samples, metric, number, **labels):
    key = {"camera": camera_id(number), "number": str(number), **labels}
    return samples.get((metric, tuple(sorted(key.items()))))


def test_cameras():
    samples = scrape(still_node.troubled())
    assert of_camera(samples, "nazar_camera_frames_per_second", 1) == 25
    assert of_camera(samples, "nazar_camera_bits_per_second", 1) == 2_310_000
    assert of_camera(samples, "nazar_camera_lost_packets_total", 1) == 3
    assert of_camera(samples, "nazar_camera_reconnects_total", 1) == 1
    assert of_camera(samples, "nazar_camera_last_picture_age_seconds", 3) == 25
    assert of_camera(samples, "nazar_camera_clock_offset_seconds", 1) == -3.7
    assert of_camera(samples, "nazar_camera_state", 1, state="recording") == 1
    assert of_camera(samples, "nazar_camera_state", 2, state="waiting") == 1
    assert of_camera(samples, "nazar_camera_state", 2, state="recording") == 0
    assert of_camera(samples, "nazar_camera_state", 4, state="absent") == 1
    assert of_camera(samples, "nazar_camera_info", 1, name="Işıklar Caddesi", codec="h265") == 1


def test_what_is_unknown_has_no_sample():
    samples = scrape(still_node.troubled())
    assert of_camera(samples, "nazar_camera_frames_per_second", 4) is None
    assert of_camera(samples, "nazar_camera_last_picture_age_seconds", 4) is None
    assert ("nazar_volume_free_bytes", (("name", "arsiv-2"), ("volume", "v2"))) not in samples


def test_volumes_recorders_sweep():
    samples = scrape(still_node.troubled())
    first = (("name", "arsiv-1"), ("volume", "v1"))
    assert samples["nazar_volume_free_bytes", first] == 410_000_000_000
    assert samples["nazar_volume_footage_bytes", first] == 7_400_000_000_000
    assert samples["nazar_volume_days_until_full", first] == 4.3
    assert samples["nazar_volume_retention_at_risk", first] == 1
    assert samples["nazar_volume_up", (("name", "arsiv-2"), ("volume", "v2"))] == 0
    assert samples["nazar_recorder_up", (("recorder", "recorder-0"),)] == 1
    assert samples["nazar_recorder_up", (("recorder", "recorder-1"),)] == 0
    assert samples["nazar_recorder_resident_memory_bytes", (("recorder", "recorder-0"),)] == 61_000_000
    assert samples["nazar_recorder_cpu_seconds_total", (("recorder", "recorder-0"),)] == 183.4
    assert samples["nazar_alarms", (("severity", "critical"),)] == 2
    assert samples["nazar_sweep_ok", ()] == 1
    assert samples["nazar_web_process_resident_memory_bytes", ()] > 1_000_000


def test_two_applications_do_not_share_a_registry():
    assert (
        scrape(still_node.well()).keys() >= scrape(still_node.StillNode()).keys() - scrape(still_node.troubled()).keys()
    )
    assert ("nazar_sweep_ok", ()) not in scrape(still_node.StillNode())
