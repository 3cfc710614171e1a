"""Packets made by a packetiser of our own, so that sender and receiver share no code."""

import struct
from dataclasses import dataclass, field, replace

import pytest

from recorder.rtp.fast_path import FastPath
from recorder.rtp.track import VideoTrack
from recorder.rtsp.framing import Splitter
from recorder.source import SourceStats

SSRC = 0x11223344


@dataclass
class Rtp:
    """One packet to be sent; change fields to make it nasty."""

    payload: bytes
    stamp: int
    marked: bool = False
    sequence: int = 0
    ssrc: int = SSRC
    payload_type: int = 96
    flags: int = 0x80
    unit: int = 0  # which picture it belongs to
    before: bytes = b""  # between this frame and the one before
    channel: int = 0
    tail: bytes = b""

    def packet(self):
        marked_type = self.payload_type | (0x80 if self.marked else 0)
        head = struct.pack(
            ">BBHII", self.flags, marked_type, self.sequence & 0xFFFF, self.stamp & 0xFFFFFFFF, self.ssrc
        )
        return head + self.payload + self.tail

    def frame(self):
        packet = self.packet()
        return self.before + struct.pack(">cBH", b"$", self.channel, len(packet)) + packet

    def with_(self, **changes):
        return replace(self, **changes)


def nals_of(annexb):
    return [nal.rstrip(b"\0") for nal in annexb.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1") if nal]


def fragments_h264(nal, limit):
    for at in range(1, len(nal), limit):
        last = at + limit >= len(nal)
        flag = (0x80 if at == 1 else 0) | (0x40 if last else 0)
        yield bytes([nal[0] & 0xE0 | 28, flag | nal[0] & 31]) + nal[at : at + limit]


def fragments_h265(nal, limit, donl=b""):
    for at in range(2, len(nal), limit):
        last = at + limit >= len(nal)
        flag = (0x80 if at == 2 else 0) | (0x40 if last else 0)
        head = bytes([nal[0] & 0x81 | 49 << 1, nal[1], flag | nal[0] >> 1 & 63])
        yield head + (donl if at == 2 else b"") + nal[at : at + limit]


def packetise(pictures, codec="h264", limit=400, stamp=1000, sequence=100, drop=()):
    """Packets of clip pictures; `drop` names NAL types to leave out."""
    packets = []
    for number, picture in enumerate(pictures):
        payloads = []
        for nal in nals_of(picture.annexb):
            kind = nal[0] & 31 if codec == "h264" else nal[0] >> 1 & 63
            if kind in drop:
                continue
            if len(nal) <= limit:
                payloads.append(nal)
            else:
                payloads += (fragments_h264 if codec == "h264" else fragments_h265)(nal, limit)
        for index, payload in enumerate(payloads):
            packets.append(
                Rtp(
                    payload,
                    stamp + picture.pts_90k,
                    marked=index == len(payloads) - 1,
                    sequence=sequence + len(packets),
                    unit=number,
                )
            )
    return packets


def renumber(packets, start=100):
    for index, packet in enumerate(packets):
        packet.sequence = start + index
    return packets


@dataclass
class Sink:
    units: list = field(default_factory=list)
    events: list = field(default_factory=list)
    clocks: list = field(default_factory=list)

    def on_access_unit(self, unit):
        self.units.append(unit)

    def on_discontinuity(self, reason):
        self.events.append((len(self.units), reason))

    def on_camera_clock(self, offset_us):
        self.clocks.append(offset_us)

    @property
    def data(self):
        return [unit.data for unit in self.units]


class Receiver:
    """The whole way from bytes of a TCP stream to access units."""

    def __init__(self, codec="h264", *, fast=True, step_us=40_000, **options):
        self.sink = Sink()
        self.stats = SourceStats()
        self.messages = []
        self.track = VideoTrack(codec, 96, self.sink, self.stats, **options)
        self.splitter = Splitter(self.messages.append, self.stats)
        self.splitter.map_channel(0, self.track.on_packet, 96)
        self.splitter.map_channel(1, lambda data: self.track.on_rtcp(data, self.wall_us), None)
        if fast:
            self.splitter.fast_channel, self.splitter.fast = 0, FastPath(self.track, 0)
        self.rest = b""
        self.wall_us = 1_750_000_000_000_000
        self.now_us = 10**9
        self.step_us = step_us

    def feed(self, data, chunk=1000):
        for at in range(0, len(data), chunk):
            self.track.at(self.now_us)
            held = self.rest + data[at : at + chunk]
            done = self.splitter.feed(memoryview(bytearray(held)), len(held))
            self.rest = held[done:]
        return self

    def send(self, packets, chunk=1000):
        last = None
        for packet in packets:
            if last is not None and packet.unit != last:
                self.now_us += self.step_us
            last = packet.unit
            self.feed(packet.frame(), chunk)
        return self

    def close(self):
        self.track.close()
        return self


def reference(pictures, codec="h264"):
    """What must come out: the pictures without parameter sets, delimiters, filler, behind 4-byte lengths."""
    left_out = {7, 8, 9, 12} if codec == "h264" else {32, 33, 34, 35, 38}
    shift, mask = (0, 31) if codec == "h264" else (1, 63)
    return [
        b"".join(
            len(nal).to_bytes(4) + nal for nal in nals_of(picture.annexb) if (nal[0] >> shift & mask) not in left_out
        )
        for picture in pictures
    ]


class Kit:
    Rtp = Rtp
    Sink = Sink
    Receiver = Receiver
    packetise = staticmethod(packetise)
    renumber = staticmethod(renumber)
    reference = staticmethod(reference)
    nals_of = staticmethod(nals_of)
    fragments_h264 = staticmethod(fragments_h264)
    fragments_h265 = staticmethod(fragments_h265)


@pytest.fixture(scope="session")
def kit():
    return Kit


@pytest.fixture(scope="session")
def h264_clip(encode_clip):
    return encode_clip(codec="libx264", width=320, height=240, frames=100, gop=25)


@pytest.fixture(scope="session")
def sliced_clip(encode_clip):
    return encode_clip(codec="libx264", width=320, height=240, frames=60, gop=20, options={"x264-params": "slices=4"})


@pytest.fixture(scope="session")
def h265_clip(encode_clip):
    return encode_clip(codec="libx265", width=320, height=240, frames=60, gop=20)
