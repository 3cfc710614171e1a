"""Sender reports, goodbyes, our reports, the camera's clock."""

import os
import struct

from recorder.rtp import rtcp
from recorder.rtp.camera_clock import CameraClock
from recorder.rtp.rtcp import Goodbye, Reception, SenderReport


def sender_report(seconds, fraction=0, ssrc=7, timestamp=90_000):
    return struct.pack(">BBHIIIIII", 0x80, 200, 6, ssrc, seconds, fraction, timestamp, 1, 2)


def test_a_compound_packet():
    data = sender_report(2_208_988_800 + 5, 1 << 31) + struct.pack(">BBHI", 0x81, 203, 1, 7)
    report, goodbye = rtcp.parse(data)
    assert report == SenderReport(7, 5_500_000, ((2_208_988_805 & 0xFFFF) << 16) | 0x8000, 90_000)
    assert goodbye == Goodbye()


def test_clocks_that_count_from_their_start_are_no_clocks():
    assert next(rtcp.parse(sender_report(0))).ntp_us is None
    assert next(rtcp.parse(sender_report(3600))).ntp_us is None
    assert next(rtcp.parse(sender_report(2_208_988_800))).ntp_us == 0  # 1970: wrong, but what the camera says


def test_junk_never_raises():
    for size in range(200):
        list(rtcp.parse(os.urandom(size)))
    assert list(rtcp.parse(sender_report(1)[:-1])) == []


def test_our_report_is_well_formed():
    data = rtcp.receiver_report(9, Reception(7, 300, -5, 70_000, 0x12345678, 2_000_000), "nazar")
    assert len(data) % 4 == 0
    head, kind, words, own, sender, lost, highest, jitter, last, since = struct.unpack_from(">BBHIIIIIII", data)
    assert (head, kind, words, own, sender) == (0x81, 201, 7, 9, 7)
    assert (lost >> 24, lost & 0xFFFFFF) == (255, 0xFFFFFB)
    assert (highest, jitter, last, since) == (70_000, 0, 0x12345678, 131_072)
    assert struct.unpack_from(">BBHI", data, 32)[:2] == (0x81, 202)
    assert data.endswith(b"\1\5nazar\0")
    assert 4 * (struct.unpack_from(">H", data, 34)[0] + 1) == len(data) - 32


def test_without_a_sender_the_report_is_empty():
    assert rtcp.receiver_report(9, None, "nazar")[:8] == struct.pack(">BBHI", 0x80, 201, 1, 9)


def test_the_least_delayed_report_counts():
    clock = CameraClock()
    offsets = [clock.note(1_000_000_000 + 300_000, 1_000_000_000 + late) for late in (400_000, 50_000, 250_000)]
    assert offsets == [-100_000, 250_000, 250_000]


def test_a_clock_that_was_set_is_believed_the_second_time():
    clock = CameraClock()
    clock.note(0, 0)
    assert clock.note(3_600_000_000, 0) == 0
    assert clock.note(0, 0) == 0
    assert clock.note(-3_600_000_000, 0) == 0
    assert clock.note(-3_600_000_000, 0) == -3_600_000_000
