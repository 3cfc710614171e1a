"""The limit: the same sockets copied to files without looking at a byte.

Usage: python raw_copy.py [--hash] SECONDS FOLDER URL… — plain RTSP handshake (no authentication), then epoll and write.
With --hash every byte also goes through SHA-256, as everything that shall be evidence must: the floor below which no
recorder that hashes can come. Prints one JSON line: bytes, CPU seconds, peak memory.
"""

import hashlib
import json
import os
import resource
import select
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

READ_BYTES = 256 * 1024
LOW_WATER_BYTES = 128 * 1024


def connect(url: str) -> tuple[socket.socket, bytes]:
    """Play `url` over interleaved TCP; returns the socket and what came behind the last reply."""
    parts = urlsplit(url)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=5)
    _, described = ask(connection, "DESCRIBE", url, "Accept: application/sdp")
    control = next(line for line in described.splitlines() if line.startswith("a=control:") and line[10:] != "*")[10:]
    track = control if "://" in control else f"{url}/{control}"
    head, _ = ask(connection, "SETUP", track, "Transport: RTP/AVP/TCP;unicast;interleaved=0-1")
    session = next(line for line in head.splitlines() if line.lower().startswith("session:"))
    connection.sendall(f"PLAY {url} RTSP/1.0\r\nCSeq: 9\r\n{session}\r\n\r\n".encode())
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * LOW_WATER_BYTES)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, LOW_WATER_BYTES)
    connection.setblocking(False)
    return connection, b""


def ask(connection: socket.socket, method: str, url: str, header: str) -> tuple[str, str]:
    """One request, its reply's head and body."""
    connection.sendall(f"{method} {url} RTSP/1.0\r\nCSeq: 1\r\n{header}\r\n\r\n".encode())
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    sizes = [int(line.split(b":")[1]) for line in head.splitlines() if line.lower().startswith(b"content-length")]
    while sizes and len(body) < sizes[0]:
        body += connection.recv(65536)
    return head.decode(), body.decode()


def main() -> None:
    """Copy until the time is over."""
    is_hashing = sys.argv[1] == "--hash"
    seconds, folder, *urls = sys.argv[1 + is_hashing :]
    poll = select.epoll()
    copies = {}
    for number, url in enumerate(urls):
        connection, rest = connect(url)
        out = os.open(Path(folder) / f"{number}.raw", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(out, rest)
        poll.register(connection, select.EPOLLIN)
        copies[connection.fileno()] = (connection, out, hashlib.sha256())
    start_cpu = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    buffer, total, deadline = memoryview(bytearray(READ_BYTES)), 0, time.monotonic() + float(seconds)
    while (left := deadline - time.monotonic()) > 0:
        for number, _ in poll.poll(left):
            connection, out, running = copies[number]
            size = connection.recv_into(buffer)
            if is_hashing:
                running.update(buffer[:size])
            total += os.write(out, buffer[:size])
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu_s = usage.ru_utime + usage.ru_stime - start_cpu
    print(json.dumps({"bytes": total, "cpu_s": round(cpu_s, 3), "rss_bytes": usage.ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
