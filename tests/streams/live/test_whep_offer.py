"""Offers as they come, and as an attacker would make them."""

import pytest

from streams.ice_options import IceOptions, Network
from streams.whep_offer import MAX_CANDIDATES, cleaned_offer
from vms.kernel.errors import Kind, VmsError

HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
VIDEO = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 H264/90000\r\na=recvonly\r\n"
AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\na=recvonly\r\n"


def candidate(host, transport="udp"):
    return f"a=candidate:1 1 {transport} 2113937151 {host} 50000 typ host\r\n"


def test_names_of_the_local_network_are_not_looked_up():
    offer = HEAD + VIDEO + candidate("3f1c.local") + candidate("192.0.2.9") + "a=end-of-candidates\r\n"
    cleaned = cleaned_offer(offer)
    assert ".local" not in cleaned
    assert "192.0.2.9" in cleaned
    assert "end-of-candidates" not in cleaned


def test_a_few_candidates_are_enough():
    offer = HEAD + VIDEO + "".join(candidate(f"10.0.0.{n}") for n in range(200))
    assert cleaned_offer(offer).count("a=candidate") == MAX_CANDIDATES


@pytest.mark.parametrize("media", [VIDEO, AUDIO + VIDEO, VIDEO.replace("H264", "h264")])
def test_players_offers_pass(media):
    assert cleaned_offer(HEAD + media).endswith("\r\n")


@pytest.mark.parametrize(
    "offer",
    ["", "nonsense", HEAD, HEAD + AUDIO, HEAD + VIDEO + VIDEO, HEAD + VIDEO + AUDIO + AUDIO,
     HEAD + VIDEO + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
     HEAD + VIDEO.replace("recvonly", "sendonly"), HEAD + VIDEO + "a=x\r\n" * 700,
     HEAD + VIDEO + "a=" + "x" * 40_000],
)  # fmt: skip
def test_what_is_no_offer_of_a_player_is_refused(offer):
    with pytest.raises(VmsError) as refusal:
        cleaned_offer(offer)
    assert (refusal.value.kind, refusal.value.code) == (Kind.INVALID, "bad_offer")


def test_a_player_without_h264_is_told_so():
    with pytest.raises(VmsError) as refusal:
        cleaned_offer(HEAD + VIDEO.replace("H264", "VP8"))
    assert refusal.value.code == "codec_not_offered"


@pytest.mark.proves("E-7")
def test_nobody_outside_is_asked_anything_unless_a_relay_is_configured():
    assert IceOptions().servers() == []


def test_addresses_are_filtered_by_network():
    from ipaddress import ip_network

    found = ["10.1.2.3", "172.17.0.1", "fd00::2"]
    lan: tuple[Network, ...] = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    assert IceOptions(networks=lan).chosen(found) == ["10.1.2.3", "fd00::2"]
    assert IceOptions().chosen(found) == found
    assert IceOptions().chosen([]) == ["127.0.0.1"]
    assert IceOptions(networks=(ip_network("127.0.0.0/8"),)).chosen(found) == ["127.0.0.1"]
