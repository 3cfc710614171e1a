"""What the way from socket to access units costs: CPU milliseconds per megabyte of a 1080p-like stream of 4 Mbit/s.

Run: python tests/bench/rtp_bench.py [megabytes]
"""

import asyncio
import multiprocessing
import os
import random
import socket
import struct
import sys
import time

from recorder.rtp.fast_path import FastPath
from recorder.rtp.track import VideoTrack
from recorder.rtsp.connection import Connection
from recorder.rtsp.framing import Splitter
from recorder.rtsp.ticker import ticker
from recorder.source import SourceStats
from vms.kernel.clock import SystemClock

SPS = bytes.fromhex("67640028acd940780227e5c05a808080a0000003002000000781e30632c0")
PPS = bytes.fromhex("68ebe3cb22c0")
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


def fail():
    raise SystemExit("the care for a stream failed")


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
    if stats.lost_packets or stats.dropped_units or stats.resyncs:
        raise SystemExit(f"packets lost: {stats}")
    return spent * 1e9 / len(data), sink.units


def send_paced(port, cameras, data, seconds):
    """In another process: `cameras` connections, each a camera of 4 Mbit/s that sends 40 ms at a time."""
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(cameras)]
    step = 4_000_000 // 8 // FPS
    started = time.monotonic()
    for tick in range(seconds * FPS):
        for line in lines:
            line.sendall(data[tick * step : (tick + 1) * step])
        pause = started + (tick + 1) / FPS - time.monotonic()
        if pause > 0:
            time.sleep(pause)


async def receive_paced(server, cameras, seconds, low_latency):
    """What the recorder does with sockets that play: reads, ticks, access units."""
    clock, connections, sinks = SystemClock(), [], []
    loop = asyncio.get_running_loop()
    for _ in range(cameras):
        sock, _ = await loop.sock_accept(server)
        sock.setblocking(False)
        sink, stats = Sink(), SourceStats()
        connection = Connection(sock, clock, stats)
        track = VideoTrack("h264", 96, sink, stats)
        connection.track = track
        connection.splitter.map_channel(0, track.on_packet, 96)
        connection.splitter.fast_channel, connection.splitter.fast = 0, FastPath(track, 0)
        connection.low_water.set_low_latency(low_latency)
        connection.low_water.start()
        connection.low_water.note_rate(500_000)
        ticker().add(lambda connection=connection: connection.drain_idle(clock.boottime_us()), fail)
        connections.append((connection, stats))
        sinks.append(sink)
    before = time.process_time()
    await asyncio.sleep(seconds - 1)
    spent = time.process_time() - before
    received = sum(stats.bytes_received for _, stats in connections)
    lost = sum(stats.lost_packets + stats.dropped_units + stats.resyncs for _, stats in connections)
    if lost:
        raise SystemExit(f"{lost} packets lost")
    return spent * 1e9 / received, received


def through_sockets(data, cameras=20, seconds=9, *, low_latency=False):
    server = socket.create_server(("127.0.0.1", 0), backlog=cameras)
    server.setblocking(False)
    sender = multiprocessing.get_context("fork").Process(
        target=send_paced, args=(server.getsockname()[1], cameras, data, seconds), daemon=True
    )
    sender.start()
    try:
        return asyncio.run(receive_paced(server, cameras, seconds, low_latency))
    finally:
        sender.kill()
        sender.join()
        server.close()


def main():
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    data = stream(megabytes * 1_000_000)
    in_memory(data[:2_000_000])
    for read_bytes in (16_384, 65_536, 131_072):
        best = min(in_memory(data, read_bytes)[0] for _ in range(5))
        print(f"in memory, reads of {read_bytes:>7} bytes:       {best:.2f} ms/MB")
    for cameras, low_latency in ((20, False), (60, False), (20, True)):
        cost, received = through_sockets(data, cameras, low_latency=low_latency)
        mode = "every packet" if low_latency else "batched"
        print(f"{cameras} cameras over TCP, {mode:>12}: {cost:.2f} ms/MB ({received / 1e6:.0f} MB)")


if __name__ == "__main__":
    main()
