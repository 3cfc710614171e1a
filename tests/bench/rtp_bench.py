"""What the way from socket to access units costs: CPU milliseconds per megabyte of a 1080p-like stream of 4 Mbit/s.

Run: python tests/bench/rtp_bench.py [megabytes]
"""

import asyncio
import os
import random
import socket
import struct
import sys
import threading
import time

from recorder.rtp.fast_path import FastPath
from recorder.rtp.track import VideoTrack
from recorder.rtsp.framing import Splitter
from recorder.source import SourceStats

SPS = bytes.fromhex("67640028acd940780227e5c05a808080a0000003002000000781e30632c0")
PPS = bytes.fromhex("68ebe3cb22c0")
VPS5 = bytes.fromhex("40010c01ffff01600000030090000003000003005d959809")
PAYLOAD_BYTES = 1400
FPS, GOP = 25, 50


class Sink:
    def __init__(self):
        self.units = 0
        self.bytes = 0

    def on_access_unit(self, unit):
        self.units += 1
        self.bytes += len(unit.data)

    def on_discontinuity(self, reason):
        raise SystemExit(f"discontinuity: {reason}")

    def on_camera_clock(self, offset_us):
        pass


def units(total_bytes, seed=1):
    random.seed(seed)
    made = index = 0
    while made < total_bytes:
        is_key = index % GOP == 0
        size = 120_000 if is_key else random.randint(12_000, 24_000)
        body = os.urandom(size).replace(b"\0\0", b"\1\1")
        yield is_key, bytes([0x65 if is_key else 0x41, 0x88]) + body
        made += size
        index += 1


def stream(total_bytes):
    out, sequence = [], 65_000
    for index, (is_key, nal) in enumerate(units(total_bytes)):
        payloads = [SPS, PPS] if is_key else []
        step = PAYLOAD_BYTES - 2
        pieces = [nal[at : at + step] for at in range(1, len(nal), step)]
        for number, piece in enumerate(pieces):
            flag = 0x80 if number == 0 else 0x40 if number == len(pieces) - 1 else 0
            payloads.append(bytes([nal[0] & 0xE0 | 28, flag | nal[0] & 31]) + piece)
        for payload in payloads:
            mark = 0x80 if payload is payloads[-1] else 0
            packet = struct.pack(">BBHII", 0x80, mark | 96, sequence, (index * 3600) & 0xFFFFFFFF, 0x1234) + payload
            out.append(struct.pack(">BBH", 0x24, 0, len(packet)) + packet)
            sequence = (sequence + 1) & 0xFFFF
    return b"".join(out)


def receiver():
    sink, stats = Sink(), SourceStats()
    track = VideoTrack("h264", 96, sink, stats)
    splitter = Splitter(lambda message: None, stats)
    splitter.map_channel(0, track.on_packet, 96)
    splitter.fast_channel, splitter.fast = 0, FastPath(track, 0)
    return sink, stats, track, splitter


def in_memory(data, read_bytes=65_536):
    sink, stats, track, splitter = receiver()
    scratch = bytearray(262_144)
    view = memoryview(scratch)
    held = 0
    before = time.process_time()
    for at in range(0, len(data), read_bytes):
        chunk = data[at : at + read_bytes]
        view[held : held + len(chunk)] = chunk
        end = held + len(chunk)
        track.at(at)
        done = splitter.feed(view, end)
        rest = bytes(view[done:end])
        held = len(rest)
        view[:held] = rest
    spent = time.process_time() - before
    track.close()
    assert stats.lost_packets == 0 and stats.dropped_units == 0 and stats.resyncs == 0, stats
    return spent * 1e9 / len(data), sink.units


def raw_copy(data, low_water=65_536):
    """The limit: the same reads with nothing done."""
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    scratch = bytearray(262_144)
    before = time.process_time()
    spent = 0.0
    for at in range(0, len(data), low_water):
        theirs.sendall(data[at : at + low_water])
        start = time.process_time()
        ours.recv_into(scratch)
        spent += time.process_time() - start
    return spent * 1e9 / len(data), before


def main():
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    data = stream(megabytes * 1_000_000)
    in_memory(data[: len(data) // 10 * 0 + 2_000_000 // 1])
    for read_bytes in (16_384, 65_536, 131_072):
        best = min(in_memory(data, read_bytes)[0] for _ in range(3))
        print(f"in memory, reads of {read_bytes:>7} bytes: {best:.2f} ms/MB")
    print(f"reads alone (socketpair):          {raw_copy(data)[0]:.2f} ms/MB")


if __name__ == "__main__":
    main()
