"""The node in figures for Prometheus."""

from collections.abc import Iterable, Iterator

from fastapi import FastAPI
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from vms.cameras.status import CameraState, CameraStatus
from vms.kernel.clock import US_PER_SECOND
from web.authorisation import Access, declares
from web.facts import VOLUME_OK
from web.overview import CameraView, Observer, Overview
from web.workers import Workers

CAMERA_LABELS = ("camera", "number")
NOBODY = "absent"  # no recorder speaks of the camera


class NodeCollector(Collector):
    """Turns one look at the node into metric families whenever it is scraped."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not read the archive."""
        return []

    def collect(self) -> Iterator[Metric]:
        """See `Collector.collect`."""
        view = self._observer.look()
        yield from _recorders(view)
        yield from _cameras(view.cameras)
        yield from _volumes(view)
        yield from _sweep(view)
        alarms = GaugeMetricFamily("nazar_alarms", "Open alarms", labels=("severity",))
        for severity in ("critical", "warning", "info"):
            alarms.add_metric((severity,), sum(1 for alarm in view.alarms if alarm.severity == severity))
        yield alarms
        unread = GaugeMetricFamily("nazar_unread_parts", "Parts of the node that could not be read", labels=("part",))
        for part in sorted(view.unread):
            unread.add_metric((part,), 1)
        yield unread


def _recorders(view: Overview) -> Iterator[Metric]:
    is_up = GaugeMetricFamily("nazar_recorder_up", "Whether the recorder answers", labels=("recorder",))
    cpu_s = CounterMetricFamily("nazar_recorder_cpu_seconds", "Processor time of the recorder", labels=("recorder",))
    rss = GaugeMetricFamily("nazar_recorder_resident_memory_bytes", "Memory of the recorder", labels=("recorder",))
    for report in view.recorders:
        is_up.add_metric((report.name,), 1 if report.status else 0)
        if report.status:
            cpu_s.add_metric((report.name,), report.status.cpu_s)
            rss.add_metric((report.name,), report.status.rss_bytes)
    yield from (is_up, cpu_s, rss)


def _cameras(cameras: Iterable[CameraView]) -> Iterator[Metric]:
    info = GaugeMetricFamily("nazar_camera_info", "Names of cameras", labels=(*CAMERA_LABELS, "name", "codec"))
    state = GaugeMetricFamily("nazar_camera_state", "1 for the state it is in", labels=(*CAMERA_LABELS, "state"))
    gauges = {key: GaugeMetricFamily(name, text, labels=CAMERA_LABELS) for key, (name, text) in _GAUGES.items()}
    counters = {key: CounterMetricFamily(name, text, labels=CAMERA_LABELS) for key, (name, text) in _COUNTERS.items()}
    for view in cameras:
        label = (view.registered.camera_id, str(view.registered.number))
        status = view.status
        now_in = status.state.value if status else NOBODY
        for word in (*(member.value for member in CameraState), NOBODY):
            state.add_metric((*label, word), 1 if word == now_in else 0)
        info.add_metric((*label, view.registered.name, status.codec if status else ""), 1)
        for key, figure in _figures(view, status).items():
            gauges[key].add_metric(label, figure)
        if status:
            for key, counter in counters.items():
                counter.add_metric(label, getattr(status, key))
    yield from (info, state, *gauges.values(), *counters.values())


_GAUGES = {
    "frames_per_s": ("nazar_camera_frames_per_second", "Pictures received"),
    "bits_per_s": ("nazar_camera_bits_per_second", "Bits received"),
    "picture_age_s": ("nazar_camera_last_picture_age_seconds", "Age of the last picture"),
    "recorded_age_s": ("nazar_camera_recorded_age_seconds", "Age of the last footage on disk"),
    "clock_offset_s": ("nazar_camera_clock_offset_seconds", "The camera's clock minus the server's"),
    "oldest_at_s": ("nazar_camera_oldest_footage_timestamp_seconds", "When the oldest footage was taken"),
}
_COUNTERS = {
    "access_units": ("nazar_camera_pictures", "Pictures received"),
    "lost_packets": ("nazar_camera_lost_packets", "Packets that never came"),
    "dropped_units": ("nazar_camera_dropped_pictures", "Pictures left out because a part was lost"),
    "reconnects": ("nazar_camera_reconnects", "Times the camera was connected again"),
}


