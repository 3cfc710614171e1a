from recorder.simcam.packet import FrameTemplate, RtpPacket, interleaved

PAYLOADS = [b"a" * 1400, b"b" * 7, b""]


def expected(channel, sequence, timestamp, ssrc):
    return [
        RtpPacket(payload, index == 2, sequence + index, timestamp, ssrc, channel=channel).datagram()
        for index, payload in enumerate(PAYLOADS)
    ]


def test_stamped_template_equals_packets_made_one_by_one():
    template = FrameTemplate(PAYLOADS)
    for values in ((0, 65534, 5, 7), (10, 1, 2**32 - 1, 2**31), (0, 9, 9, 9)):
        frames = b"".join(interleaved(values[0], packet) for packet in expected(*values))
        assert bytes(template.stamped(*values)) == frames


def test_datagrams_are_the_packets_without_framing():
    assert [bytes(d) for d in FrameTemplate(PAYLOADS).datagrams(1, 2, 3)] == expected(0, 1, 2, 3)


def test_padding_and_extension_are_announced_in_the_header():
    packet = RtpPacket(b"xyz", True, 1, 2, 3, padding_bytes=4, extension=b"\x10\xaa\0\0").datagram()
    assert packet[0] == 0x80 | 0x20 | 0x10
    assert packet[12:16] == b"\xbe\xde\0\1"
    assert packet[-4:] == b"\0\0\0\4"
