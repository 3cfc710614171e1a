"""Encoding a clip for load tests from a scene."""

from fractions import Fraction
from pathlib import Path

import av
import av.stream
import cv2
import numpy as np
from numpy.typing import NDArray

from recorder.simcam.coded_unit import CodedUnit
from recorder.simcam.encoder import TICKS_PER_SECOND, EncoderSettings, Picture, StreamEncoder
from recorder.simcam.scenes import build_scene

_START_US = 1_750_000_000_000_000
_GRAIN = 14.0  # sensor noise that makes an encoder spend its bits as a real view does


def make_clip(path: Path, settings: EncoderSettings, seconds: float = 20.0, scene_name: str = "street") -> None:
    """Write an MP4 whose every GOP begins with an IDR; about real time for 1080p25 on one core."""
    encoder = StreamEncoder(settings)
    scene = build_scene(scene_name, settings.width, settings.height, "Clip")
    noise = _noise(settings.width, settings.height)
    step_90k = TICKS_PER_SECOND // settings.fps
    with av.open(str(path), "w", format="mp4") as container:
        name = "h264" if settings.codec == "h264" else "hevc"
        track = container.add_mux_stream(name, rate=settings.fps, width=settings.width, height=settings.height)
        track.time_base = Fraction(1, TICKS_PER_SECOND)
        for index in range(round(seconds * settings.fps)):
            at_us = _START_US + index * 1_000_000 // settings.fps
            picture = _grainy(scene.draw(at_us, at_us), noise, settings.height, index)
            container.mux([_packet(u, track, step_90k) for u in encoder.encode(picture, index * step_90k)])
        container.mux([_packet(unit, track, step_90k) for unit in encoder.flush()])


def _packet(unit: CodedUnit, track: av.stream.Stream, step_90k: int) -> "av.Packet[av.stream.Stream]":
    packet: av.Packet[av.stream.Stream] = av.Packet(b"".join(b"\0\0\0\1" + nal for nal in unit.nals))
    packet.stream = track
    packet.time_base = Fraction(1, TICKS_PER_SECOND)
    packet.pts, packet.dts, packet.duration = unit.pts_90k, unit.dts_90k, step_90k
    packet.is_keyframe = unit.is_sync
    return packet


def _noise(width: int, height: int) -> NDArray[np.int8]:
    """One field of noise, a little larger than the picture; each picture takes another part of it."""
    return np.random.default_rng(5).normal(0, _GRAIN, (height + 64, width + 64)).clip(-60, 60).astype(np.int8)


def _grainy(picture: Picture, noise: NDArray[np.int8], height: int, index: int) -> Picture:
    """The picture with noise in its luma, above the time code."""
    rows = height - 2 * (height // 45)
    dy, dx = index * 29 % 64, index * 43 % 64
    luma = picture[:rows]
    cv2.add(luma, noise[dy : dy + rows, dx : dx + luma.shape[1]], dst=luma, dtype=cv2.CV_8U)
    return picture
