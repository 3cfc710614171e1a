"""Encoded clips as access units and files."""

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from vms.media import annexb, fmp4, h264, h265, init_segment
from vms.media.access_unit import AccessUnit
from vms.media.fragment import Sample
from vms.media.video_format import VideoFormat


def _format_of(clip) -> VideoFormat:
    nals = annexb.split(clip[0].annexb)
    if h264.nal_type(nals[0]) in {h264.NalType.SPS, h264.NalType.DELIMITER}:
        return h264.parse(*([nal for nal in nals if h264.nal_type(nal) == kind] for kind in (7, 8)))
    return h265.parse(*([nal for nal in nals if h265.nal_type(nal) == kind] for kind in (32, 33, 34)))


def _units_of(clip) -> list[AccessUnit]:
    video = _format_of(clip)
    module, dropped = (h264, {7, 8, 9, 12}) if video.codec == "h264" else (h265, {32, 33, 34, 35, 38})
    units = []
    for picture in clip:
        nals = [nal for nal in annexb.split(picture.annexb) if module.nal_type(nal) not in dropped]
        units.append(
            AccessUnit(
                data=annexb.to_length_prefixed(nals),
                pts_90k=picture.pts_90k,
                arrival_us=0,
                is_sync=any(module.is_sync(module.nal_type(nal)) for nal in nals),
                format=video,
            )
        )
    return units


@pytest.fixture(scope="session")
def format_of() -> Callable[..., VideoFormat]:
    return _format_of


@pytest.fixture(scope="session")
def units_of() -> Callable[..., list[AccessUnit]]:
    return _units_of


@pytest.fixture(scope="session")
def samples_of() -> Callable[[Sequence[AccessUnit], int], list[Sample]]:
    def samples_of(units, duration_90k: int) -> list[Sample]:
        return [
            Sample(unit.data, duration_90k, unit.pts_90k - index * duration_90k, unit.is_sync)
            for index, unit in enumerate(units)
        ]

    return samples_of


@pytest.fixture
def write_file(tmp_path, samples_of) -> Callable[..., Path]:
    """Write units of constant duration as a complete file, one fragment for each `at_once` samples."""

    def write_file(units, duration_90k: int = 3600, at_once: int = 10) -> Path:
        path = tmp_path / "clip.mp4"
        samples = samples_of(units, duration_90k)
        with path.open("wb") as file:
            file.write(init_segment.build(units[0].format).data)
            for sequence, start in enumerate(range(0, len(samples), at_once), 1):
                fragment = fmp4.build(sequence, start * duration_90k, samples[start : start + at_once])
                file.writelines(fragment.buffers)
        return path

    return write_file


@pytest.fixture(scope="session")
def ffprobe() -> Callable[..., dict[str, Any]]:
    def ffprobe(path: Path, *arguments: str) -> dict[str, Any]:
        command = ["ffprobe", "-v", "error", "-of", "json", *arguments, str(path)]
        result = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
        assert result.stderr == ""
        return json.loads(result.stdout)

    return ffprobe
