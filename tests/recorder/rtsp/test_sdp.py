"""Descriptions seen in the field."""

from base64 import b64encode

import pytest

from recorder.rtsp import sdp
from recorder.rtsp.video_choice import choose
from recorder.source import SourceError

SPS = bytes.fromhex("6742001e95a8280f6402")
PPS = bytes.fromhex("68ce3c80")
SPROP = f"{b64encode(SPS).decode()},{b64encode(PPS).decode()}"
GOOD = f"""v=0
o=- 1 1 IN IP4 0.0.0.0
s=x
t=0 0
a=control:*
m=video 0 RTP/AVP 96
a=rtpmap:96 H264/90000
a=fmtp:96 packetization-mode=1; sprop-parameter-sets={SPROP}
a=control:trackID=1
m=audio 0 RTP/AVP 8
a=control:trackID=2
"""


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", " \n"),
        GOOD.replace("v=0\n", "").replace("o=- 1 1 IN IP4 0.0.0.0\n", "").replace("s=x\n", ""),
        GOOD.replace("t=0 0", "t=now-"),
        GOOD.replace("IN IP4 0.0.0.0", "IP"),
        GOOD.replace("o=- 1 1", "o=- deadBEEF 1"),
        GOOD.replace("s=x", "s=x\ns=y\nc=IN"),
        GOOD.replace("a=rtpmap:96 H264/90000", "a=rtpmap:96 H264/90000 "),
        GOOD.replace("a=rtpmap:96 H264/90000", "a=rtpmap:96 h264"),
        GOOD.replace("m=audio 0 RTP/AVP 8", "m=application/TP-LINK 0 RTP/AVP smart/1/90000"),
        GOOD.replace("m=video", "m=whatever 0 RTP/AVP x\na=fmtp:96\nm=video"),
        GOOD.replace("; sprop", ";   sprop"),
        GOOD.replace("a=control:trackID=1", "a=recvonly\na=control:trackID=1"),
        GOOD.replace("a=control:trackID=1", "a=sendonly\na=control:trackID=1"),
    ],
)
def test_the_video_is_found(text):
    choice = choose(sdp.parse(text.encode()))
    assert (choice.codec, choice.payload_type, choice.control) == ("h264", 96, "trackID=1")
    assert choice.parameter_sets == (SPS, PPS)


def test_fmtp_in_another_section_and_control_first():
    lines = [line for line in GOOD.split("\n") if "fmtp" not in line]
    text = "\n".join(lines).replace("m=video 0 RTP/AVP 96\n", "m=video 0 RTP/AVP 96\na=control:trackID=1\n")
    text += f"a=fmtp:96 sprop-parameter-sets={SPROP}\n"
    assert choose(sdp.parse(text.encode())).parameter_sets == (SPS, PPS)


@pytest.mark.parametrize("sprop", ["", "!!!!", "Zg", b64encode(b"\0\0\0\1" + SPS).decode()])
def test_odd_parameter_sets(sprop):
    choice = choose(sdp.parse(GOOD.replace(SPROP, sprop).encode()))
    assert all(nal and nal[:3] != b"\0\0\0" for nal in choice.parameter_sets)


def test_h265_wants_all_three_kinds_or_none():
    text = GOOD.replace("H264", "H265").replace(f"sprop-parameter-sets={SPROP}", f"sprop-sps={b64encode(SPS).decode()}")
    assert choose(sdp.parse(text.encode())).parameter_sets == ()
    assert choose(sdp.parse(text.encode())).has_donl is False
    assert choose(sdp.parse(text.replace("sprop-sps", "sprop-max-don-diff=2;sprop-sps").encode())).has_donl


def test_back_channels_are_not_recorded():
    text = GOOD.replace("m=video", "m=video 0 RTP/AVP 97\na=rtpmap:97 H264/90000\na=sendonly\na=control:back\nm=video")
    assert choose(sdp.parse(text.encode())).control == "trackID=1"


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("", "no_video"),
        (GOOD.replace("m=video", "m=audio"), "no_video"),
        (GOOD.replace("H264", "MP4V-ES"), "unsupported"),
        (GOOD.replace("packetization-mode=1", "packetization-mode=2"), "unsupported"),
        ("m=video 0 RTP/AVP 26\n", "unsupported"),
    ],
)
def test_what_we_cannot_record(text, detail):
    with pytest.raises(SourceError) as caught:
        choose(sdp.parse(text.encode()))
    assert caught.value.detail == detail


def test_a_hostile_description_is_bounded():
    body = b"m=video 0 RTP/AVP 96\n" * 100_000
    assert len(sdp.parse(body).media) <= 32
    assert sdp.parse(bytes(range(256)) * 50).media == []