def _figures(view: CameraView, status: CameraStatus | None) -> dict[str, float]:
    """The gauges that are known of a camera; what is unknown has no sample, never a zero."""
    figures: dict[str, float] = {}
    if status:
        figures |= {"frames_per_s": status.frames_per_s, "bits_per_s": status.bits_per_s}
        if status.clock_offset_us is not None:
            figures["clock_offset_s"] = status.clock_offset_us / US_PER_SECOND
        if view.recorded_age_us is not None:
            figures["recorded_age_s"] = view.recorded_age_us / US_PER_SECOND
    if view.picture_age_us is not None:
        figures["picture_age_s"] = view.picture_age_us / US_PER_SECOND
    if view.footage and view.footage.oldest_us is not None:
        figures["oldest_at_s"] = view.footage.oldest_us / US_PER_SECOND
    return figures


def _volumes(view: Overview) -> Iterator[Metric]:
    labels = ("volume", "name")
    is_up = GaugeMetricFamily("nazar_volume_up", "Whether the volume takes footage", labels=labels)
    total = GaugeMetricFamily("nazar_volume_size_bytes", "Size of the file system", labels=labels)
    free = GaugeMetricFamily("nazar_volume_free_bytes", "Free bytes of the file system", labels=labels)
    footage = GaugeMetricFamily("nazar_volume_footage_bytes", "Bytes of footage", labels=labels)
    days = GaugeMetricFamily("nazar_volume_days_until_full", "Days until it is full at today's rate", labels=labels)
    risk = GaugeMetricFamily("nazar_volume_retention_at_risk", "Fills before retention ends", labels=labels)
    for volume in view.volumes:
        label = (volume.uuid, volume.name)
        is_up.add_metric(label, 1 if volume.state == VOLUME_OK else 0)
        risk.add_metric(label, 1 if volume.is_retention_at_risk else 0)
        if volume.total_bytes:
            total.add_metric(label, volume.total_bytes)
            free.add_metric(label, volume.free_bytes)
        if volume.footage_bytes is not None:
            footage.add_metric(label, volume.footage_bytes)
        if volume.days_until_full is not None:
            days.add_metric(label, volume.days_until_full)
    yield from (is_up, total, free, footage, days, risk)


def _sweep(view: Overview) -> Iterator[Metric]:
    if view.sweep is None:
        return
    at = GaugeMetricFamily("nazar_sweep_finished_timestamp_seconds", "When the last sweep ended")
    at.add_metric((), view.sweep.finished_us / US_PER_SECOND)
    is_ok = GaugeMetricFamily("nazar_sweep_ok", "Whether the last sweep ended well")
    is_ok.add_metric((), 1 if view.sweep.outcome == VOLUME_OK else 0)
    deleted = GaugeMetricFamily("nazar_sweep_deleted_segments", "Segments the last sweep deleted")
    deleted.add_metric((), view.sweep.deleted_segments)
    yield from (at, is_ok, deleted)


def add_metrics(app: FastAPI, observer: Observer, workers: Workers) -> None:
    """Serve `/metrics` in Prometheus' text format from a registry of this application only. Looks on `workers`."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(NodeCollector(observer))
    ProcessCollector(namespace="nazar_web", registry=registry)

    @app.get("/metrics", include_in_schema=False, dependencies=[declares(Access.NODE_STATUS)])
    async def metrics() -> Response:
        text = await workers.run(lambda: generate_latest(registry))
        return Response(text, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})
